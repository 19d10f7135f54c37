"""A grassroots teaching point."""

from __future__ import annotations

from casebook_site.base.audience import is_internal
from casebook_site.domain.visiting import (
    guide_length,
    opening,
    route_text,
    stop_title,
    visit_facts,
)
from casebook_site.kinds.visits import before_going, guide_sections
from casebook_site.maps.coordinates import to_wgs84
from casebook_site.maps.nearby import NEAR_KM
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    FactsBlock,
    Paragraph,
    Run,
    Runs,
    plain,
)
from casebook_site.outputs.packs.facts import labelled, labelled_choice, measured
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
)
from casebook_site.outputs.packs.places import locator
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
    contact_section,
    coordinates_fact,
    fact,
    questions_section,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records.base import Coordinates
from casebook_site.records.teaching import TeachingPoint
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    CountPart,
    HomePart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import title_of


def teaching_point(record: TeachingPoint, page: PageScope) -> KindView:
    """Return what is there, what can be taught there, and how to visit."""
    place = page.link("township", record.township) or "镇街未载明"
    return KindView(
        note=f"{title_of(record, 'category')}教学点",
        first=before_going(record),
        is_sheet=True,
        facts=(
            fact(record, "category", page.link("category", record.category)),
            fact(
                record,
                "county",
                page.link("county", record.county),
                place,
                page.link("village", record.village),
            ),
            fact(record, "organiser", record.organiser),
            fact(record, "opened", record.opened.chinese if record.opened else None),
            coordinates_fact(record.coordinates),
        ),
        sections=(
            Section("talking-points", "可讲的点（编者建议）", lines=record.talking_points),
            page.prose_section(record, "about"),
            *guide_sections(record, page),
            page.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
            questions_section(record, "questions", page),
            _nearby(record, page),
        ),
        neighbours=f"{title_of(record, 'category')}教学点",
        neighbours_by=("category",),
    )


NEARBY_LIMIT = 12


def _nearby(record: TeachingPoint, page: PageScope) -> Section:
    """Other points: by distance where it is known, else of the township, else of the county.

    Points of the township whose place is not known follow those whose distance is. In a list
    without distances those that follow by id come first, so that all are reached.
    """
    near = page.site.near(record.id, NEARBY_LIMIT)
    is_full = len(near) == NEARBY_LIMIT
    town = [] if is_full else _others("township", record.township, record, page)
    if near:
        known = dict(near)
        more = [id for id in town if id not in known][: NEARBY_LIMIT - len(near)]
        links = (
            *(_with_distance(id, away, page) for id, away in near),
            *page.links("teaching-point", more),
        )
        note = f"距离是直线距离，{NEAR_KM:.0f}公里以内。"
        return Section("nearby", "附近的教学点", links=tuple(filter(None, links)), note=note)
    if town:
        return Section("nearby", "同镇街的教学点", links=page.links("teaching-point", town))
    county = _others("county", record.county, record, page)
    name = page.site.edition.resolve("county", record.county)
    title = f"{name.name if name else '同县市'}其他教学点"
    return Section("nearby", title, links=page.links("teaching-point", county))


def _others(kind: str, id: str | None, record: TeachingPoint, page: PageScope) -> list[str]:
    """Ids of other points of a township or county."""
    if id is None:
        return []
    found = page.site.followers("teaching-point", Key(kind, id), record.id, NEARBY_LIMIT)
    return [other.id for other in found]


def _with_distance(id: str, away: float, page: PageScope) -> LinkView | None:
    words = f"约{away:.1f}公里" if away >= 0.1 else "不到100米"
    return page.site.link(Key("teaching-point", id), page.path, note=words)


# --- packs ---


def tell_teaching_point(composer: Composer, record: TeachingPoint, level: int) -> None:
    """Write what is there, how to visit, and what can be taught."""
    composer.heading(level, record.name, mark=record.category)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    point_facts(composer, record)
    if composer.sheet:
        composer.add(locator(composer, record, 26))
    composer.photos(record)
    _tell_visit(composer, record)
    composer.prose(record.about)
    if record.talking_points:
        composer.paragraph("可讲的点（编者建议）", "label")
        composer.lines(record.talking_points)
    _tell_guide(composer, record)
    composer.internal_notes(record)
    composer.open_questions(record)
    composer.further(record)
    composer.doubts(record)
    composer.ask(record, record.questions)


def _tell_visit(composer: Composer, record: TeachingPoint) -> None:
    """Write what to know before going, and the ways there."""
    fields = type(record).model_fields
    rows = tuple((title, plain(text)) for title, text in visit_facts(record.visit))
    if rows:
        composer.paragraph(fields["visit"].title, "label")
        composer.add(FactsBlock(rows))
    if record.route:
        composer.paragraph(fields["route"].title, "label")
        composer.lines("：".join(route_text(route)) for route in record.route)


def _tell_guide(composer: Composer, record: TeachingPoint) -> None:
    """Write what is told on a guided visit, stop by stop."""
    if record.guide:
        title = str(type(record).model_fields["guide"].title)
        composer.paragraph(f"{title}：{guide_length(record.guide)}", "label")
    for stop in record.guide:
        internal = is_internal(stop.audience)
        composer.add(Paragraph((Run(stop_title(stop), "strong"),), "body", internal))
        composer.prose(stop.text, internal=internal)


def point_facts(composer: Composer, record: TeachingPoint) -> None:
    """Write where a point is, and when and for how many it is open."""
    village = composer.name("village", record.village)
    place = plain(composer.around(record) or "")
    composer.facts(
        record,
        labelled_choice(record, "category"),
        ("位置", (*place, *plain(" "), village) if village.text else place),
        labelled(record, "organiser", record.organiser),
        labelled(record, "address", record.address),
        labelled(record, "opened", record.opened.chinese if record.opened else None),
        labelled(record, "visit_hours", opening(record)),
        measured(record, "visit_minutes"),
        measured(record, "capacity"),
        labelled_choice(record, "suits"),
        ("坐标", _point(record.coordinates)),
    )


def _point(coordinates: Coordinates | None) -> Runs:
    if coordinates is None:
        return ()
    shown = to_wgs84(coordinates)
    return plain(
        f"北纬 {shown.latitude:.4f}°，东经 {shown.longitude:.4f}°"
        f"（WGS-84，误差约{coordinates.precision}米）"
    )


def _title(edition: Edition, record: TeachingPoint) -> tuple[str, str]:
    """Return title and subtitle of the pack of a teaching point."""
    return record.name, f"{title_of(record, 'category')}教学点"


# --- the kind ---


TEACHING_POINT = Kind(
    model=TeachingPoint,
    classified_by="category",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=("village", "township", "county"),
        coordinates="coordinates",
        is_drawn=True,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=("category",), is_scope=False),
    count=CountPart(
        title="教学点",
        unit="处",
        symbol="points",
        character="点",
        is_marked_apart=True,
    ),
    section=SectionPart(
        title=TeachingPoint.kind_title,
        lead="{number}类教学点，就近就便开展现场教学。",
        counts="category",
        is_wide=False,
    ),
    page=SitePage(view=teaching_point, bare_fields=None, mark="category", is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("category", "{title}教学点"),
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
    home=HomePart(rank=4, cover_rank=3, way="", in_county="处教学点"),
    linked_data=LinkedDataPart(
        type="Place",
        location="containedInPlace",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(
        tell=tell_teaching_point,
        scope=PackOf(
            word="point",
            label="教学点讲义",
            title=_title,
            compose=None,
            is_sheet=True,
            gathers=False,
        ),
    ),
)
