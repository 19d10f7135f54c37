"""Style sheets: colours stated once, sizes and spaces from tokens, and rules that old browsers know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook_site.base.palette import PALETTE, for_page, for_site, on_paper, painted
from casebook_site.base.stylesheets import SITE_SHEETS, page_style
from casebook_site.kinds import program_schema
from casebook_site.maps.marks import SHAPES
from casebook_site.outputs.stylesheets import MARKED, colours_of, mark_rules, site_files
from casebook_site.records.vocabularies import CATEGORIES
from casebook_site.schema.choices import Choice, Vocabulary
from tests.folders import REPOSITORY

STYLES = REPOSITORY / "templates/styles"
SHEETS = sorted((REPOSITORY / "templates").rglob("*.css"))
ALONE = {"plain", "single", "edit", "edit-fields", "edit-review"}
"""Parts that pages by themselves load."""

HEX = re.compile(r"(?<![&\w/])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!-)")
TEXT = {".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".typ", ".yml"}

TOO_NEW = re.compile(
    r":has\(|:is\(|:where\(|@layer|@container|@supports not|\binset:|aspect-ratio|color-mix|oklch|"
    r"\b\d+(?:dvh|svh|lvh|cqw)\b|accent-color|@property|\btranslate:|\brotate:|\bscale:|&"
)
"""What Chrome 86 or Firefox 78 does not know, and a page would miss."""


def texts(*folders: str) -> Iterator[tuple[Path, str]]:
    """Every file that is written by hand in some folders."""
    for folder in folders:
        for file in sorted((REPOSITORY / folder).rglob("*")):
            if file.suffix in TEXT and "_templates" not in file.parts:
                yield file, file.read_text("utf-8")


def declarations(file: Path) -> Iterator[tuple[str, str]]:
    """(property, value) of each declaration of a sheet."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    for found in re.finditer(r"(?<=[{;\s])([\w-]+):\s*([^;{}]+);", text):
        yield found[1], " ".join(found[2].split())


def test_no_colour_is_written_twice() -> None:
    found = Counter(
        colour.lower()
        for _, text in texts("templates", "generator")
        for colour in HEX.findall(text)
    )
    assert len(found) > 40
    assert {colour for colour, count in found.items() if count > 1} == set()


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_a_sheet_states_no_colour_size_or_space_of_its_own(file: Path) -> None:
    if file.name in ("tokens.css", "colours.css"):
        return
    assert not HEX.findall(file.read_text("utf-8"))
    for name, value in declarations(file):
        if name in ("font-size", "font"):
            assert not re.search(r"\d(?:rem|pt)\b", value), (name, value)
        if re.match(r"margin|padding|(?:row-|column-)?gap", name):
            assert not re.search(r"\drem\b", value), (name, value)


def test_eight_sizes_of_type_and_six_spaces() -> None:
    """A sheet may set a token anew for paper, and drawings have units of their own."""
    text = (STYLES / "tokens.css").read_text("utf-8")
    assert len({*re.findall(r"--cb-type-[a-z]+(?=:)", text)}) == 8
    assert len({*re.findall(r"--cb-space-\d(?=:)", text)}) == 6


def test_every_name_that_a_sheet_uses_is_defined() -> None:
    known = {f"--cb-{colour.name}" for colour in (*PALETTE, *colours_of(CATEGORIES))} | {
        "--cb-mark"
    }
    for file in SHEETS:
        known |= {*re.findall(r"(--cb-[\w-]+)(?=:)", file.read_text("utf-8"))}
    for file, text in texts("templates"):
        used = {*re.findall(r"var\((--cb-[\w-]+)", text)}
        assert used <= known, (file.name, used - known)


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_a_sheet_is_short_has_a_declaration_a_line_and_runs_in_old_browsers(file: Path) -> None:
    text = file.read_text("utf-8")
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert text.count("\n") <= 300
    assert not TOO_NEW.search(bare), TOO_NEW.findall(bare)
    for line in bare.splitlines():
        assert line.count(";") <= 1, line
        assert not re.search(r"\{.*\S", line), line
        assert len(line) <= 100


def test_every_part_is_loaded_by_something() -> None:
    parts = {name for sheet in SITE_SHEETS.values() for name in sheet}
    assert {file.stem for file in STYLES.glob("*.css")} == parts | ALONE
    assert not parts & ALONE


def test_the_sheet_of_all_pages_names_each_colour_light_and_dark() -> None:
    sheet = dict(site_files(program_schema()))["casebook.css"]
    light, _, dark = sheet.partition("@media screen {")
    for choice in CATEGORIES.choices:
        assert f"  --cb-{choice.id}: {choice.colour};" in light
        assert f"  --cb-{choice.id}: {choice.dark_colour};" in dark
    for name in ("paper", "ink", "red", "gold"):
        assert f"  --cb-{name}: {on_paper()[name]};" in light
    assert sheet.count("{") == sheet.count("}")


def test_a_category_of_another_vocabulary_gets_its_colour_and_shape() -> None:
    vocabulary = Vocabulary(
        "own", "自己的", (Choice("river", "河流", mark="河", shape="shield", colour="#123456"),)
    )
    rules = mark_rules(vocabulary)
    assert all(f".{name}--river" in rules for name in MARKED)
    assert "--cb-mark: var(--cb-river);" in rules
    assert SHAPES["shield"].style[0] in rules


def test_each_category_has_a_shape_and_a_character_of_its_own() -> None:
    shapes = [choice.shape for choice in CATEGORIES.choices]
    assert len({*shapes}) == len(shapes)
    assert {*shapes} <= SHAPES.keys()
    assert len({choice.mark for choice in CATEGORIES.choices}) == len(shapes)


def test_names_of_colours_become_colours_where_names_are_not_known() -> None:
    assert painted("fill:var(--cb-filled)") == f"fill:{on_paper()['red']}"
    with pytest.raises(KeyError):
        painted("var(--cb-nowhere)")
    icon = dict(site_files(program_schema()))["favicon.svg"]
    assert on_paper()["red"] in icon
    assert "var(" not in icon


def test_a_page_by_itself_follows_the_system_and_a_page_of_the_site_its_switch() -> None:
    assert "prefers-color-scheme: dark" in for_page()
    assert "prefers-color-scheme" not in for_site()
    assert 'data-md-color-scheme="slate"' in for_site()
    assert str(page_style("plain")).index("--cb-paper:") < str(page_style("plain")).index("body {")
