"""Numbers and posting lists survive being written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casebook_site.search import coding
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


@given(documents)
def test_posting_lists_are_read_as_they_were_written(found: dict[int, list[int]]) -> None:
    text, before = "", 0
    for number, at in sorted(found.items()):
        text += coding.head(number - before, len(at) > 1) + coding.places(at)
        before = number
    assert decode(text, TEXTS) == {n: [(p, 0) for p in at] for n, at in found.items()}


@given(st.dictionaries(st.integers(0, 1 << 22), places, max_size=8), st.integers(0, 300))
def test_names_keep_their_lengths(found: dict[int, list[int]], length: int) -> None:
    text, before = "", 0
    for number, at in sorted(found.items()):
        named = [(place, length) for place in at]
        text += coding.head(number - before, len(at) > 1) + coding.named_places(named)
        before = number
    assert decode(text, NAMES) == {n: [(p, length) for p in at] for n, at in found.items()}
