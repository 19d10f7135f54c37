"""The vocabulary of fields: what every model says about every field."""

from __future__ import annotations

import datetime
import pickle
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from casebook_site.base.problems import did_you_mean
from casebook_site.base.rendering import plain_text
from casebook_site.model.catalog import Catalog, key_of
from casebook_site.records import FOLDERS, KINDS, Record
from casebook_site.records.procedures import PROCEDURES, ProcedureChoice
from casebook_site.records.teaching import SixRequirements
from casebook_site.records.texts import Term
from casebook_site.records.vocabularies import (
    CATEGORIES,
    MODULES,
    PRESCRIBED_ITEMS,
    SIX_REQUIREMENTS,
)
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import WINDOWS_NAMES, Number, Text, audience_of, check_id, unit_of
from casebook_site.schema.walking import (
    FieldPath,
    field_paths,
    link_paths,
    prose_paths,
    unwrap,
    values_at,
)

ALL_PATHS = [
    (f"{kind}.{'.'.join(path.steps)}", path)
    for kind, model in KINDS.items()
    for path in field_paths(model)
]
MODELS = sorted(
    {
        *KINDS.values(),
        *(
            plain
            for model in KINDS.values()
            for path in field_paths(model)
            for plain, _, _ in unwrap(path.info.annotation)
            if isinstance(plain, type) and issubclass(plain, BaseModel)
        ),
    },
    key=lambda model: model.__name__,
)

CHINESE = re.compile("[\u4e00-\u9fff]")


# --- what every field says ------------------------------------------------------------------------


def failing(right: Callable[[FieldPath], bool]) -> list[str]:
    """Return the names of the fields for which `right` does not hold."""
    return [name for name, path in ALL_PATHS if not right(path)]


def test_every_field_has_a_chinese_title_and_description() -> None:
    def has_both(path: FieldPath) -> bool:
        texts = (path.info.title or "", path.info.description or "")
        return all(CHINESE.search(text) for text in texts)

    assert failing(has_both) == []


def test_every_field_has_an_audience() -> None:
    assert failing(lambda path: audience_of(path.info) in ("public", "internal")) == []


def test_numbers_that_measure_have_a_unit() -> None:
    def has_one_if_it_measures(path: FieldPath) -> bool:
        is_number = {plain for plain, _, _ in unwrap(path.info.annotation)} & {int, float}
        measures = is_number and path.steps[-1 if path.steps[-1] != "*" else -2] not in (
            "correct",
            "year",
            "day",
            "month",
            "order",
            "value",
            "value_to",
            "target",
            "denominator",
        )
        return bool(unit_of(path.info)) == bool(measures)

    assert failing(has_one_if_it_measures) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_are_frozen_refuse_unknown_fields_and_have_a_docstring(
    model: type[BaseModel],
) -> None:
    assert model.model_config.get("frozen") is True
    assert model.model_config.get("extra") == "forbid"
    assert model.__doc__


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_titles_tell_the_fields_of_a_model_apart(model: type[BaseModel]) -> None:
    titles = [info.title for info in model.model_fields.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("model", KINDS.values(), ids=list(KINDS))
def test_internal_fields_are_optional(model: type[Record]) -> None:
    for info in model.model_fields.values():
        if audience_of(info) == "internal":
            assert not info.is_required()


def test_contacts_staffing_remarks_and_lesson_notes_are_internal() -> None:
    internal = {
        (kind, name)
        for kind, model in KINDS.items()
        for name, info in model.model_fields.items()
        if audience_of(info) == "internal"
    }
    named = {
        (kind, name)
        for kind, model in KINDS.items()
        for name in model.model_fields
        if name in ("contact", "staffing_remarks", "lesson_notes", "remarks")
    }
    assert internal == named
    assert {name for _, name in named} == {"contact", "staffing_remarks", "lesson_notes", "remarks"}


# --- the kinds --------------------------------------------------------------------------------------


def test_there_are_eighteen_kinds_with_a_name_and_a_folder_of_their_own() -> None:
    assert len(KINDS) == 18
    assert len(FOLDERS) == 18
    assert len({model.kind_title for model in KINDS.values()}) == 18
    for kind, model in KINDS.items():
        assert re.fullmatch("[a-z]+(-[a-z]+)*", kind)
        assert re.fullmatch("[a-z]+(-[a-z]+)*", model.folder)
        assert CHINESE.search(model.kind_title)


@pytest.mark.parametrize("model", KINDS.values(), ids=list(KINDS))
def test_every_kind_has_the_common_fields(model: type[Record]) -> None:
    assert {"aliases", "former_ids", "media", "audience", "sources"} <= model.model_fields.keys()


def test_what_can_be_learnt_has_questions() -> None:
    assert {kind for kind, model in KINDS.items() if "questions" in model.model_fields} == {
        "joint-committee",
        "mechanism",
        "course",
        "teaching-point",
        "case-study",
        "term",
    }


def test_every_link_names_a_kind_that_exists() -> None:
    for model in KINDS.values():
        for path in link_paths(model):
            kind: Any = getattr(path.marker, "kind", "")
            assert kind is None or kind in KINDS


def test_prose_stands_in_every_kind() -> None:
    for model in KINDS.values():
        assert ("summary",) in [path.steps for path in prose_paths(model)]


def test_the_checklist_has_a_field_for_each_of_the_six_requirements() -> None:
    assert tuple(SixRequirements.model_fields) == tuple(SIX_REQUIREMENTS)


def test_the_rules_of_training_are_the_article_s() -> None:
    assert list(CATEGORIES.values()) == ["党性教育", "特色村", "产业基地", "实践技能", "警示教育"]
    assert len(SIX_REQUIREMENTS) == 6
    assert list(MODULES.values()) == ["通识教育", "专业教育", "专题教育"]
    assert len(PRESCRIBED_ITEMS) == 5
    usual = PROCEDURES.choices[0]
    assert isinstance(usual, ProcedureChoice)
    assert usual.title == "5+1+N"
    assert {one.trainees: one.days for one in usual.yearly} == {"ordinary": 1, "cadre": 2}


# --- ids ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "id",
    ["a", "7", "bing-zhen", "party_spirit", "x2", "a" * 64, "console", "com", "lpt10", "indexes"],
)
def test_safe_ids_are_accepted(id: str) -> None:
    assert check_id(id) == id


