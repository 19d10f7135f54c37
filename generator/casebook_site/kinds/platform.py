"""A channel that carries courses to members."""

from __future__ import annotations

from casebook_site.kinds.teaching_parts import programme_section
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    by_county,
    no_lead,
    no_note,
    no_pages,
    no_properties,
    no_tabs,
    no_text,
)
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Section
from casebook_site.records.teaching import (
    Platform,
)
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


def platform(record: Platform, page: PageScope) -> KindView:
    """Channels and reach."""
    return KindView(
        facts=(page.place_fact(record),),
        sections=(
            page.prose_section(record, "about"),
            Section("channels", "渠道", lines=record.channels),
            programme_section(record),
            Section("reach", "覆盖", lines=record.reach),
        ),
        neighbours="传播平台",
        neighbours_by=("county",),
    )


PLATFORM = Kind(
    model=Platform,
    classified_by=None,
    choice_first=False,
    place=PlacePart(
        level=None,
        within=("county",),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.WHOLE_COUNTY, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=Platform.kind_title, lead="把课送到党员手上的渠道。", counts=None, is_wide=False
    ),
    page=SitePage(view=platform, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=by_county,
            meta=no_note,
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
        type="WebSite",
        location="spatialCoverage",
        is_dated=True,
        properties=no_properties,
    ),
    pack=None,
)
