"""Characters that no text may hold."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casebook_site.base.characters import forbidden_in
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
    [
        "\x00",
        "\x01",
        "\v",
        "\f",
        "\x1f",
        "\x7f",
        "\x80",
        "\x85",
        "\x9f",
        "\ufdd0",
        "\ufffe",
        "\uffff",
        "\U0001fffe",
        "\U0010ffff",
        "\u202e",
        "\u2066",
    ],
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
