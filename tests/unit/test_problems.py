"""Problems as values, and the three ways to show them."""

from __future__ import annotations

import json

import pytest

from casebook_site.base.problems import (
    CODES,
    RENDERERS,
    ContentError,
    Location,
    Problem,
    did_you_mean,
    nearest,
    render_github,
    render_json,
    render_text,
)
from casebook_site.rules import RULES

ODD = Problem(
    Location("content/a,b:c%.yml", 3, 7), "CB301", "没有“x:y, 100%”。\r\n第二行", "是不是“z”？"
)
PLAIN = Problem(Location("content/a.yml"), "CB104", "文件里没有内容。")


def test_text_has_one_line_a_problem_with_file_line_column_and_code() -> None:
    assert render_text([PLAIN]) == "content/a.yml:1:1: CB104 文件里没有内容。"
    assert render_text([]) == ""


def test_json_is_an_object_with_every_part_of_a_problem() -> None:
    assert json.loads(render_json([ODD])) == {
        "count": 1,
        "problems": [
            {
                "file": "content/a,b:c%.yml",
                "line": 3,
                "column": 7,
                "code": "CB301",
                "title": CODES["CB301"],
                "message": ODD.message,
                "remedy": ODD.remedy,
                "level": "error",
            }
        ],
    }
    assert json.loads(render_json([])) == {"count": 0, "problems": []}


def test_json_shows_chinese_as_it_is() -> None:
    assert "文件里没有内容" in render_json([PLAIN])


def test_github_annotations_escape_properties_and_messages() -> None:
    assert render_github([ODD]) == (
        "::error file=content/a%2Cb%3Ac%25.yml,line=3,col=7,title=CB301 链接指向不存在的记录"
        "::没有“x:y, 100%25”。%0D%0A第二行是不是“z”？"
    )


def test_github_annotations_take_one_line_each() -> None:
    assert render_github([ODD, PLAIN]).count("\n") == 1


def test_the_formats_of_the_command_are_these_three() -> None:
    assert sorted(RENDERERS) == ["github", "json", "text"]


def test_problems_sort_by_file_then_line_then_column() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 10)]
    ordered = sorted(Problem(Location(*place), "CB101", "") for place in places)
    assert [str(p.location) for p in ordered] == ["a:2:9", "a:2:10", "a:10:1", "b:1:1"]


def test_content_error_carries_every_problem_sorted() -> None:
    error = ContentError([ODD, PLAIN])
    assert error.problems == (ODD, PLAIN)
    assert "2" in str(error)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("yiyuann", "yiyuan"), ("yucheng", "yucheng"), ("ychneg", "yucheng"), ("zzz", None)],
)
def test_the_nearest_choice_is_proposed_if_one_is_near(word: str, expected: str | None) -> None:
    assert nearest(word, ["yiyuan", "yucheng"]) == expected
    sentence = did_you_mean(word, ["yiyuan", "yucheng"])
    assert sentence == (f"是不是“{expected}”？" if expected else "")


def test_codes_are_stable_in_form_and_have_titles() -> None:
    for code, title in CODES.items():
        assert code[:2] == "CB"
        assert code[2:].isdigit()
        assert len(code) == 5
        assert title
    assert list(CODES) == sorted(CODES)


def test_rules_name_only_known_codes() -> None:
    for rule in RULES:
        assert set(rule.codes) <= CODES.keys()
