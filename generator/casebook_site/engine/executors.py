"""Who makes and writes the files of a site: this process, others beside it, or a Dask cluster.

Whoever it is, the work is the same value, and files are made by the same loop (`rendered`). Other
processes inherit the work and are sent numbers of jobs; sending views was measured to cost more
than making them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from casebook_site.base import pinyin
from casebook_site.base.files import Artifact
from casebook_site.base.parallel import map_batches
from casebook_site.base.problems import ContentError, Problem
from casebook_site.model.urls import data_path
from casebook_site.outputs.site.files import OutputFile, Rendering, plan_record, rendered
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.reads import Fact, Reads, RecordedSite
from casebook_site.records import Record

if TYPE_CHECKING:
    from casebook_site.engine.cluster.building import Cluster

LISTS, RECORDS = 10, 50
"""Lists, or records with all their files, that a process makes before it asks for more."""
LISTS_LIFETIME, RECORDS_LIFETIME = 30, 100
"""Batches after which processes are made anew: a page looks at ten records, a list at hundreds."""

LARGE = 20_000
"""Records of a kind whose downloads are made before there are other processes."""


class FileWriter(Protocol):
    """Where files go."""

    def write(self, artifact: Artifact) -> bool:
        """Write a file; return whether its bytes were not there already."""


class BatchResult(NamedTuple):
    """What a process returns for a batch of jobs."""

    files: int
    changed: int
    """Files whose bytes were not there already."""
    spelled: dict[str, str]
    """The pinyin that was asked for."""
    problems: Sequence[Problem] = ()
    """What could not be made."""
    reads: Sequence[tuple[str, set[Fact]]] = ()
    """Path of each file with what it was made from, where the site records that."""


@dataclass(frozen=True)
class Work:
    """The files to make, and what they are made with; it stands ready in each process."""

    site: SiteModel
    lists: Sequence[OutputFile]
    """Files that are planned already."""
    records: Sequence[Record]
    """Those whose files are planned where they are made: all plans weigh half as much as all records."""
    rendering: Rendering
    writer: FileWriter

    def jobs(self) -> tuple[range, range]:
        """Return the numbers of planned files, and those of records."""
        lists = len(self.lists)
        return range(lists), range(lists, lists + len(self.records))

    def files(self, job: int) -> Iterable[OutputFile]:
        """Return the files of a job: a planned one, or those of a record."""
        if job < len(self.lists):
            return (self.lists[job],)
        return plan_record(self.site, self.records[job - len(self.lists)])

    def run(self, jobs: Iterable[int]) -> BatchResult:
        """Make and write the files of jobs."""
        files = changed = 0
        problems: list[Problem] = []
        recorded: list[tuple[str, set[Fact]]] = []
        reads = self.site.reads if isinstance(self.site, RecordedSite) else Reads()
        reads.take()
        try:
            for artifact in rendered(chain.from_iterable(map(self.files, jobs)), self.rendering):
                changed += self.writer.write(artifact)
                files += 1
                if read := reads.take():
                    recorded.append((artifact.path, read))
        except ContentError as error:
            problems += error.problems
        return BatchResult(files, changed, pinyin.news(), problems, recorded)

    def first(self) -> list[int]:
        """Return the jobs that are done before there are other processes.

        A record of each kind: what is made of it readies templates and orders for all. And
        downloads of so many records that a process would copy most of the memory.
        """
        kinds: dict[str, int] = {}
        for job, record in enumerate(self.records, len(self.lists)):
            kinds.setdefault(record.kind, job)
        schema = self.site.edition.schema
        large = {
            data_path(f"{schema[kind].folder}.{form}")
            for kind, by_id in self.site.edition.records.items()
            for form in ("csv", "json")
            if len(by_id) >= LARGE
        }
        downloads = [job for job, file in enumerate(self.lists) if file.path in large]
        return sorted({*kinds.values(), *downloads})


def in_this_process(work: Work) -> Iterator[BatchResult]:
    """Make and write all files here."""
    yield work.run(chain(*work.jobs()))


def in_processes(work: Work) -> Iterator[BatchResult]:
    """Make and write all files in as many processes as the settings ask for."""
    work.site.look_up()  # what all look up is found here, once
    first = work.first()
    yield work.run(first)
    lists, records = work.jobs()
    for jobs, size, lifetime in (
        (lists, LISTS, LISTS_LIFETIME),
        (records, RECORDS, RECORDS_LIFETIME),
    ):
        for result in map_batches(
            _run,
            [job for job in jobs if job not in first],
            size=size,
            workers=work.site.settings.workers,
            initializer=_prepare,
            initargs=(work,),
            lifetime=lifetime,
        ):
            pinyin.learn(result.spelled)
            yield result


def on_cluster(cluster: Cluster, work: Work) -> Iterator[BatchResult]:
    """Make lists here and the files of records on a cluster; all are written here."""
    from casebook_site.engine.cluster.building import make_records  # few sites need it

    # Before the cluster: no process is forked beside its threads.
    yield from in_processes(Work(work.site, work.lists, (), work.rendering, work.writer))
    for artifact in make_records(cluster, work.site, work.rendering.templates):
        yield BatchResult(1, work.writer.write(artifact), {})


_work: Work


def _prepare(work: Work) -> None:
    """Keep the work in a new process, which inherits it."""
    global _work
    _work = work
    pinyin.tell_from_here()


def _run(jobs: list[int]) -> BatchResult:
    return _work.run(jobs)
