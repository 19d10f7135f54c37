"""A town, township or subdistrict."""

from __future__ import annotations

from casebook_site.model.catalog import key_of
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    plain,
)
from casebook_site.outputs.packs.facts import labelled, labelled_choice
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
    tell_linking,
    tell_others,
)
from casebook_site.outputs.packs.places import codes, locator
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
    choice_fact,
    place_facts,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records.committees import JointCommittee
from casebook_site.records.places import County, Township, Village
from casebook_site.records.teaching import PartySchool, TeachingPoint
from casebook_site.records.vocabularies import CATEGORIES
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    HomePart,
    LevelPart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import title_of

_TOLD = frozenset({"village", "joint-committee", "teaching-point", "party-school", "figure"})
"""Kinds that the page tells by name; others that lie in the place follow them."""


def township(record: Township, page: PageScope) -> KindView:
    """Return what lies in the township, and all its villages by name."""
    edition, key = page.site.edition, key_of(record)
    others = page.others_lying_in(record, _TOLD)
    villages = edition.linking(record, Village, "township")
    points = edition.linking(record, TeachingPoint, "township")
    return KindView(
        note=page.site.group_of(record),
        facts=(
            page.place_fact(record),
            choice_fact(record, "type"),
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
                    for v in page.site.in_order(villages)
                ),
                note=f"本站收录{len(villages)}个；有连接的另有专页。" if villages else "",
            ),
            *others.values(),
        ),
        shown=_TOLD | others.keys(),
        neighbours="同县镇街",
        neighbours_by=("county",),
    )


def _points_by_category(points: list[TeachingPoint], page: PageScope) -> Section:
    entries = tuple(
        page.site.entry(point, page.path, meta=(title_of(point, "category"),))
        for category in page.site.schema.vocabulary(CATEGORIES)
        for point in points
        if point.category == category
    )
    return Section("points", "基层教学点", entries=entries)


def _counts(site: SiteModel, record: Township) -> tuple[str, ...]:
    """Return the type, and the numbers of what maps count there."""
    place = key_of(record)
    counts = ((len(site.in_place(kind.name, place)), kind) for kind in site.schema.counted)
    return (title_of(record, "type"), *(f"{n}{kind.home.in_county}" for n, kind in counts if n))


# --- packs ---


def tell_township(composer: Composer, record: Township, level: int) -> None:
    """Write the township in a few facts, and where it lies in its county."""
    composer.heading(level, f"{record.name}概况")
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    villages = composer.edition.linking(record, Village, "township")
    composer.facts(
        record,
        labelled(record, "county", (composer.name("county", record.county),)),
        labelled_choice(record, "type"),
        ("行政代码", codes(record)),
        ("收录村", plain(f"{len(villages)}个" if villages else "")),
    )
    composer.prose(record.about)
    composer.add(locator(composer, record, 42))
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


def _title(edition: Edition, record: Township) -> tuple[str, str]:
    """Return title and subtitle of the pack of a township."""
    target = edition.resolve(County.kind, record.county)
    return f"{record.name}学习资料", target.name if target else ""


def _compose(composer: Composer, record: Township) -> None:
    """Write the pack of a township: itself, then what lies in it."""
    tell_township(composer, record, 1)
    told = (JointCommittee, PartySchool, TeachingPoint)
    for model in told:
        tell_linking(composer, record, model)
    tell_others(composer, record, told)


# --- the kind ---


TOWNSHIP = Kind(
    model=Township,
    classified_by="type",
    choice_first=False,
    place=PlacePart(
        level=LevelPart(in_labels=True, groups_lists=False, code_digits=9),
        within=("county",),
        coordinates="coordinates",
        is_drawn=True,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=(), is_scope=True),
    count=None,
    section=SectionPart(
        title=Township.kind_title, lead="各县市的{titles}。", counts="type", is_wide=False
    ),
    page=SitePage(view=township, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=by_county,
            meta=_counts,
            text=no_text,
            template=LIST,
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
    pack=RecordPack(
        tell=tell_township,
        scope=PackOf(
            word="township",
            label="镇街资料",
            title=_title,
            compose=_compose,
            is_sheet=False,
            gathers=True,
        ),
    ),
)
