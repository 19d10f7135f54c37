"""Characters that no text may hold, and invisible ones."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casebook_site.base.characters import forbidden_in, invisible_in, without_invisible
from casebook_site.records.texts import Term

texts = st.text(max_size=30)


@given(texts)
def test_what_may_stand_in_a_text_is_well_formed_in_xml(text: str) -> None:
    if forbidden_in(text) is None:
        element = ElementTree.Element("a")
        element.text = text.replace("\r", "")
        again = ElementTree.fromstring(ElementTree.tostring(element, "utf-8"))
        assert (again.text or "") == element.text


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x01", "\v", "\f", "\x1f", "\x7f", "\ufffe", "\uffff", "\u202e", "\u2066"],
)
@pytest.mark.parametrize("field", ["name", "definition", "summary", "remarks"])
def test_no_text_of_a_record_holds_what_xml_forbids(character: str, field: str) -> None:
    data = {"id": "a", "name": "甲", "definition": "释义"} | {field: f"甲{character}乙"}
    with pytest.raises(ValidationError) as refused:
        Term.model_validate(data)
    [error] = refused.value.errors()
    assert error["loc"] == (field,)
    assert f"U+{ord(character):04X}" in error["msg"]
    assert "第 2 个字" in error["msg"]


def test_lines_and_tabs_are_text() -> None:
    assert Term.model_validate({"id": "a", "name": "甲", "definition": "一\n二\t三"})


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("甲县\u200b", "甲县"),
        ("\u202d90\u202c", "90"),
        ("\ufeff甲", "甲"),
        ("\u00a0甲\u3000乙\u00a0", "甲 乙"),
        ("a b ", "a b"),
        ("0538\u2060-1", "0538-1"),
    ],
)
def test_invisible_characters_are_dropped_where_they_mean_nothing(text: str, clean: str) -> None:
    assert without_invisible(text) == clean


def test_invisible_characters_are_named() -> None:
    assert invisible_in("甲县\u200b\u00a0") == "U+200B（零宽空格）、U+00A0（不换行空格）"
    assert invisible_in("甲县") == ""
