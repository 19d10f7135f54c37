"""The project's own content: nothing wrong with it, and the lists that it must hold are whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from casebook_site.base.problems import render_text
from casebook_site.base.settings import Settings, parse_options
from casebook_site.engine.loading import Loaded, load
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.model.catalog import Catalog, Key
from casebook_site.records.base import Record
from casebook_site.records.evidence import Figure
from tests.folders import REPOSITORY
from tests.webpages import broken_links, read_page


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The content with everything that is wrong with it."""
    return load(
        Settings(
            root=REPOSITORY,
            site_name="案例库",
            site_dir=REPOSITORY / "site",
            docs_dir=REPOSITORY / "content/pages",
            options=parse_options({"workers": 1}),
        )
    )


@pytest.fixture(scope="module")
def catalog(loaded: Loaded) -> Catalog:
    """The content."""
    return loaded.catalog


def of(catalog: Catalog, kind: str) -> list[Record]:
    """All records of a kind."""
    return list(catalog.records[kind].values())


def get(record: Record, name: str) -> object:
    """A field of a record whose kind is known by the test."""
    return getattr(record, name)


def test_nothing_is_wrong(loaded: Loaded) -> None:
    assert not loaded.problems, render_text(loaded.problems)


def test_the_configuration_is_sound() -> None:
    settings = open_site(REPOSITORY / "mkdocs.yml").settings
    assert settings.records_dir.is_dir()
    assert settings.site_url.endswith("/")


# --- places -------------------------------------------------------------------------------------


def test_both_counties_have_their_townships(catalog: Catalog) -> None:
    assert set(catalog.records["county"]) == {"yiyuan", "yucheng"}
    by_county = Counter(get(town, "county") for town in of(catalog, "township"))
    assert by_county == {"yiyuan": 12, "yucheng": 11}
    types = Counter((get(t, "county"), get(t, "type")) for t in of(catalog, "township"))
    assert types["yiyuan", "subdistrict"] == 2
    assert types["yucheng", "subdistrict"] == 2


def test_both_lists_of_village_level_units_are_whole(catalog: Catalog) -> None:
    townships = catalog.records["township"]
    units = Counter(
        (get(townships[str(get(v, "township"))], "county"), get(v, "type"))
        for v in of(catalog, "village")
    )
    listed = {key: n for key, n in units.items() if key[1] != "former"}
    assert listed == {
        ("yiyuan", "villagers_committee"): 446,
        ("yiyuan", "residents_committee"): 22,
        ("yucheng", "villagers_committee"): 544,
        ("yucheng", "residents_committee"): 14,
    }
    assert sum(listed.values()) == 1026


def test_every_listed_unit_has_the_code_of_the_list_and_no_code_is_given_twice(
    catalog: Catalog,
) -> None:
    codes = Counter(
        (code.system, code.value)
        for kind in ("county", "township", "village")
        for record in of(catalog, kind)
        for code in record.codes  # type: ignore[attr-defined]
    )
    assert {key: n for key, n in codes.items() if n > 1} == {}
    for village in of(catalog, "village"):
        systems = {code.system for code in village.codes}  # type: ignore[attr-defined]
        assert ("nbs-2023" in systems) == (get(village, "type") != "former"), village.id
    for township in of(catalog, "township"):
        systems = {code.system for code in township.codes}  # type: ignore[attr-defined]
        assert systems == {"nbs-2023", "mca-2026"}, township.id


# --- teaching ---------------------------------------------------------------------------------

POINTS = {
    "party_spirit": {
        "禹城市革命纪念馆", "伦镇齐禹抗战纪念馆", "辛寨镇党群教育基地", "莒镇王克寇烈士陵园",
    },
    "village": {"梁家镇桂庄村田园综合体", "房寺镇贾集村温室蔬菜大棚", "辛店镇梁河社区三区同建"},
    "industry": {"莒镇产业园", "伦镇产业园", "视界牧业有限公司", "燧禾现代农业产业园"},
    "skills": {"职教中心实训基地", "德州科技职业学院", "莒镇新时代农民实训中心"},
    "cautionary": {"禹城市禁毒教育基地", "莒镇法治教育基地", "农商行廉政教育基地"},
}  # fmt: skip
"""The teaching points that the article names."""


@pytest.mark.parametrize("category", POINTS)
def test_the_named_teaching_points_are_all_there_in_their_category(
    catalog: Catalog, category: str
) -> None:
    found = {p.name for p in of(catalog, "teaching-point") if get(p, "category") == category}
    assert found == POINTS[category]


def test_there_are_seventeen_teaching_points_in_five_categories(catalog: Catalog) -> None:
    assert len(of(catalog, "teaching-point")) == 17
    assert [len(names) for names in POINTS.values()] == [4, 3, 4, 3, 3]
    assert set(catalog.records["category"]) == set(POINTS)


def test_every_township_of_yucheng_has_its_school_with_the_six_requirements(
    catalog: Catalog,
) -> None:
    schools = [s for s in of(catalog, "party-school") if get(s, "level") == "township"]
    towns = {t.id for t in of(catalog, "township") if get(t, "county") == "yucheng"}
    assert len(schools) == 11
    assert {get(s, "township") for s in schools} == towns
    assert all(get(s, "six") is not None for s in schools)


def test_the_three_levels_of_schools_are_there(catalog: Catalog) -> None:
    levels = {get(s, "level") for s in of(catalog, "party-school")}
    assert levels == {"municipal", "township", "village"}


