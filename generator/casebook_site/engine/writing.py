"""The files of a site, made and written in many processes.

Processes inherit the bench, and are sent numbers of jobs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from casebook_site.base import pinyin
from casebook_site.base.artifacts import Writer
from casebook_site.base.parallel import map_batches
from casebook_site.base.rendering import Renderer
from casebook_site.model.urls import data_path
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.files import OutputFile, make, plan_record
from casebook_site.outputs.site.model import SiteModel, packed
from casebook_site.records import Record

LISTS, RECORDS = 10, 50
"""Lists, or records with all their files, that a process makes before it asks for more."""
LISTS_LIFETIME, RECORDS_LIFETIME = 30, 100
"""Batches after which processes are made anew: a page looks at ten records, a list at hundreds."""

LARGE = 20_000
"""Records of a kind whose downloads are made before there are other processes."""


class BatchResult(NamedTuple):
    """What a process tells of a batch."""

    files: int
    spelled: dict[str, str]
    """The pinyin that was asked for."""
    listed: bytes
    """What `Notes.listed` has gathered, packed."""


@dataclass(frozen=True)
class WorkerState:
    """What stands ready in a process that makes files."""

    site: SiteModel
    plan: Sequence[OutputFile]
    records: Sequence[Record]
    """Those whose files are planned where they are made: all plans weigh half as much as all records."""
    renderer: Renderer
    shells: Mapping[str, PageTemplate]
    writer: Writer

    def jobs(self) -> tuple[range, range]:
        """The numbers of what was planned, and those of records."""
        lists = len(self.plan)
        return range(lists), range(lists, lists + len(self.records))

    def planned(self, number: int) -> Iterable[OutputFile]:
        """The files of a job: first come the planned ones, then those of each record."""
        if number < len(self.plan):
            return (self.plan[number],)
        return plan_record(self.site, self.records[number - len(self.plan)])

    def write(self, numbers: Iterable[int]) -> BatchResult:
        """Makes and writes the files of jobs."""
        count = 0
        for planned in chain.from_iterable(map(self.planned, numbers)):
            self.writer.write(make(planned, self.renderer, self.shells))
            count += 1
        listed = b""
        if notes := self.site.notes:
            listed = packed(notes.listed)
            notes.listed.clear()
        return BatchResult(count, pinyin.news(), listed)

    def first(self) -> frozenset[int]:
        """Jobs that are done before there are other processes.

        A record of each kind: what is made of it readies templates and orders for all. And
        downloads of so many records that a process would copy most of the memory.
        """
        kinds: dict[str, int] = {}
        for number, record in enumerate(self.records, len(self.plan)):
            kinds.setdefault(record.kind, number)
        large = {
            data_path(f"{self.site.schema[kind].folder}.{form}")
            for kind, by_id in self.site.edition.records.items()
            for form in ("csv", "json")
            if len(by_id) >= LARGE
        }
        downloads = {n for n, planned in enumerate(self.plan) if planned.path in large}
        return frozenset(kinds.values()) | downloads


def write_in_processes(bench: WorkerState) -> int:
    """Makes and writes the files of all jobs; returns how many."""
    count = 0
    for done in _done(bench):
        count += done.files
        pinyin.learn(done.spelled)
        if bench.site.notes:
            bench.site.notes.listings.append(done.listed)
    return count


def _done(bench: WorkerState) -> Iterator[BatchResult]:
    bench.site.look_up()  # what all look up is found here, once
    first = bench.first()
    yield bench.write(sorted(first))
    lists, pages = bench.jobs()
    for numbers, size, lifetime in (
        (lists, LISTS, LISTS_LIFETIME),
        (pages, RECORDS, RECORDS_LIFETIME),
    ):
        yield from map_batches(
            _write,
            [number for number in numbers if number not in first],
            size=size,
            workers=bench.site.settings.workers,
            initializer=_prepare,
            initargs=(bench,),
            lifetime=lifetime,
        )


_bench: WorkerState


def _prepare(bench: WorkerState) -> None:
    """Sets up a worker process; what is passed is inherited, not sent."""
    global _bench
    _bench = bench
    pinyin.tell_from_here()


def _write(numbers: list[int]) -> BatchResult:
    return _bench.write(numbers)
