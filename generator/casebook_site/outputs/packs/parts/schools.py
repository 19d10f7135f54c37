"""Party school, course."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.domain.training import days_of_plan, yearly_days
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer, labelled, measured
from casebook_site.outputs.packs.document import Paragraph, TableBlock, plain
from casebook_site.records.teaching import (
    LEVELS,
    MODULES,
    REQUIREMENT_STATES,
    SIX_REQUIREMENTS,
    TRAINEES,
    Course,
    PartySchool,
)


def party_school(composer: Composer, record: PartySchool, level: int) -> None:
    """The school, its six requirements, its plans."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    composer.facts(
        record,
        labelled(record, "level", LEVELS[record.level]),
        ("位置", plain(composer.around(record))),
        labelled(record, "staffing", record.staffing),
        labelled(record, "rooms", "、".join(record.rooms)),
    )
    composer.prose(record.about)
    composer.photos(record)
    composer.add(_six(record))
    composer.add(_plans(record))
    composer.internal_notes(record)
    composer.doubts(record)


def _six(record: PartySchool) -> TableBlock | None:
    if record.six is None:
        return None
    rows = []
    for name, title in SIX_REQUIREMENTS.items():
        requirement = getattr(record.six, name)
        state = REQUIREMENT_STATES[requirement.state]
        rows.append((plain(title), plain(state), plain(requirement.note or "")))
    return TableBlock("“六有”标准", ("“六有”", "情况", "说明"), (4, 4, 9), tuple(rows))


def _plans(record: PartySchool) -> TableBlock | None:
    if not record.year_plans:
        return None
    rows = tuple(
        (
            plain(f"{plan.year}年"),
            *(plain(f"{formatting.number(planned.days)} 天") for planned in days_of_plan(plan)),
        )
        for plan in record.year_plans
    )
    return TableBlock(
        "年度计划", ("年度", *(yearly.title for yearly in yearly_days())), (1, 1, 1), rows
    )


def course(composer: Composer, record: Course, level: int) -> None:
    """For whom, how long, what; the questions stand at the end of the pack."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    composer.facts(
        record,
        labelled(record, "module", MODULES[record.module]),
        labelled(record, "trainees", "、".join(TRAINEES[t] for t in record.trainees)),
        measured(record, "hours"),
        labelled(record, "faculty", composer.names("faculty", record.faculty)),
    )
    composer.prose(record.outline)
    composer.internal_notes(record)
    composer.doubts(record)
    composer.ask(record, record.questions)
