"""Where tests stand."""

from __future__ import annotations

import pytest

from tests.tiers import TESTS, TIERS, tier_of


@pytest.mark.parametrize("path", ["test_x.py", "other/test_x.py", "schema/test_new_kind.py"])
def test_a_file_of_tests_in_no_tier_is_refused(path: str) -> None:
    with pytest.raises(pytest.UsageError, match="tests/unit/, tests/build/"):
        tier_of(TESTS / path)


def test_a_test_has_the_marker_of_its_folder(request: pytest.FixtureRequest) -> None:
    assert tier_of(request.path) == "unit"
    assert {mark.name for mark in request.node.iter_markers()} & {*TIERS} == {"unit"}
