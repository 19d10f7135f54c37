"""A kind that the program does not bring: stations, which lie in places."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from casebook_site.base.templates import Renderer
from casebook_site.engine.loading import Loaded, load
from casebook_site.kinds import program_schema
from casebook_site.model.editions import select
from casebook_site.model.scopes import ALL, Scope
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.kind_parts import PackOf, RecordPack, by_name
from casebook_site.outputs.packs.places import locator
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.files import Rendering, rendered
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
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import KindView, PageScope, fact
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.planning import plan_site
from casebook_site.outputs.site.views import Section
from casebook_site.records import Record
from casebook_site.records.base import Question
from casebook_site.records.places import CountyLink, TownshipLink
from casebook_site.schema.fields import Text, field
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
from tests.folders import PLAIN_SHELLS, SiteFolder, toy_copy


class Station(Record):
    """A station in a township."""

    kind: ClassVar[str] = "station"
    folder: ClassVar[str] = "stations"
    kind_title: ClassVar[str] = "宣讲站"

    county: CountyLink = field("县市", "所属县市的编号。")
    township: TownshipLink | None = field("镇街", "所在镇街的编号。", default=None)
    lectures: tuple[Text, ...] = field("宣讲题目", "讲过什么，一题一句。", default=())
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())


def _view(record: Station, page: PageScope) -> KindView:
    return KindView(
        facts=(fact(record, "county", page.link("county", record.county)),),
        sections=(Section("lectures", "宣讲题目", lines=record.lectures),),
        neighbours="宣讲站",
    )


def _tell(composer: Composer, record: Station, level: int) -> None:
    composer.heading(level, record.name)
    composer.tell(record)
    composer.add(locator(composer, record, 26))
    composer.lines(record.lectures)


STATION = Kind(
    model=Station,
    classified_by=None,
    choice_first=False,
    place=PlacePart(level=None, within=("township", "county"), coordinates=None, is_drawn=True),
    scope=ScopePart(belongs=Belongs.LIES, fields=(), is_scope=False),
    count=None,
    section=SectionPart(title="宣讲站", lead="把道理讲到家门口。", counts=None, is_wide=False),
    page=SitePage(view=_view, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=by_county, meta=place_note, text=no_text, template=LIST, tabs=no_tabs
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=12, cover_rank=10, way="", in_county="个宣讲站"),
    linked_data=LinkedDataPart(
        type="Place", location="containedInPlace", is_dated=False, properties=no_properties
    ),
    pack=RecordPack(
        tell=_tell,
        scope=PackOf(
            word="station",
            label="宣讲站资料",
            title=by_name,
            compose=None,
            is_sheet=True,
            gathers=False,
        ),
    ),
)

SCHEMA = Schema((*program_schema(), STATION), {})
"""The program's kinds and one more."""

STATION_YML = """\
name: 丙镇柳下宣讲站
county: jia
township: bing
lectures: [柳下夜话, 村规民约]
questions: [{question: 夜话在哪里？, answer: 柳下。}]
sources: [daily]
updated: 2024-05
"""


def station_folder(root: Path) -> SiteFolder:
    """The toy with a station in it."""
    folder = toy_copy(root)
    folder.write("records/stations/willow.yml", STATION_YML)
    return folder


def loaded(folder: SiteFolder, schema: Schema = SCHEMA) -> Loaded:
    """The content of a folder, under a schema."""
    return load(folder.settings(), schema)


def site_of(folder: SiteFolder, schema: Schema = SCHEMA, scope: Scope = ALL) -> SiteModel:
    """The site over an edition of the folder."""
    content = loaded(folder, schema)
    assert not content.problems
    return SiteModel(select(content.catalog, "public", scope), folder.settings(), content.layouts)


def website(site: SiteModel) -> dict[str, bytes]:
    """Path → bytes of every file of a website, in a bare shell."""
    shells = _shells(tuple(site.sections))
    files = plan_site(site, {"index.html": None})
    artifacts = rendered(files, Rendering(Renderer(), shells))
    return {artifact.path: artifact.content for artifact in artifacts}


@cache
def _shells(folders: tuple[str, ...]) -> dict[str, PageTemplate]:
    plain = next(iter(PLAIN_SHELLS.values()))
    return {f"{folder}/{page}": plain for folder in folders for page in ("index", "_record")}


def without(kind: Kind, member: str) -> dict[str, Any]:
    """What a declaration says but for one member."""
    said = {name: getattr(kind, name) for name in kind.__dataclass_fields__}
    assert replace(kind) is not kind
    del said[member]
    return said
