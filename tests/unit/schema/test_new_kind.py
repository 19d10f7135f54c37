"""A kind is one declaration: every output shows it, and none has to be touched for it."""

from __future__ import annotations

import dataclasses
import io
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from casebook_site.base.templates import Renderer
from casebook_site.editing.cells import names_of
from casebook_site.editing.importing import known_headings, read_import
from casebook_site.editing.record_files import written_records
from casebook_site.editing.schema_files import schema_files
from casebook_site.editing.sheets import read_sheets
from casebook_site.editing.workbook import make_workbook
from casebook_site.engine.builders import pack_builder
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Key
from casebook_site.model.editions import AudienceView, select
from casebook_site.model.scopes import Scope
from casebook_site.outputs.guide.markdown import guide_markdown
from casebook_site.outputs.packs.document import Heading
from casebook_site.outputs.packs.scopes import PackScope, ready_made
from casebook_site.outputs.site.home import HOME_PAGE, build_home
from casebook_site.outputs.site.search import record_document
from casebook_site.records.teaching import TeachingPoint
from casebook_site.schema.kinds import Kind, Schema
from casebook_site.schema.parts import (
    IndexPart,
    ListingPart,
    PackPart,
    PagePart,
    PlacePart,
)
from casebook_site.webapp.fields import Posted, filled_form, own_first, posted_form
from casebook_site.webapp.values import read_form
from tests.folders import SiteFolder
from tests.unit.schema.stations import (
    SCHEMA,
    STATION,
    Station,
    loaded,
    site_of,
    station_folder,
    website,
    without,
)