@pytest.mark.parametrize(
    "id",
    [
        "", "-a", "a-", "_a", "a_", "Upper", "中文", "a b", "a.b", "a.", ".a", "a/b", "..", "a\\b",
        "a" * 65, "a\n", "ａ", "é", "con", "nul", "aux", "prn", "com1", "lpt9", "com0",
        "index", "index-2",
    ],
)  # fmt: skip
def test_unsafe_ids_are_refused(id: str) -> None:
    with pytest.raises(PydanticCustomError):
        check_id(id)


@given(st.text(min_size=1, max_size=70))
def test_accepted_ids_are_ascii_file_names_that_windows_takes(id: str) -> None:
    try:
        check_id(id)
    except PydanticCustomError:
        return
    assert id.isascii()
    assert id == id.lower().strip(" .")
    assert not set(id) & set('<>:"/\\|?*%#\n\r\t\0')
    assert id not in WINDOWS_NAMES


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "iso", "chinese"),
    [
        (2022, "2022", "2022年"),
        ("2022", "2022", "2022年"),
        ("2022-03", "2022-03", "2022年3月"),
        (" 2022-03-09 ", "2022-03-09", "2022年3月9日"),
        (datetime.date(2022, 12, 31), "2022-12-31", "2022年12月31日"),
        (PartialDate(2000, 2, 29), "2000-02-29", "2000年2月29日"),
    ],
)
def test_dates_are_as_exact_as_they_are_written(written: object, iso: str, chinese: str) -> None:
    date = PartialDate.parse(written)
    assert (date.iso, date.chinese, str(date)) == (iso, chinese, iso)


@pytest.mark.parametrize(
    "written",
    [
        "2022-3", "22-03-01", "2022/03/01", "2022-13", "2022-00", "2022-02-30", "2021-02-29",
        "2022年", "", "2022-03-", True, 2022.5, None, [], 1799, 2201, 0, 20220301,
        "2022-03-01T10:00", datetime.datetime(2022, 3, 1, 10, 0),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        PartialDate.parse(written)


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 12, 31)), st.integers(1, 3))
def test_dates_read_back_what_they_write(day: datetime.date, exactness: int) -> None:
    date = PartialDate(*(day.year, day.month, day.day)[:exactness])
    assert PartialDate.parse(date.iso) == date


@given(st.lists(st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 12, 31)), min_size=2))
def test_dates_sort_as_their_text_does(days: list[datetime.date]) -> None:
    dates = [PartialDate(d.year, d.month, d.day) for d in days]
    assert [d.iso for d in sorted(dates)] == sorted(d.iso for d in dates)


