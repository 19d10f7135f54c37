"""What a pack can be of, and what it holds then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator import wording
from generator.catalog import Key
from generator.editions import Edition
from generator.packs.composing import Composer
from generator.packs.lists import ListedPack
from generator.packs.parts import PARTS
from generator.packs.parts.ends import END_PARTS, end_part, self_test
from generator.problems import SettingsError, did_you_mean
from generator.records import Record
from generator.records.committees import JointCommittee, Mechanism
from generator.records.teaching import CATEGORIES, Course, PartySchool, TeachingPoint
from generator.records.texts import CaseStudy

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


def compose(here: Composer, scope: PackScope, listed: ListedPack | None) -> None:
    """Writes all parts of a pack."""
    if listed:
        _compose_list(here, listed)
        return
    record = here.edition.get(scope.key)
    assert record is not None  # `title_of` has asked
    _COMPOSERS.get(scope.word, _one)(here, record)
    for word in END_PARTS:
        end_part(here, word)


def compose_test(
    here: Composer, scope: PackScope, listed: ListedPack | None, whole: Composer
) -> None:
    """Writes the self-test of all that a pack tells; nothing where it asks nothing."""
    compose(whole, scope, listed)
    self_test(
        here, whole.questions, title_of(scope, here.edition, listed)[0], scope.paper == "answers"
    )


def _one(here: Composer, record: Record) -> None:
    PARTS[record.kind](here, record, 1)


def _county(here: Composer, record: Record) -> None:
    edition = here.edition
    for case in edition.linking(record, CaseStudy, "county"):
        PARTS[case.kind](here, case, 1)
    PARTS["county"](here, record, 1)
    _group(here, JointCommittee, edition.linking(record, JointCommittee, "county"))
    _group(here, Mechanism, edition.linking(record, Mechanism, "counties"))
    _group(here, PartySchool, edition.linking(record, PartySchool, "county"))
    _points(here, edition.linking(record, TeachingPoint, "county"))
    _group(here, Course, edition.linking(record, Course, "counties"))


def _township(here: Composer, record: Record) -> None:
    edition = here.edition
    PARTS["township"](here, record, 1)
    _group(here, JointCommittee, edition.linking(record, JointCommittee, "township"))
    _group(here, PartySchool, edition.linking(record, PartySchool, "township"))
    _points(here, edition.linking(record, TeachingPoint, "township"))


_COMPOSERS: dict[str, Callable[[Composer, Record], None]] = {
    "county": _county,
    "township": _township,
}


def _group(here: Composer, model: type[Record], records: Sequence[Record]) -> None:
    """Records of a kind under one heading, by pinyin."""
    ordered = wording.by_pinyin(records, lambda record: record.name)
    if ordered:
        here.heading(1, model.kind_title)
        for record in ordered:
            PARTS[record.kind](here, record, 2)


def _points(here: Composer, points: list[TeachingPoint]) -> None:
    """Teaching points in the order of the categories."""
    if not points:
        return
    here.heading(1, TeachingPoint.kind_title)
    for category in CATEGORIES:
        inside = [point for point in points if point.category == category]
        for point in wording.by_pinyin(inside, lambda p: p.name):
            PARTS[point.kind](here, point, 2)


def _compose_list(here: Composer, listed: ListedPack) -> None:
    if listed.foreword:
        here.title(1, "前言")
        here.prose(listed.foreword)
    for entry in listed.parts:
        if entry in END_PARTS:
            end_part(here, entry)
            continue
        kind, _, id = entry.partition("/")
        record = here.edition.get(Key(kind, id))
        if record is not None:  # hidden from this reader: the rule has refused it in public lists
            PARTS[kind](here, record, 1)
