"""A record gets another id: its file, every link to it, and a redirect from its old address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.base.settings import Settings
from casebook_site.editing.files import FileChange, content_of
from casebook_site.editing.record_files import Written, file_changes, in_model_order
from casebook_site.editing.yaml_text import changed_text
from casebook_site.model.catalog import Catalog, Key
from casebook_site.reading.parsing import DataPath
from casebook_site.reading.reviews import review_file
from casebook_site.records.evidence import Figure
from casebook_site.schema.fields import check_id


def rename(
    settings: Settings, catalog: Catalog, written: Mapping[Key, Written], old: Key, new_id: str
) -> list[FileChange]:
    """Every file that changes when a record gets another id.

    The old id goes into `former_ids`, from which the site makes a page that leads on. Links in
    records, in their prose, in hand-written pages, in map layouts and in lists of packs follow.

    Raises `SettingsError` for an id that is unknown, unsafe or taken.
    """
    _refuse(catalog, written, settings, old, new_id)
    new = Key(old.kind, new_id)
    wanted = {
        key: _linked_anew(key, catalog, written, old, new)
        for key in written
        if any(link.target == old for link in catalog.links[key])
    }
    record = dict(wanted.get(old) or deepcopy(dict(written[old].data)))
    former = [id for id in record.get("former_ids", []) if id != new_id]
    record["former_ids"] = [*former, old.id]
    wanted[old] = in_model_order(catalog.schema[old.kind].model, record)
    changes = {
        change.path: change for change in file_changes(written, wanted, settings, catalog.schema)
    }
    for change in _moved(changes, written[old], new_id):
        changes[change.path] = change
    changes |= {change.path: change for change in _pages(settings, old, new)}
    changes |= {change.path: change for change in _beside_records(settings, old, new)}
    changes |= {change.path: change for change in _review_moved(settings, catalog, old, new)}
    return sorted(changes.values(), key=lambda change: change.path)


def _refuse(
    catalog: Catalog, written: Mapping[Key, Written], settings: Settings, old: Key, new_id: str
) -> None:
    title = catalog.schema[old.kind].title
    if old not in written:
        known = did_you_mean(old.id, catalog.records[old.kind])
        raise SettingsError(f"没有编号为“{old.id}”的{title}。{known}")
    try:
        check_id(new_id)
    except PydanticCustomError as error:
        raise SettingsError(f"编号“{new_id}”{error.message()}。") from None
    if new_id in catalog.records[old.kind]:
        raise SettingsError(
            f"编号“{new_id}”已由{title}“{catalog.records[old.kind][new_id].name}”使用。"
        )
    if written[old].index is None and written[old].file.with_name(f"{new_id}.yml").exists():
        raise SettingsError(f"{new_id}.yml 已经有了，换一个编号。")
    for other in catalog.records[old.kind].values():
        if new_id in other.former_ids and other.id != old.id:
            raise SettingsError(f"编号“{new_id}”是“{other.name}”的曾用编号，换一个。")


def _linked_anew(
    key: Key, catalog: Catalog, written: Mapping[Key, Written], old: Key, new: Key
) -> dict[str, Any]:
    data = deepcopy(dict(written[key].data))
    for link in catalog.links[key]:
        if link.target == old:
            _replace(data, link.path, old, new, in_prose=link.in_prose)
    return data


def _replace(data: Any, path: DataPath, old: Key, new: Key, *, in_prose: bool) -> None:
    for step in path[:-1]:
        data = data[step]
    value = data[path[-1]]
    if in_prose:
        data[path[-1]] = _in_text(value, old, new)
    else:
        data[path[-1]] = f"{new}" if "/" in value else new.id


def _in_text(text: str, old: Key, new: Key) -> str:
    return re.sub(rf"(\]\(record:){re.escape(str(old))}(?=[)#])", rf"\g<1>{new}", text)


def _moved(
    changes: Mapping[Path, FileChange], written: Written, new_id: str
) -> Iterator[FileChange]:
    """Yield the change of the record's own file to its new name, or of its id in a list."""
    change = changes[written.file]
    text = (change.new or b"").decode()
    if written.index is None:
        yield FileChange(written.file, change.old, None)
        text = re.sub(r"(?m)^id: .*\n", "", text)
        yield FileChange(written.file.with_name(f"{new_id}.yml"), None, text.encode())
    else:
        text = changed_text(text, written.index, {"id": new_id}, ["id"])
        yield FileChange(written.file, change.old, text.encode())


def _review_moved(settings: Settings, catalog: Catalog, old: Key, new: Key) -> Iterator[FileChange]:
    """Yield the changes that move what was signed of the record to its new name."""
    file, target = (review_file(settings.reviews_dir, key, catalog.schema) for key in (old, new))
    if (content := content_of(file)) is not None:
        yield FileChange(file, content, None)
        yield FileChange(target, content_of(target), content)


def _pages(settings: Settings, old: Key, new: Key) -> Iterator[FileChange]:
    """Hand-written pages that link to the record, or name it as a key figure."""
    for file in sorted(settings.docs_dir.rglob("*.md")):
        content = content_of(file)
        text = (content or b"").decode("utf-8")
        changed = _in_text(text, old, new)
        if old.kind == Figure.kind:
            changed = re.sub(
                rf"(?ms)(^key_figures:.*?)(?<![\w-]){re.escape(old.id)}(?![\w-])(?=.*?^---)",
                rf"\g<1>{new.id}", changed,
            )  # fmt: skip
        if changed != text:
            yield FileChange(file, content, changed.encode())


def _beside_records(settings: Settings, old: Key, new: Key) -> Iterator[FileChange]:
    """Map layouts, whose fields are named as the kind, and lists of packs, which write `kind/id`."""
    id = re.escape(old.id)
    field = rf"(?<![\w-])({old.kind}:\s*)([\"']?){id}\2(?=[\s,}}]|$)"
    entry = rf"(?<![\w/-]){old.kind}/{id}(?![\w-])"
    for folder, pattern, replacement in (
        (settings.maps_dir, field, rf"\g<1>\g<2>{new.id}\g<2>"),
        (settings.packs_dir, entry, str(new)),
    ):
        for file in sorted(folder.glob("*.yml")):
            content = content_of(file)
            text = (content or b"").decode("utf-8")
            changed = re.sub(pattern, replacement, text)
            if changed != text:
                yield FileChange(file, content, changed.encode())
