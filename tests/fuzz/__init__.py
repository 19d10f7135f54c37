"""Seeded mutations of every input."""
