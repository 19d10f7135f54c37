"""Offline bundles: the website of a scope in a zip that opens by double-click."""
