"""A site with vocabularies of its own: every output reads them from the schema at hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from casebook_site.base.problems import render_text
from casebook_site.editing.columns import column_of
from casebook_site.engine.builders import pack_builder
from casebook_site.kinds import program_schema
from casebook_site.outputs.guide.markdown import guide_markdown
from casebook_site.outputs.packs.scopes import PackScope
from casebook_site.records.teaching import TeachingPoint
from casebook_site.records.vocabularies import CATEGORIES, PRESCRIBED_ITEMS, TOWNSHIP_TYPES
from casebook_site.schema.choices import Choice, Vocabulary
from casebook_site.schema.deriving import with_vocabularies
from casebook_site.schema.json_schema import record_schema
from tests.folders import SiteFolder, toy_copy
from tests.unit.schema.stations import loaded, site_of, website


def renamed(vocabulary: Vocabulary, **titles: str) -> Vocabulary:
    """The vocabulary with other titles for some choices."""
    choices = (replace(c, title=titles.get(c.id, c.title)) for c in vocabulary.choices)
    return Vocabulary(vocabulary.id, vocabulary.title, tuple(choices))


HERITAGE = Choice("heritage", "非遗工坊", mark="遗", colour="#5a3b1e", dark_colour="#d9b08c")
OWN_CATEGORIES = Vocabulary(
    CATEGORIES.id,
    CATEGORIES.title,
    (HERITAGE, *renamed(CATEGORIES, industry="产业园区").choices),
)
SCHEMA = with_vocabularies(
    program_schema(),
    {
        "categories": OWN_CATEGORIES,
        "township-types": renamed(TOWNSHIP_TYPES, town="苏木"),
        "prescribed-items": renamed(PRESCRIBED_ITEMS, oath="宣誓"),
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy with a category of its own, and a teaching point in it."""
    folder = toy_copy(tmp_path_factory.mktemp("vocabularies") / "toy")
    folder.write(
        "records/categories/heritage.yml", "name: 非遗工坊\nsummary: 手艺。\nteaches: 手艺。\n"
    )
    folder.write(
        "records/teaching-points/weaver.yml",
        "{name: 织锦坊, county: jia, township: bing, category: heritage, sources: [daily]}\n",
    )
    return folder


@pytest.fixture(scope="module")
def files(folder: SiteFolder) -> dict[str, bytes]:
    """Its website."""
    return website(site_of(folder, SCHEMA))


def test_records_are_read_by_the_site_s_choices(folder: SiteFolder) -> None:
    assert not loaded(folder, SCHEMA).problems
    assert "heritage" in render_text(loaded(folder, program_schema()).problems)


def test_pages_show_the_site_s_titles_and_marks(files: dict[str, bytes]) -> None:
    mark = '<span class="cb-mark cb-mark--heritage" aria-hidden="true">遗</span>'
    weaver = files["teaching-points/weaver.html"].decode()
    assert "非遗工坊教学点" in weaver
    assert mark in weaver
    assert "产业园区教学点" in files["teaching-points/zi-park.html"].decode()
    assert "苏木" in files["townships/bing.html"].decode()
    assert "宣誓" in files["training-classes/spring.html"].decode()
    for page in ("map/index.html", "categories/index.html", "teaching-points/index.html"):
        assert mark in files[page].decode(), page
    assert 'id="cb-s-heritage"' in files["map/index.html"].decode()
    assert '<option value="heritage">非遗工坊</option>' in files["map/index.html"].decode()


@pytest.mark.parametrize(
    ("page", "second"),
    [
        ("categories/index.html", "产业基地"),  # the name of its record
        ("teaching-points/index.html", "产业园区教学点"),
        ("matrix/index.html", "产业园区"),
        ("map/index.html", "产业园区"),
    ],
)
def test_the_site_s_order_is_kept(files: dict[str, bytes], page: str, second: str) -> None:
    html = files[page].decode()
    assert html.index("非遗工坊") < html.index(second)


def test_schema_sheet_and_guide_offer_the_site_s_choices() -> None:
    point = SCHEMA["teaching-point"].model
    assert issubclass(point, TeachingPoint)
    township = record_schema(SCHEMA["township"].model)
    assert "苏木" in json.dumps(township, ensure_ascii=False)
    column = column_of(point.model_fields["category"], ("category",), "类别")
    assert column.vocabulary == OWN_CATEGORIES
    guide = guide_markdown(SCHEMA)
    assert "非遗工坊" in guide
    assert "非遗工坊" not in guide_markdown(program_schema())


def test_rules_ask_for_the_site_s_items(tmp_path: Path) -> None:
    folder = toy_copy(tmp_path / "toy")
    folder.edit("content/records/training-classes/spring.yml", "prescribed: oath", "own: true")
    assert "规定动作" not in render_text(loaded(folder, SCHEMA).problems)
    assert "缺少宣誓" in render_text(loaded(folder, SCHEMA).problems)


def test_packs_tell_by_the_site_s_titles(folder: SiteFolder) -> None:
    builder = pack_builder(loaded(folder, SCHEMA), folder.settings())
    document = builder.document(PackScope.parse("county:jia", SCHEMA))
    assert "产业园区" in repr(document.blocks)


def test_models_without_those_choices_are_the_program_s_own() -> None:
    assert SCHEMA["source"].model is program_schema()["source"].model
    assert SCHEMA["township"].model is not program_schema()["township"].model
    assert with_vocabularies(program_schema(), {})["township"].model is (
        program_schema()["township"].model
    )
