"""Study packs in a bundle: those of its records, the same files as beside the website's pages."""

from __future__ import annotations

from casebook_site.model.catalog import Key
from casebook_site.model.scopes import Scope, ScopeIndex
from casebook_site.outputs.packs.scopes import kinds_by_word
from casebook_site.schema.kinds import Schema


def carried(membership: ScopeIndex, scope: Scope, schema: Schema) -> set[Key]:
    """Return records whose packs a bundle of a scope carries, if there are any.

    They are those of which the bundle has the page; but a pack that gathers what lies outside of
    the scope (the county's in the bundle of a township) stays behind.
    """
    gathers = {
        kind.name: bool(kind.pack and kind.pack.scope and kind.pack.scope.gathers)
        for kind in kinds_by_word(schema).values()
    }
    within = membership.own(scope) | {scope.key}
    return {
        key
        for key in membership.of(scope)
        if key.kind in gathers and (key in within or not gathers[key.kind])
    }
