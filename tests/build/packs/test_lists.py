"""Packs that editors put together: checked like records, printed in their order."""

from __future__ import annotations

import re

import pytest

from casebook_site.base.problems import SettingsError
from casebook_site.outputs.packs.document import Heading, Paragraph
from tests.build.packs.making import bundle_builder, document_of, makers_of, pdf_text
from tests.folders import SiteFolder

SPRING = """\
title: 春季学习资料
subtitle: 甲县
foreword: |
  先看[子村产业园](record:teaching-point/zi-park)。[](record:source/daily)

  ### 怎样用

  一份一份看。
parts: [teaching-point/zi-park, case-study/jia-case, figures, sources]
"""


def headings(document: object) -> list[str]:
    """Parts of a pack."""
    blocks = getattr(document, "blocks", ())
    return [b.text for b in blocks if isinstance(b, Heading) and b.level == 1]


def test_parts_stand_in_the_order_of_the_list(toy: SiteFolder) -> None:
    toy.write("packs/spring.yml", SPRING)
    builder = bundle_builder(toy)
    document = document_of(builder, "pack:spring")
    assert headings(document) == ["前言", "子村产业园", "甲县联村党建", "数据", "来源"]
    assert (document.title, document.subtitle) == ("春季学习资料", "甲县")
    levels = [b.level for b in document.blocks if isinstance(b, Heading)]
    assert levels[:2] == [1, 2]  # the foreword's own heading follows its title without a gap
    text = re.sub(r"\s", "", pdf_text(makers_of(builder).render(document, "pdf")))
    assert "一份一份看" in text


def test_the_foreword_cites_like_any_text(toy: SiteFolder) -> None:
    toy.write("packs/spring.yml", SPRING)
    document = document_of(bundle_builder(toy), "pack:spring")
    first = next(b for b in document.blocks if isinstance(b, Paragraph))
    assert [run.cite for run in first.runs if run.cite] == [1]


def test_an_internal_list_is_unknown_to_the_public(toy: SiteFolder) -> None:
    toy.write("packs/spring.yml", f"{SPRING}audience: internal\n")
    assert document_of(bundle_builder(toy, "internal"), "pack:spring").internal
    with pytest.raises(SettingsError, match=r"没有“pack:spring”这份清单。$"):
        document_of(bundle_builder(toy), "pack:spring")


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        (SPRING.replace("title", "titel", 1), (1, 1), "CB202"),
        ("title: 题\nparts: []\n", (2, 8), "CB203"),
        ("title: 题\nparts: [figure]\n", (2, 9), "CB204"),
        ("title: 题\nparts: [figures, source/daily]\n", (2, 18), "CB204"),
        ("title: 题\nparts: [teaching-point/zi-prak]\n", (2, 9), "CB301"),
        ("title: 题\nparts: [teaching-point/canary-point]\n", (2, 9), "CB302"),
        ("- title: 题\n", (1, 1), "CB203"),
        ("", (1, 1), "CB104"),
    ],
)
def test_a_wrong_list_is_told_with_its_place(
    toy: SiteFolder, text: str, place: tuple[int, int], code: str
) -> None:
    toy.write("packs/spring.yml", text)
    found = [p for p in toy.problems() if p[0] == "packs/spring.yml"]
    assert ("packs/spring.yml", *place, code) in found


def test_files_that_are_no_lists_are_told(toy: SiteFolder) -> None:
    toy.write("packs/春季.yml", SPRING)
    toy.write("packs/old.yaml", SPRING)
    toy.write("packs/README.md", "说明")
    assert [(p[0], p[3]) for p in toy.problems()] == [
        ("packs/old.yaml", "CB113"),
        ("packs/春季.yml", "CB206"),
    ]
