"""A party school of one of the three levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.domain import formatting
from casebook_site.domain.training import YearlyTime, times_of_plan
from casebook_site.kinds.teaching_parts import requirement_text
from casebook_site.kinds.teaching_plans import plan_sections, tell_plans
from casebook_site.model.catalog import Key, key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    TableBlock,
    plain,
)
from casebook_site.outputs.packs.facts import labelled, labelled_choice
from casebook_site.outputs.packs.kind_parts import (
    RecordPack,
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
    place_note,
)
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    contact_section,
    fact,
    remarks_section,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Check, LinkView, Section, TableRow
from casebook_site.records.teaching import (
    PartySchool,
    Requirement,
    SixRequirements,
    TrainingClass,
)
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Kind, Schema
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

_CHECK_MARKS = {"verified": "ok", "reported": "said", "lacking": "lacking", "unknown": "unknown"}


def party_school(record: PartySchool, page: PageScope) -> KindView:
    """Return the school, its rooms, its checklist 六有, its classes."""
    edition = page.site.edition
    town = Key("township", record.township or "")
    return KindView(
        note=f"{title_of(record, 'level')}党校",
        facts=(
            choice_fact(record, "level"),
            choice_fact(record, "procedure"),
            page.place_fact(record),
            fact(record, "staffing", record.staffing),
        ),
        sections=(
            page.prose_section(record, "about"),
            Section("rooms", "场所", lines=record.rooms),
            Section("six", "“六有”标准", checks=_six(record)),
            _plans_section(record, page.site.schema),
            *plan_sections(record, page),
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
        neighbours=f"{title_of(record, 'level')}党校",
        neighbours_by=("level", "county"),
    )


def _plans_section(record: PartySchool, schema: Schema) -> Section:
    """Return the time that the school plans, a row a year."""
    head, *rows = _planned(record, schema)
    return Section(
        "plans",
        "年度计划",
        columns=head,
        rows=tuple(TableRow(tuple(map(LinkView, row))) for row in rows),
    )


def _planned(record: PartySchool, schema: Schema) -> list[tuple[str, ...]]:
    """Return the table of the yearly plans: its head, and a row a year."""
    planned = [
        (plan.year, [time for time, _ in times_of_plan(schema, plan, record)])
        for plan in record.year_plans
    ]
    groups = {time.group: time.title for _, times in planned for time in times}
    rows = [
        (f"{year}年", *(_time([t for t in times if t.group == group]) for group in groups))
        for year, times in planned
    ]
    return [("年度", *groups.values()), *rows]


def _time(times: Sequence[YearlyTime]) -> str:
    """Return days and hours in words."""
    said = [f"{formatting.number(time.days)}天" for time in times if time.days]
    said += [f"{formatting.number(time.hours)}学时" for time in times if time.hours]
    return "，".join(said)


def requirements_of(six: SixRequirements) -> Iterator[tuple[str, Requirement]]:
    """Yield each of the six requirements with its title."""
    for name, info in SixRequirements.model_fields.items():
        yield str(info.title), value_of(six, name)


def _six(record: PartySchool) -> tuple[Check, ...]:
    if record.six is None:
        return ()
    checks = []
    for title, requirement in requirements_of(record.six):
        checks.append(
            Check(
                title,
                _CHECK_MARKS[requirement.state],
                title_of(requirement, "state"),
                requirement_text(requirement),
            )
        )
    return tuple(checks)


# --- packs ---


def tell_party_school(composer: Composer, record: PartySchool, level: int) -> None:
    """Write the school, its six requirements, its plans."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    composer.facts(
        record,
        labelled_choice(record, "level"),
        ("位置", plain(composer.around(record))),
        labelled(record, "staffing", record.staffing),
        labelled(record, "rooms", "、".join(record.rooms)),
    )
    composer.prose(record.about)
    composer.photos(record)
    composer.add(_six_table(record))
    composer.add(_plans(record, composer.edition.schema))
    tell_plans(composer, record)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


def _six_table(record: PartySchool) -> TableBlock | None:
    if record.six is None:
        return None
    rows = []
    for title, requirement in requirements_of(record.six):
        state = title_of(requirement, "state")
        rows.append((plain(title), plain(state), plain(requirement_text(requirement))))
    return TableBlock("“六有”标准", ("“六有”", "情况", "说明"), (4, 4, 9), tuple(rows))


def _plans(record: PartySchool, schema: Schema) -> TableBlock | None:
    if not record.year_plans:
        return None
    head, *rows = _planned(record, schema)
    cells = tuple(tuple(map(plain, row)) for row in rows)
    return TableBlock("年度计划", head, (1,) * len(head), cells)


# --- the kind ---


PARTY_SCHOOL = Kind(
    model=PartySchool,
    classified_by="level",
    choice_first=True,
    place=PlacePart(
        level=None,
        within=("township", "county"),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.SERVES_PLACE, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=PartySchool.kind_title,
        lead="{titles}{number}级党校与“六有”标准。",
        counts="level",
        is_wide=False,
    ),
    page=SitePage(view=party_school, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("level"),
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
    home=HomePart(rank=5, cover_rank=4, way="", in_county="所党校"),
    linked_data=LinkedDataPart(
        type="EducationalOrganization",
        location="areaServed",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(tell=tell_party_school, scope=None),
)
