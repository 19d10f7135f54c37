"""A site's own vocabularies: files below content/vocabularies/, with every mistake told in its place."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook_site.base.contrast import contrast, distance
from casebook_site.base.inputs import files_below, input_paths, stamps_of
from casebook_site.base.problems import render_text
from casebook_site.base.templates import templates_dir
from casebook_site.engine.changes import Changes, Watch, watched_paths
from casebook_site.engine.loading import site_schema
from casebook_site.kinds import program_schema
from casebook_site.maps.marks import SHAPES, WHOLE_KIND, tile_height
from casebook_site.outputs.guide.markdown import guide_markdown
from casebook_site.outputs.site.home import build_home
from casebook_site.outputs.site.sections import sections_of
from casebook_site.outputs.stylesheets import site_files
from casebook_site.records.vocabularies import CATEGORIES, TOWNSHIP_TYPES
from casebook_site.schema import deriving
from casebook_site.schema.choices import MARK_SHAPES
from casebook_site.schema.walking import title_of
from tests.folders import SiteFolder, toy_copy
from tests.unit.schema.stations import website

CRAFT = '{id: craft, title: 非遗工坊, mark: 遗, colour: "#5a3b1e", dark_colour: "#ddccaa"}'
STEPPE = '{id: steppe, title: 草原生态, mark: 草, colour: "#0f6b6b", dark_colour: "#7fd8d8"}'


def stated(*choices: str, mode: str = "extend") -> str:
    """A file with choices, one a line from the third on."""
    return "\n".join([f"mode: {mode}", "choices:", *(f"  - {choice}" for choice in choices), ""])


def weave(folder: SiteFolder) -> None:
    """Adds a category, and a teaching point in it."""
    folder.write("records/categories/craft.yml", "{name: 非遗工坊, summary: 手艺。}\n")
    folder.write(
        "records/teaching-points/weaver.yml",
        "{name: 织锦坊, county: jia, township: bing, category: craft, sources: [daily]}\n",
    )


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    """The toy."""
    return toy_copy(tmp_path / "toy")


Given = Callable[[str, str], list[tuple[str, int, int, str]]]


@pytest.fixture
def given(folder: SiteFolder) -> Given:
    """Write a vocabulary, and return the problems of the toy with it."""

    def problems(name: str, text: str) -> list[tuple[str, int, int, str]]:
        folder.write(f"vocabularies/{name}.yml", text)
        return folder.problems()

    return problems


def test_without_a_folder_a_site_has_the_program_s_schema(folder: SiteFolder) -> None:
    assert site_schema(folder.settings()) is program_schema()


def test_extended_categories_reach_pages_sheet_of_styles_guide_and_titles(
    folder: SiteFolder,
) -> None:
    folder.write("vocabularies/categories.yml", stated(CRAFT, STEPPE))
    weave(folder)
    files = website(folder.site())
    home = build_home(folder.site(), "", "", "", ())
    assert home.categories_title == "七类教学点"
    assert "非遗工坊教学点" in files["teaching-points/weaver.html"].decode()
    schema = site_schema(folder.settings())
    sheet = dict(site_files(schema))["casebook.css"]
    assert "--cb-craft: #5a3b1e;" in sheet
    assert "--cb-craft: #ddccaa;" in sheet
    assert sections_of(schema)["categories"].title == "七大类别"
    assert "非遗工坊" in guide_markdown(schema)
    assert len({choice.shape for choice in schema.vocabulary(CATEGORIES).choices}) == 7


def test_extended_choices_keep_what_is_not_stated(folder: SiteFolder) -> None:
    folder.write("vocabularies/categories.yml", stated("{id: industry, title: 产业园区}"))
    (changed,) = (
        choice
        for choice in site_schema(folder.settings()).vocabulary(CATEGORIES).choices
        if choice.id == "industry"
    )
    assert changed.title == "产业园区"
    assert (changed.mark, changed.shape) == ("产", "hexagon")


def test_replaced_choices_stand_in_the_file_s_order(folder: SiteFolder) -> None:
    kept = ("{id: sumu, title: 苏木}", "{id: town, title: 镇}", "{id: subdistrict, title: 街道}")
    folder.write("vocabularies/township-types.yml", stated(*kept, mode="replace"))
    found = site_schema(folder.settings()).vocabulary(TOWNSHIP_TYPES)
    assert [*found] == ["sumu", "town", "subdistrict"]


def test_a_record_with_an_unknown_choice_is_told_the_site_s_words(folder: SiteFolder) -> None:
    folder.write("vocabularies/township-types.yml", stated("{id: sumu, title: 苏木}"))
    folder.edit("content/records/townships/bing.yml", "type: town", "type: sumo")
    said = render_text(folder.load().problems)
    assert "是不是“sumu”？" in said
    assert "sumu 苏木" in said


@pytest.mark.parametrize(
    ("name", "text", "place", "said"),
    [
        ("categries", stated(CRAFT), (1, 1, "CB681"), "categories.yml"),
        ("trainees", "choices: [{id: youth, title: 青年干部}]\n", (1, 1, "CB201"), "mode"),
        ("trainees", stated("{id: youth, title: 青年}", mode="extent"), (1, 7, "CB204"), "extend"),
        ("trainees", stated("{id: youth, titel: 青年}"), (3, 17, "CB202"), "title"),
        ("trainees", "mode: replace\nchoices: []\n", (2, 1, "CB203"), "至少要有 1 项"),
        ("trainees", stated("{id: youth}"), (3, 10, "CB201"), "youth"),
        ("trainees", stated("{id: Youth, title: 青年}"), (3, 10, "CB206"), "小写"),
        ("trainees", stated("{id: youth, title: 普通党员}"), (3, 24, "CB682"), "ordinary"),
        ("trainees", stated("{id: a, title: 甲}", "{id: a, title: 乙}"), (4, 10, "CB682"), "两次"),
        ("trainees", stated("{id: a, title: 甲, mark: 甲}"), (3, 29, "CB684"), "不用 mark"),
        ("qualifiers", stated("{id: near, title: 近}"), (3, 10, "CB685"), "不能增加"),
        ("qualifiers", stated("{id: over, title: 余}", mode="replace"), (2, 1, "CB685"), "exact"),
        ("categories", stated(CRAFT.replace("遗, ", "非遗, ")), (3, 36, "CB684"), "一个字"),
        ("categories", stated(CRAFT.replace("遗, ", "党, ")), (3, 36, "CB684"), "党性教育"),
        ("categories", stated(CRAFT.replace("5a3b1e", "eeeeee")), (3, 47, "CB683"), "对比度"),
        ("categories", stated(CRAFT.replace("5a3b1e", "a11d21")), (3, 47, "CB683"), "分不清"),
        ("categories", stated(CRAFT.replace('"#5a3b1e"', "red")), (3, 47, "CB683"), "六位"),
        ("categories", stated(CRAFT.replace("craft", "paper")), (3, 10, "CB684"), "重名"),
    ],
)
def test_a_mistake_is_told_in_its_place(
    given: Given, folder: SiteFolder, name: str, text: str, place: tuple[int, int, str], said: str
) -> None:
    assert given(name, text) == [(f"vocabularies/{name}.yml", *place)]
    assert said in render_text(folder.load().problems)


def test_invisible_characters_are_refused(given: Given) -> None:
    (problem,) = given("trainees", stated("{id: youth, title: 青\u202e年}"))
    assert problem[0] == "vocabularies/trainees.yml"


def test_a_faulty_file_does_not_make_records_wrong(given: Given, folder: SiteFolder) -> None:
    weave(folder)
    problems = given("categories", stated(CRAFT.replace("mark", "marks")))
    assert [code for _, _, _, code in problems] == ["CB202"]


def test_thirteen_categories_are_too_many(given: Given) -> None:
    marks = "甲乙丙丁戊己庚辛壬癸子丑寅"
    many = (
        f'{{id: c{n}, title: 第{mark}类, mark: {mark}, colour: "#000000", dark_colour: "#ffffff"}}'
        for n, mark in enumerate(marks)
    )
    found = given("categories", stated(*many, mode="replace"))
    assert ("vocabularies/categories.yml", 2, 1, "CB684") in found


def test_models_of_a_site_go_to_other_processes(folder: SiteFolder) -> None:
    folder.write("vocabularies/township-types.yml", stated("{id: sumu, title: 苏木}"))
    folder.edit("content/records/townships/bing.yml", "type: town", "type: sumu")
    edition = folder.edition()
    sent = pickle.dumps(edition.schema), pickle.dumps([*edition.records["township"].values()])
    deriving._deriving.cache_clear()  # as in a new process
    schema, towns = map(pickle.loads, sent)
    (bing,) = (town for town in towns if town.id == "bing")
    assert title_of(bing, "type") == "苏木"
    assert schema["township"].model is type(bing)


def test_a_saved_vocabulary_has_everything_read_again(folder: SiteFolder) -> None:
    config_file = folder.root / "mkdocs.yml"
    settings = folder.settings()
    before = stamps_of(watched_paths(settings, config_file, templates_dir()))
    with Watch(settings, config_file, templates_dir()) as watch:
        folder.write("vocabularies/trainees.yml", stated("{id: youth, title: 青年干部}"))
        assert watch.missed(before) == Changes(configuration=True)
    assert folder.root / "content/vocabularies/trainees.yml" in files_below(input_paths(settings))


def test_every_shape_is_drawn_and_only_those() -> None:
    assert {*MARK_SHAPES} | {WHOLE_KIND} == {*SHAPES}
    assert len(MARK_SHAPES) == 12


def test_tiles_have_room_for_all_marks() -> None:
    assert [tile_height(marks) for marks in (1, 6, 7, 13)] == [108, 108, 134, 186]


def test_colours_are_measured_as_wcag_and_cie_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
    assert distance("#a11d21", "#a11d21") == 0


# --- what a county next door has, and ours had no words for ---


def test_a_county_of_another_sort_can_be_told(folder: SiteFolder) -> None:
    """苏木 and 团场, a county without prefecture, a county's own school, young cadres, a sixth category."""
    folder.write("vocabularies/categories.yml", stated(CRAFT))
    folder.write("vocabularies/trainees.yml", stated("{id: youth, title: 青年干部}"))
    folder.write("vocabularies/school-levels.yml", stated("{id: county, title: 县级}"))
    folder.write(
        "vocabularies/township-types.yml",
        stated("{id: sumu, title: 苏木}", "{id: farm, title: 团场}"),
    )
    folder.write("records/counties/qi.yml", "{name: 己旗, province: 丙区, sources: [daily]}\n")
    folder.write(
        "records/townships/su.yml", "{name: 庚苏木, county: qi, type: sumu, sources: [daily]}\n"
    )
    folder.write(
        "records/party-schools/qi.yml",
        "{name: 己旗党校, county: qi, level: county, sources: [daily]}\n",
    )
    folder.edit("content/records/training-classes/spring.yml", "trainees: cadre", "trainees: youth")
    files = website(folder.site())
    assert "丙区" in files["counties/qi.html"].decode()
    assert "None" not in files["counties/qi.html"].decode()
    assert "苏木" in files["townships/su.html"].decode()
    assert "县级" in files["party-schools/qi.html"].decode()
    assert "青年干部" in files["training-classes/spring.html"].decode()
