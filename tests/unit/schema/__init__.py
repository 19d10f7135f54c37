"""Tests of what a kind and a schema are."""
