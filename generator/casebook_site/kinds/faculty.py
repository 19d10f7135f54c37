"""A group of the faculty pool."""

from __future__ import annotations

from casebook_site.kinds.teaching_parts import subjects_section, years_section
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
    place_note,
)
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    contact_section,
    remarks_section,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.records.teaching import Faculty
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
from casebook_site.schema.walking import title_of


def faculty(record: Faculty, page: PageScope) -> KindView:
    """Return a group of the pool and how it is run."""
    return KindView(
        note=title_of(record, "group"),
        facts=(
            choice_fact(record, "group"),
            page.place_fact(record),
        ),
        sections=(
            page.prose_section(record, "about"),
            years_section(record),
            subjects_section(record),
            remarks_section(record, "staffing_remarks"),
            contact_section(record.contact),
        ),
        neighbours="师资库",
        neighbours_by=("county",),
    )


FACULTY = Kind(
    model=Faculty,
    classified_by="group",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=("county",),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.WHOLE_COUNTY, fields=(), is_scope=False),
    count=None,
    section=SectionPart(title=Faculty.kind_title, lead="{titles}。", counts="group", is_wide=False),
    page=SitePage(view=faculty, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("group"),
            meta=place_note,
            text=no_text,
            template=LIST,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=None, cover_rank=None, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="Organization",
        location="areaServed",
        is_dated=False,
        properties=no_properties,
    ),
    pack=None,
)
