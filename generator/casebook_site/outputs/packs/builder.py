"""Scope in, document out: what all packs of one edition share, and what binds one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from casebook_site.base.audience import Audience, is_internal, may_see
from casebook_site.base.problems import Problem, SettingsError, did_you_mean
from casebook_site.domain.formatting import PAPERS
from casebook_site.model.catalog import Catalog, Key
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.addresses import public_addresses
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import PackDocument
from casebook_site.outputs.packs.fonts import HEI, Typefaces
from casebook_site.outputs.packs.glyphs import check_glyphs
from casebook_site.outputs.packs.lists import WrittenPack
from casebook_site.outputs.packs.scopes import (
    LIST,
    PackScope,
    compose,
    compose_test,
    label_of,
    pack_of,
    title_of,
)
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import AUDIENCE_TITLES
from casebook_site.schema.kinds import Schema

READERS = {"public": "公开学习使用", "internal": "内部使用"}


def is_sheet(scope: PackScope, schema: Schema) -> bool:
    """Whether a pack has no cover and no contents."""
    part = pack_of(schema, scope)
    return bool(scope.paper) or (part is not None and part.is_sheet)


@dataclass(frozen=True)
class PackBuilder:
    """What all packs of one edition share."""

    lookups: EditionIndex
    public: Edition
    """The public edition: codes and links lead only to what it holds."""
    catalog: Catalog
    """Only to say where in a file a character stands."""
    faces: Typefaces
    lists: Mapping[str, WrittenPack]

    @cached_property
    def addresses(self) -> dict[tuple[str, str], str]:
        """(kind, id) → address of the public page."""
        return public_addresses(self.public, self.lookups.settings.site_url)

    def listed(self, scope: PackScope) -> WrittenPack | None:
        """Return the list that a scope names; raise `SettingsError` where this reader has none."""
        if scope.word != LIST:
            return None
        written = self.lists.get(scope.id)
        reader = self.lookups.edition.audience
        if written is None or not may_see(reader, written.pack.audience):
            known = [id for id, w in self.lists.items() if may_see(reader, w.pack.audience)]
            raise SettingsError(f"没有“{scope}”这份清单。{did_you_mean(scope.id, known)}")
        return written

    def document(self, scope: PackScope) -> PackDocument:
        """Return the pack of a scope; raise `SettingsError` if there is nothing to print."""
        document = self._document(scope)
        if document.is_empty and scope.paper:
            raise SettingsError(
                f"“{scope}”里没有自测题，先在课程、教学点、案例等记录里写 questions（题目与答案）。"
            )
        if document.is_empty:
            raise SettingsError(f"“{scope}”里还没有可印的内容，先在记录里写上简介或正文。")
        return document

    def document_or_none(self, scope: PackScope) -> PackDocument | None:
        """Return the pack of an existing scope, or None if there is nothing to print."""
        document = self._document(scope)
        return None if document.is_empty else document

    def _document(self, scope: PackScope) -> PackDocument:
        written = self.listed(scope)
        listed = written.pack if written else None
        title, subtitle = title_of(scope, self.lookups.edition, listed)
        composer = self._composer(scope)
        if scope.paper:
            compose_test(composer, scope, listed, self._composer(scope))
        else:
            compose(composer, scope, listed)
        return self._bound(composer, scope, title, subtitle)

    def _composer(self, scope: PackScope) -> Composer:
        family = self.faces.families[HEI][0]
        return Composer(
            self.lookups, self.addresses, family, is_sheet(scope, self.lookups.edition.schema)
        )

    def _bound(
        self, composer: Composer, scope: PackScope, title: str, subtitle: str
    ) -> PackDocument:
        settings = self.lookups.settings
        newest = self._newest(composer.records)
        audience = self.lookups.edition.audience
        date = newest.chinese if newest else ""
        audit = "　".join(
            filter(
                None,
                (
                    f"读者：{READERS[audience]}",
                    f"版本：{AUDIENCE_TITLES[audience]}版",
                    f"所收记录最后修改：{date}" if date else "",
                    f"共收记录{len(composer.records)}条",
                ),
            )
        )
        return PackDocument(
            name=_file_name(scope, audience),
            title=title,
            subtitle=subtitle,
            label=PAPERS[scope.paper]
            if scope.paper
            else label_of(scope, self.lookups.edition.schema),
            layout="sheet" if is_sheet(scope, self.lookups.edition.schema) else "book",
            internal=is_internal(audience),
            unit=settings.options.packs.unit or settings.options.publisher.name,
            site=settings.site_name,
            date=date,
            created=seconds_of(newest),
            reader=READERS[audience],
            audit=audit,
            blocks=tuple(composer.blocks),
            files=composer.files,
            records=tuple(composer.records),
        )

    def _newest(self, keys: Mapping[Key, None]) -> PartialDate | None:
        """Return the newest date among the records of a pack."""
        told = (self.lookups.edition.get(key) for key in keys)
        dates = [record.updated for record in told if record and record.updated]
        return max(dates) if dates else None

    def problems(self, scope: PackScope, document: PackDocument) -> Iterator[Problem]:
        """Yield the problems that keep a document from being set."""
        listed, edition = self.listed(scope), self.lookups.edition
        return check_glyphs(document, self.faces, self.catalog, listed, edition)


def _file_name(scope: PackScope, audience: Audience) -> str:
    mark = "-internal" if is_internal(audience) else ""
    return f"{scope.name}{mark}{f'.{scope.paper}' if scope.paper else ''}"


def seconds_of(date: PartialDate | None) -> int:
    """Return a date as seconds since 1970 in UTC, for the metadata of files; 0 for none."""
    if date is None:
        return 0
    day = datetime.datetime(date.year, date.month or 1, date.day or 1, tzinfo=datetime.UTC)
    return max(0, int(day.timestamp()))


def numbered(document: PackDocument, copies: int) -> Iterator[PackDocument]:
    """Yield the document once, or each of its numbered copies."""
    if not copies:
        yield document
    for number in range(1, copies + 1):
        name = f"{document.name}-{number:0{len(str(copies))}}"
        yield replace(document, name=name, copy=number)
