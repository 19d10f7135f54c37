"""What editors work with: spreadsheets, schema, skeletons, the guide, the form; and the one writer of records."""
