"""What a scope is called on the pages of its bundle."""

from __future__ import annotations

from casebook_site.domain.places import Levels
from casebook_site.model.editions import Edition
from casebook_site.model.scopes import Scope


def scope_title(edition: Edition, scope: Scope) -> str:
    """`禹城市伦镇`: the scope with the places that it lies in; empty for all."""
    record = edition.get(scope.key)
    levels = Levels.of(edition.schema)
    names: list[str] = []
    while record is not None:
        names.insert(0, record.name)
        above = next(levels.named_by(record), None)
        record = edition.get(above) if above else None
    return "".join(names)
