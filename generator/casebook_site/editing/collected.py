"""Return files added up: each machine once, counts alone, by class, course, teaching point and lecturers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook_site.base.personal_data import personal_data_in
from casebook_site.domain.results import came_to
from casebook_site.editing.return_files import (
    ClassReturn,
    DamagedReturn,
    ItemCounts,
    Return,
    SignedBundle,
    read_return,
)
from casebook_site.model.catalog import Catalog, Key
from casebook_site.records.teaching import Course, Faculty, Session, TeachingPoint, TrainingClass

Doubt = Callable[[SignedBundle], str]
"""Why a bundle is not one of ours; empty where it is, or where nobody can say."""


@dataclass(frozen=True)
class FileVerdict:
    """What became of one file."""

    file: str
    """Its path below the folder."""
    is_counted: bool
    told: str = ""
    """Why not; or what is to be looked at."""


@dataclass
class AnswerCounts:
    """Answers to one thing, added up."""

    very: int = 0
    fairly: int = 0
    fair: int = 0
    poor: int = 0

    @property
    def answers(self) -> int:
        """How many answered."""
        return self.very + self.fairly + self.fair + self.poor

    def add(self, counts: ItemCounts | AnswerCounts) -> None:
        """Add what was counted elsewhere."""
        self.very += counts.very
        self.fairly += counts.fairly
        self.fair += counts.fair
        self.poor += counts.poor


@dataclass
class ClassTally:
    """What listeners said of a class."""

    returned: int = 0
    items: dict[str, AnswerCounts] = field(default_factory=dict)
    """Name of an item → answers, in the order in which they came."""
    remarks: list[str] = field(default_factory=list)

    def add(self, counts: ClassReturn) -> None:
        """Add the questionnaires of one machine."""
        self.returned += counts.returned
        for item in counts.items:
            self.items.setdefault(item.name, AnswerCounts()).add(item)
        self.remarks += map(without_personal_data, counts.remarks)


@dataclass
class QuizTally:
    """Answers to the questions of a record."""

    answered: int = 0
    right: int = 0


@dataclass(frozen=True)
class RemarkRow:
    """What somebody wrote of a page."""

    scope: str
    page: str
    text: str


@dataclass
class Collected:
    """All that the files of a folder say."""

    files: list[FileVerdict] = field(default_factory=list)
    quiz: dict[Key, QuizTally] = field(default_factory=dict)
    classes: dict[str, ClassTally] = field(default_factory=dict)
    notes: list[RemarkRow] = field(default_factory=list)

    @property
    def counted(self) -> int:
        """How many files were counted."""
        return sum(verdict.is_counted for verdict in self.files)


def collect(catalog: Catalog, folder: Path, files: Iterable[Path], doubt: Doubt) -> Collected:
    """Return the sum of return files: of each machine the last, of each copy one."""
    made = Collected()
    read: list[tuple[str, Return]] = []
    seen: dict[str, str] = {}
    for file in files:
        name = file.relative_to(folder).as_posix()
        try:
            handed_in, digest = read_return(file)
        except DamagedReturn as error:
            made.files.append(FileVerdict(name, False, f"{error}。"))
            continue
        if digest in seen:
            told = f"与 {seen[digest]} 完全相同，是复制的，只算一份。"
            made.files.append(FileVerdict(name, False, told))
        elif fault := doubt(handed_in.bundle):
            made.files.append(FileVerdict(name, False, fault))
        else:
            read.append((name, handed_in))
        seen.setdefault(digest, name)
    for name, last, told in _last_of_each(read):
        told = told or (_add(made, catalog, last) if last else "")
        made.files.append(FileVerdict(name, last is not None, told))
    made.files.sort(key=lambda verdict: verdict.file)
    return made


def _last_of_each(
    read: Iterable[tuple[str, Return]],
) -> Iterator[tuple[str, Return | None, str]]:
    """Yield each file with what it hands in; None with the reason where another stands for it."""
    machines: dict[str, list[tuple[str, Return]]] = defaultdict(list)
    for name, handed_in in read:
        machines[handed_in.machine].append((name, handed_in))
    for files in machines.values():
        last = max(handed_in.number for _, handed_in in files)
        newest = [name for name, handed_in in files if handed_in.number == last]
        for name, handed_in in files:
            if handed_in.number < last:
                yield name, None, f"同一台机器后来又存了 {newest[0]}，以后一份为准。"
            elif len(newest) > 1:
                others = "、".join(other for other in newest if other != name)
                yield name, None, f"与 {others} 编号相同、内容不同，不知哪一份是真的，都没有算。"
            else:
                yield name, handed_in, ""


def _add(made: Collected, catalog: Catalog, handed_in: Return) -> str:
    """Add what a machine hands in, and return what is to be looked at."""
    told = []
    for total in handed_in.quiz:
        key = Key(*total.record.split("/"))
        if catalog.get(key) is None:
            told.append(f"没有“{total.record}”这条记录，它的答题没有算")
            continue
        quiz = made.quiz.setdefault(key, QuizTally())
        quiz.answered += total.answered
        quiz.right += total.right
    for counts in handed_in.classes:
        record = catalog.get(Key(TrainingClass.kind, counts.id))
        if not isinstance(record, TrainingClass):
            told.append(f"没有“{counts.id}”这个培训班，它的评课没有算")
            continue
        there = came_to(record)
        if there and counts.returned > there:
            told.append(f"“{record.name}”评课 {counts.returned} 份，多于到课的 {there} 人，没有算")
            continue
        made.classes.setdefault(counts.id, ClassTally()).add(counts)
    made.notes += (
        RemarkRow(handed_in.bundle.scope, note.page, without_personal_data(note.text))
        for note in handed_in.notes
    )
    return "；".join(told) + ("。" if told else "")


def without_personal_data(text: str) -> str:
    """Return a text in which numbers of persons are masked."""
    for found in reversed([*personal_data_in(text)]):
        text = text[: found.start] + found.masked + text[found.start + len(found.text) :]
    return text


# --- by course, teaching point and lecturers ------------------------------------------------------


def by_subject(catalog: Catalog, made: Collected) -> dict[Key, AnswerCounts]:
    """Return course, teaching point or group of lecturers → what was said of items that were theirs.

    An item of a questionnaire is called as the session of the class that it is about.
    """
    found: dict[Key, AnswerCounts] = {}
    for id, tally in made.classes.items():
        record = catalog.get(Key(TrainingClass.kind, id))
        assert isinstance(record, TrainingClass)
        sessions = {session.title: session for session in record.sessions}
        for name, counts in tally.items.items():
            for key in _subjects(catalog, sessions.get(name)):
                found.setdefault(key, AnswerCounts()).add(counts)
    return found


def _subjects(catalog: Catalog, session: Session | None) -> Iterator[Key]:
    if session is None:
        return
    if session.teaching_point:
        yield Key(TeachingPoint.kind, session.teaching_point)
    if session.course:
        yield Key(Course.kind, session.course)
        course = catalog.get(Key(Course.kind, session.course))
        if isinstance(course, Course):
            yield from (Key(Faculty.kind, id) for id in course.faculty)


def evaluations(
    catalog: Catalog, classes: Mapping[str, ClassTally]
) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield the evaluation of each class as its record is to state it."""
    for id, tally in classes.items():
        key = Key(TrainingClass.kind, id)
        record = catalog.get(key)
        assert isinstance(record, TrainingClass)
        items = [
            {"name": name, **{mark: count for mark, count in vars(item).items() if count}}
            for name, item in tally.items.items()
        ]
        sent = max(came_to(record), tally.returned)
        yield key, {"sent": sent, "returned": tally.returned, "items": items}
