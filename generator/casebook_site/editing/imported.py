"""What earlier imports made of rows without an id, so that the same sheet can be imported again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook_site.base.files import write_atomically
from casebook_site.base.workplace import WORKPLACE
from casebook_site.model.catalog import Key

_MOST = 20_000
"""Rows that are remembered; the oldest are forgotten first."""


@dataclass(frozen=True)
class Imported:
    """The records that rows without an id became."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    """Digest of kind, name and places of a row → the record that it became."""


def read_imported(root: Path) -> Imported:
    """Return what is remembered in a site's folder; nothing where it cannot be read."""
    try:
        found: Any = json.loads(_file(root).read_bytes())
        keys = {str(mark): Key(str(kind), str(id)) for mark, (kind, id) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Imported()
    return Imported(keys)


def remember(root: Path, before: Imported, added: Mapping[str, Key]) -> None:
    """Keep what rows became in this import, besides what is remembered."""
    if not added:
        return
    whole = [*{**before.keys, **added}.items()][-_MOST:]
    _file(root).parent.mkdir(exist_ok=True)
    write_atomically(_file(root), json.dumps(dict(whole), ensure_ascii=False).encode())


def _file(root: Path) -> Path:
    return root / WORKPLACE / "imported.json"
