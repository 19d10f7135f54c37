"""A term of the glossary."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_note,
    no_pages,
    no_properties,
    no_tabs,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    questions_section,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Section
from casebook_site.records.texts import Term
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


def term(record: Term, page: PageScope) -> KindView:
    """Return the definition comes first."""
    return KindView(
        sections=(
            Section("definition", "释义", prose=page.prose(record.definition)),
            Section("see-also", "参见", links=page.links("term", record.see_also)),
            questions_section(record, "questions", page),
        ),
        neighbours="术语",
    )


def _by_letter(site: SiteModel, record: Term) -> tuple[object, str]:
    """Group terms by the first letter of their pinyin."""
    letter = formatting.initial(record)
    return letter, letter.upper() if letter != "#" else "其他"


def _definition(site: SiteModel, record: Term) -> str:
    """Return the beginning of the definition."""
    return site.plain(record.definition, 90)


TERM = Kind(
    model=Term,
    classified_by=None,
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.EVERYWHERE, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=Term.kind_title, lead="读懂材料要知道的词。", counts=None, is_wide=False
    ),
    page=SitePage(view=term, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=_by_letter,
            meta=no_note,
            text=_definition,
            template=LIST,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=True),
    home=HomePart(rank=9, cover_rank=8, way="读懂材料里的词", in_county=""),
    linked_data=LinkedDataPart(
        type="DefinedTerm",
        location="spatialCoverage",
        is_dated=False,
        properties=no_properties,
    ),
    pack=None,
)
