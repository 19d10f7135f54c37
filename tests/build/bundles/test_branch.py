"""Bundles for a branch: what a clerk looks for, and nothing that leads elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casebook_site.base.problems import SettingsError
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.forms import BRANCH, usual_form
from casebook_site.outputs.bundles.layout import CHECK, RETURN, inner
from casebook_site.outputs.bundles.making import Bundle, BundleBuilder
from casebook_site.outputs.site.sections import COMPARE, DATA, GAPS, MAP, MATRIX, NAMES, TAGS
from tests.build.bundles.conftest import builder_for, zipped
from tests.folders import REPOSITORY, TOY, SiteFolder
from tests.webpages import broken_links

SCOPES = ("township:bing", "village:zi", "county:jia", "all")
LEFT_OUT = {
    COMPARE,
    DATA,
    GAPS,
    MAP,
    MATRIX,
    NAMES,
    TAGS,
    "figures",
    "sources",
    "categories",
    "about",
}


@pytest.fixture(scope="session")
def branch_builder() -> BundleBuilder:
    """For public bundles of the toy for branches."""
    return builder_for(TOY, form=BRANCH)


@pytest.fixture(scope="module")
def village(branch_builder: BundleBuilder) -> Bundle:
    """The bundle of a village."""
    return branch_builder.bundle(Scope("village", "zi"))


def text_of(bundle: Bundle, path: str) -> str:
    """Return a page's text without its tags."""
    html = bundle.files[inner(path)].raw.decode()
    return " ".join(re.sub(r"<script.*?</script>|<[^>]*>", " ", html, flags=re.DOTALL).split())


@pytest.mark.parametrize("scope", SCOPES)
def test_nothing_leads_to_what_is_left_out(
    branch_builder: BundleBuilder, tmp_path: Path, scope: str
) -> None:
    bundle = branch_builder.bundle(Scope.parse(scope))
    for path, content in bundle.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.raw)
        assert b"canary" not in content.raw.lower(), path
    assert broken_links(tmp_path, "/") == []
    folders = {path.split("/")[1] for path in bundle.files if path.count("/") > 1}
    assert folders & LEFT_OUT == set()


def test_what_search_finds_is_there(village: Bundle) -> None:
    cards = "".join(
        content.raw.decode() for path, content in village.files.items() if "search/cards" in path
    )
    found = set(re.findall(r'"([a-z-]+/[a-z0-9-]+\.html)"', cards))
    assert "teaching-points/zi-park.html" in found
    assert {inner(path) for path in found} <= village.files.keys()
    assert not [path for path in found if path.startswith(("figures/", "sources/"))]


def test_the_self_check_asks_for_what_is_there(village: Bundle) -> None:
    page = village.files[inner(CHECK)].raw.decode()
    expected = json.loads(re.findall(r"var casebookExpected = (.*);", page)[0])
    listed = {
        f"{folder}/{name}" if folder else name
        for folder, names in expected["folders"].items()
        for name in names
    }
    assert listed == set(village.manifest.files)


def test_pages_are_without_citations_tags_gaps_and_versions(village: Bundle) -> None:
    for path, content in village.files.items():
        if path.endswith(".html") and path != inner(CHECK):
            text = content.raw.decode()
            for trace in ("引用本页", "cb-tags", 'cb-gaps__label">待补充'):
                assert trace not in text, (path, trace)
    for path in ("index.html", "my-village/index.html", "bundle/index.html", RETURN):
        assert village.manifest.version not in text_of(village, path)


def test_a_figure_stands_with_its_source_though_neither_has_a_page(village: Bundle) -> None:
    page = village.files[inner("counties/jia.html")].raw.decode()
    assert 'class="cb-figure"' in page
    assert 'class="cb-sources"' in page
    assert "figures/" not in page


def test_a_reported_number_is_not_set_beside_a_part_of_the_records(
    village: Bundle, branch_builder: BundleBuilder
) -> None:
    assert "报道4处" not in text_of(village, "counties/jia.html")
    county = branch_builder.bundle(Scope("county", "jia"))
    assert "报道4处，本站收录1处" in text_of(county, "counties/jia.html")
    assert "报道8个，本站收录3个" in text_of(village, "townships/bing.html")


