"""A village-level unit."""

from __future__ import annotations

from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    plain,
)
from casebook_site.outputs.packs.kind_parts import (
    RecordPack,
)
from casebook_site.outputs.packs.places import codes
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
    place_note,
)
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    fact,
    place_facts,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.records.committees import JointCommittee
from casebook_site.records.places import Village
from casebook_site.records.teaching import (
    TeachingPoint,
)
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

_TOLD = frozenset({"joint-committee", "teaching-point", "figure"})
"""Kinds that the page tells by name; others that lie in the place follow them."""


def village(record: Village, page: PageScope) -> KindView:
    """Return a village with what happens there."""
    edition = page.site.edition
    others = page.others_lying_in(record, _TOLD)
    return KindView(
        note=page.site.place_of(record),
        facts=(
            fact(record, "township", page.link("township", record.township)),
            choice_fact(record, "type"),
            *place_facts(record),
        ),
        sections=(
            page.prose_section(record, "about"),
            page.list_section(
                "committees", "所在联村党组织", edition.linking(record, JointCommittee)
            ),
            page.list_section(
                "points", "基层教学点", edition.linking(record, TeachingPoint, "village")
            ),
            *others.values(),
        ),
        shown=_TOLD | others.keys(),
    )


_BARE_FIELDS = frozenset(
    ("id", "name", "township", "type", "codes", "sources", "updated", "audience", "pinyin", "order")
)
"""Fields of a village that is only a line of a list."""


# --- packs ---


def tell_village(composer: Composer, record: Village, level: int) -> None:
    """Write a village that has something to say."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    composer.facts(record, ("位置", plain(composer.around(record))), ("行政代码", codes(record)))
    composer.prose(record.about)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


# --- the kind ---


VILLAGE = Kind(
    model=Village,
    classified_by="type",
    choice_first=False,
    place=PlacePart(
        level=LevelPart(in_labels=False, groups_lists=False, code_digits=12),
        within=("township",),
        coordinates="coordinates",
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=(), is_scope=True),
    count=None,
    section=SectionPart(
        title=Village.kind_title,
        lead="有记载可读的村；其余村列在所属镇街页上。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=village, bare_fields=_BARE_FIELDS, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=by_county,
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
    home=HomePart(rank=8, cover_rank=5, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="Place",
        location="containedInPlace",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(tell=tell_village, scope=None),
)
