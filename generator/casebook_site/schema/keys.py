"""Keys of records: what a link names."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """Kind and id of a record."""

    kind: str
    id: str

    @classmethod
    def parse(cls, text: str) -> Key:
        """Return the key that is written `kind/id`."""
        kind, _, id = text.partition("/")
        return cls(kind, id)

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"