def test_the_menu_is_in_the_order_of_a_clerk(village: Bundle) -> None:
    frame = village.files["files/assets/casebook/frame.js"].raw.decode()
    menu = ["我的村", "培训班", "党校", "基层教学点", "学习", "术语", "打印", "更多"]
    assert re.findall("|".join(menu), frame)[: len(menu)] == menu


def test_home_and_cover_tell_of_the_village_classes_and_self_tests(village: Bundle) -> None:
    home = text_of(village, "index.html")
    for said in (
        "甲县丙镇子村",
        "丙镇子村联村党委",
        "自测题",
        "丙镇春季党员培训班",
        "2022年5月6日",
    ):
        assert said in home, said
    cover = village.files["index.html"].raw.decode()
    assert "files/training-classes/index.html" in cover
    assert "files/self-tests/index.html" in cover


def test_it_says_what_was_changed_day_by_day(village: Bundle) -> None:
    news = text_of(village, "bundle/news.html")
    days = re.findall(r"\d{4}年(?:\d+月)?(?:\d+日)?　?\d*条?", news)
    assert days
    assert news.index("2024年5月6日") < news.index("2024年1月")
    assert "子村产业园" in news
    home = village.files[inner("index.html")].raw.decode()
    assert "2024-05-06&#34;, 1]" in home


def test_every_village_of_the_township_is_named(village: Bundle) -> None:
    text = text_of(village, "my-village/index.html")
    assert "丙镇 3个村" in text
    for name in ("子村", "丑村", "寅社区", "丙镇子村联村党委"):
        assert name in text, name
    assert "卯村" not in text


def test_villages_of_a_township_share_its_pages(
    branch_builder: BundleBuilder, village: Bundle
) -> None:
    other = branch_builder.bundle(Scope("village", "chou"))
    again = branch_builder.bundle(Scope("village", "zi"))
    assert again.manifest == village.manifest
    different = {path for path in other.files if other.files[path] != again.files.get(path)}
    assert inner("index.html") in different
    assert not [p for p in different if p.count("/") > 1 and not p.startswith("files/bundle/")]
    assert "甲县丙镇丑村" in text_of(other, "index.html")


def test_the_usual_form_is_for_a_branch_below_the_county(toy_builder: BundleBuilder) -> None:
    schema = toy_builder.visible.schema
    forms = {scope: usual_form(Scope.parse(scope), schema) for scope in (*SCOPES, "category:x")}
    assert [scope for scope, form in forms.items() if form == "branch"] == [*SCOPES[:2]]


def test_the_forms_have_names_of_their_own_and_do_not_update_each_other(toy: SiteFolder) -> None:
    done = toy.casebook("bundle", "village:zi", "county:jia", "--for", "archive")
    assert done.returncode == 0, done.stderr
    done = toy.casebook("bundle", "village:zi", "county:jia")
    assert done.returncode == 0, done.stderr
    found = {file.name for file in (toy.root / "bundles").iterdir()}
    assert found == {"village-zi-archive.zip", "village-zi.zip", "county-jia.zip"}
    done = toy.casebook("bundle", "village:zi", "--since", "bundles/village-zi-archive.zip")
    assert done.returncode == 2
    assert "加 --for archive 再做" in done.stderr


def test_bundles_of_real_villages_are_small(tmp_path: Path) -> None:
    builder = builder_for(REPOSITORY, form=BRANCH)
    membership = builder.visible.membership
    by_pages = {builder.form.pages_of(s, builder.visible): s for s in membership.scopes("village")}
    largest = sorted(by_pages, key=lambda pages: len(membership.of(pages)))[-3:]
    for pages in largest:
        file = zipped(builder, str(by_pages[pages]), tmp_path / "b.zip")
        assert file.stat().st_size <= 400_000, pages


def test_an_unknown_village_is_told(branch_builder: BundleBuilder) -> None:
    with pytest.raises(SettingsError, match="是不是“zi”"):
        branch_builder.bundle(Scope("village", "zii"))
