"""YAML files → plain data with positions → records and problems."""
