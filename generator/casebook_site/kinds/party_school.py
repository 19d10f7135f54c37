"""A party school of one of the three levels."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.model.catalog import Key
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
    fact,
    remarks_section,
)
from casebook_site.outputs.site.views import Check, LinkView, Section, TableRow
from casebook_site.records.teaching import (
    LEVELS,
    REQUIREMENT_STATES,
    SIX_REQUIREMENTS,
    PartySchool,
    TrainingClass,
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

_CHECK_MARKS = {"verified": "ok", "reported": "said", "lacking": "lacking", "unknown": "unknown"}


def party_school(record: PartySchool, page: PageScope) -> KindView:
    """The school, its rooms, its checklist 六有, its classes."""
    edition = page.site.edition
    town = Key("township", record.township or "")
    return KindView(
        subtitle=f"{LEVELS[record.level]}党校",
        facts=(
            fact(record, "level", LEVELS[record.level]),
            fact(
                record,
                "county",
                page.link("county", record.county),
                page.link("township", record.township),
            ),
            fact(record, "staffing", record.staffing),
        ),
        sections=(
            page.prose_section(record, "about"),
            Section("rooms", "场所", lines=record.rooms),
            Section("six", "“六有”标准", checks=_six(record)),
            Section(
                "plans",
                "年度计划",
                columns=("年度", "普通党员", "村“两委”党员干部"),
                rows=tuple(
                    TableRow(
                        (
                            LinkView(f"{plan.year}年"),
                            LinkView(f"{formatting.number(plan.ordinary_days)} 天"),
                            LinkView(f"{formatting.number(plan.cadre_days)} 天"),
                        )
                    )
                    for plan in record.year_plans
                ),
            ),
            page.list_section(
                "classes", "培训班", edition.linking(record, TrainingClass, "school")
            ),
            page.list_section(
                "points", "本镇街的教学点", page.site.in_place("teaching-point", town)
            ),
            remarks_section(record, "staffing_remarks"),
            contact_section(record.contact),
        ),
        shown=frozenset({"training-class", "figure"}),
        neighbours=f"{LEVELS[record.level]}党校",
        neighbours_by=("level", "county"),
    )


def _six(record: PartySchool) -> tuple[Check, ...]:
    if record.six is None:
        return ()
    checks = []
    for name, title in SIX_REQUIREMENTS.items():
        requirement = getattr(record.six, name)
        checks.append(
            Check(
                title,
                _CHECK_MARKS[requirement.state],
                REQUIREMENT_STATES[requirement.state],
                requirement.note or "",
            )
        )
    return tuple(checks)


PARTY_SCHOOL = Kind(
    model=PartySchool,
    classified_by="level",
    place=PlacePart(
        is_level=False,
        within=("township", "county"),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.SERVES_PLACE, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=PartySchool.kind_title, lead="市、镇街、村三级党校与“六有”标准。", is_wide=False
    ),
    page=SitePage(view=party_school, bare_fields=None, mark=None),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("level", LEVELS),
            meta=place_note,
            text=no_text,
            template="index.html",
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=5, cover_rank=4, way="", in_county="所党校"),
    linked_data=LinkedDataPart(
        type="EducationalOrganization",
        location="areaServed",
        is_dated=False,
        properties=no_properties,
    ),
)
