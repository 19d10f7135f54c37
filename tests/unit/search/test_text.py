"""The normal form: equal in Python and JavaScript (tests/browser/test_search.py reads the same file)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.search.text import normal, simplified

VECTORS: list[tuple[str, str]] = [
    (text, form)
    for text, form in json.loads((Path(__file__).parent / "normal.json").read_text("utf-8"))
]


@pytest.mark.parametrize(("text", "form"), VECTORS)
def test_normal_form(text: str, form: str) -> None:
    assert normal(text) == form


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
