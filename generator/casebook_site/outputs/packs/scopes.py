"""What a pack can be of, and what it holds then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.model.catalog import Key
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.ends import END_PARTS, end_part, self_test
from casebook_site.outputs.packs.kind_parts import PackOf, tell
from casebook_site.outputs.packs.lists import ListedPack
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Kind, Schema

LIST = "pack"
"""The word for a list in `content/packs/`."""
LIST_LABEL = "资料汇编"

Paper = Literal["", "test", "answers"]
"""What is printed of a scope: all that it tells, its self-test, or that with the answers."""


def kinds_by_word(schema: Schema) -> Mapping[str, Kind]:
    """Return the word in a scope → kind, for the kinds of which there are packs."""
    return {kind.pack.scope.word: kind for kind in schema if kind.pack and kind.pack.scope}


def pack_of(schema: Schema, scope: PackScope) -> PackOf | None:
    """Return what the kind says of packs of its records; None for a list."""
    kind = kinds_by_word(schema).get(scope.word)
    return kind.pack.scope if kind and kind.pack else None


@dataclass(frozen=True, order=True)
class PackScope:
    """One record, or one list."""

    word: str
    id: str
    paper: Paper = ""

    @classmethod
    def parse(cls, text: str, schema: Schema) -> PackScope:
        """Read `county:yiyuan`, `point:juzhen-park`, `pack:spring` and so on."""
        word, _, id = text.partition(":")
        words = (*kinds_by_word(schema), LIST)
        if word not in words or not id:
            hint = did_you_mean(word, words)
            forms = "、".join(f"{known}:编号" for known in words)
            raise SettingsError(f"范围“{text}”写法不对。{hint}可写 {forms}。")
        return cls(word, id)

    def key(self, schema: Schema) -> Key:
        """Return the key of the record; a list has none."""
        return Key(kinds_by_word(schema)[self.word].name, self.id)

    @property
    def name(self) -> str:
        """Name of its file, without audience, paper and extension."""
        return f"{self.word}-{self.id}"

    def __str__(self) -> str:
        return f"{self.word}:{self.id}"


def ready_made(edition: Edition) -> Iterator[PackScope]:
    """Yield every pack that stands beside a page of the site."""
    for word, kind in kinds_by_word(edition.schema).items():
        for id, record in edition.records[kind.name].items():
            yield PackScope(word, id)
            if value_of(record, "questions"):
                yield PackScope(word, id, "test")
                yield PackScope(word, id, "answers")


def title_of(scope: PackScope, edition: Edition, listed: ListedPack | None) -> tuple[str, str]:
    """Return title and subtitle.

    Raise `SettingsError` when this reader knows nothing by that name.
    """
    if listed:
        return f"{listed.title}{_test(scope)}", listed.subtitle or ""
    key = scope.key(edition.schema)
    record = edition.get(key)
    if record is None:
        known = edition.records[key.kind]
        raise SettingsError(f"没有“{scope}”这个范围。{did_you_mean(scope.id, known)}")
    if scope.paper:
        return f"{record.name}{_test(scope)}", ""
    part = pack_of(edition.schema, scope)
    assert part is not None
    return part.title(edition, record)


def label_of(scope: PackScope, schema: Schema) -> str:
    """Return what packs of such a scope are called."""
    part = pack_of(schema, scope)
    return part.label if part else LIST_LABEL


def _test(scope: PackScope) -> str:
    return "自测题" if scope.paper else ""


# --- what stands in it ----------------------------------------------------------------------------


def compose(composer: Composer, scope: PackScope, listed: ListedPack | None) -> None:
    """Write all parts of a pack."""
    if listed:
        _compose_list(composer, listed)
        return
    schema = composer.edition.schema
    record: Any = composer.edition.get(scope.key(schema))
    part = pack_of(schema, scope)
    if part and part.compose:
        part.compose(composer, record)
    else:
        tell(composer, record, 1)
    for word in END_PARTS:
        end_part(composer, word)


def compose_test(
    composer: Composer, scope: PackScope, listed: ListedPack | None, whole: Composer
) -> None:
    """Write the self-test of all that a pack tells; nothing where it asks nothing."""
    compose(whole, scope, listed)
    self_test(
        composer,
        whole.questions,
        title_of(scope, composer.edition, listed)[0],
        scope.paper == "answers",
    )


def _compose_list(composer: Composer, listed: ListedPack) -> None:
    if listed.foreword:
        composer.title(1, "前言")
        composer.prose(listed.foreword)
    for entry in listed.parts:
        if entry in END_PARTS:
            end_part(composer, entry)
            continue
        kind, _, id = entry.partition("/")
        record = composer.edition.get(Key(kind, id))
        if record is not None:  # hidden from this reader: the rule has refused it in public lists
            tell(composer, record, 1)
