"""Numbers and posting lists survive being written."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.search import coding
from casebook_site.search.occurrences import Occurrences
from casebook_site.search.posting_lists import lengths, posting_lists, written
from tests.unit.search.reader import NAMES, TEXTS, decode, numbers

places = st.lists(st.integers(0, 100_000), min_size=1, max_size=6, unique=True).map(sorted)
documents = st.dictionaries(st.integers(0, 1 << 22), places, max_size=8)


@given(st.lists(st.integers(0, 10**9)))
def test_numbers_are_read_as_they_were_written(values: list[int]) -> None:
    assert list(numbers("".join(map(coding.number, values)))) == values


def test_short_numbers_are_short_and_need_no_escape() -> None:
    lengths = [len(coding.number(value)) for value in (0, 43, 44, 1979, 1980, 87_163, 87_164)]
    assert lengths == [1, 1, 2, 2, 3, 3, 4]
    assert not set(coding.ALPHABET) & set('"\\,.:< ')


@given(st.lists(st.integers(0, 10**9)))
def test_many_numbers_are_written_as_each_by_itself(values: list[int]) -> None:
    digits = written(np.array(values, np.int64))
    assert [text.decode() for text in digits] == list(map(coding.number, values))
    assert lengths(np.array(values, np.int64)).tolist() == [len(text) for text in digits]


@given(st.dictionaries(st.integers(0, 1 << 40), documents.filter(bool), max_size=5), st.booleans())
def test_posting_lists_are_read_as_they_were_written(
    found: dict[int, dict[int, list[int]]], named: bool
) -> None:
    every = [
        (piece, document, place, 2 * place + 3)
        for piece, by_document in sorted(found.items())
        for document, at in sorted(by_document.items())
        for place in at
    ]
    columns = np.array(every, np.int64).reshape(-1, 4).T
    pieces, counts = np.unique(columns[0], return_counts=True)
    beside = columns[3] if named else columns[3][:0]
    lists = posting_lists(Occurrences(pieces, counts, columns[1], columns[2], beside)).lists()
    assert {piece: decode(text, NAMES if named else TEXTS) for piece, text in lists.items()} == {
        piece: {n: [(p, (2 * p + 3) * named) for p in at] for n, at in by_document.items()}
        for piece, by_document in found.items()
    }
