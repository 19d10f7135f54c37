"""A co-operative, a firm or another organisation that works with villages."""

from __future__ import annotations

from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import Item, ItemList, Run, plain
from casebook_site.outputs.packs.facts import labelled, labelled_choice, measured
from casebook_site.outputs.packs.kind_parts import RecordPack
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
    measure,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import Section, StepView
from casebook_site.records.committees import JointCommittee
from casebook_site.records.organisations import ChainStage, Organisation
from casebook_site.records.places import Village
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


def organisation(record: Organisation, page: PageScope) -> KindView:
    """Return who takes part, how they are tied together, what is made, and the chain."""
    fields = type(record).model_fields
    return KindView(
        note=title_of(record, "type"),
        facts=(
            choice_fact(record, "type"),
            page.place_fact(record),
            fact(record, "founded", record.founded.chinese if record.founded else None),
            fact(record, "committee", page.link(JointCommittee.kind, record.committee)),
            choice_fact(record, "model"),
            fact(record, "products", "、".join(record.products)),
            measure(record, "households"),
        ),
        sections=(
            page.prose_section(record, "about"),
            Section(
                "villages",
                str(fields["villages"].title),
                links=page.links(Village.kind, record.villages),
            ),
            Section(
                "chain",
                str(fields["chain"].title),
                steps=tuple(StepView(stage.title, _said(stage)) for stage in record.chain),
            ),
            contact_section(record.contact),
        ),
        neighbours=Organisation.kind_title,
        neighbours_by=("county",),
    )


def _said(stage: ChainStage) -> str:
    """Return who does a stage, and how."""
    return "：".join(filter(None, (stage.done_by, stage.text)))


# --- packs ---


def tell_organisation(composer: Composer, record: Organisation, level: int) -> None:
    """Write who takes part, how they are tied together, and the chain."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    composer.facts(
        record,
        labelled_choice(record, "type"),
        ("位置", plain(composer.around(record))),
        labelled(record, "founded", record.founded.chinese if record.founded else None),
        labelled(record, "committee", (composer.name(JointCommittee.kind, record.committee),)),
        labelled(record, "villages", composer.names(Village.kind, record.villages)),
        labelled_choice(record, "model"),
        labelled(record, "products", "、".join(record.products)),
        measured(record, "households"),
    )
    composer.photos(record)
    composer.prose(record.about)
    stages = tuple(
        Item(f"{number}.", (Run(stage.title, "strong"), *plain(f"　{_said(stage)}")))
        for number, stage in enumerate(record.chain, start=1)
    )
    if stages:
        composer.title(level + 1, str(type(record).model_fields["chain"].title))
        composer.add(ItemList(stages))
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


# --- the kind ---


ORGANISATION = Kind(
    model=Organisation,
    classified_by="type",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=("township", "county"),
        coordinates=None,
        is_drawn=True,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=("villages",), is_scope=False),
    count=None,
    section=SectionPart(
        title=Organisation.kind_title,
        lead="同联建村一起种、一起养、一起卖的合作社和企业：谁参加，怎样联结，做什么产品。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=organisation, bare_fields=None, mark=None, is_for_branches=True),
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
    home=HomePart(rank=None, cover_rank=None, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="Organization",
        location="areaServed",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(tell=tell_organisation, scope=None),
)