def test_modules_faculty_and_platforms_are_three_each(catalog: Catalog) -> None:
    assert {get(c, "module") for c in of(catalog, "course")} == {
        "general", "professional", "thematic",
    }  # fmt: skip
    assert {get(f, "group") for f in of(catalog, "faculty")} == {
        "leaders", "experts", "role_models",
    }  # fmt: skip
    assert len(of(catalog, "platform")) == 3


def test_no_training_class_is_made_up(catalog: Catalog) -> None:
    assert of(catalog, "training-class") == []


# --- cases --------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["yiyuan", "yucheng"])
def test_a_case_has_its_three_parts_and_four_measures(catalog: Catalog, id: str) -> None:
    case = catalog.get(Key("case-study", id))
    assert case is not None
    assert get(case, "county") == id
    assert len(get(case, "measures")) == 4  # type: ignore[arg-type]
    assert get(case, "overview")
    assert get(case, "outcomes")


@pytest.mark.parametrize(
    "name",
    ["联席会议", "四议两公开", "三务公开", "跨村任职", "板凳会", "5+1+N", "风险评估", "目标责任"],
)
def test_the_mechanisms_of_the_article_are_told(catalog: Catalog, name: str) -> None:
    told = {m.name for m in of(catalog, "mechanism")} | {
        alias for m in of(catalog, "mechanism") for alias in m.aliases
    }
    assert any(name in title for title in told), sorted(told)


@pytest.mark.parametrize(
    ("value", "unit", "about"),
    [
        (23, "个", "yiyuan"),
        (12, "个", "yiyuan"),
        (122, "个", "yiyuan"),
        (5147, "名", "yiyuan"),
        (120258, "人", "yiyuan"),
        (11, "处", "yucheng"),
        (129, "期", "yucheng"),
        (16000, "人次", "yucheng"),
        (149, "名", "yucheng"),
        (69, "名", "yucheng"),
        (45, "名", "yucheng"),
        (500, "名", "yucheng"),
        (6, "个", "yucheng"),
        (3, "个", "yucheng"),
    ],
)
def test_the_article_s_figures_are_there_with_its_date(
    catalog: Catalog, value: int, unit: str, about: str
) -> None:
    found = [
        figure
        for figure in of(catalog, "figure")
        if isinstance(figure, Figure)
        and (figure.value, figure.unit, figure.source) == (value, unit, "seed")
        and figure.as_of.iso.startswith("2022-03")
        and county_of(catalog, figure) == about
    ]
    assert found


def county_of(catalog: Catalog, figure: Figure) -> str:
    """The county of the record that a figure is about."""
    kind, _, id = figure.about.partition("/")
    record = catalog.get(Key(kind, id))
    return id if kind == "county" else str(getattr(record, "county", ""))


def test_the_older_schools_have_their_own_year(catalog: Catalog) -> None:
    assert any(
        isinstance(f, Figure) and (f.value, f.as_of.iso) == (110, "2017")
        for f in of(catalog, "figure")
    )


# --- evidence -----------------------------------------------------------------------------------


def test_figures_are_about_something_that_has_a_page_and_rest_on_a_source(
    catalog: Catalog,
) -> None:
    for figure in of(catalog, "figure"):
        assert isinstance(figure, Figure)
        assert catalog.get(Key("source", figure.source))
        assert catalog.get(Key(*figure.about.split("/")))


def test_every_record_that_tells_something_names_its_source(catalog: Catalog) -> None:
    bare = {"figure", "source", "category", "term"}
    without = [
        f"{record.kind}/{record.id}"
        for record in catalog
        if record.kind not in bare and not record.sources
    ]
    assert without == []


def test_sources_are_original_or_reliable_or_named_by_their_outlet(catalog: Catalog) -> None:
    for source in of(catalog, "source"):
        if get(source, "grade") == "B":
            assert get(source, "publisher")
            assert not get(source, "url")


def test_every_source_supports_something(catalog: Catalog) -> None:
    used = {link.target for links in catalog.links.values() for link in links}
    assert [s.id for s in of(catalog, "source") if Key("source", s.id) not in used] == []


def test_no_example_record_stands_in_the_content(catalog: Catalog) -> None:
    for record in catalog:
        assert "示例" not in record.name


def test_nothing_is_dated_after_its_last_change(catalog: Catalog) -> None:
    for record in catalog:
        for event in record.events:
            assert record.updated is None or event.date <= record.updated, record.id


# --- the site -------------------------------------------------------------------------------------


def test_every_link_of_the_site_leads_somewhere(real_site: Path) -> None:
    assert broken_links(real_site, "/") == []


def test_record_pages_are_at_most_fifty_kilobytes(real_site: Path) -> None:
    assert {
        file.relative_to(real_site).as_posix(): file.stat().st_size
        for file in real_site.rglob("*.html")
        if file.with_suffix(".json").exists() and file.stat().st_size > 50_000
    } == {}


def test_no_anchor_stands_twice_on_a_page(real_site: Path) -> None:
    assert {
        f.name: read_page(f).repeated for f in real_site.rglob("*.html") if read_page(f).repeated
    } == {}


def test_every_figure_of_the_article_is_found_on_its_case(real_site: Path) -> None:
    text = "".join(
        read_page(file).text
        for folder in ("case-studies", "party-schools", "faculty")
        for file in (real_site / folder).glob("*.html")
    )
    for number in ("23", "122", "5147", "120258", "129", "16000", "149", "69", "45", "500"):
        assert number in text
