"""Casebook: a folder of YAML records made into a website for case studies and teaching points."""

__version__ = "0.1.0"
