"""A self-test question has an answer, and its choices fit its type.

Right: three choices and `correct: [2]`; `type: true_false` with `correct: [1]`; an answer in words.
Wrong: `correct: [4]` of three choices; `type: several` with one right choice; no answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.domain.quizzes import (
    OPEN,
    SEVERAL,
    SINGLE,
    answer_of,
    choices_of,
    placed_questions,
    right_of,
    type_of,
)
from casebook_site.records import Record
from casebook_site.records.base import Question
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.walking import title_of


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """Yield the first thing that is wrong with each question."""
    for field, index, question in placed_questions(record):
        if wrong := _wrong(question):
            step, message, remedy = wrong
            steps = (step,) if step else ()
            yield Problem(given.locate(record, field, index, *steps), "CB203", message, remedy)


def _wrong(question: Question) -> tuple[str, str, str] | None:
    """Return the field of a question that is wrong, what is wrong, and what to do; None if nothing."""
    choices, type = choices_of(question), type_of(question)
    beyond = [number for number in question.correct if number > len(choices)]
    if beyond:
        return (
            "correct",
            f"正确选项写了第 {beyond[0]} 项，选项只有 {len(choices)} 项。",
            "从 1 数起，改正序号；问答题不写正确选项。",
        )
    if not answer_of(question):
        return "", "这道题没有答案。", "写上答案（answer），或写上第几项对（correct）。"
    return _wrong_for_type(question, type, len(choices))


def _wrong_for_type(question: Question, type: str, choices: int) -> tuple[str, str, str] | None:
    """Return what does not fit the type that a question names."""
    if question.type is None:
        return None
    title, right = title_of(question, "type"), len(right_of(question))
    if type == OPEN:
        return ("type", f"“{title}”不能有选项。", "删去选项，或改题型。") if choices else None
    if type in (SINGLE, SEVERAL) and not choices:
        return "type", f"“{title}”要有选项。", "写上选项，或改题型。"
    fits = right > 1 if type == SEVERAL else right == 1
    told = "两项以上" if type == SEVERAL else "一项"
    return None if fits else ("type", f"“{title}”要有{told}对，这里是 {right} 项。", "改正确选项。")


RULE = Rule("record", (), ("CB203",), check)
