"""All that knows MkDocs and its theme."""
