"""What editors work with: spreadsheets, schema, skeletons; and the one writer of records."""
