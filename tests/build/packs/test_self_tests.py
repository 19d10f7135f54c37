"""Self-tests on paper: with and without answers, of any scope."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casebook_site.base.problems import ContentError, SettingsError
from casebook_site.kinds import program_schema
from casebook_site.outputs.packs.document import (
    Blank,
    ItemList,
    PackDocument,
    Paragraph,
    TableBlock,
)
from casebook_site.outputs.packs.glyphs import texts
from casebook_site.outputs.packs.making import write_packs
from casebook_site.outputs.packs.scopes import PackScope, Paper
from tests.build.packs.making import bundle_builder, outline, pdf_text, toy_builder, toy_makers
from tests.folders import SiteFolder

POINT = "content/records/teaching-points/zi-park.yml"


def paper(scope: str, kind: Paper, audience: str = "public") -> PackDocument:
    """The self-test of a scope of the toy."""
    return toy_builder(audience).document(
        replace(PackScope.parse(scope, program_schema()), paper=kind)
    )


def said(document: PackDocument) -> str:
    """All texts of a document."""
    return "\n".join(texts(document))


def markers(document: PackDocument) -> list[str]:
    """Numbers of the questions."""
    return [block.items[0].marker for block in document.blocks if isinstance(block, ItemList)]


def test_a_test_asks_and_does_not_answer() -> None:
    document = paper("course:party-constitution", "test", "internal")
    assert "党章何时修改" in said(document)
    assert "CANARY-course-answer" not in said(document)
    assert any(
        isinstance(block, TableBlock) for block in document.blocks
    )  # name, branch, date, points
    assert not any(isinstance(block, Paragraph) for block in document.blocks)


def test_with_answers_each_stands_below_its_question() -> None:
    document = paper("county:jia", "answers")
    kinds = [block.kind for block in document.blocks if block.kind != "heading"]
    assert kinds == ["list", "paragraph"] * (len(kinds) // 2)
    assert not any(isinstance(block, Blank | TableBlock) for block in document.blocks)


def test_a_place_asks_what_its_courses_and_points_ask_and_counts_on() -> None:
    document = paper("county:jia", "test")
    assert document.title == "甲县自测题"
    assert markers(document) == [f"{n}." for n in range(1, len(markers(document)) + 1)]
    assert {"子村产业园", "党章学习"} <= {b.text for b in document.blocks if b.kind == "heading"}


def test_lines_to_write_on_stand_where_nothing_can_be_chosen(toy: SiteFolder) -> None:
    toy.edit(POINT, "questions:\n", "questions:\n  - {question: 为什么合股？, answer: 省地}\n")
    builder = bundle_builder(toy)
    document = builder.document(PackScope("point", "zi-park", "test"))
    blanks = [index for index, block in enumerate(document.blocks) if isinstance(block, Blank)]
    [question] = [document.blocks[index - 1] for index in blanks]
    assert isinstance(question, ItemList)
    assert "为什么合股" in said(replace(document, blocks=(question,)))


@pytest.mark.parametrize("kind", ["test", "answers"])
def test_internal_questions_are_for_insiders(kind: Paper) -> None:
    assert "canary" not in said(paper("course:party-constitution", kind)).lower()
    insiders = said(paper("course:party-constitution", kind, "internal"))
    assert "CANARY-course-question" in insiders
    assert ("CANARY-course-answer" in insiders) == (kind == "answers")


def test_it_is_one_sheet_with_its_name() -> None:
    document = paper("point:zi-park", "test")
    content = toy_makers("public").render(document, "pdf")
    assert outline(content)[0] == (1, "子村产业园自测题")
    assert "参考答案" not in pdf_text(content)


def test_a_scope_without_questions_says_where_to_write_them(toy: SiteFolder) -> None:
    with pytest.raises(SettingsError, match=r"里没有自测题.*questions"):
        toy_builder("public").document(PackScope("point", "memorial", "test"))


def test_the_command_writes_both_or_none(toy: SiteFolder, tmp_path: Path) -> None:
    done = toy.casebook("pack", "point:zi-park", "--test", "--audience", "internal")
    assert done.returncode == 0, done.stderr
    names = sorted(file.name for file in (toy.root / "packs-internal").iterdir())
    assert names == ["point-zi-park-internal.answers.pdf", "point-zi-park-internal.test.pdf"]
    toy.edit(POINT, "answer: 章程", "answer: 章程😀")
    builder = bundle_builder(toy)
    scopes = [PackScope("point", "zi-park", "test"), PackScope("point", "zi-park", "answers")]
    with pytest.raises(ContentError):
        write_packs(builder, scopes, ["pdf"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
