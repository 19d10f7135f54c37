"""What is spilled is read back, whether it stayed in memory or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casebook_site.search.spilling as spilling
from casebook_site.search.spilling import Spill


@given(st.lists(st.binary(max_size=300)), st.data())
def test_each_is_found_under_its_number_at_any_time(
    contents: list[bytes], data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spilling, "IN_MEMORY", 500)
        spill = Spill()
    for number, content in enumerate(contents):
        assert spill.add(content) == number
        earlier = data.draw(st.integers(0, number))
        assert spill[earlier] == contents[earlier]
    assert [spill[number] for number in range(len(spill))] == contents
