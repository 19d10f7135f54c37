"""Audiences are ordered: each sees what is meant for those before it."""

from __future__ import annotations

import pytest

from casebook_site.base.audience import (
    AUDIENCES,
    audience_named,
    is_internal,
    may_see,
    sees_everything,
)


def test_each_audience_sees_what_is_meant_for_itself_and_for_those_before_it() -> None:
    for place, reader in enumerate(AUDIENCES):
        seen = [audience for audience in AUDIENCES if may_see(reader, audience)]
        assert seen == list(AUDIENCES[: place + 1])


def test_only_the_first_is_the_public_and_only_the_last_sees_everything() -> None:
    assert [is_internal(audience) for audience in AUDIENCES] == [False, True]
    assert [sees_everything(audience) for audience in AUDIENCES] == [False, True]


@pytest.mark.parametrize(
    ("text", "audience"),
    [(" Internal ", "internal"), ("PUBLIC", "public"), ("all", None), (None, None), ("", None)],
)
def test_an_audience_is_known_however_it_is_written(text: object, audience: str | None) -> None:
    assert audience_named(text) == audience
