"""Self-test questions: which records ask some, and which of the choices is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from casebook_site.records import Record
from casebook_site.records.base import Question
from casebook_site.schema.fields import value_of
from casebook_site.schema.walking import part_of

_LETTERS = re.compile(
    r"(?:选|答案[是为]?[:：]?)?\s*([A-Z](?:\s*[、，,和]?\s*[A-Z])*)(?=$|[。，,.；;：:（(])"
)
"""Letters of choices at the beginning of an answer: `B`, `选 A、C`, `AC。`."""


def questions_of(record: Record) -> tuple[Question, ...]:
    """Return the questions of a record, whatever field holds them."""
    held = (value_of(record, name) for name in _question_fields(type(record)))
    return tuple(question for questions in held for question in questions)


@cache
def _question_fields(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a model that hold questions."""
    return tuple(n for n, info in model.model_fields.items() if part_of(info) is Question)


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
