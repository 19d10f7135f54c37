"""Characters that no chosen font has, found before anything is set, each with its place."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from casebook_site.base.problems import Location, Problem
from casebook_site.model.catalog import Catalog, Key
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.document import PackDocument
from casebook_site.outputs.packs.fonts import Typefaces
from casebook_site.outputs.packs.lists import WrittenPack
from casebook_site.reading.parsing import DataPath
from casebook_site.records.evidence import Figure

CODE = "CB801"


def check_glyphs(
    document: PackDocument,
    faces: Typefaces,
    catalog: Catalog,
    listed: WrittenPack | None,
    edition: Edition,
) -> Iterator[Problem]:
    """Yield a problem for each place where a record holds a character that no font has."""
    lacking = faces.lacking("".join(texts(document)))
    keys = _near(document.records, catalog, edition) if lacking else {}
    for char in lacking:
        places = list(_places(char, keys, catalog, listed))
        name = unicodedata.name(char, "未命名字符")
        for location, whose in places or [(Location("mkdocs.yml"), "站点设置")]:
            yield Problem(
                location,
                CODE,
                f"{whose}里的字“{char}”（U+{ord(char):04X} {name}）字体里没有，印不出来。",
                "换一个字；确要用它，把有这个字的字体放进 content/fonts/。",
            )


def texts(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for element in value:
            yield from texts(element)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("kind", "files", "records", "href"):
                yield from texts(getattr(value, field.name))


def _near(told: Iterable[Key], catalog: Catalog, edition: Edition) -> dict[Key, None]:
    """Return the records that a pack tells, the figures about them, and what these link to or cite.

    Links are followed twice: the definition of a term that is linked to has its own sources.
    """
    near = dict.fromkeys(told)
    for key in tuple(near):
        links = edition.backlinks.get(key, ())
        near |= dict.fromkeys(link.source for link in links if link.source.kind == Figure.kind)
    for _ in range(2):
        near |= {link.target: None for key in tuple(near) for link in catalog.links.get(key, ())}
    return near


def _places(
    char: str, keys: Iterable[Key], catalog: Catalog, listed: WrittenPack | None
) -> Iterator[tuple[Location, str]]:
    for key in keys:
        record = catalog.get(key)
        if record is None:
            continue
        for path, _ in _holding(char, record.model_dump()):
            yield catalog.origins[key].locate(path), f"{record.kind_title}“{record.name}”"
    if listed:
        for path, _ in _holding(char, listed.pack.model_dump()):
            yield listed.locate(*path), f"资料清单“{listed.pack.title}”"


def _holding(char: str, value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """(path, text) of every text in plain data that holds a character."""
    if isinstance(value, str):
        if char in value:
            yield path, value
        return
    pairs: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, (list, tuple)):
        pairs = enumerate(value)
    for step, below in pairs:
        yield from _holding(char, below, (*path, step))
