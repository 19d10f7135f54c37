"""Enumerations: each is stated once, and all that show it read the one list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from casebook_site.editing.columns import tables
from casebook_site.editing.workbook import explain_column
from casebook_site.kinds import program_schema
from casebook_site.outputs.guide.chapters import field_entry
from casebook_site.records import KINDS
from casebook_site.records.teaching import Category
from casebook_site.records.vocabularies import (
    BUILT_IN,
    CATEGORIES,
    COORDINATE_SYSTEMS,
    QUALIFIERS,
)
from casebook_site.schema.choices import Choice, OneOf, Vocabulary
from casebook_site.schema.fields import LinkTo
from casebook_site.schema.json_schema import file_schema, published_schema
from casebook_site.schema.walking import (
    FieldPath,
    field_paths,
    help_text,
    marks_of,
    part_of,
    vocabulary_of,
)

CHINESE = re.compile("[\u4e00-\u9fff]")

ENUMERATED = [
    pytest.param(path, id=f"{kind}.{'.'.join(path.steps)}")
    for kind, model in KINDS.items()
    for path in field_paths(model)
    if vocabulary_of(path.info)
]


def owner_of(model: type[BaseModel], path: FieldPath) -> tuple[type[BaseModel], str]:
    """The model that declares the last field of a path, and the field's name."""
    *above, name = (step for step in path.steps if step != "*")
    for step in above:
        model = part_of(model.model_fields[step]) or model
    return model, name


def test_titles_are_chinese_or_a_proper_name() -> None:
    for vocabulary in BUILT_IN.values():
        assert CHINESE.search(vocabulary.title)
        for choice in vocabulary.choices:
            assert CHINESE.search(choice.title) or choice.title in ("WGS-84", "5+1+N")


def test_no_two_choices_of_a_vocabulary_answer_to_one_word() -> None:
    for vocabulary in BUILT_IN.values():
        words = [
            word
            for choice in vocabulary.choices
            for word in {choice.id, choice.title, *choice.other_names}
        ]
        assert len(words) == len(set(words)), vocabulary.id


@pytest.mark.parametrize("path", ENUMERATED)
def test_a_description_does_not_repeat_the_choices(path: FieldPath) -> None:
    vocabulary = vocabulary_of(path.info)
    assert vocabulary
    words = re.findall(r"[\w-]+", path.info.description or "", flags=re.ASCII)
    assert not {*vocabulary} & {*words}
    told = help_text(path.info)
    for id, title in vocabulary.items():
        assert f"{id} {title}" in told


def test_the_guide_tells_the_title_of_every_choice() -> None:
    """The five categories stood there as `party_spirit`, without a Chinese name."""
    assert field_entry(Category, "id", program_schema()).choices == tuple(CATEGORIES.items())
    for model in KINDS.values():
        for path in field_paths(model):
            owner, name = owner_of(model, path)
            choices = dict(field_entry(owner, name, program_schema()).choices)
            vocabulary: Mapping[str, str] = vocabulary_of(path.info) or {}
            assert [*choices] == [*vocabulary]
            assert all(choices[id].startswith(title) for id, title in vocabulary.items())


def test_a_sheet_says_what_pages_say() -> None:
    """Drop-downs said 为高德、腾讯地图, which was cut from the middle of a sentence."""
    columns = [
        column
        for table in tables(program_schema())
        for column in table.columns
        if column.vocabulary
    ]
    assert {column.vocabulary for column in columns} >= {COORDINATE_SYSTEMS, QUALIFIERS}
    for column in columns:
        assert column.vocabulary
        for title in column.vocabulary.values():
            assert not title.startswith("为")
            assert title in explain_column(column)


@pytest.mark.parametrize("kind", KINDS)
def test_both_schemas_have_the_values_and_what_they_mean(kind: str) -> None:
    model = KINDS[kind]
    written = file_schema(model)["$defs"]
    published = published_schema(model, "internal")
    for path in field_paths(model):
        vocabulary = vocabulary_of(path.info)
        is_link = any(isinstance(mark, LinkTo) for mark in marks_of(path.info))
        if not vocabulary or is_link:
            continue
        owner, name = owner_of(model, path)
        shown = [written["Record" if owner is model else owner.__name__]["properties"][name]]
        if name != "audience":
            part = published if owner is model else published["$defs"][owner.__name__]
            shown.append(part["properties"][name])
        for schema in shown:
            assert _enumeration(schema)["enum"] == [*vocabulary]
            assert len(_enumeration(schema)["enumDescriptions"]) == len(vocabulary)
            for id, said in vocabulary.items():
                assert f"{id} {said}" in schema["description"]


def _enumeration(schema: dict[str, Any]) -> Any:
    options = [schema, *schema.get("anyOf", []), schema.get("items", {})]
    (found,) = (option for option in options if "enum" in option)
    return found


def test_one_of_takes_what_a_literal_takes() -> None:
    ours = TypeAdapter[Any](Annotated[str, OneOf(QUALIFIERS)])
    literal = TypeAdapter[Any](Literal["exact", "over", "about", "least"])
    for known in ("exact", "over", "least"):
        assert ours.validate_python(known) == literal.validate_python(known)
    for value in ("", "Exact", 1, None, True, ["exact"]):
        with pytest.raises(ValidationError, match="literal_error"):
            ours.validate_python(value)


@pytest.mark.parametrize(
    "choices",
    [
        (),
        (Choice("a", "甲"), Choice("a", "乙")),
        (Choice("a", "甲"), Choice("b", "甲")),
    ],
)
def test_a_vocabulary_refuses_choices_that_cannot_be_told_apart(
    choices: tuple[Choice, ...],
) -> None:
    with pytest.raises(ValueError, match="letters"):
        Vocabulary("letters", "字母", choices)


def test_a_choice_is_found_by_id_title_and_other_names() -> None:
    for text in ("gcj-02", "GCJ-02（高德、腾讯地图）", "高德地图", "为高德、腾讯地图"):
        found = COORDINATE_SYSTEMS.find(text)
        assert found
        assert found.id == "gcj-02"
    assert COORDINATE_SYSTEMS.find("地图") is None
