"""What a signature under a record is for: the text of its page, its photos and files, byte by byte.

The text is what the public sees of the record's own values, with the names of the records that it
links to and the references of its sources. What other records say of it is signed with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook_site.domain.citation import cite_source
from casebook_site.domain.formatting import measure, number
from casebook_site.model.catalog import RECORD_LINK, Key
from casebook_site.model.editions import Edition
from casebook_site.records import Record
from casebook_site.records.base import Medium
from casebook_site.records.evidence import Source
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import AUDIENCE_TITLES, PROSE, LinkTo, unit_of, value_of
from casebook_site.schema.walking import marks_of, vocabulary_of

LEFT_OUT = frozenset({"id", "former_ids"})
"""Fields that are of the file, not of the page: a record keeps its signatures under another id."""


def _is_said(name: str, info: FieldInfo, value: Any) -> bool:
    """Return whether a value is there, and is of the page."""
    return (
        name not in LEFT_OUT
        and value is not None
        and value != ()
        and vocabulary_of(info) is not AUDIENCE_TITLES
    )


DIGITS = 20
"""Hexadecimal digits of a digest."""


@dataclass(frozen=True)
class SignedContent:
    """The text of a record as it would be signed."""

    text: str
    """`【简介】` on a line of its own, then what the field says, a line for each value."""
    digest: str


class SignedTexts:
    """What may be signed of each record that the public is meant to see."""

    def __init__(self, public: Edition, media_dir: Path) -> None:
        """`public`: the edition in which nothing is withheld for its review."""
        self.public = public
        self._media_dir = media_dir
        self._files: dict[str, str] = {}

    def of(self, key: Key) -> SignedContent | None:
        """Return what may be signed of a record; None where the public is not meant to see it."""
        record = self.public.get(key)
        if record is None:
            return None
        known, lines = sha256(), list[str]()
        for name, title, values in self._fields(record):
            lines.append(f"【{title}】")
            for path, raw, shown in values:
                known.update(f"{name}{path}\0{raw}\n".encode())
                lines += shown.splitlines()
        return SignedContent("\n".join(lines), known.hexdigest()[:DIGITS])

    def _fields(self, record: Record) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
        for name, info in type(record).model_fields.items():
            value = value_of(record, name)
            if value != info.default and _is_said(name, info, value):
                yield name, str(info.title), [*self._values(value, info)]

    def _values(
        self, value: Any, info: FieldInfo, path: str = ""
    ) -> Iterator[tuple[str, str, str]]:
        """Yield (path below the field, value without words of the program, value as readers see it)."""
        if isinstance(value, tuple):
            for index, element in enumerate(value):
                yield from self._values(element, info, f"{path}.{index}")
        elif isinstance(value, BaseModel):
            yield from self._part(value, path)
        else:
            raw, shown = self._single(value, info)
            yield path, raw, shown

    def _part(self, part: BaseModel, path: str) -> Iterator[tuple[str, str, str]]:
        for name, info in type(part).model_fields.items():
            value = value_of(part, name)
            if not _is_said(name, info, value):
                continue
            for below, raw, shown in self._values(value, info, f"{path}.{name}"):
                yield below, raw, f"{info.title}：{shown}"
        if isinstance(part, Medium):
            digest = self._file(part.file)
            yield f"{path}.bytes", digest, f"文件内容：{digest[:8]}"

    def _single(self, value: Any, info: FieldInfo) -> tuple[str, str]:
        """Return (value without words of the program, value as readers see it)."""
        if isinstance(value, PartialDate):
            return value.iso, value.chinese
        if isinstance(value, bool):
            return str(value), "是" if value else "否"
        if isinstance(value, int | float):
            return repr(value), measure(number(value), unit_of(info) or "")
        text, marks = str(value), marks_of(info)
        if link := next((mark for mark in marks if isinstance(mark, LinkTo)), None):
            name = self._name(Key(link.kind, text) if link.kind else Key.parse(text))
            return name, name
        if PROSE in marks and "record:" in text:
            text = RECORD_LINK.sub(self._linked, text)
        if (vocabulary := vocabulary_of(info)) and text in vocabulary:
            return text, vocabulary[text]
        return text, text

    def _linked(self, match: re.Match[str]) -> str:
        name = self._name(Key(match["kind"], match["id"]))
        cited = match["kind"] == Source.kind
        return f"{match['text']}〔{name}〕" if match["text"] or cited else name

    def _name(self, key: Key) -> str:
        """Return what a page shows of a record that it links to."""
        if key.kind == Source.kind:
            return self._references.get(key.id, key.id)
        target = self.public.get(key)
        return target.name if target else key.id

    @cached_property
    def _references(self) -> dict[str, str]:
        """Source → its reference."""
        sources = self.public.of(Source).items()
        return {id: f"{cite_source(source)}（{source.grade} 级）" for id, source in sources}

    def _file(self, name: str) -> str:
        """Return the digest of a photo or file; a word where it is missing, as a rule tells."""
        if name not in self._files:
            try:
                content = (self._media_dir / name).read_bytes()
            except OSError:
                return "没有文件"
            self._files[name] = sha256(content).hexdigest()
        return self._files[name]
