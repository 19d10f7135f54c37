"""What earlier imports made of rows without an id, so that the same sheet can be imported again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook_site.base.files import write_atomically
from casebook_site.base.workplace import WORKPLACE, workplace
from casebook_site.model.catalog import Key

_MOST = 20_000
"""Rows that are remembered; the oldest are forgotten first."""

Digests = Mapping[str, str]
"""Name of a cell, or of a column of a list (`events/date`) → digest; those that are empty are left out."""


@dataclass(frozen=True)
class ImportedRecord:
    """A record that a row without an id became."""

    files: Digests = field(default_factory=dict)
    """What the record was after the import, as a workbook would show it."""
    cells: Digests = field(default_factory=dict)
    """What the cells of the row said, where they said it in other words."""


@dataclass(frozen=True)
class Imported:
    """The records that rows without an id became."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    """Digest of kind, name and places of a row → the record that it became."""
    records: Mapping[Key, ImportedRecord] = field(default_factory=dict)


def read_imported(root: Path) -> Imported:
    """Return what is remembered in a site's folder; nothing where it cannot be read."""
    keys: dict[str, Key] = {}
    records: dict[Key, ImportedRecord] = {}
    try:
        found: Any = json.loads(_file(root).read_bytes())
        for mark, (kind, id, files, cells) in found.items():
            keys[mark] = key = Key(str(kind), str(id))
            records[key] = ImportedRecord(dict(files), dict(cells))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Imported()
    return Imported(keys, records)


def remember(
    root: Path,
    before: Imported,
    added: Mapping[str, Key],
    records: Mapping[Key, ImportedRecord],
) -> None:
    """Keep what rows became in this import, besides what is remembered."""
    if records:
        keys = {mark: key for mark, key in added.items() if key in records}
        _write(root, Imported({**before.keys, **keys}, {**before.records, **records}))


def forget(root: Path, gone: Collection[Key]) -> None:
    """Forget records whose import was taken back, so that their rows are new again."""
    before = read_imported(root)
    kept = {mark: key for mark, key in before.keys.items() if key not in gone}
    if len(kept) < len(before.keys):
        _write(root, Imported(kept, before.records))


def _write(root: Path, imported: Imported) -> None:
    rows = {
        mark: [*key, record.files, record.cells]
        for mark, key in [*imported.keys.items()][-_MOST:]
        for record in [imported.records.get(key, ImportedRecord())]
    }
    workplace(root)
    write_atomically(_file(root), json.dumps(rows, ensure_ascii=False))


def _file(root: Path) -> Path:
    return root / WORKPLACE / "imported.json"
