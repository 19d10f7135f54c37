"""Parsing: YAML → data with places, and every fault of the writing."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.problems import CODES
from casebook_site.reading.parsing import MAX_DEPTH, Parsed, parse
from casebook_site.reading.sound import sound_data
from tests.folders import TESTS

CASES: list[dict[str, Any]] = yaml.safe_load((TESTS / "golden/parsing.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden_documents(case: dict[str, Any]) -> None:
    parsed = parse(case["input"])
    found = [(*place, code) for place, code, _, _ in parsed.faults]
    assert found == [(line, column, code) for line, column, code, _ in case.get("problems", ())]
    for (_, _, message, remedy), (_, _, _, part) in zip(
        parsed.faults, case.get("problems", ()), strict=True
    ):
        assert part in message + remedy
        assert message.endswith("。")
    assert sound_data(case["input"]) == (None if parsed.faults else parsed.data)
    if "data" in case:
        assert parsed.data == case["data"]
        assert _types(parsed.data) == _types(case["data"])


def _types(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _types(inner) for key, inner in value.items()}
    return [_types(inner) for inner in value] if isinstance(value, list) else type(value)


def test_values_and_keys_have_places() -> None:
    parsed = parse("name: 甲\nsteps:\n  - title: 一\n  - {title: 二, text: 三}\n")
    assert parsed.place(("name",)) == (1, 7)
    assert parsed.place(("name",), key=True) == (1, 1)
    assert parsed.place(("steps", 1, "text")) == (4, 22)
    assert parsed.place(("steps", 1, "text"), key=True) == (4, 16)


def test_what_is_missing_is_placed_at_what_is_around_it() -> None:
    parsed = parse("steps:\n  - title: 一\n")
    assert parsed.place(("steps", 0, "text")) == (2, 5)
    assert parsed.place(("nothing",)) == (1, 1)
    assert Parsed().place(("x",)) == (1, 1)


_WORDS = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&a ",
        "*a",
        "!!str ",
        "yes",
        "07",
        "2020-01-02",
        "<<: ",
        "? ",
        '"',
        "'",
        "~",
        "---\n",
        "...\n",
        "1: ",
        "中",
        "|\n",
        "#",
        ": ",
    ]
)


@given(st.one_of(st.text(), st.lists(_WORDS, max_size=20).map("".join)))
def test_the_short_way_finds_the_same_data(text: str) -> None:
    parsed, data = parse(text), sound_data(text)
    assert data == (None if parsed.faults else parsed.data)
    assert _types(data) == _types(None if parsed.faults else parsed.data)


@given(st.text())
def test_no_text_makes_the_parser_crash(text: str) -> None:
    for (line, column), code, message, _ in parse(text).faults:
        assert line >= 1
        assert column >= 1
        assert code in CODES
        assert message


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
        max_leaves=12,
    )
)
def test_what_is_written_quoted_reads_back(value: Any) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    parsed = parse(yaml.safe_dump(_as_text(value), allow_unicode=True, default_style='"'))
    if not any(fault[1] in ("CB106", "CB107", "CB108", "CB111") for fault in parsed.faults):
        assert parsed.data == _as_text(value), text


def _as_text(value: Any) -> Any:
    """All scalars as strings, so that quoting them loses nothing."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    return [_as_text(inner) for inner in value] if isinstance(value, list) else str(value)


# --- hostile files ------------------------------------------------------------------------------


@pytest.mark.parametrize("opening", ["- ", "[", "{a: "])
def test_a_hundred_thousand_levels_are_one_problem(opening: str) -> None:
    start = time.perf_counter()
    parsed = parse(opening * 100_000)
    assert [code for _, code, _, _ in parsed.faults] == ["CB111"]
    assert time.perf_counter() - start < 2


def test_twenty_levels_are_allowed() -> None:
    assert not parse("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults
    assert sound_data("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert sound_data("[" * MAX_DEPTH + "[]" + "]" * MAX_DEPTH) is None


# --- what libyaml refuses -------------------------------------------------------------------------

REFUSED = [
    "a: b: c\n",
    "? a : b\n? [\n",
    "a: ? b\n",
    "a: - b\n",
    "a: @b\n",
    "a: `b\n",
    "a: %b\n%X\n---\n",
    "%YAML 1\n---\na: b\n",
    "%YAML 9.1\n---\na: b\n",
    "%YAML 1.1\n%YAML 1.1\n---\na: b\n",
    "%TAG ! a\n---\na: b\n",
    "a: !<x b\n",
    "a: !e!x b\n",
    "a: !%zz b\n",
    "a: & b\n",
    "a: *\n",
    "a: *b\n",
    "a: |0\n  b\n",
    "a: |x\n  b\n",
    'a: "b\n--- c"\n',
    'a: "b\n',
    "a: 'b\n",
    'a: "\\q"\n',
    'a: "\\xzz"\n',
    'a: "\\ud800"\n',
    "a: [b\n",
    "a: {b: c\n",
    "a: [b}\n",
    "a: {b]\n",
    "a: b\n c\n d: e\n",
    "- a\nb: c\n",
    "a:\n  - b\n c\n",
    "a: b\n...\nc: d\n",
    "a: [,]\n",
    "a: b\n  c: d\n",
    '"a" b\n',
    "a\nb: c\n",
]


@pytest.mark.parametrize("text", REFUSED)
def test_every_refusal_is_told_in_chinese(text: str) -> None:
    for _, code, message, remedy in parse(text).faults:
        assert code.startswith("CB1")
        words = re.findall(
            r"[A-Za-z]{3,}", re.sub(r"[“”][^“”]*[“”]|&\S+|\*\S+|![^ 。]*", "", message)
        )
        assert set(words) <= {"YAML", "Tab"}, message
        assert remedy


@given(st.text("ab:-[]{}\"'|>?&*!%@`#,\n \\x0", max_size=30))
def test_no_english_of_the_parser_comes_through(text: str) -> None:
    for _, _, message, _ in parse(text).faults:
        assert not re.search(r"found|expected|mapping|block|token", message), message


def test_what_is_said_otherwise_is_kept_as_it_is_written() -> None:
    parsed = parse("a: 1.10\nb: [2.50, 3, +4]\nc: 2022-3-5\nd: TRUE\ne: 2.5\nf: 文\n")
    assert parsed.written == {
        ("a",): "1.10",
        ("b", 0): "2.50",
        ("b", 2): "+4",
        ("c",): "2022-3-5",
        ("d",): "TRUE",
    }
