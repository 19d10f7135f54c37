"""A county: the place of a case study."""

from __future__ import annotations

from casebook_site.model.catalog import key_of
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.facts import labelled
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
    tell,
    tell_linking,
    tell_others,
)
from casebook_site.outputs.packs.places import codes, county_map
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    in_one_list,
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
    fact,
    place_facts,
)
from casebook_site.outputs.site.pages import CARDS
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.committees import JointCommittee, Mechanism
from casebook_site.records.places import County, Township
from casebook_site.records.teaching import (
    Course,
    Faculty,
    PartySchool,
    Platform,
    TeachingPoint,
)
from casebook_site.records.texts import CaseStudy
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

_TOLD = frozenset(
    {
        "case-study",
        "township",
        "joint-committee",
        "mechanism",
        "party-school",
        "teaching-point",
        "course",
        "faculty",
        "platform",
        "figure",
    }
)
"""Kinds that the page tells by name; others that lie in the place follow them."""


def _above(record: County) -> tuple[str, str]:
    """Return the field that says where the county lies, and what it says; some have no prefecture."""
    name = "prefecture" if record.prefecture else "province"
    return name, f"{record.province}{record.prefecture or ''}"


def county(record: County, page: PageScope) -> KindView:
    """Return the case first, then everything in the county."""
    edition = page.site.edition
    others = page.others_lying_in(record, _TOLD)
    towns = edition.linking(record, Township, "county")
    return KindView(
        note=" · ".join(filter(None, (record.province, record.prefecture))),
        facts=(
            fact(record, *_above(record)),
            *place_facts(record),
            fact(record, "neighbours", "、".join(record.neighbours)),
        ),
        sections=(
            page.prose_section(record, "about"),
            page.list_section("cases", "案例", edition.linking(record, CaseStudy, "county")),
            _township_table(towns, page),
            page.list_section(
                "committees", "联村党组织", edition.linking(record, JointCommittee), place=True
            ),
            page.names_section(
                "mechanisms", "运行机制", edition.linking(record, Mechanism, "counties")
            ),
            page.names_section("schools", "党校", edition.linking(record, PartySchool)),
            page.list_section(
                "points", "基层教学点", edition.linking(record, TeachingPoint, "county"), place=True
            ),
            page.names_section("courses", "课程", edition.linking(record, Course, "counties")),
            page.names_section("faculty", "师资库", edition.linking(record, Faculty)),
            page.names_section("platforms", "传播平台", edition.linking(record, Platform)),
            *others.values(),
        ),
        shown=_TOLD | others.keys(),
    )


def _township_table(towns: list[Township], page: PageScope) -> Section:
    """Each township with the numbers of what the site has of it."""
    site = page.site
    rows = tuple(
        TableRow(
            (
                site.link(key_of(town), page.path) or LinkView(town.name),
                LinkView(title_of(town, "type")),
                *(
                    LinkView(str(len(site.in_place(kind, key_of(town))) or "—"))
                    for kind in ("village", "joint-committee", "teaching-point")
                ),
            )
        )
        for town in site.in_order(towns)
    )
    return Section(
        "townships",
        "镇街",
        columns=("镇街", "类型", "收录村", "联村党组织", "教学点"),
        rows=rows,
        note="数字为本站收录数，不是实有数。" if rows else "",
    )


# --- packs ---


def tell_county(composer: Composer, record: County, level: int) -> None:
    """Write the county in a few facts, with the map of its townships."""
    composer.heading(level, f"{record.name}概况")
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    composer.facts(
        record,
        labelled(record, *_above(record)),
        ("行政代码", codes(record)),
        labelled(record, "neighbours", "、".join(record.neighbours)),
    )
    composer.prose(record.about)
    composer.add(county_map(composer, record))
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


def _title(edition: Edition, record: County) -> tuple[str, str]:
    """Return title and subtitle of the pack of a county."""
    return f"{record.name}学习资料", "案例、教学点与数据"


def _compose(composer: Composer, record: County) -> None:
    """Write the pack of a county: its case, itself, then what lies in it."""
    for case in composer.lookups.in_order(composer.edition.linking(record, CaseStudy)):
        tell(composer, case, 1)
    tell_county(composer, record, 1)
    told = (JointCommittee, Mechanism, PartySchool, TeachingPoint, Course)
    for model in told:
        tell_linking(composer, record, model)
    tell_others(composer, record, (CaseStudy, *told))


# --- the kind ---


COUNTY = Kind(
    model=County,
    classified_by=None,
    choice_first=False,
    place=PlacePart(
        level=LevelPart(in_labels=True, groups_lists=True, code_digits=6),
        within=(),
        coordinates="coordinates",
        is_drawn=True,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=(), is_scope=True),
    count=None,
    section=SectionPart(
        title=County.kind_title,
        lead="案例所在的县市，概况、数据与全部收录。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=county, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=in_one_list,
            meta=no_note,
            text=no_text,
            template=CARDS,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=None, cover_rank=None, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="AdministrativeArea",
        location="containedInPlace",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(
        tell=tell_county,
        scope=PackOf(
            word="county",
            label="县市资料",
            title=_title,
            compose=_compose,
            is_sheet=False,
            gathers=True,
        ),
    ),
)
