"""Where the lines of titles may break."""

from __future__ import annotations

import pytest

from casebook_site.base.phrases import phrases, phrases_of

TITLES = [
    ("联村党建与党员教育案例库", "联村 党建 与党员 教育 案例库"),
    ("禹城市基层党员教育全覆盖", "禹城市 基层 党员 教育 全覆盖"),
    ("沂源县联村党委（总支）数", "沂源县 联村 党委 （总支）数"),
    ("几个村合建一个党组织，议事、办公、产业一起来", "几个村 合建 一个 党组织， 议事、 办公、 产业 一起来"),
    ("加强基层党组织政治功能和组织功能有益探索", "加强 基层 党组织 政治 功能 和组织 功能 有益 探索"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "pieces"), TITLES)
def test_a_title_breaks_between_words_and_leaves_none_alone(title: str, pieces: str) -> None:
    assert " ".join(phrases_of(title)) == pieces


@pytest.mark.parametrize("title", [title for title, _ in TITLES])
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(title: str) -> None:
    pieces = [*phrases_of(title)]
    assert "".join(pieces) == title
    assert not [piece for piece in pieces if piece[0] in "）》，、。：" or piece[-1] in "（《"]


def test_places_are_marked_in_html_and_signs_are_escaped() -> None:
    assert phrases("联村党建与党员<教育>案例库") == (
        "联村<wbr>党建<wbr>与党员<wbr>&lt;教育&gt;<wbr>案例库"
    )


def test_a_title_of_one_line_stays_as_it_is() -> None:
    assert phrases("甲县&乙县") == "甲县&amp;乙县"
