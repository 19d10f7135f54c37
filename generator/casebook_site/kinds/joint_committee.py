"""A party organisation that several villages share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.domain.proceedings import disclosure_row, hours_of
from casebook_site.maps.marks import JOINT
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import TableBlock, plain
from casebook_site.outputs.packs.facts import labelled, labelled_choice
from casebook_site.outputs.packs.kind_parts import (
    RecordPack,
    tell,
)
from casebook_site.outputs.site.kind_parts import (
    ByChoice,
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_properties,
    no_text,
    place_note,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    contact_section,
    fact,
    questions_section,
)
from casebook_site.outputs.site.pages import LIST, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, kind_downloads, listed
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.committees import JointCommittee, Mechanism
from casebook_site.records.places import Village
from casebook_site.records.proceedings import Proceeding
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    CountPart,
    HomePart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import title_of


def joint_committee(record: JointCommittee, page: PageScope) -> KindView:
    """Form, lead village, members: those reported and those that could be named."""
    members = page.links("village", record.members)
    if record.reported_members is not None:
        count = f"报道{record.reported_members}个，列出名称的{len(members)}个"
    else:
        count = f"列出名称的{len(members)}个" if members else ""
    return KindView(
        note=title_of(record, "form"),
        facts=(
            choice_fact(record, "form"),
            page.place_fact(record),
            fact(record, "founded", record.founded.chinese if record.founded else None),
            fact(record, "lead_village", page.link("village", record.lead_village)),
            fact(record, "members", count),
        ),
        sections=(
            Section(
                "members",
                "成员村",
                links=tuple(
                    LinkView(link.name, link.href, "龙头村" if id == record.lead_village else "")
                    for id, link in _named(record.members, page)
                ),
            ),
            Section("other-members", "其他成员单位", lines=record.other_members),
            *_duties(record, page),
            page.prose_section(record, "story"),
            page.list_section(
                Proceeding.folder,
                Proceeding.kind_title,
                page.site.edition.linking(record, Proceeding, "committee"),
            ),
            Section(
                "mechanisms",
                "运行机制",
                entries=tuple(page.site.entry(m, page.path) for m in _mechanisms(record, page)),
            ),
            contact_section(record.contact),
            questions_section(record, "questions", page),
        ),
        shown=frozenset({Proceeding.kind}),
        neighbours="联村党组织",
        neighbours_by=("county",),
    )


def _duties(record: JointCommittee, page: PageScope) -> Iterator[Section]:
    """Yield the rota and what was disclosed, each as a table."""
    fields = type(record).model_fields
    yield Section(
        "rota",
        str(fields["rota"].title),
        columns=("星期", "时间", "值班的村", "地点"),
        rows=tuple(
            TableRow(
                (
                    LinkView(title_of(duty, "weekday")),
                    LinkView(hours_of(duty)),
                    page.link(Village.kind, duty.village) or LinkView(""),
                    LinkView(duty.place or ""),
                )
            )
            for duty in record.rota
        ),
    )
    yield Section(
        "disclosures",
        str(fields["disclosures"].title),
        columns=("日期", "类别", "内容", "地点"),
        rows=tuple(
            TableRow(tuple(map(LinkView, disclosure_row(told)))) for told in record.disclosures
        ),
    )


def _named(ids: tuple[str, ...], page: PageScope) -> list[tuple[str, LinkView]]:
    return [(id, link) for id in ids if (link := page.link("village", id))]


def _mechanisms(record: JointCommittee, page: PageScope) -> list[Mechanism]:
    known = page.site.edition.of(Mechanism)
    return [known[id] for id in record.mechanisms if id in known]


def _tabs(site: SiteModel, path: str) -> tuple[LinkView, ...]:
    """Return the links between the two lists; the one at `path` has no address."""
    lists = (("按形式", ""), ("按镇街", "by-township"))
    paths = [(title, index_path(JointCommittee.folder, part=part)) for title, part in lists]
    here = paths[1][1] if "/by-township" in path else paths[0][1]
    return tuple(
        LinkView(title, None if target == here else relative(target, path))
        for title, target in paths
    )


def _by_township(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the pages of the list by township."""
    records = list(site.edition.of(JointCommittee).values())

    def place(record: JointCommittee) -> str:
        return site.place_of(record) if record.township else f"{site.place_of(record)} 镇街未载明"

    ordered = site.by_places(records)

    def show(path: str, shown: Sequence[JointCommittee]) -> SectionList:
        return listed(
            [site.entry(r, path, group=place(r), meta=(title_of(r, "form"),)) for r in shown]
        )

    yield from Listing(
        site,
        JointCommittee.folder,
        ordered,
        show,
        LIST,
        part="by-township",
        title=f"{JointCommittee.kind_title}（按镇街）",
        tabs=lambda path: _tabs(site, path),
        downloads=kind_downloads(JointCommittee.kind_title, JointCommittee.folder)
        if records
        else (),
    ).pages()


