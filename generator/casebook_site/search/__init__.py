"""Search: text → index shards that a browser reads without a server."""
