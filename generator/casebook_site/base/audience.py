"""Audiences: who may see something, ordered from those who see least to those who see most.

No other module compares audiences: it asks `may_see` or `is_internal`.
"""

from __future__ import annotations

from typing import Literal, get_args

Audience = Literal["public", "internal"]
"""Who may see something. Each audience also sees what is meant for those before it."""

AUDIENCES: tuple[Audience, ...] = get_args(Audience)

_RANKS: dict[str, int] = {audience: rank for rank, audience in enumerate(AUDIENCES)}


def may_see(reader: Audience, audience: Audience) -> bool:
    """Return whether readers of `reader` may see what is meant for `audience`."""
    return _RANKS[reader] >= _RANKS[audience]


def is_internal(audience: Audience) -> bool:
    """Return whether something is kept from the public."""
    return _RANKS[audience] > 0


def sees_everything(reader: Audience) -> bool:
    """Return whether nothing is kept from `reader`, so that nothing has to be taken out."""
    return _RANKS[reader] == len(AUDIENCES) - 1


def audience_named(text: object) -> Audience | None:
    """Return the audience that an editor wrote, in any case and with spaces around it, or None."""
    word = str(text).strip().lower()
    return next((audience for audience in AUDIENCES if audience == word), None)
