"""What a signature under a record is for: the text of its page, its photos and files, byte by byte.

The text is what the public sees of the record's own values, with the names of the records that it
links to and the references of its sources. What other records say of it is signed with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from casebook_site.domain.citation import cite_source
from casebook_site.domain.formatting import measure, number
from casebook_site.model.catalog import RECORD_LINK, Key
from casebook_site.model.editions import Edition
from casebook_site.records import Record
from casebook_site.records.base import Medium
from casebook_site.records.evidence import Source
from casebook_site.schema.choices import Vocabulary
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import AUDIENCE_TITLES, PROSE, LinkTo, unit_of, value_of
from casebook_site.schema.walking import marks_of, vocabulary_of

LEFT_OUT = frozenset({"id", "former_ids"})
"""Fields that are of the file, not of the page: a record keeps its signatures under another id."""


DIGITS = 20
"""Hexadecimal digits of a digest."""


class _SignedField(NamedTuple):
    """What is asked about a field for each value of it."""

    name: str
    title: str
    default: Any
    unit: str
    vocabulary: Vocabulary | None
    link: LinkTo | None
    is_prose: bool


@cache
def _signed_fields(model: type[BaseModel]) -> tuple[_SignedField, ...]:
    """Return the fields of a record or a part that are of the page: not its id, not who may see it."""
    found = []
    for name, info in model.model_fields.items():
        vocabulary, marks = vocabulary_of(info), marks_of(info)
        if name not in LEFT_OUT and vocabulary is not AUDIENCE_TITLES:
            link = next((mark for mark in marks if isinstance(mark, LinkTo)), None)
            unit, is_prose = unit_of(info) or "", PROSE in marks
            told = (name, str(info.title), info.default, unit, vocabulary, link, is_prose)
            found.append(_SignedField(*told))
    return tuple(found)


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
        for field in _signed_fields(type(record)):
            value = value_of(record, field.name)
            if value is not None and value != () and value != field.default:
                yield field.name, field.title, [*self._values(value, field)]

    def _values(
        self, value: Any, field: _SignedField, path: str = ""
    ) -> Iterator[tuple[str, str, str]]:
        """Yield (path below the field, value without words of the program, value as readers see it)."""
        if isinstance(value, tuple):
            for index, element in enumerate(value):
                yield from self._values(element, field, f"{path}.{index}")
        elif isinstance(value, BaseModel):
            yield from self._part(value, path)
        else:
            raw, shown = self._single(value, field)
            yield path, raw, shown

    def _part(self, part: BaseModel, path: str) -> Iterator[tuple[str, str, str]]:
        for field in _signed_fields(type(part)):
            value = value_of(part, field.name)
            if value is None or value == ():
                continue
            for below, raw, shown in self._values(value, field, f"{path}.{field.name}"):
                yield below, raw, f"{field.title}：{shown}"
        if isinstance(part, Medium):
            digest = self._file(part.file)
            yield f"{path}.bytes", digest, f"文件内容：{digest[:8]}"

    def _single(self, value: Any, field: _SignedField) -> tuple[str, str]:
        """Return (value without words of the program, value as readers see it)."""
        if isinstance(value, PartialDate):
            return value.iso, value.chinese
        if isinstance(value, bool):
            return str(value), "是" if value else "否"
        if isinstance(value, int | float):
            return repr(value), measure(number(value), field.unit)
        text = str(value)
        if field.link:
            kind = field.link.kind
            name = self._name(Key(kind, text) if kind else Key.parse(text))
            return name, name
        if field.is_prose and "record:" in text:
            text = RECORD_LINK.sub(self._linked, text)
        if field.vocabulary and text in field.vocabulary:
            return text, field.vocabulary[text]
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
