"""The website: views of records, indexes, downloads, feeds."""
