"""A town, township or subdistrict."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    by_county,
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
    fact,
    place_facts,
)
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records.places import TOWNSHIP_TYPES, Township, Village
from casebook_site.records.teaching import (
    CATEGORIES,
    PartySchool,
    TeachingPoint,
)
from casebook_site.schema.kinds import (
    Belongs,
    HomePart,
    Kind,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)


def township(record: Township, page: PageScope) -> KindView:
    """What lies in the township, and all its villages by name."""
    edition, key = page.site.edition, key_of(record)
    villages = edition.linking(record, Village, "township")
    points = edition.linking(record, TeachingPoint, "township")
    return KindView(
        subtitle=page.site.place_of(record).split(" ")[0],
        facts=(
            fact(record, "county", page.link("county", record.county)),
            fact(record, "type", TOWNSHIP_TYPES[record.type]),
            *place_facts(record),
        ),
        sections=(
            page.prose_section(record, "about"),
            page.list_section(
                "committees", "联村党组织", page.site.in_place("joint-committee", key)
            ),
            _points_by_category(points, page),
            page.list_section("schools", "党校", edition.linking(record, PartySchool)),
            Section(
                "villages",
                "村与社区",
                links=tuple(
                    page.site.link(key_of(v), page.path) or LinkView(v.name)
                    for v in formatting.by_pinyin(villages, lambda v: v.name)
                ),
                note=f"本站收录 {len(villages)} 个；有连接的另有专页。" if villages else "",
            ),
        ),
        shown=frozenset({"village", "joint-committee", "teaching-point", "party-school", "figure"}),
        neighbours="同县镇街",
        neighbours_by=("county",),
    )


def _points_by_category(points: list[TeachingPoint], page: PageScope) -> Section:
    entries = tuple(
        page.site.entry(point, page.path, meta=(CATEGORIES[point.category],))
        for category in CATEGORIES
        for point in points
        if point.category == category
    )
    return Section("points", "基层教学点", entries=entries)


def _counts(site: SiteModel, record: Township) -> tuple[str, ...]:
    """Return the type, and the numbers of what maps count there."""
    place = key_of(record)
    counts = ((len(site.in_place(kind.name, place)), kind) for kind in site.schema.counted)
    return (TOWNSHIP_TYPES[record.type], *(f"{n} {kind.home.in_county}" for n, kind in counts if n))


TOWNSHIP = Kind(
    model=Township,
    classified_by="type",
    place=PlacePart(
        is_level=True,
        within=("county",),
        coordinates="coordinates",
        is_drawn=True,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=(), is_scope=True),
    count=None,
    section=SectionPart(title=Township.kind_title, lead="各县市的镇和街道。", is_wide=False),
    page=SitePage(view=township, bare_fields=None, mark=None),
    index=SiteIndex(
        listing=SiteListing(
            group=by_county,
            meta=_counts,
            text=no_text,
            template="index.html",
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=7, cover_rank=None, way="", in_county="个镇街"),
    linked_data=LinkedDataPart(
        type="AdministrativeArea",
        location="containedInPlace",
        is_dated=False,
        properties=no_properties,
    ),
)
