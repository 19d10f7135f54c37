"""A number and the Chinese unit behind it stand without a blank, in whatever pages and scripts say."""

from __future__ import annotations

import re

import pytest

from tests.folders import REPOSITORY

VALUE = r"(?:\$\{(?:[^{}]|\{[^{}]*\})*\}|\{\{ [^{}]* \}\}|\d+)"
UNIT = "[条个处项页人次份名字年月日分天所县镇村张行列岁件期秒]"
BLANK = re.compile(rf"[\u4e00-\u9fff] {VALUE} ?{UNIT}|{VALUE} {UNIT}")
GRADES = re.compile(r"\{\{ [\w.]*grade \}\}")
TEMPLATES = REPOSITORY / "templates"


def blanks(text: str) -> list[str]:
    """The lines in which a blank stands beside a number, comments aside."""
    return [
        line.strip()
        for line in text.splitlines()
        if not line.strip().startswith(("//", "/*", "*")) and BLANK.search(GRADES.sub("", line))
    ]


@pytest.mark.parametrize("ending", ["html", "js"])
def test_no_blank_stands_beside_a_number(ending: str) -> None:
    files = sorted(TEMPLATES.rglob(f"*.{ending}"))
    assert len(files) > 10
    assert {str(file): found for file in files if (found := blanks(file.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "line",
    ["`找到 ${count} 条`", "<p>共 {{ view.files }} 处</p>", '"前面 40 个字"', "`${a.length} 个`"],
)
def test_a_blank_is_seen(line: str) -> None:
    assert blanks(line)
