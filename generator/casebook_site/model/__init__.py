"""The site as outputs see it: catalog, editions, indexes."""
