"""Records as they are written in their files, and the files that other records would make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from casebook_site.base.problems import ContentError, UserError
from casebook_site.base.settings import Settings
from casebook_site.editing.files import FileChange, content_of
from casebook_site.editing.round_trip import same
from casebook_site.editing.schema_files import modeline
from casebook_site.editing.yaml_text import ABSENT, changed_text, new_text, removed_text
from casebook_site.model.catalog import Catalog, Key
from casebook_site.reading.files import read_file, relative_name
from casebook_site.reading.parsing import parse
from casebook_site.reading.reviews import review_file
from casebook_site.schema.kinds import RecordModel, Schema

_BOM = "\ufeff"


@dataclass(frozen=True)
class Written:
    """A record as it stands in its file."""

    data: Mapping[str, Any]
    """Plain values, with the id first even where the file's name says it."""
    file: Path
    index: int | None
    """Position in a file that holds a list."""


def written_records(catalog: Catalog) -> dict[Key, Written]:
    """Every record of a catalog as written, in the catalog's order."""
    whole = lru_cache(maxsize=None)(lambda file: parse(_text(Path(file).read_bytes())).data)
    found: dict[Key, Written] = {}
    for record in catalog:
        key = Key(record.kind, record.id)
        origin = catalog.origins[key]
        parsed = whole(origin.file)
        data = parsed if origin.index is None else parsed[origin.index]
        found[key] = Written({"id": key.id, **data}, Path(origin.file), origin.index)
    return found


def written_in(file: Path, root: Path) -> dict[str, Written]:
    """Every record of one file by its id, valid or not; raises `ContentError` for unreadable YAML."""
    content = read_file(file, relative_name(file, root))
    if content.problems:
        raise ContentError(content.problems)
    if not isinstance(content.data, list):
        fields = content.data if isinstance(content.data, Mapping) else {}
        return {file.stem: Written({"id": file.stem, **fields}, file, None)}
    return {
        str(fields.get("id")): Written({"id": fields.get("id"), **fields}, file, index)
        for index, fields in enumerate(content.data)
        if isinstance(fields, Mapping)
    }


def in_model_order(model: type[RecordModel], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same fields in the order of the model."""
    return {name: data[name] for name in model.model_fields if name in data}


def file_changes(
    written: Mapping[Key, Written],
    wanted: Mapping[Key, Mapping[str, Any] | None],
    settings: Settings,
    schema: Schema,
) -> list[FileChange]:
    """Return the changes of the files that hold the `wanted` records; None deletes a record.

    Only fields that differ are written. A new record gets a file of its own.

    Raises `UserError` where a file cannot be changed safely, or stands in the way.
    """
    by_file: dict[Path, list[Key]] = {}
    for key in wanted:
        file = written[key].file if key in written else new_path(settings, key, schema)
        by_file.setdefault(file, []).append(key)
    gone = (key for key, data in wanted.items() if data is None)
    return [
        change
        for file, keys in sorted(by_file.items())
        if (change := _file_change(file, keys, written, wanted, settings.root, schema))
    ] + [change for key in gone for change in _review_removed(settings, key, schema)]


def _review_removed(settings: Settings, key: Key, schema: Schema) -> Iterator[FileChange]:
    """Yield the removal of what was signed of a record that is deleted."""
    file = review_file(settings.reviews_dir, key, schema)
    if (old := content_of(file)) is not None:
        yield FileChange(file, old, None)


def new_path(settings: Settings, key: Key, schema: Schema) -> Path:
    """Where a new record is written."""
    return settings.records_dir / schema[key.kind].folder / f"{key.id}.yml"


def _file_change(
    file: Path,
    keys: Iterable[Key],
    written: Mapping[Key, Written],
    wanted: Mapping[Key, Mapping[str, Any] | None],
    root: Path,
    schema: Schema,
) -> FileChange | None:
    old = content_of(file)
    text = None if old is None else _text(old)
    removed: list[int] = []
    for key in keys:
        data, model = wanted[key], schema[key.kind].model
        if key not in written:
            if text is not None:
                raise UserError(f"{file.name} 已经有了，新记录“{key.id}”要换一个编号。")
            fields = {k: v for k, v in in_model_order(model, data or {}).items() if k != "id"}
            text = modeline(file, key.kind, root) + new_text(fields)
        elif data is None:
            if written[key].index is None:
                text = ""
            else:
                removed.append(written[key].index or 0)
        else:
            assert text is not None
            text = _edited(text, model, written[key], data)
    for index in sorted(removed, reverse=True):
        text = removed_text(text or "", index)
    new = _bytes(text, old) if text else None
    return None if new == old else FileChange(file, old, new)


def _edited(text: str, model: type[RecordModel], before: Written, data: Mapping[str, Any]) -> str:
    names = [name for name in model.model_fields if name != "id"]
    changes = {
        name: data.get(name, ABSENT)
        for name in names
        if (name in data) != (name in before.data)
        or (name in data and not same(data[name], before.data[name]))
    }
    if not changes:
        return text
    return changed_text(text, before.index, changes, [*model.model_fields])


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")


def _bytes(text: str, old: bytes | None) -> bytes:
    bom = _BOM if old and old.startswith(_BOM.encode()) else ""
    return (bom + text).encode()
