"""Measures builds of the same generated records with Casebook, MkDocs and Hugo."""
