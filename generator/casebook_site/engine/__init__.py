"""From a request to published files."""
