"""A class held by a school after the 5+1+N procedure."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.domain.training import (
    ComponentCount,
    Procedure,
    evaluation_lines,
    evaluation_table,
    procedure_of_class,
)
from casebook_site.kinds.planner import plan_planners, planner_tabs
from casebook_site.kinds.training_class_pack import tell_training_class
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
    by_name,
)
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_properties,
    no_text,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    contact_section,
    fact,
    measure,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Check, LinkView, Section, StepView, TableRow
from casebook_site.records.procedures import Role
from casebook_site.records.teaching import Evaluation, PartySchool, Session, TrainingClass
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


def training_class(record: TrainingClass, page: PageScope) -> KindView:
    """Return the programme, and the check against the site's procedure."""
    procedure = _procedure_of(record, page)
    return KindView(
        note=record.begins.chinese,
        facts=(
            fact(record, "school", page.link("party-school", record.school)),
            fact(record, "begins", record.begins.chinese),
            fact(record, "ends", record.ends.chinese if record.ends else None),
            choice_fact(record, "trainees"),
            choice_fact(record, "procedure"),
            measure(record, "days"),
            measure(record, "hours"),
            measure(record, "participants"),
            choice_fact(record, "status"),
            measure(record, "registered"),
            measure(record, "attended"),
        ),
        sections=(
            Section(
                "sessions",
                "日程",
                steps=tuple(_session(s, page, procedure) for s in record.sessions),
            ),
            Section("procedure", f"“{procedure.title}”核对", checks=_procedure(record, procedure)),
            *_evaluation(record.evaluation),
            page.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
        ),
    )


def _evaluation(evaluation: Evaluation | None) -> Iterator[Section]:
    """Yield what listeners said of a class."""
    if evaluation is None:
        return
    head, *rows = evaluation_table(evaluation)
    yield Section(
        "evaluation",
        "评教结果",
        lines=tuple(evaluation_lines(evaluation)),
        columns=head,
        rows=tuple(TableRow(tuple(map(LinkView, row))) for row in rows),
    )


def _procedure_of(record: TrainingClass, page: PageScope) -> Procedure:
    """Return the procedure that a class follows."""
    school = page.site.edition.of(PartySchool).get(record.school)
    return procedure_of_class(page.site.schema, record, school)


def _session(session: Session, page: PageScope, procedure: Procedure) -> StepView:
    point = page.link("teaching-point", session.teaching_point)
    when = f"第{session.day}天" if session.day else ""
    minutes = f"{session.minutes}分钟" if session.minutes else ""
    badge = "".join(component.mark for component in procedure.components_of(session)[:1])
    said = "　".join(filter(None, (when, session.at, minutes)))
    return StepView(session.title, said, point or page.link("course", session.course), badge)


def _procedure(record: TrainingClass, procedure: Procedure) -> tuple[Check, ...]:
    """Return what the class holds of each component of the procedure."""
    return tuple(map(_check, procedure.counts(record.sessions)))


def _check(held_count: ComponentCount) -> Check:
    """Return one component or item, with its state in words."""
    if held_count.is_lacking:
        state, words = "lacking", "缺"
    elif held_count.item:
        state, words = "ok", "有"
    else:
        state = "ok" if held_count.held else "unknown"
        words = f"{held_count.held}{'次' if held_count.component.role is Role.VISIT else '项'}"
    title = (
        f"{held_count.component.title}现场教学"
        if held_count.component.role is Role.VISIT
        else held_count.request
    )
    return Check(title, state, words)


def _by_year(site: SiteModel, record: TrainingClass) -> tuple[object, str]:
    """Group classes by year, the newest first."""
    return -record.begins.year, f"{record.begins.year}年"


def _day(site: SiteModel, record: TrainingClass) -> tuple[str, ...]:
    """Return the first day of a class, and whether it was held, where that is known."""
    return record.begins.chinese, title_of(record, "status")


TRAINING_CLASS = Kind(
    model=TrainingClass,
    classified_by=None,
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.FOLLOWS, fields=("school",), is_scope=False),
    count=None,
    section=SectionPart(
        title=TrainingClass.kind_title,
        lead="党校举办的培训班：日程，以及是否合乎培训流程。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=training_class, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=_by_year,
            meta=_day,
            text=no_text,
            template=LIST,
            tabs=planner_tabs,
        ),
        pages=plan_planners,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=None, cover_rank=9, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="EducationEvent",
        location="location",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(
        tell=tell_training_class,
        scope=PackOf(
            word="class",
            label="培训班资料",
            title=by_name,
            compose=None,
            is_sheet=False,
            gathers=False,
        ),
    ),
)