# --- packs ---


def tell_joint_committee(composer: Composer, record: JointCommittee, level: int) -> None:
    """Form, members, what it did."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    reported = record.reported_members
    count = f"报道{reported}个，列出名称的{len(record.members)}个：" if reported else ""
    members = composer.names("village", record.members)
    composer.facts(
        record,
        labelled_choice(record, "form"),
        ("位置", plain(composer.around(record))),
        labelled(record, "founded", record.founded.chinese if record.founded else None),
        labelled(record, "lead_village", (composer.name("village", record.lead_village),)),
        labelled(record, "members", (*plain(count), *members)),
        labelled(record, "other_members", "、".join(record.other_members)),
        labelled(record, "mechanisms", composer.names("mechanism", record.mechanisms)),
    )
    _tell_duties(composer, record)
    composer.photos(record)
    composer.prose(record.story)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)
    composer.ask(record, record.questions)
    for one in composer.lookups.in_order(composer.edition.linking(record, Proceeding, "committee")):
        tell(composer, one, level + 1)


def _tell_duties(composer: Composer, record: JointCommittee) -> None:
    """Write the rota and what was disclosed, each as a table."""
    fields = type(record).model_fields
    turns = tuple(
        (
            plain(title_of(duty, "weekday")),
            plain(hours_of(duty)),
            (composer.name(Village.kind, duty.village),),
            plain(duty.place or ""),
        )
        for duty in record.rota
    )
    if turns:
        columns = ("星期", "时间", "值班的村", "地点")
        composer.add(TableBlock(str(fields["rota"].title), columns, (2, 3, 3, 5), turns))
    told = tuple(tuple(map(plain, disclosure_row(one))) for one in record.disclosures)
    if told:
        columns = ("日期", "类别", "内容", "地点")
        composer.add(TableBlock(str(fields["disclosures"].title), columns, (3, 2, 5, 3), told))


# --- the kind ---


JOINT_COMMITTEE = Kind(
    model=JointCommittee,
    classified_by="form",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=("township", "county"),
        coordinates=None,
        is_drawn=True,
    ),
    scope=ScopePart(belongs=Belongs.LIES, fields=("members",), is_scope=False),
    count=CountPart(
        title="联村党组织",
        unit="个",
        symbol=JOINT,
        character="联",
        is_marked_apart=False,
    ),
    section=SectionPart(
        title=JointCommittee.kind_title,
        lead="按组织形式和镇街列出有来源点名的联村党组织。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=joint_committee, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("form"),
            meta=place_note,
            text=no_text,
            template=LIST,
            tabs=_tabs,
        ),
        pages=_by_township,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=2, cover_rank=2, way="", in_county="个联村党组织"),
    linked_data=LinkedDataPart(
        type="Organization",
        location="areaServed",
        is_dated=False,
        properties=no_properties,
    ),
    pack=RecordPack(tell=tell_joint_committee, scope=None),
)
