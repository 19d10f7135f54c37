"""Study packs in a bundle: those of its records, the same files as beside the website's pages."""

from __future__ import annotations

from casebook_site.model.catalog import Key
from casebook_site.model.scopes import Scope, ScopeIndex
from casebook_site.outputs.packs.scopes import SCOPES

WIDE = ("county", "township", "category")
"""Kinds whose pack gathers all that lies in the record."""


def carried(membership: ScopeIndex, scope: Scope) -> set[Key]:
    """Records whose packs a bundle of a scope carries, if there are any.

    They are those of which the bundle has the page; but a pack that gathers what lies outside of
    the scope (the county's in the bundle of a township) stays behind.
    """
    within = membership.own(scope) | {scope.key}
    return {
        key
        for key in membership.of(scope)
        if key.kind in SCOPES.values() and (key.kind not in WIDE or key in within)
    }
