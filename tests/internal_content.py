"""Site folders that differ from the toy in nothing but what is internal, made from the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import yaml
from annotated_types import Ge
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook_site.base.audience import AUDIENCES, is_internal
from casebook_site.records import FOLDERS, Record
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import LinkTo, audience_of
from casebook_site.schema.walking import field_paths, is_list, part_of, unwrap, vocabulary_of
from tests.folders import SiteFolder

SECRET = "机要CANARY"
LATEST = "2199-12-31"
"""A date that would be the site's today."""
HIDDEN = {
    "name": SECRET,
    "summary": SECRET,
    "tags": [SECRET],
    "aliases": [SECRET],
    "updated": LATEST,
}
INTERNAL = next(audience for audience in AUDIENCES if is_internal(audience))

Place = tuple[str, ...]
"""A kind and the steps to a field, as in `("course", "questions", "*", "answer")`."""


def with_secrets(folder: SiteFolder, ids: Mapping[str, str]) -> set[Place]:
    """Change all that is internal, and add as much again; return the places that hold something new.

    `ids`: kind → id of a public record, for links.
    """
    touched: set[Place] = set()
    for file in sorted((folder.root / "content/records").rglob("*.yml")):
        model = FOLDERS[file.parent.name]
        data = yaml.safe_load(file.read_text("utf-8"))
        filler = _Filler(model.kind, ids, touched)
        for record in [data] if isinstance(data, dict) else data:
            filler.change(model, record)
            if record.get("audience") == INTERNAL:
                record |= HIDDEN
        file.write_text(_as_yaml(data), "utf-8")
    for model in FOLDERS.values():
        if vocabulary_of(model.model_fields["id"]) is None:  # others have no ids to give
            copy = _Filler(model.kind, ids, touched).hidden_copy(_public(folder, model))
            folder.write(f"records/{model.folder}/0-hidden.yml", _as_yaml([copy]))
    _beside_records(folder)
    return touched


def _as_yaml(data: Any) -> str:
    """Return data as the part of YAML that is JSON: every text is in quotes."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)


def _beside_records(folder: SiteFolder) -> None:
    """Change the internal page and photo, and add an internal page, list of a pack, and photo."""
    photo = folder.root / "content/media/canary/photo.png"
    photo.write_bytes(photo.read_bytes() + SECRET.encode())
    folder.write("media/canary/more.png", photo.read_bytes())
    page = folder.root / "content/pages/canary-page.md"
    page.write_text(page.read_text("utf-8") + f"\n## {SECRET}\n", "utf-8")
    folder.write(
        "pages/deep/hidden.md", f"---\naudience: internal\ntitle: {SECRET}\n---\n# {SECRET}\n"
    )
    listed = f"title: {SECRET}\naudience: internal\nparts: [county/jia, figures]\n"
    folder.write("packs/hidden.yml", listed)


def _public(folder: SiteFolder, model: type[Record]) -> dict[str, Any]:
    """Return the data of a public record of a kind, the fullest one that the folder has."""
    found = []
    for file in sorted((folder.root / "content/records" / model.folder).glob("*.yml")):
        data = yaml.safe_load(file.read_text("utf-8"))
        for record in [data] if isinstance(data, dict) else data:
            if record.get("audience") != INTERNAL:
                found.append({"id": file.stem, **record})
    return max(found, key=lambda record: len(str(record)))


class _Filler:
    """Fills in what is internal in records of one kind."""

    def __init__(self, kind: str, ids: Mapping[str, str], touched: set[Place]) -> None:
        self._kind = kind
        self._ids = ids
        self._touched = touched

    def change(self, model: type[BaseModel], part: dict[str, Any], above: Place = ()) -> None:
        """Change the internal fields of a part, and add internal parts to its lists."""
        for name, info in model.model_fields.items():
            inner = part_of(info)
            if is_internal(audience_of(info)):
                part[name] = self._value(name, info, (*above, name))
            elif inner and (name in part or is_list(info)):
                self._change_parts(inner, part, name, is_list(info), (*above, name))

    def _change_parts(
        self, inner: type[BaseModel], part: dict[str, Any], name: str, many: bool, above: Place
    ) -> None:
        steps = (*above, "*") if many else above
        parts = part.get(name, []) if many else [part[name]]
        for each in parts:
            if each.get("audience") == INTERNAL:
                each.update(self._part(inner, steps))
            else:
                self.change(inner, each, steps)
        if many and "audience" in inner.model_fields:
            part[name] = [self._part(inner, steps), *parts, self._part(inner, steps)]

    def hidden_copy(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return an internal record that says all that a public one says, and is newer."""
        copy = deepcopy(record)
        copy |= {**HIDDEN, "id": f"hidden-{copy['id']}", "audience": INTERNAL}
        for name in ("former_ids", "codes", "conflicts_with"):
            copy.pop(name, None)
        self._touched.add((self._kind, "audience"))
        return copy

    def _part(self, model: type[BaseModel], above: Place) -> dict[str, Any]:
        return {n: self._value(n, i, (*above, n)) for n, i in model.model_fields.items()}

    def _value(self, name: str, info: Any, place: Place) -> Any:
        self._touched.add((self._kind, *place))
        plain, metadata, many = next(
            each for each in unwrap(info.annotation) if each[0] is not type(None)
        )
        if name == "audience":
            return INTERNAL
        if name == "file":
            return "canary/more.png"
        value = self._plain(plain, [*info.metadata, *metadata], (*place, "*") if many else place)
        return [value] if many else value

    def _plain(self, plain: Any, marks: list[Any], place: Place) -> Any:
        for mark in marks:
            if isinstance(mark, OneOf):
                return next(iter(mark.vocabulary))
            if isinstance(mark, LinkTo):
                return self._ids[mark.kind] if mark.kind else f"county/{self._ids['county']}"
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return self._part(plain, place)
        if plain is str:
            return f"{SECRET}-{'-'.join(place)}"
        inner = (one for mark in marks if isinstance(mark, FieldInfo) for one in mark.metadata)
        least = next((mark.ge for mark in (*marks, *inner) if isinstance(mark, Ge)), 0)
        return {PartialDate: LATEST, bool: True, int: least, float: 1.5}[plain]


def internal_places(models: Mapping[str, type[Record]]) -> Iterator[Place]:
    """Yield every place of every kind that is internal, or says of a whole that it may be."""
    for kind, model in models.items():
        given = vocabulary_of(model.model_fields["id"]) is not None
        for path in field_paths(model):
            says = path.steps[-1] == "audience" and not (given and len(path.steps) == 1)
            if says or is_internal(audience_of(path.info)):
                yield (kind, *path.steps)
