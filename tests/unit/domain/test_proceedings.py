"""What is said of the steps of a matter, of duty and of disclosure."""

from __future__ import annotations

from casebook_site.domain.proceedings import disclosure_row, hours_of, step_text, votes_of
from casebook_site.records.committees import Disclosure, Duty
from casebook_site.records.proceedings import ProceedingStep


def test_a_step_says_when_who_and_how_many() -> None:
    step = ProceedingStep.model_validate({
        "title": "审议", "date": "2023-05-06", "attended": 31, "agreed": 30, "abstained": 1,
        "disclosed": "公开栏", "text": "在子村开。",
    })  # fmt: skip
    assert step_text(step) == "2023年5月6日，到会31人，同意30票，弃权1票。公开在公开栏。在子村开"
    assert votes_of(step) == 31


def test_a_step_says_that_nobody_was_against_where_it_is_written() -> None:
    step = ProceedingStep.model_validate({"title": "审议", "agreed": 3, "against": 0})
    assert step_text(step) == "同意3票，反对0票"
    assert step_text(ProceedingStep(title="商议")) == ""


def test_duty_and_disclosure_are_told_in_short() -> None:
    duty = Duty.model_validate({"weekday": "monday", "from": "08:30", "to": "17:00"})
    assert hours_of(duty) == "8:30—17:00"
    told = Disclosure.model_validate({"type": "finance", "title": "账目", "date": "2023-04"})
    assert disclosure_row(told) == ("2023年4月", "财务", "账目", "")
