"""A site that is wrong in every way yields every expected problem, and no other.

`golden/broken.yml` lists them: file → [line, column, code, a part of the text].
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from casebook_site.base.problems import CODES, Problem
from tests.folders import BROKEN, TESTS, SiteFolder, brief

EXPECTED: dict[str, list[tuple[int, int, str, str]]] = {
    file: [tuple(row) for row in rows]
    for file, rows in yaml.safe_load((TESTS / "golden/broken.yml").read_text("utf-8")).items()
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The broken content with the files that a repository cannot or should not carry."""
    root = tmp_path_factory.mktemp("broken") / "site"
    shutil.copytree(BROKEN, root)
    folder = SiteFolder(root)
    term = "name: 文件名\ndefinition: 一。\n"
    for stem in ("con", "Upper", "中文", "dot."):
        folder.write(f"records/terms/{stem}.yml", term)
    folder.write("records/terms/gbk.yml", "name: 编码\n".encode("gbk"))
    folder.write("records/terms/hundred-thousand.yml", "- " * 100_000)
    folder.write("records/terms/hundred-thousand-flow.yml", "name: " + "[" * 100_000)
    folder.write("pages/gbk.md", "# 编码\n".encode("gbk"))
    (root / "content/records/terms/gone.yml").symlink_to("nowhere.yml")
    with folder.write("records/terms/huge.yml", term).open("ab") as file:
        file.truncate(50_000_000)
    return folder


@pytest.fixture(scope="module")
def problems(broken: SiteFolder) -> tuple[Problem, ...]:
    """Everything that is wrong, found in one run."""
    return broken.load().problems


def test_every_expected_problem_is_found_and_no_other(problems: tuple[Problem, ...]) -> None:
    found = sorted(brief(problem) for problem in problems)
    expected = sorted(
        (file, line, column, code)
        for file, rows in EXPECTED.items()
        for line, column, code, _ in rows
    )
    assert found == expected


@pytest.mark.parametrize("file", EXPECTED)
def test_messages_say_what_is_wrong_and_what_would_be_right(
    problems: tuple[Problem, ...], file: str
) -> None:
    told: dict[tuple[int, int, str], str] = {}
    for problem in problems:
        path, line, column, code = brief(problem)
        if path == file:
            told[line, column, code] = told.get((line, column, code), "") + problem.text
    for line, column, code, part in EXPECTED[file]:
        assert part in told[line, column, code]


TESTED_ELSEWHERE = {
    "CB42": "build/reviews",
    "CB7": "build/bundles",
    "CB8": "build/packs",
    "CB9": "unit/editing",
}
"""Folders below tests/ with the tests of codes that neither reading nor rules report."""


def test_every_code_of_content_occurs() -> None:
    found = {row[2] for rows in EXPECTED.values() for row in rows}
    own_faults = {"CB114"}  # no content brings them about; see unit/test_faults.py
    assert found == {*CODES} - {*ELSEWHERE} - own_faults


ELSEWHERE = {
    code: TESTS / folder
    for code in CODES
    for beginning, folder in TESTED_ELSEWHERE.items()
    if code.startswith(beginning)
}


@pytest.mark.parametrize("code", ELSEWHERE)
def test_every_other_code_is_tested_where_it_belongs(code: str) -> None:
    folder = ELSEWHERE[code]
    assert any(code in file.read_text("utf-8") for file in folder.glob("test_*.py"))


def test_problems_come_sorted(problems: tuple[Problem, ...]) -> None:
    assert list(problems) == sorted(problems)


def test_every_message_is_a_chinese_sentence(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.message)
        assert problem.message.endswith("。"), problem
        assert not problem.remedy or problem.remedy[-1] in "。？", problem


def test_every_place_is_in_the_file(broken: SiteFolder, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        file = broken.root / problem.location.path
        if problem.code in ("CB101", "CB102") or not file.is_file():
            continue
        lines = file.read_bytes().decode("utf-8", "replace").split("\n")
        assert 1 <= problem.location.line <= len(lines), problem
        assert 1 <= problem.location.column <= len(lines[problem.location.line - 1]) + 1, problem


def test_the_command_tells_all_and_exits_with_one(
    broken: SiteFolder, problems: tuple[Problem, ...]
) -> None:
    done = broken.casebook("check", "--no-advice")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert len(lines) == len(problems)
    places = ("maps/", "pages/", "records/", "search/", "vocabularies/", "wording.yml:")
    assert all(line.startswith(tuple(f"content/{name}" for name in places)) for line in lines)
    assert f"共 {len(problems)} 处问题" in done.stderr


def test_the_command_tells_the_same_as_json_and_as_annotations(
    broken: SiteFolder, problems: tuple[Problem, ...]
) -> None:
    answer = json.loads(broken.casebook("check", "--no-advice", "--format", "json").stdout)
    assert answer["count"] == len(problems)
    assert [p["code"] for p in answer["problems"]] == [p.code for p in problems]
    github = broken.casebook("check", "--no-advice", "--format", "github").stdout.splitlines()
    assert len(github) == len(problems)
    assert all(line.startswith("::error file=content/") for line in github)


def test_advice_is_told_beside_problems_and_counts_for_nothing(broken: SiteFolder) -> None:
    answer = json.loads(broken.casebook("check", "--format", "json").stdout)
    advice = [p for p in answer["problems"] if p["level"] == "advice"]
    assert {p["code"] for p in advice} == {"CB412"}
    assert answer["count"] == len(answer["problems"]) - len(advice)
    assert any("布署" in p["message"] and "“部署”" in p["remedy"] for p in advice)
    github = broken.casebook("check", "--format", "github").stdout
    assert github.count("::notice ") == len(advice)


def test_a_build_writes_nothing(broken: SiteFolder) -> None:
    before = sorted(path.name for path in Path(broken.root).iterdir())
    done = broken.casebook("build")
    assert done.returncode == 1
    assert sorted(path.name for path in Path(broken.root).iterdir()) == before
    assert "Traceback" not in done.stderr + done.stdout
