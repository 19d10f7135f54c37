"""Self-test questions: who asks them, what can be chosen, which choices are right, and how an answer reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from casebook_site.records import Record
from casebook_site.records.base import Question
from casebook_site.schema.fields import value_of
from casebook_site.schema.walking import part_of, title_of

SINGLE = "single"
SEVERAL = "several"
TRUE_FALSE = "true_false"
OPEN = "open"

_TRUE_AND_FALSE = ("对", "错")
"""The choices of a question that is true or false."""


def questions_of(record: Record) -> tuple[Question, ...]:
    """Return the questions of a record, whatever field holds them."""
    return tuple(question for _, _, question in placed_questions(record))


def placed_questions(record: Record) -> Iterator[tuple[str, int, Question]]:
    """Yield (field, position in it, question) for all questions of a record."""
    for name in _question_fields(type(record)):
        for position, question in enumerate(value_of(record, name)):
            yield name, position, question


@cache
def _question_fields(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a model that hold questions."""
    parts = ((name, part_of(info)) for name, info in model.model_fields.items())
    return tuple(name for name, part in parts if part and issubclass(part, Question))


def type_of(question: Question) -> str:
    """Return the type of a question; one that names none has that of its choices."""
    if question.type:
        return question.type
    if not question.choices:
        return OPEN
    return SEVERAL if len(right_of(question)) > 1 else SINGLE


def choices_of(question: Question) -> tuple[str, ...]:
    """Return what can be chosen; nothing where the reader answers in words."""
    is_bare = question.type == TRUE_FALSE and not question.choices
    return _TRUE_AND_FALSE if is_bare else question.choices


def right_of(question: Question) -> tuple[int, ...]:
    """Return the positions of the right choices from 0; none where only the reader can tell."""
    choices = choices_of(question)
    if question.correct:
        found = {number - 1 for number in question.correct}
        return tuple(sorted(found)) if found <= {*range(len(choices))} else ()
    return right_choices(choices, question.answer or "")


def answer_of(question: Question) -> str:
    """Return the answer in words: as written, or the right choices with their letters."""
    if question.answer:
        return question.answer
    choices, letters = choices_of(question), question.type != TRUE_FALSE
    right = ((chr(ord("A") + n % 26), choices[n]) for n in right_of(question))
    return "；".join(f"{letter}. {choice}" if letters else choice for letter, choice in right)


def note_of(question: Question) -> str:
    """Return what readers are told before they answer: `多选题，提高`; empty for a plain question."""
    type = type_of(question)
    typed = question.model_copy(update={"type": type if type in (SEVERAL, TRUE_FALSE) else None})
    return "，".join(filter(None, (title_of(typed, "type"), title_of(question, "level"))))


_LETTERS = re.compile(
    r"(?:选|答案[是为]?[:：]?)?\s*([A-Z](?:\s*[、，,和]?\s*[A-Z])*)(?=$|[。，,.；;：:（(])"
)
"""Letters of choices at the beginning of an answer: `B`, `选 A、C`, `AC。`."""


def right_choices(choices: Sequence[str], answer: str) -> tuple[int, ...]:
    """Return the positions of the choices that an answer names, from 0.

    An answer names them by letters, or begins with the whole text of one. Return none where it
    does neither: then the reader says whether the own answer was right.
    """
    if match := _LETTERS.match(answer):
        found = sorted({ord(letter) - ord("A") for letter in match[1] if letter.isalpha()})
        return tuple(found) if found[-1] < len(choices) else ()
    begun = [n for n, choice in enumerate(choices) if choice and _begins(answer, choice)]
    return (max(begun, key=lambda n: len(choices[n])),) if begun else ()


def _begins(answer: str, choice: str) -> bool:
    """Return whether an answer begins with a choice that ends there, not in the middle of a word."""
    rest = answer[len(choice) :]
    return answer.startswith(choice) and not re.match(r"\w|\.\d", rest)
