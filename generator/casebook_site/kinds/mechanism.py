"""A way of working that keeps running: a meeting, a rota, a rule of decision."""

from __future__ import annotations

from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    Item,
    ItemList,
    Paragraph,
    Run,
    plain,
)
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
    fact,
    questions_section,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Section, StepView
from casebook_site.records.committees import Mechanism
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


def mechanism(record: Mechanism, page: PageScope) -> KindView:
    """How it runs, step by step, and who uses it."""
    return KindView(
        note=title_of(record, "type"),
        facts=(
            choice_fact(record, "type"),
            fact(record, "counties", *page.links("county", record.counties)),
        ),
        sections=(
            page.prose_section(record, "how"),
            Section(
                "steps", "步骤", steps=tuple(StepView(s.title, s.text or "") for s in record.steps)
            ),
            questions_section(record, "questions", page),
        ),
        neighbours=title_of(record, "type"),
        neighbours_by=("type",),
    )


# --- packs ---


def tell_mechanism(composer: Composer, record: Mechanism, level: int) -> None:
    """How it runs, step by step."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.lead(record)
    counties = composer.names("county", record.counties)
    said = (Run(f"{title_of(record, 'type')}　"), *counties)
    composer.add(Paragraph(said, "note"))
    composer.prose(record.how)
    if record.steps:
        composer.add(
            ItemList(
                tuple(
                    Item(
                        f"{number}.",
                        (Run(step.title, "strong"), *plain(f"　{step.text}" if step.text else "")),
                    )
                    for number, step in enumerate(record.steps, start=1)
                )
            )
        )
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)
    composer.ask(record, record.questions)


# --- the kind ---


MECHANISM = Kind(
    model=Mechanism,
    classified_by="type",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.SERVES, fields=("counties",), is_scope=False),
    count=None,
    section=SectionPart(
        title=Mechanism.kind_title,
        lead="会怎么开、事怎么定、班怎么轮：让联建联得住的办法。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=mechanism, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("type"),
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
    home=HomePart(rank=3, cover_rank=6, way="会怎么开、事怎么定", in_county=""),
    linked_data=LinkedDataPart(
        type="DefinedTerm",
        location="spatialCoverage",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(tell=tell_mechanism, scope=None),
)
