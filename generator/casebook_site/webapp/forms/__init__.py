"""The local form: records filled in by people who use neither spreadsheets nor YAML."""
