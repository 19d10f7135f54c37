"""Tiers of tests: the folder of a test says what it needs and how long it may take."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TIERS = ("unit", "build", "browser", "slow", "fuzz")
"""Folders of tests, and the markers that their tests get."""


def tier_of(file: Path) -> str:
    """Return the tier of a file of tests; raise `UsageError` for one that stands in none."""
    folder = file.relative_to(TESTS).parts[0]
    if folder not in TIERS:
        raise pytest.UsageError(f"{file} must stand in tests/{'/, tests/'.join(TIERS)}/")
    return folder
