"""The editor's guide: complete, current, its examples true, and for insiders only."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml

from casebook_site.base.problems import CODES
from casebook_site.kinds import program_schema
from casebook_site.outputs.guide.chapters import GROUPS, code_chapters, field_entry, kind_chapters
from casebook_site.outputs.guide.examples import EXAMPLES
from casebook_site.outputs.guide.markdown import guide_markdown
from casebook_site.reading.parsing import parse
from casebook_site.records import KINDS, Record
from casebook_site.schema.walking import field_paths
from tests.folders import REPOSITORY
from tests.webpages import read_page

TOLD_BY_THE_PARSER = ("CB106", "CB107", "CB108", "CB109", "CB111", "CB112")


def test_the_guide_in_the_repository_is_current() -> None:
    """`make guide` writes it."""
    assert (REPOSITORY / "docs/EDITORS.zh-CN.md").read_text("utf-8") == guide_markdown(
        program_schema()
    )


def test_every_code_has_an_example_and_a_chapter() -> None:
    assert EXAMPLES.keys() == CODES.keys()
    told = [entry.code for chapter in code_chapters(program_schema()) for entry in chapter.codes]
    assert told == list(CODES)
    assert all(chapter.codes for chapter in code_chapters(program_schema()))
    assert len(GROUPS) == len(code_chapters(program_schema()))


@pytest.mark.parametrize("code", CODES)
def test_wrong_and_right_are_two_things(code: str) -> None:
    example = EXAMPLES[code]
    assert example.advice.endswith("。")
    assert example.wrong.strip() != example.right.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_at_any_depth_is_told(kind: str) -> None:
    told: set[tuple[str, str]] = set()
    for chapter in kind_chapters(program_schema()):
        if chapter.id in ("shared", kind):
            for table in chapter.tables:
                told |= {(entry.name, entry.description) for entry in table.fields}
    for path in field_paths(KINDS[kind]):
        name = next(step for step in reversed(path.steps) if step != "*")
        assert (name, path.info.description or "") in told


@pytest.mark.parametrize("model", KINDS.values(), ids=list(KINDS))
def test_the_least_record_is_a_record(model: type[Record]) -> None:
    (chapter,) = (
        chapter for chapter in kind_chapters(program_schema()) if chapter.id == model.kind
    )
    parsed = parse(chapter.example)
    assert parsed.faults == []
    model.model_validate(parsed.data)


@pytest.mark.parametrize("model", KINDS.values(), ids=list(KINDS))
def test_the_example_of_a_field_is_sound_yaml(model: type[Record]) -> None:
    for name in model.model_fields:
        example = field_entry(model, name, program_schema()).example
        assert [*yaml.safe_load(example)] == [name]


@pytest.mark.parametrize("code", TOLD_BY_THE_PARSER)
def test_the_parser_tells_the_wrong_example_from_the_right(code: str) -> None:
    example = EXAMPLES[code]
    assert code in {fault[1] for fault in parse(example.wrong).faults}
    assert parse(example.right).faults == []


def test_insiders_find_every_field_and_code(internal_site: Path) -> None:
    pages = [*(internal_site / "guide").glob("*.html")]
    assert len(pages) == 1 + len(KINDS) + len(GROUPS)
    text = html.unescape("".join(page.read_text("utf-8") for page in pages))
    for code, title in CODES.items():
        assert f"{code} {title}" in text
        assert EXAMPLES[code].right in text
    for model in KINDS.values():
        for info in model.model_fields.values():
            assert (info.description or "") in text
    home = (internal_site / "index.html").read_text("utf-8")
    assert re.search(r'href="guide/index.html"', home)


def test_the_public_has_no_guide(public_site: Path) -> None:
    assert not (public_site / "guide").exists()
    assert "编辑手册" not in read_page(public_site / "index.html").text
