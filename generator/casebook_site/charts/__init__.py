"""Drawings of numbers, as static SVG made of plain values. Knows nothing of records."""
