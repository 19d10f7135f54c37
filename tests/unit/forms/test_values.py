"""Forms and records: what is not touched stays as it was written, what is filled in is understood."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.editing.cells import Names, names_of
from casebook_site.editing.record_files import written_records
from casebook_site.editing.round_trip import same
from casebook_site.kinds import program_schema
from casebook_site.records import KINDS
from casebook_site.records.teaching import TeachingPoint
from casebook_site.schema.walking import part_of
from casebook_site.webapp.fields import (
    BadFormError,
    Posted,
    asked,
    filled_form,
    form_class,
    posted_form,
)
from casebook_site.webapp.values import Answers, read_form
from tests.examples import one_in
from tests.folders import REPOSITORY, TOY, SiteFolder
from tests.unit.editing.strategies import record_of
from tests.unit.editing.workbooks import catalog_of
from tests.unit.forms.browsing import sent


def controls(form: Any) -> str:
    """All inputs of a form as HTML, parts and entries of lists included."""
    return "".join(
        controls(field.form) if hasattr(field, "form") else controls(field) if hasattr(field, "entries") else str(field())
        for field in form
    )  # fmt: skip


def answered(kind: str, record: dict[str, Any], names: Names, **changed: str) -> Answers:
    """What is read from the form of a record, with some inputs filled in otherwise."""
    model = program_schema()[kind].model
    page = controls(filled_form(model, record, names))
    form = posted_form(model, Posted.parse(b"x=&" + sent(page, **changed)))
    return read_form(model, form, record, names)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@one_in(10)
def test_an_untouched_form_says_what_the_record_says(kind: str, data: st.DataObject) -> None:
    record = data.draw(record_of(KINDS[kind]))
    catalog, _ = catalog_of([(kind, record)])
    answers = answered(kind, record, names_of(catalog))
    assert not answers.faults
    assert same(answers.data, record)


@pytest.mark.parametrize(
    "root", [pytest.param(REPOSITORY, marks=pytest.mark.slow), TOY], ids=["content", "toy"]
)
def test_every_record_there_is_passes_through_its_form(root: Any) -> None:
    catalog = SiteFolder(root).catalog()
    names = names_of(catalog)
    for key, written in written_records(catalog).items():
        answers = answered(key.kind, dict(written.data), names)
        assert not answers.faults, key
        assert same(answers.data, dict(written.data)), key


def test_no_field_has_a_name_that_forms_need_for_themselves() -> None:
    for model in KINDS.values():
        waiting: list[Any] = [model]
        while waiting:
            part = waiting.pop()
            form = form_class(part)()
            assert {*asked(part)} <= {*form._fields}
            assert not any("-" in name for name in asked(part))
            waiting += filter(None, (part_of(info) for info in part.model_fields.values()))


POINT = {
    "id": "park", "name": "园", "county": "jia", "category": "industry",
    "sources": ["a", "b"], "questions": [{"question": "一", "answer": "甲"}, {"question": "二", "answer": "乙"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def names(toy_catalog: Any) -> Names:
    """The names of the toy's records."""
    return names_of(toy_catalog)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("county", "乙市", "yi"),
        ("category", "特色村", "village"),
        ("visit_minutes", "１,２０分钟", 120),
        ("about", "一\r\n\r\n二", "一\n\n二\n"),
        ("organiser", "=1+1", "=1+1"),
        ("organiser", "", None),
        ("contact-name", "张主任", {"name": "张主任"}),
    ],
)
def test_what_is_filled_in_is_understood(name: str, text: str, value: Any, names: Names) -> None:
    answers = answered("teaching-point", POINT, names, **{name: text})
    assert not answers.faults
    assert answers.data.get(name.split("-")[0]) == value
    assert list(answers.data)[:4] == list(POINT)[:4]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [("county", "无此县", "CB301"), ("opened", "去年", "CB205"), ("capacity", "很多", "CB203"), ("coordinates-longitude", "东", "CB203")],
)  # fmt: skip
def test_what_means_nothing_is_told_at_its_input(
    name: str, text: str, code: str, names: Names
) -> None:
    answers = answered("teaching-point", POINT, names, **{name: text})
    assert {at: fault.code for at, fault in answers.faults.items()} == {name: code}
    assert same(answers.data, POINT)


def test_entries_may_change_places_and_go(names: Names) -> None:
    body = (
        b"questions-0-was=1&questions-0-question=%E4%BA%8C&questions-0-answer=%E4%B9%99"
        b"&questions-2-was=&questions-2-question=&questions-2-answer="
        b"&questions-7-was=&questions-7-question=%E4%B8%89&questions-7-answer=%E4%B8%99"
    )
    form = posted_form(TeachingPoint, Posted.parse(body))
    answers = read_form(TeachingPoint, form, POINT, names)
    # The inputs are counted anew, as the script counts them after each change.
    assert answers.data["questions"] == [
        {"question": "二", "answer": "乙"},
        {"question": "三", "answer": "丙"},
    ]
    assert answers.inputs["questions", 1, "answer"] == "questions-2-answer"


@pytest.mark.parametrize("was", ["²", "-1", "9", "9" * 5000, "x", "٣"])
def test_a_position_that_no_form_has_makes_a_new_entry(was: str, names: Names) -> None:
    body = urlencode({"questions-0-was": was, "questions-0-question": "三", "questions-0-answer": "丙"})  # fmt: skip
    form = posted_form(TeachingPoint, Posted.parse(body.encode()))
    answers = read_form(TeachingPoint, form, POINT, names)
    assert answers.data["questions"] == [{"question": "三", "answer": "丙"}]


@pytest.mark.parametrize("text", ["9" * 400, "1" + "0" * 16, "9" * 5000, "1.5" + "0" * 400])
def test_a_number_too_long_to_be_kept_exactly_is_told(text: str, names: Names) -> None:
    answers = answered("teaching-point", POINT, names, capacity=text)
    assert answers.faults["capacity"].code == "CB203"


@pytest.mark.parametrize(
    "body",
    [
        b"a=%FF", "名=1".encode(), b"questions-99999-was=0", b"sources-%C2%B2=x", b"&".join([b"a=1"] * 6000),
    ],
)  # fmt: skip
def test_what_no_form_sends_is_refused(body: bytes) -> None:
    with pytest.raises(BadFormError):
        Posted.parse(body)
