"""A county of another sort, without a line of Python: `tests/banner_content/`.

A banner without a prefecture, with 苏木, 嘎查 and 团场, seven categories, schools of the banner, 青年干部,
a procedure 3+2, and a class that keeps to none.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from casebook_site.editing.cells import names_of
from casebook_site.editing.record_files import written_records
from casebook_site.model.scopes import Scope
from casebook_site.schema.fields import value_of
from casebook_site.webapp.fields import Posted, filled_form, posted_form
from casebook_site.webapp.values import read_form
from tests.build.bundles.conftest import builder_for
from tests.build.packs.making import bundle_builder, document_of
from tests.folders import TESTS, SiteFolder
from tests.unit.forms.browsing import sent
from tests.unit.forms.test_values import controls
from tests.webpages import broken_links, read_page

OTHERS = ("5+1+N", "五大类别", "五类", "普通党员", "街道", "地级市", "市级")
"""Words of the two counties that the program brings along."""


@pytest.fixture(scope="module")
def banner(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The banner, built."""
    root = tmp_path_factory.mktemp("banner") / "site"
    shutil.copytree(TESTS / "banner_content", root)
    folder = SiteFolder(root)
    folder.build("--strict")
    return folder


def page(banner: SiteFolder, path: str) -> str:
    """The text of a page, markup taken away."""
    html = (banner.root / "site" / path).read_text("utf-8")
    main = html[html.index("<article") : html.rindex("</article>")]
    return re.sub(r"<[^>]+>", "", main)


def test_the_site_is_whole_and_speaks_its_own_words(banner: SiteFolder) -> None:
    site = banner.root / "site"
    assert broken_links(site, "/sub/path/") == []
    assert "七类教学点" in page(banner, "index.html")
    assert "苏木" in page(banner, "townships/bayan.html")
    assert "团场" in page(banner, "counties/alin.html")
    assert "旗级" in page(banner, "party-schools/alin-school.html")
    said = {
        (file.relative_to(site).as_posix(), word)
        for file in site.rglob("*.html")
        for word in OTHERS
        if word in read_page(file).text
    }
    assert said == set()


def test_places_and_schools_stand_as_readers_expect_them(banner: SiteFolder) -> None:
    towns = page(banner, "townships/index.html")
    names = ["阿勒坦镇", "巴彦苏木", "第一团场"]
    assert sorted(names, key=towns.index) == names
    schools = page(banner, "party-schools/index.html")
    assert schools.index("阿林旗委党校") < schools.index("巴彦苏木党校")


def test_the_newest_number_leads_and_a_rank_is_one(banner: SiteFolder) -> None:
    text = page(banner, "counties/alin.html")
    assert text.index("420") < text.index("300")
    assert "第9" in text


def test_classes_follow_their_procedure_or_none(banner: SiteFolder) -> None:
    spring = page(banner, "training-classes/spring.html")
    assert "“3+2”核对" in spring
    assert "重温承诺" in spring
    assert "核对" not in page(banner, "training-classes/model.html")


def test_packs_of_the_county_a_point_and_a_class_are_put_together(banner: SiteFolder) -> None:
    builder = bundle_builder(banner)
    for scope in ("county:alin", "point:felt", "class:spring", "class:model", "category:craft"):
        assert document_of(builder, scope).blocks, scope


def test_a_bundle_of_a_sumu_is_whole(banner: SiteFolder, tmp_path: Path) -> None:
    bundle = builder_for(banner.root).bundle(Scope.parse("township:bayan"))
    for path, content in bundle.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.raw)
    assert broken_links(tmp_path, "/") == []


def test_sheets_come_back_as_they_went(banner: SiteFolder) -> None:
    book = str(banner.root / "all.xlsx")
    assert banner.casebook("export", "--out", book).returncode == 0
    again = banner.casebook("import", book, "--dry-run")
    assert (again.returncode, again.stdout + again.stderr) == (0, "没有改动。\n")


def test_every_form_comes_back_as_it_was_opened(banner: SiteFolder) -> None:
    catalog = banner.catalog()
    names = names_of(catalog)
    for key, written in written_records(catalog).items():
        model = catalog.schema[key.kind].model
        opened = controls(filled_form(model, written.data, names))
        form = posted_form(model, Posted.parse(b"x=&" + sent(opened)))
        answers = read_form(model, form, written.data, names)
        assert (answers.data, answers.faults) == (written.data, {}), key


