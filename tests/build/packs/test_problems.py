"""What keeps a pack from being made: said with its place, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook_site.base.problems import ContentError, SettingsError
from casebook_site.engine.builders import pack_builder
from casebook_site.kinds import program_schema
from casebook_site.outputs.packs import packages
from casebook_site.outputs.packs.making import write_packs
from casebook_site.outputs.packs.scopes import PackScope
from tests.build.packs.making import bundle_builder, document_of, toy_builder
from tests.folders import REPOSITORY, SiteFolder, brief

POINT = "content/records/teaching-points/zi-park.yml"


def test_a_character_without_font_is_named_with_its_place(toy: SiteFolder, tmp_path: Path) -> None:
    toy.edit(POINT, "怎样合股", "怎样合股😀")
    with pytest.raises(ContentError) as caught:
        write_packs(
            bundle_builder(toy),
            [PackScope.parse("point:zi-park", program_schema())],
            ["pdf"],
            tmp_path / "out",
        )
    [problem] = caught.value.problems
    assert brief(problem) == ("records/teaching-points/zi-park.yml", 17, 18, "CB801")
    assert "“😀”（U+1F600 GRINNING FACE）" in problem.message
    assert "子村产业园" in problem.message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "old", "place"),
    [
        ("sources/list.yml", "name: ", "来源“😀"),
        ("figures/jia.yml", "name: ", "数据“😀"),
        ("villages/list.yml", "name: ", "村“😀"),
    ],
)
def test_a_character_of_what_a_pack_names_or_cites_has_its_place_too(
    toy: SiteFolder, file: str, old: str, place: str
) -> None:
    path = f"content/records/{file}"
    toy.write(f"records/{file}", (toy.root / path).read_text("utf-8").replace(old, f"{old}😀"))
    builder = bundle_builder(toy)
    scope = PackScope.parse("county:jia", program_schema())
    problems = list(builder.problems(scope, builder.document(scope)))
    assert {problem.code for problem in problems} == {"CB801"}
    assert all(problem.location.path == path for problem in problems)
    assert any(place in problem.message for problem in problems)


def test_a_character_in_a_field_that_no_pack_shows_is_no_problem(toy: SiteFolder) -> None:
    toy.edit(POINT, "tags: [产业, 示例]", "tags: [产业😀, 示例]")
    builder = bundle_builder(toy)
    scope = PackScope.parse("point:zi-park", program_schema())
    assert list(builder.problems(scope, builder.document(scope))) == []


def test_rare_characters_of_names_can_be_set(toy: SiteFolder) -> None:
    toy.edit(POINT, "怎样合股", "龘㙟䶮峣垚")
    builder = bundle_builder(toy)
    scope = PackScope.parse("point:zi-park", program_schema())
    assert list(builder.problems(scope, builder.document(scope))) == []


def test_a_photo_damaged_after_the_check_is_a_problem_of_its_record(
    toy: SiteFolder, tmp_path: Path
) -> None:
    builder = bundle_builder(toy)
    toy.write("media/bing/park-01.png", b"\x89PNG\r\n\x1a\nbroken")
    for format in ("pdf", "docx", "epub"):
        with pytest.raises(ContentError) as caught:
            write_packs(
                builder,
                [PackScope.parse("point:zi-park", program_schema())],
                [format],
                tmp_path,
            )
        [problem] = caught.value.problems
        assert problem.code == "CB802"
        assert problem.location.path == POINT
    assert list(tmp_path.glob("*.*")) == []


@pytest.mark.parametrize(
    ("scope", "hint"),
    [
        ("point:zi-prak", "是不是“zi-park”"),
        ("pont:zi-park", "是不是“point”"),
        ("zi-park", "可写 county:编号"),
        ("pack:none", "没有“pack:none”这份清单"),
    ],
)
def test_a_scope_with_nothing_says_what_would_be_right(scope: str, hint: str) -> None:
    builder = toy_builder("public")
    with pytest.raises(SettingsError, match=hint):
        document_of(builder, scope)


def test_a_record_that_says_nothing_makes_no_pack(toy: SiteFolder) -> None:
    toy.write("records/categories/skills.yml", "name: 实践技能\n")
    with pytest.raises(SettingsError, match="还没有可印的内容"):
        document_of(bundle_builder(toy), "category:skills")


def test_a_hidden_record_is_not_hinted_at() -> None:
    with pytest.raises(SettingsError) as caught:
        document_of(toy_builder("public"), "point:canary-pont")
    assert "canary-point" not in str(caught.value)


def test_content_with_problems_makes_no_pack(toy: SiteFolder) -> None:
    toy.edit(POINT, "category: industry", "category: industri")
    with pytest.raises(ContentError):
        pack_builder(toy.load(), toy.settings())


def test_missing_packages_are_named_with_the_line_that_installs_them(
    toy: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda module: None if module == "typst" else True)
    with pytest.raises(SettingsError, match=r"还要装 typst：.*make packs"):
        bundle_builder(toy)


def test_the_program_loads_without_the_packages_of_packs() -> None:
    code = (
        "import sys\n"
        "for name in ('typst', 'docx', 'docxtpl', 'segno', 'fontTools'): sys.modules[name] = None\n"
        "import casebook_site.plugin\n"
        "from casebook_site.cli.main import COMMANDS, cli\n"
        "for name in COMMANDS: cli.get_command(None, name)\n"
    )
    done = SiteFolder(REPOSITORY).run("timeit", "-n1", "-r1", code)
    assert done.returncode == 0, done.stderr


def test_a_font_that_is_not_there_is_named(toy: SiteFolder) -> None:
    with pytest.raises(SettingsError, match=r"仿宋的字体“FangSong”找不到"):
        bundle_builder(toy, packs={"fonts": {"fang": "FangSong"}})


def test_a_font_in_the_folder_of_the_site_takes_its_role(toy: SiteFolder) -> None:
    folder = packages.font_folder()
    font = next(folder.glob("NotoSans*"))
    toy.write(f"fonts/{font.name}", font.read_bytes())
    faces = bundle_builder(toy, packs={"fonts": {"kai": "Noto Sans SC"}}).faces
    assert faces.families["kai"] == ("Noto Sans SC", "Noto Serif SC")
    assert faces.families["song"] == ("Noto Serif SC",)
