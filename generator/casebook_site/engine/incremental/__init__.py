"""Builds that go on from the last one: after an edit, only what the edit changes is made."""
