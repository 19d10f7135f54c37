"""What a pack can be of, and what it holds then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.domain import formatting
from casebook_site.model.catalog import Key
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.lists import ListedPack
from casebook_site.outputs.packs.parts import PARTS
from casebook_site.outputs.packs.parts.ends import END_PARTS, end_part, self_test
from casebook_site.records import Record
from casebook_site.records.committees import JointCommittee, Mechanism
from casebook_site.records.teaching import CATEGORIES, Course, PartySchool, TeachingPoint
from casebook_site.records.texts import CaseStudy

SCOPES = {
    "county": "county",
    "township": "township",
    "category": "category",
    "case": "case-study",
    "point": "teaching-point",
    "course": "course",
    "class": "training-class",
}
"""Word in a scope → kind of record. `pack:` is a list in `content/packs/`."""

LABELS = {
    "county": "县市资料",
    "township": "镇街资料",
    "category": "教学点资料",
    "case": "案例资料",
    "point": "教学点讲义",
    "course": "课程讲义",
    "class": "培训班资料",
    "pack": "资料汇编",
}


Paper = Literal["", "test", "answers"]
"""What is printed of a scope: all that it tells, its self-test, or that with the answers."""


@dataclass(frozen=True, order=True)
class PackScope:
    """One record, or one list."""

    word: str
    id: str
    paper: Paper = ""

    @classmethod
    def parse(cls, text: str) -> PackScope:
        """From `county:yiyuan`, `point:juzhen-park`, `pack:spring` and so on."""
        word, _, id = text.partition(":")
        if word not in LABELS or not id:
            hint = did_you_mean(word, LABELS)
            forms = "、".join(f"{known}:编号" for known in LABELS)
            raise SettingsError(f"范围“{text}”写法不对。{hint}可写 {forms}。")
        return cls(word, id)

    @property
    def key(self) -> Key:
        """The record; a list has none."""
        return Key(SCOPES[self.word], self.id)

    @property
    def name(self) -> str:
        """Name of its file, without audience, paper and extension."""
        return f"{self.word}-{self.id}"

    def __str__(self) -> str:
        return f"{self.word}:{self.id}"


def ready_made(edition: Edition) -> Iterator[PackScope]:
    """Every pack that stands beside a page of the site."""
    for word, kind in SCOPES.items():
        for id, record in edition.records[kind].items():
            yield PackScope(word, id)
            if getattr(record, "questions", ()):
                yield PackScope(word, id, "test")
                yield PackScope(word, id, "answers")


def title_of(scope: PackScope, edition: Edition, listed: ListedPack | None) -> tuple[str, str]:
    """Title and subtitle; raises `SettingsError` when this reader knows nothing by that name."""
    if listed:
        return f"{listed.title}{_test(scope)}", listed.subtitle or ""
    record = edition.get(scope.key)
    if record is None:
        known = edition.records[SCOPES[scope.word]]
        raise SettingsError(f"没有“{scope}”这个范围。{did_you_mean(scope.id, known)}")
    if scope.paper:
        return f"{record.name}{_test(scope)}", ""
    if scope.word == "county":
        return f"{record.name}学习资料", "案例、教学点与数据"
    if scope.word == "township":
        return f"{record.name}学习资料", _county_name(edition, record)
    if scope.word == "category":
        return f"{record.name}教学点", "五大类教学点之一"
    if scope.word == "point":
        category = CATEGORIES[edition.of(TeachingPoint)[scope.id].category]
        return record.name, f"{category}教学点"
    subtitle = getattr(record, "subtitle", None) or ""
    return record.name, subtitle


def _test(scope: PackScope) -> str:
    return "自测题" if scope.paper else ""


def _county_name(edition: Edition, record: Record) -> str:
    """The county of a township."""
    target = edition.resolve("county", getattr(record, "county", ""))
    return target.name if target else ""


# --- what stands in it ----------------------------------------------------------------------------


def compose(composer: Composer, scope: PackScope, listed: ListedPack | None) -> None:
    """Writes all parts of a pack."""
    if listed:
        _compose_list(composer, listed)
        return
    record = composer.edition.get(scope.key)
    assert record is not None  # `title_of` has asked
    _COMPOSERS.get(scope.word, _one)(composer, record)
    for word in END_PARTS:
        end_part(composer, word)


def compose_test(
    composer: Composer, scope: PackScope, listed: ListedPack | None, whole: Composer
) -> None:
    """Writes the self-test of all that a pack tells; nothing where it asks nothing."""
    compose(whole, scope, listed)
    self_test(
        composer,
        whole.questions,
        title_of(scope, composer.edition, listed)[0],
        scope.paper == "answers",
    )


def _one(composer: Composer, record: Record) -> None:
    PARTS[record.kind](composer, record, 1)


def _county(composer: Composer, record: Record) -> None:
    edition = composer.edition
    for case in edition.linking(record, CaseStudy, "county"):
        PARTS[case.kind](composer, case, 1)
    PARTS["county"](composer, record, 1)
    _group(composer, JointCommittee, edition.linking(record, JointCommittee, "county"))
    _group(composer, Mechanism, edition.linking(record, Mechanism, "counties"))
    _group(composer, PartySchool, edition.linking(record, PartySchool, "county"))
    _points(composer, edition.linking(record, TeachingPoint, "county"))
    _group(composer, Course, edition.linking(record, Course, "counties"))


def _township(composer: Composer, record: Record) -> None:
    edition = composer.edition
    PARTS["township"](composer, record, 1)
    _group(composer, JointCommittee, edition.linking(record, JointCommittee, "township"))
    _group(composer, PartySchool, edition.linking(record, PartySchool, "township"))
    _points(composer, edition.linking(record, TeachingPoint, "township"))


_COMPOSERS: dict[str, Callable[[Composer, Record], None]] = {
    "county": _county,
    "township": _township,
}


def _group(composer: Composer, model: type[Record], records: Sequence[Record]) -> None:
    """Records of a kind under one heading, by pinyin."""
    ordered = formatting.by_pinyin(records, lambda record: record.name)
    if ordered:
        composer.heading(1, model.kind_title)
        for record in ordered:
            PARTS[record.kind](composer, record, 2)


def _points(composer: Composer, points: list[TeachingPoint]) -> None:
    """Teaching points in the order of the categories."""
    if not points:
        return
    composer.heading(1, TeachingPoint.kind_title)
    for category in CATEGORIES:
        inside = [point for point in points if point.category == category]
        for point in formatting.by_pinyin(inside, lambda p: p.name):
            PARTS[point.kind](composer, point, 2)


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
            PARTS[kind](composer, record, 1)
