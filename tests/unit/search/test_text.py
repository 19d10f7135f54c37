"""The normal form: equal in Python and JavaScript (tests/scripts/search-text.test.mjs reads the same cases)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.search.text import normal, pairs, simplified
from tests.folders import TESTS

GOLDEN = json.loads((TESTS / "golden/search-text.json").read_text("utf-8"))
CASES: list[tuple[str, str]] = [(text, form) for text, form in GOLDEN["cases"]]


@pytest.mark.parametrize(("text", "form"), CASES)
def test_normal_form(text: str, form: str) -> None:
    assert normal(text) == form


def test_the_table_names_every_traditional_character_of_its_cases() -> None:
    used = set("".join(form for _, form in CASES))
    found = pairs(used)
    named = dict(zip(GOLDEN["simplified"][::2], GOLDEN["simplified"][1::2], strict=True))
    table = dict(zip(found[::2], found[1::2], strict=True))
    assert named.items() <= table.items()
    assert {a for a in table if any(a in text for text, _ in CASES)} <= named.keys()


@given(st.text())
def test_a_normal_form_is_its_own(text: str) -> None:
    form = normal(text)
    assert normal(form) == form
    assert form == form.strip()
    assert "  " not in form


@given(st.text(), st.text())
def test_parts_keep_their_form_inside_a_whole(before: str, after: str) -> None:
    assert normal(f"{before} {after}") == f"{normal(before)} {normal(after)}".strip()


def test_simplified_characters_stay_as_they_are() -> None:
    table = simplified()
    assert len(table) > 3000
    assert not set(table.values()) & table.keys()
    assert all(len(a) == len(b) == 1 for a, b in table.items())
