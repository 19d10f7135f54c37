"""Which of the choices of a question is right, as its answer says it."""

from __future__ import annotations

import pytest

from casebook_site.domain.quizzes import right_choices

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
