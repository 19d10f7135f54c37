"""What keeps a file from being published."""

from __future__ import annotations


class MediaError(ValueError):
    """A file that cannot be read far enough to say what else it holds. Its text is Chinese."""