WILLOW = Key("station", "willow")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy with a station in it."""
    return station_folder(tmp_path_factory.mktemp("stations") / "toy")


@pytest.fixture(scope="module")
def files(folder: SiteFolder) -> dict[str, bytes]:
    """Its website."""
    return website(site_of(folder))


def test_it_has_a_page_and_an_index(files: dict[str, bytes]) -> None:
    page = files["stations/willow.html"].decode()
    assert "丙镇柳下宣讲站" in page
    assert "柳下夜话" in page
    assert 'class="cb-locator"' in page
    index = files["stations/index.html"].decode()
    assert "把道理讲到家门口。" in index
    assert 'href="willow.html"' in index


def test_it_can_be_downloaded(files: dict[str, bytes]) -> None:
    assert json.loads(files["stations/willow.json"])["township"] == "bing"
    assert json.loads(files["data/stations.json"])[0]["id"] == "willow"
    assert "宣讲题目" in files["data/stations.csv"].decode("utf-8-sig").splitlines()[0]
    assert json.loads(files["data/schema/station.json"])["title"] == "宣讲站"
    assert "宣讲站" in files["data/index.html"].decode()


def test_other_pages_lead_to_it(files: dict[str, bytes]) -> None:
    for page in ("counties/jia.html", "townships/bing.html"):
        html = files[page].decode()
        assert 'id="stations"' in html, page
        assert "../stations/willow.html" in html, page
    assert "../stations/willow.html" in files["names/index.html"].decode()
    assert "../stations/willow.html" in files["sources/daily.html"].decode()


def test_the_home_page_counts_it(folder: SiteFolder) -> None:
    site = site_of(folder)
    view = build_home(site, "", "", "", ())
    assert ("宣讲站", 1) in view.counts
    (county,) = (card for card in view.counties if card.county.name == "甲县")
    assert "1个宣讲站" in [link.name for link in county.counts]
    assert Renderer().render(HOME_PAGE, view)


def test_it_can_be_searched(folder: SiteFolder) -> None:
    site = site_of(folder)
    record = site.edition.get(WILLOW)
    assert record is not None
    document = record_document(site, record)
    assert "柳下夜话" in document.texts
    assert document.facets.kind == "宣讲站"
    assert document.place == "甲县 丙镇"


@pytest.mark.parametrize(
    ("scope", "inside"),
    [("county:jia", True), ("township:bing", True), ("township:ding", False), ("county:yi", False)],
)
def test_it_belongs_to_the_scopes_of_its_places(
    folder: SiteFolder, scope: str, inside: bool
) -> None:
    view = AudienceView(loaded(folder).catalog)
    assert (WILLOW in view.membership.of(Scope.parse(scope))) is inside


def test_packs_tell_it(folder: SiteFolder) -> None:
    builder = pack_builder(loaded(folder), folder.settings())
    assert PackScope("station", "willow") in [*ready_made(builder.lookups.edition)]
    for scope in ("station:willow", "county:jia", "township:bing"):
        document = builder.document(PackScope.parse(scope, SCHEMA))
        headings = [block for block in document.blocks if isinstance(block, Heading)]
        assert any("丙镇柳下宣讲站" in repr(heading) for heading in headings), scope


def test_it_has_a_sheet_that_can_be_read_back(folder: SiteFolder, tmp_path: Path) -> None:
    catalog = loaded(folder).catalog
    written = written_records(catalog)
    data = {key: one.data for key, one in written.items()}
    content = make_workbook(data, names_of(catalog), SCHEMA, ("station",))
    assert load_workbook(io.BytesIO(content))["宣讲站"]["A2"].value == "willow"
    (tmp_path / "book.xlsx").write_bytes(content)
    wish = read_import(
        read_sheets(tmp_path / "book.xlsx", known_headings(SCHEMA)), catalog, written
    )
    assert (wish.problems, wish.records, wish.absent) == ([], {}, [])


def test_it_has_a_form(folder: SiteFolder) -> None:
    catalog = loaded(folder).catalog
    names, before = names_of(catalog), written_records(catalog)[WILLOW].data
    form = filled_form(Station, before, names)
    assert form["county"].data == "甲县"
    assert "lectures" in next(own_first(Station))[1]
    body = "name=%E6%9F%B3%E4%B8%8B&county=%E7%94%B2%E5%8E%BF"
    answers = read_form(Station, posted_form(Station, Posted.parse(body.encode())), {}, names)
    assert not answers.faults
    assert answers.data == {"name": "柳下", "county": "jia"}


def test_editors_are_told_of_it() -> None:
    assert ".vscode/schema/station.json" in schema_files("content/records", SCHEMA)
    assert "### 宣讲站（station）" in guide_markdown(SCHEMA)
    assert "宣讲站" not in guide_markdown(program_schema())


def test_what_is_wrong_with_it_is_told(tmp_path: Path) -> None:
    folder = station_folder(tmp_path / "toy")
    folder.edit("content/records/stations/willow.yml", "county: jia", "county: nowhere")
    codes = [problem.code for problem in loaded(folder).problems]
    assert "CB301" in codes


def test_two_schemas_are_used_in_one_process(folder: SiteFolder) -> None:
    with_stations = loaded(folder)
    assert not with_stations.problems
    problems = loaded(folder, program_schema()).problems
    assert [problem.code for problem in problems] == ["CB113"]
    assert "stations" in problems[0].message
    known, unknown = select(with_stations.catalog), select(loaded(folder, program_schema()).catalog)
    assert known.get(WILLOW) is not None
    assert unknown.get(WILLOW) is None
    assert "stations" in site_of(folder).sections
    assert "station" not in unknown.schema
    assert loaded(folder).problems == ()


@pytest.mark.parametrize("member", [one.name for one in fields(Kind)])
def test_a_declaration_that_leaves_a_member_out_is_refused_by_name(member: str) -> None:
    with pytest.raises(TypeError, match=f"'{member}'"):
        Kind(**without(STATION, member))


@pytest.mark.parametrize("part", [PlacePart, PagePart, ListingPart, IndexPart, PackPart])
def test_no_part_has_a_member_that_may_be_forgotten(part: type[Any]) -> None:
    for one in fields(part):
        assert one.default is one.default_factory is dataclasses.MISSING, one.name


def test_a_field_that_the_model_does_not_have_is_refused_by_name() -> None:
    said = without(STATION, "classified_by")
    with pytest.raises(TypeError, match="Station has no field grade"):
        Kind(**said, classified_by="grade")


def worded(word: str) -> PackPart[Any, Any]:
    """How packs tell stations, asked for by a word."""
    assert STATION.pack is not None
    assert STATION.pack.scope is not None
    return replace(STATION.pack, scope=replace(STATION.pack.scope, word=word))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"home": replace(STATION.home, rank=4)}, "home.rank: 4"),
        ({"home": replace(STATION.home, cover_rank=2)}, "home.cover_rank: 2"),
        ({"model": TeachingPoint}, "name: teaching-point"),
        ({"pack": worded("point")}, "pack.scope.word: point"),
    ],
)
def test_two_kinds_with_one_place_are_refused_by_name(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        Schema((*program_schema(), replace(STATION, **changed)), {})


def test_its_places_are_checked_like_those_of_any_kind(tmp_path: Path) -> None:
    folder = station_folder(tmp_path / "toy")
    folder.edit("content/records/stations/willow.yml", "county: jia", "county: yi")
    (problem,) = (one for one in loaded(folder).problems if one.code == "CB401")
    assert problem.location.line == 3
    assert "“丙镇”属于甲县，与本条的县市不符" in problem.message


def test_its_questions_are_among_the_self_tests(files: dict[str, bytes]) -> None:
    page = files["self-tests/index.html"].decode()
    assert "夜话在哪里？" in page
    assert 'id="station-willow"' in page