def test_fields_that_the_site_adds_are_in_every_output(banner: SiteFolder, tmp_path: Path) -> None:
    point = page(banner, "teaching-points/felt.html")
    for said in ("非遗级别盟级", "传承人6人", "常去的嘎查戈壁嘎查", "手艺", "铺匀"):
        assert said in re.sub(r"\s", "", point), said
    assert "812.5万亩" in page(banner, "counties/alin.html")
    assert "毡艺工坊" in page(banner, "villages/gobi.html"), "who links there is told"
    site = banner.root / "site"
    data = json.loads((site / "teaching-points/felt.json").read_text("utf-8"))
    assert (data["heritage_level"], data["bearers"], data["seats"]) == ("league", 6, ["gobi"])
    schema = json.loads((site / "data/schema/teaching-point.json").read_text("utf-8"))
    assert schema["properties"]["craft"]["title"] == "手艺"
    assert "传承人" in (site / "data/teaching-points.csv").read_text("utf-8-sig")
    document = document_of(bundle_builder(banner), "point:felt")
    assert "盟级" in str(document.blocks)
    assert "CANARY" not in str(document.blocks)


def test_what_the_site_adds_for_insiders_stays_with_them(banner: SiteFolder) -> None:
    site = banner.root / "site"
    leaks = [f for f in site.rglob("*") if f.is_file() and b"CANARY" in f.read_bytes()]
    assert leaks == []
    edition = banner.site(audience="internal").edition
    record = edition.records["teaching-point"]["felt"]
    assert value_of(record, "keeper") == "CANARY-keeper"


@pytest.mark.parametrize(
    ("entry", "line", "code", "told"),
    [
        ("kind: teaching-points, key: a, type: text", 2, "CB204", "是不是“teaching-point”"),
        ("kind: term, key: Level, type: text", 2, "CB206", "“Level”"),
        ("kind: term, key: class, type: text", 2, "CB206", "“class”"),
        ("kind: term, key: definition, type: text", 2, "CB682", "已有字段“definition”"),
        ("kind: term, key: model_dump, type: text", 2, "CB682", "model_dump"),
        ("kind: term, key: a, type: texts", 2, "CB204", "是不是“text”"),
        ("kind: term, key: a, type: choice", 2, "CB201", "缺少选项"),
        ("kind: term, key: a, type: link", 2, "CB201", "links_to"),
        ("kind: term, key: a, type: link, links_to: vilage", 2, "CB204", "是不是“village”"),
        ("kind: term, key: a, type: text, audience: secret", 2, "CB204", "secret"),
        ("kind: term, key: a, type: text, colour: red", 2, "CB202", "colour"),
    ],
)
def test_a_mistake_in_a_field_is_told(
    toy: SiteFolder, entry: str, line: int, code: str, told: str
) -> None:
    text = f"fields:\n- {{{entry}, title: 新的一项, description: 例}}\n"
    toy.write("vocabularies/fields.yml", text)
    done = toy.casebook("check", "--no-advice")
    assert done.returncode == 1
    (problem,) = done.stdout.splitlines()
    assert problem.startswith(f"content/vocabularies/fields.yml:{line}:")
    assert code in problem
    assert told in problem


def test_a_record_is_held_to_the_fields_that_the_site_adds(toy: SiteFolder) -> None:
    toy.write(
        "vocabularies/fields.yml",
        "fields:\n- {kind: term, key: herders, type: count, title: 牧户, description: 例, unit: 户}\n",
    )
    toy.write("records/terms/fresh.yml", "name: 新词\ndefinition: 新的。\nherder: 3\n")
    assert "是不是“herders”" in toy.casebook("check", "--no-advice").stdout
    toy.write("records/terms/fresh.yml", "name: 新词\ndefinition: 新的。\nherders: 三\n")
    assert "CB203" in toy.casebook("check", "--no-advice").stdout
    toy.write("records/terms/fresh.yml", "name: 新词\ndefinition: 新的。\nherders: 3\n")
    assert toy.casebook("check", "--no-advice").returncode == 0
