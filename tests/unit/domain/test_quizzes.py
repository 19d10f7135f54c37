"""Which of the choices of a question are right, and how its answer reads."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.domain.quizzes import (
    answer_of,
    choices_of,
    note_of,
    questions_of,
    right_choices,
    right_of,
    type_of,
)
from casebook_site.records.base import Question
from casebook_site.records.texts import Term

NUMBERS = ("5 个", "11 个", "14 个")


@pytest.mark.parametrize(
    ("choices", "answer", "right"),
    [
        (NUMBERS, "14 个，包括抗战大事记。", (2,)),
        (NUMBERS, "14 个", (2,)),
        (NUMBERS, "B", (1,)),
        (NUMBERS, "B。11 个最多。", (1,)),
        (NUMBERS, "选 A、C", (0, 2)),
        (NUMBERS, "CA", (0, 2)),
        (NUMBERS, "答案：C", (2,)),
        (NUMBERS, "D", ()),
        (NUMBERS, "十四个", ()),
        (("1", "14"), "14，见展板。", (1,)),
        (("1.5", "1"), "1.5", (0,)),
        (("是", "是的"), "是的，都要来。", (1,)),
        (("A 级", "AAA 级"), "AAA 级景区", ()),
        ((), "A", ()),
        (NUMBERS, "", ()),
    ],
)
def test_the_right_choice_is_found(
    choices: tuple[str, ...], answer: str, right: tuple[int, ...]
) -> None:
    assert right_choices(choices, answer) == right


def asked(**fields: Any) -> Question:
    return Question.model_validate({"question": "问", **fields})


@pytest.mark.parametrize(
    ("question", "type", "right", "answer", "note"),
    [
        (asked(choices=NUMBERS, answer="14 个，见展板。"), "single", (2,), "14 个，见展板。", ""),
        (asked(choices=NUMBERS, correct=(2,)), "single", (1,), "B. 11 个", ""),
        (
            asked(choices=NUMBERS, correct=(3, 1), level="deeper"),
            "several",
            (0, 2),
            "A. 5 个；C. 14 个",
            "多选题，提高",
        ),
        (asked(type="true_false", correct=(2,)), "true_false", (1,), "错", "判断题"),
        (asked(type="true_false", answer="错，没有。"), "true_false", (1,), "错，没有。", "判断题"),
        (asked(answer="要看章程。", level="basic"), "open", (), "要看章程。", "基础"),
        (asked(choices=NUMBERS, correct=(4,)), "single", (), "", ""),
    ],
)
def test_a_question_says_what_is_right(
    question: Question, type: str, right: tuple[int, ...], answer: str, note: str
) -> None:
    assert type_of(question) == type
    assert right_of(question) == right
    assert answer_of(question) == answer
    assert note_of(question) == note


def test_a_question_that_is_true_or_false_has_two_choices() -> None:
    assert choices_of(asked(type="true_false", correct=(1,))) == ("对", "错")
    assert choices_of(asked(type="true_false", choices=("是", "否"), correct=(1,))) == ("是", "否")


def test_questions_are_found_in_any_record() -> None:
    one = asked(answer="答")
    assert questions_of(Term(id="a", name="甲", definition="乙", questions=(one,))) == (one,)
