"""What a field, a choice and a kind are; nothing here knows a single kind."""
