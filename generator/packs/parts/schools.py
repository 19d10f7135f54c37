"""Party school, course."""

from __future__ import annotations

from generator import wording
from generator.catalog import key_of
from generator.packs.composing import Composer, labelled, measured
from generator.packs.document import Paragraph, Table, plain
from generator.records.teaching import (
    LEVELS,
    MODULES,
    REQUIREMENT_STATES,
    SIX_REQUIREMENTS,
    TRAINEES,
    Course,
    PartySchool,
)


def party_school(here: Composer, record: PartySchool, level: int) -> None:
    """The school, its six requirements, its plans."""
    here.heading(level, record.name)
    here.tell(record)
    here.figures.setdefault(key_of(record))
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    here.facts(
        record,
        labelled(record, "level", LEVELS[record.level]),
        ("位置", plain(here.around(record))),
        labelled(record, "staffing", record.staffing),
        labelled(record, "rooms", "、".join(record.rooms)),
    )
    here.prose(record.about)
    here.photos(record)
    here.add(_six(record))
    here.add(_plans(record))
    here.internal_notes(record)
    here.doubts(record)


def _six(record: PartySchool) -> Table | None:
    if record.six is None:
        return None
    rows = []
    for name, title in SIX_REQUIREMENTS.items():
        requirement = getattr(record.six, name)
        state = REQUIREMENT_STATES[requirement.state]
        rows.append((plain(title), plain(state), plain(requirement.note or "")))
    return Table("“六有”标准", ("“六有”", "情况", "说明"), (4, 4, 9), tuple(rows))


def _plans(record: PartySchool) -> Table | None:
    if not record.year_plans:
        return None
    rows = tuple(
        (
            plain(f"{plan.year}年"),
            plain(f"{wording.number(plan.ordinary_days)} 天"),
            plain(f"{wording.number(plan.cadre_days)} 天"),
        )
        for plan in record.year_plans
    )
    return Table("年度计划", ("年度", *TRAINEES.values()), (1, 1, 1), rows)


def course(here: Composer, record: Course, level: int) -> None:
    """For whom, how long, what; the questions stand at the end of the pack."""
    here.heading(level, record.name)
    here.tell(record)
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    here.facts(
        record,
        labelled(record, "module", MODULES[record.module]),
        labelled(record, "trainees", "、".join(TRAINEES[t] for t in record.trainees)),
        measured(record, "hours"),
        labelled(record, "faculty", here.names("faculty", record.faculty)),
    )
    here.prose(record.outline)
    here.internal_notes(record)
    here.doubts(record)
    here.ask(record, record.questions)
