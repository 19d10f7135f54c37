"""One of the categories of teaching points."""

from __future__ import annotations

from casebook_site.base.templates import Template
from casebook_site.kinds.lessons import lesson_sections, tell_lesson
from casebook_site.model.catalog import key_of
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
    tell,
)
from casebook_site.outputs.site.kind_parts import (
    ByChoice,
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_pages,
    no_properties,
    no_tabs,
    no_text,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
)
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.records.teaching import Category
from casebook_site.records.vocabularies import CATEGORIES
from casebook_site.schema.choices import counted
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    HomePart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)

CATEGORY_CARDS = Template("indexes/category.html", IndexView[SectionList])


def category(record: Category, page: PageScope) -> KindView:
    """Return what the category is for, and its teaching points with their places."""
    points = page.site.category_order.get(record.id, ())
    return KindView(
        facts=(),
        sections=(
            page.prose_section(record, "teaches"),
            *lesson_sections(record, page),
            page.list_section("points", "教学点", points, place=True),
        ),
        shown=frozenset({"teaching-point", "figure"}),
        neighbours=page.site.schema[Category.kind].section_title,
    )


def _number(site: SiteModel, record: Category) -> tuple[str, ...]:
    """Return the number of teaching points in the category."""
    return (f"{len(site.category_order.get(record.id, ()))}处",)


# --- packs ---


def tell_category(composer: Composer, record: Category, level: int) -> None:
    """Write what the category is for, and each of its points."""
    composer.heading(level, record.name, mark=record.id)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    composer.prose(record.teaches)
    tell_lesson(composer, record, level + 1)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)
    for point in composer.lookups.category_order.get(record.id, ()):
        tell(composer, point, level + 1)


def _title(edition: Edition, record: Category) -> tuple[str, str]:
    """Return title and subtitle of the pack of a category."""
    return f"{record.name}教学点", counted(
        "{number}大类教学点之一", edition.schema.vocabulary(CATEGORIES)
    )


# --- the kind ---


CATEGORY = Kind(
    model=Category,
    classified_by=None,
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.EVERYWHERE, fields=(), is_scope=True),
    count=None,
    section=SectionPart(
        title="{number}大类别", lead="教学点分{number}类，各有所学。", counts="id", is_wide=False
    ),
    page=SitePage(view=category, bare_fields=None, mark="id", is_for_branches=False),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("id", ""),
            meta=_number,
            text=no_text,
            template=CATEGORY_CARDS,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=False,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=None, cover_rank=None, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="DefinedTerm",
        location="spatialCoverage",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(
        tell=tell_category,
        scope=PackOf(
            word="category",
            label="教学点资料",
            title=_title,
            compose=None,
            is_sheet=False,
            gathers=True,
        ),
    ),
)