def test_a_year_comes_before_its_months_and_a_month_before_its_days() -> None:
    assert PartialDate(2022) < PartialDate(2022, 1) < PartialDate(2022, 1, 1) < PartialDate(2022, 2)


# --- text and numbers -----------------------------------------------------------------------------


def test_text_is_stripped_and_never_empty() -> None:
    text = TypeAdapter[str](Text)
    assert text.validate_python(" 甲县\n") == "甲县"
    for wrong in ("", "  ", "\n", 3, None, True):
        with pytest.raises(ValidationError):
            text.validate_python(wrong)


def test_numbers_are_numbers() -> None:
    number = TypeAdapter[float](Number)
    assert number.validate_python(3) == 3
    assert type(number.validate_python(3)) is int
    assert number.validate_python(3.5) == 3.5
    for wrong in ("3", "3个", True, None, float("nan"), float("inf")):
        with pytest.raises(ValidationError):
            number.validate_python(wrong)


# --- walking ------------------------------------------------------------------------------------


def test_records_that_share_what_is_equal_compare_copy_and_pickle_as_before(
    toy_catalog: Catalog,
) -> None:
    for record in toy_catalog:
        same = type(record).model_validate(record.model_dump())
        assert same == record
        assert pickle.loads(pickle.dumps(record)) == record
        assert deepcopy(record) == record
        assert type(record).model_validate_json(record.model_dump_json()) == record
        assert record.model_dump(exclude_unset=True) == pickle.loads(
            pickle.dumps(record)
        ).model_dump(exclude_unset=True)


def test_a_changed_copy_leaves_the_record_and_all_others_as_they_were(
    toy_catalog: Catalog,
) -> None:
    before = {key_of(record): set(record.model_fields_set) for record in toy_catalog}
    for record in toy_catalog:
        changed = record.model_copy(update={"missing": ("照片",), "remarks": None})
        assert changed.missing == ("照片",)
        assert changed.model_fields_set == record.model_fields_set | {"missing", "remarks"}
        assert record.missing != changed.missing or "missing" in record.model_fields_set
    assert {key_of(record): record.model_fields_set for record in toy_catalog} == before


def test_short_texts_of_records_are_one_object() -> None:
    one, other = (
        Term.model_validate({"id": id, "name": id, "definition": "释义。", "missing": [text]})
        for id, text in (("a", "有关" + "照片"), ("b", "".join(["有关照", "片"])))
    )
    assert one.missing[0] is other.missing[0]
    assert one.model_fields_set is other.model_fields_set


def test_paths_reach_into_parts_and_lists() -> None:
    steps = {path.steps for path in field_paths(KINDS["training-class"])}
    assert {("school",), ("sessions", "*", "course"), ("contact", "phone"), ("tags", "*")} <= steps


def test_only_links_that_a_record_cannot_stand_without_are_required() -> None:
    required = {
        (kind, path.steps)
        for kind, model in KINDS.items()
        for path in link_paths(model)
        if path.required
    }
    assert required == {
        ("township", ("county",)),
        ("village", ("township",)),
        ("joint-committee", ("county",)),
        ("proceeding", ("committee",)),
        ("organisation", ("county",)),
        ("party-school", ("county",)),
        ("teaching-point", ("county",)),
        ("teaching-point", ("category",)),
        ("training-class", ("school",)),
        ("faculty", ("county",)),
        ("platform", ("county",)),
        ("case-study", ("county",)),
        ("figure", ("source",)),
        ("figure", ("about",)),
    }


def test_values_come_with_their_path_in_the_data() -> None:
    record = KINDS["county"].model_validate({
        "id": "jia", "name": "甲县", "province": "省", "prefecture": "市",
        "events": [{"date": 2020, "title": "一", "sources": ["a", "b"]}],
    })  # fmt: skip
    found = dict(values_at(record, ("events", "*", "sources", "*")))
    assert found == {("events", 0, "sources", 0): "a", ("events", 0, "sources", 1): "b"}
    assert list(values_at(record, ("about",))) == []


def test_titles_read_as_plain_text() -> None:
    for model in KINDS.values():
        for info in model.model_fields.values():
            assert plain_text(info.title) == info.title
    assert did_you_mean("tagss", KINDS["county"].model_fields) == "是不是“tags”？"
