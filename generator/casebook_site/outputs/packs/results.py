"""What schools have planned and held, as pages of a yearly report: paragraph and table of each year."""

from __future__ import annotations

from collections.abc import Sequence

from casebook_site.base.audience import is_internal
from casebook_site.domain.results import HEAD, SchoolYear, by_year, paragraph, rows_of
from casebook_site.model.edition_index import EditionIndex
from casebook_site.outputs.packs.builder import READERS, seconds_of
from casebook_site.outputs.packs.document import (
    Block,
    Heading,
    PackDocument,
    Paragraph,
    TableBlock,
    plain,
)
from casebook_site.schema.fields import AUDIENCE_TITLES

_WIDTHS = (24, 22, 18, 9, 9, 9, 9)


def results_document(lookups: EditionIndex, years: Sequence[SchoolYear]) -> PackDocument:
    """Return the document of some years, the newest first."""
    settings, audience, newest = lookups.settings, lookups.edition.audience, lookups.newest
    date = newest.chinese if newest else ""
    blocks: list[Block] = []
    for year, schools in by_year(years).items():
        blocks += [Heading(1, "", f"{year}年", "", True, False)]
        blocks += [Paragraph(plain(paragraph(year, schools)))]
        rows = tuple(tuple(map(plain, cells)) for _, cells in rows_of(schools))
        if rows:
            blocks += [TableBlock("", HEAD, _WIDTHS, rows)]
    return PackDocument(
        name="results",
        title="基层党员培训情况",
        subtitle="",
        label="办班统计",
        layout="sheet",
        internal=is_internal(audience),
        unit=settings.options.packs.unit or settings.options.publisher.name,
        site=settings.site_name,
        date=date,
        created=seconds_of(newest),
        reader=READERS[audience],
        audit=f"版本：{AUDIENCE_TITLES[audience]}版",
        blocks=tuple(blocks),
        files={},
        records=(),
    )
