"""What schools have planned and held, as a sheet or for Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.base.settings import Settings
from casebook_site.domain.results import SchoolYear, by_year, paragraph, school_years
from casebook_site.editing.tables_book import Row, make_tables
from casebook_site.engine.builders import pack_builder
from casebook_site.engine.loading import Loaded
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.editions import select
from casebook_site.outputs.packs.making import PackRenderers
from casebook_site.outputs.packs.results import results_document
from casebook_site.outputs.packs.typst import workplace
from casebook_site.records.teaching import PartySchool, TrainingClass

_HEAD = (
    "年度",
    "党校",
    "对象",
    "计划天数",
    "计划学时",
    "已办班",
    "天数",
    "学时",
    "人次",
    "未记人数的班",
)


def results_of(loaded: Loaded, settings: Settings, year: int | None) -> list[SchoolYear]:
    """Return the years of all schools that the settings' audience may see, or one year of them."""
    catalog = loaded.catalog
    edition = select(catalog, settings.options.audience)
    lookups = EditionIndex(edition, settings, loaded.layouts)
    schools = lookups.in_order(edition.of(PartySchool).values())
    found = school_years(catalog.schema, schools, edition.of(TrainingClass).values())
    return [one for one in found if year in (None, one.year)]


def results_book(years: Sequence[SchoolYear]) -> bytes:
    """Return the bytes of a workbook: a row for each sort of trainee, and the words of each year."""
    said = [(f"{year}年", paragraph(year, held)) for year, held in by_year(years).items()]
    return make_tables((("办班统计", _HEAD, _rows(years)), ("说明", ("年度", "说明"), said)))


def _rows(years: Sequence[SchoolYear]) -> Iterator[Row]:
    for one in years:
        for group in one.groups.values():
            numbers = (group.planned_days, group.planned_hours, group.classes, group.days,
                       group.hours, group.people, group.uncounted)  # fmt: skip
            yield one.year, one.school.name, group.title, *(number or None for number in numbers)


def results_paper(loaded: Loaded, settings: Settings, years: Sequence[SchoolYear]) -> bytes:
    """Return the same for Word, in the office's template; raise as `pack_builder`."""
    builder = pack_builder(loaded, settings)
    document = results_document(builder.lookups, years)
    with workplace() as folder:
        return PackRenderers(builder, folder).render(document, "docx")
