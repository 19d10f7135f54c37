"""What a joint party organisation decided, step by step."""

from __future__ import annotations

from casebook_site.domain.proceedings import step_text
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import Item, ItemList, Run, plain
from casebook_site.outputs.packs.facts import labelled, labelled_choice
from casebook_site.outputs.packs.kind_parts import RecordPack
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_pages,
    no_properties,
    no_tabs,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import KindView, PageScope, choice_fact, fact
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Section, StepView
from casebook_site.records.committees import JointCommittee, Mechanism
from casebook_site.records.places import Village
from casebook_site.records.proceedings import Proceeding, ProceedingStep
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


def proceeding(record: Proceeding, page: PageScope) -> KindView:
    """Return the topic, who took it up, the steps with dates and votes, and the result."""
    return KindView(
        note=title_of(record, "type"),
        facts=(
            fact(record, "topic", record.topic),
            fact(record, "committee", page.link(JointCommittee.kind, record.committee)),
            choice_fact(record, "type"),
            fact(record, "mechanism", page.link(Mechanism.kind, record.mechanism)),
            fact(record, "began", record.began.chinese),
        ),
        sections=(
            Section(
                "steps",
                str(type(record).model_fields["steps"].title),
                steps=tuple(_step(step, page) for step in record.steps),
            ),
            page.prose_section(record, "result"),
        ),
        neighbours=Proceeding.kind_title,
        neighbours_by=("committee",),
    )


def _step(step: ProceedingStep, page: PageScope) -> StepView:
    """Return a step with its village."""
    return StepView(step.title, step_text(step), page.link(Village.kind, step.village))


def _by_year(site: SiteModel, record: Proceeding) -> tuple[object, str]:
    """Group matters by year, the newest first."""
    return -record.began.year, f"{record.began.year}年"


def _day(site: SiteModel, record: Proceeding) -> tuple[str, ...]:
    """Return how a matter was decided, and when it was raised."""
    return title_of(record, "type"), record.began.chinese


def _topic(site: SiteModel, record: Proceeding) -> str:
    """Return what a matter is about."""
    return record.topic


# --- packs ---


def tell_proceeding(composer: Composer, record: Proceeding, level: int) -> None:
    """Write the topic, the steps and the result."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    composer.facts(
        record,
        labelled(record, "topic", record.topic),
        labelled(record, "committee", (composer.name(JointCommittee.kind, record.committee),)),
        labelled_choice(record, "type"),
        labelled(record, "mechanism", (composer.name(Mechanism.kind, record.mechanism),)),
        labelled(record, "began", record.began.chinese),
    )
    steps = tuple(
        Item(f"{number}.", (Run(step.title, "strong"), *plain(f"　{step_text(step)}")))
        for number, step in enumerate(record.steps, start=1)
    )
    composer.add(ItemList(steps) if steps else None)
    composer.prose(record.result)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


# --- the kind ---


PROCEEDING = Kind(
    model=Proceeding,
    classified_by="type",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.FOLLOWS, fields=("committee",), is_scope=False),
    count=None,
    section=SectionPart(
        title=Proceeding.kind_title,
        lead="一件事怎样提出、怎样议定、怎样公开、办得怎样。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=proceeding, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=_by_year,
            meta=_day,
            text=_topic,
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
        type="Event",
        location="location",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(tell=tell_proceeding, scope=None),
)
