"""The staircase: load → check → select → make → publish. A table of contents, no logic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from generator import pinyin
from generator.artifacts import Claims, Writer
from generator.catalog import Catalog, build_catalog
from generator.editing.files import FileChange, commit, finish_interrupted, staged
from generator.editions import Edition, select
from generator.maps.layouts import Layouts, read_layouts
from generator.packs.lists import WrittenPack, check_lists, read_lists
from generator.parallel import map_batches, no_garbage_collection
from generator.problems import ContentError, Problem
from generator.reading import Reading, read_records
from generator.records import KINDS, Record
from generator.rendering import Renderer
from generator.rules import World, check_catalog
from generator.rules.layouts import check_layouts
from generator.rules.pages import check_pages
from generator.rules.synonyms import check_synonyms
from generator.scopes import ALL, Scope
from generator.search.synonyms import Synonyms, read_synonyms
from generator.settings import Settings
from generator.shell import Shell
from generator.site.making import Planned, make, plan_record, plan_records, records_by_county
from generator.site.pages import Desk, packed
from generator.urls import data_path

if TYPE_CHECKING:
    from generator.cluster.building import Cluster
    from generator.packs.making import MadePack
    from generator.site.search import Written


@dataclass(frozen=True)
class Loaded:
    """The catalog with everything that is wrong with the content."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    layouts: Layouts = field(default_factory=Layouts)
    """Where places stand on the schematic map."""
    synonyms: Synonyms = field(default_factory=Synonyms)
    """What search takes for one another."""
    lists: tuple[WrittenPack, ...] = ()
    """Packs that editors have put together."""


@no_garbage_collection()
def load(settings: Settings) -> Loaded:
    """Reads, links and checks all content; raises nothing for bad content."""
    finish_interrupted(settings.root)
    pinyin.recall(settings.pinyin_file)
    reading = read_records(
        settings.records_dir,
        settings.root,
        workers=settings.workers,
        cache_dir=settings.cache_dir / "parsed",
    )
    catalog, duplicates = build_catalog(reading.entries)
    return check(settings, reading, catalog, duplicates)


def check(
    settings: Settings, reading: Reading, catalog: Catalog, duplicates: Iterable[Problem]
) -> Loaded:
    """The catalog with everything that is wrong with the content: `duplicates` and the rest."""
    world = World(catalog, settings.media_dir, reading.unread)
    layouts, unread = read_layouts(settings.maps_dir, settings.root)
    synonyms, unsaid = read_synonyms(settings.search_dir, settings.root)
    lists, unlisted = read_lists(settings.packs_dir, settings.root)
    problems = [*reading.problems, *duplicates, *unread, *unsaid, *unlisted, *check_catalog(world)]
    problems += check_layouts(layouts, world)
    problems += check_synonyms(synonyms)
    problems += check_lists(lists, world)
    problems += check_pages(settings.docs_dir, settings.root, world)
    return Loaded(catalog, tuple(sorted(set(problems))), layouts, synonyms, lists)


def write_changed(settings: Settings, changes: Sequence[FileChange]) -> None:
    """Makes all changes or none; raises `ContentError` where the content would not be sound."""
    with staged(settings, changes) as copy:
        problems = load(copy).problems
    if problems:
        raise ContentError(problems)
    commit(settings.root, changes)


def edition_of(settings: Settings, scope: Scope = ALL) -> Edition:
    """The edition that the settings ask for; raises `ContentError` with every problem."""
    loaded = load(settings)
    if loaded.problems:
        raise ContentError(loaded.problems)
    return select(loaded.catalog, settings.options.audience, scope)


@no_garbage_collection()
def write_site(
    desk: Desk,
    shells: Mapping[str, Shell],
    renderer: Renderer,
    writer: Writer,
    hand_written: Written,
    taken: Mapping[str, str],
    packs: Sequence[MadePack] = (),
    cluster: Cluster | None = None,
) -> int:
    """Makes and writes every file of the website but MkDocs' own; returns how many.

    `hand_written`: MkDocs' pages; `taken`: every path that MkDocs has written, with its source;
    `packs`: finished packs, to be put beside the pages; `cluster`: what makes the pages of
    records, in place of processes of this machine.

    Raises `CollisionError` before anything is written twice.
    """
    # Only here: every index is needed to plan a whole site, and none to check, or to make a page.
    from generator.site.outputs import plan_index, plan_lists

    index = plan_index(desk, hand_written)
    plan = [*plan_lists(desk, hand_written), *map(_beside_page, packs)]
    _claim(taken, chain(index, plan, plan_records(desk)))
    # Before there are other processes: they would share its place in files that it reads.
    count = _write_here(index, renderer, shells, writer)
    del index
    records = [] if cluster else list(chain.from_iterable(records_by_county(desk).values()))
    # Before the cluster: no process is forked beside its threads.
    count += _write_in_processes(Bench(desk, plan, records, renderer, shells, writer))
    count += _write_elsewhere(cluster, desk, shells, writer) if cluster else 0
    pinyin.keep(desk.settings.pinyin_file, only_asked=True)
    return count


def _claim(taken: Mapping[str, str], plan: Iterable[Planned]) -> None:
    claims = Claims()
    for path, source in taken.items():
        claims.claim(path, source)
    for planned in plan:
        claims.claim(planned.path, planned.maker)


def _write_here(
    plan: Sequence[Planned], renderer: Renderer, shells: Mapping[str, Shell], writer: Writer
) -> int:
    for planned in plan:
        writer.write(make(planned, renderer, shells))
    return len(plan)


def _write_elsewhere(
    cluster: Cluster, desk: Desk, shells: Mapping[str, Shell], writer: Writer
) -> int:
    from generator.cluster.building import make_records  # few sites are built on a cluster

    count = 0
    for artifact in make_records(cluster, desk, shells):
        writer.write(artifact)
        count += 1
    return count


def _beside_page(pack: MadePack) -> Planned:
    return Planned(pack.path, f"资料 {pack.scope}", content=pack.file.read_bytes)


LISTS, RECORDS = 10, 50
"""Lists, or records with all their files, that a process makes before it asks for more."""
LISTS_LIFETIME, RECORDS_LIFETIME = 30, 100
"""Batches after which processes are made anew: a page looks at ten records, a list at hundreds."""

LARGE = 20_000
"""Records of a kind whose downloads are made before there are other processes."""


class Done(NamedTuple):
    """What a process tells of a batch."""

    files: int
    spelled: dict[str, str]
    """The pinyin that was asked for."""
    listed: bytes
    """What `Notes.listed` has gathered, packed."""


@dataclass(frozen=True)
class Bench:
    """What stands ready in a process that makes files."""

    desk: Desk
    plan: Sequence[Planned]
    records: Sequence[Record]
    """Those whose files are planned where they are made: all plans weigh half as much as all records."""
    renderer: Renderer
    shells: Mapping[str, Shell]
    writer: Writer

    def jobs(self) -> tuple[range, range]:
        """The numbers of what was planned, and those of records."""
        lists = len(self.plan)
        return range(lists), range(lists, lists + len(self.records))

    def planned(self, number: int) -> Iterable[Planned]:
        """The files of a job: first come the planned ones, then those of each record."""
        if number < len(self.plan):
            return (self.plan[number],)
        return plan_record(self.desk, self.records[number - len(self.plan)])

    def write(self, numbers: Iterable[int]) -> Done:
        """Makes and writes the files of jobs."""
        count = 0
        for planned in chain.from_iterable(map(self.planned, numbers)):
            self.writer.write(make(planned, self.renderer, self.shells))
            count += 1
        listed = b""
        if notes := self.desk.notes:
            listed = packed(notes.listed)
            notes.listed.clear()
        return Done(count, pinyin.news(), listed)

    def first(self) -> frozenset[int]:
        """Jobs that are done before there are other processes.

        A record of each kind: what is made of it readies templates and orders for all. And
        downloads of so many records that a process would copy most of the memory.
        """
        kinds: dict[str, int] = {}
        for number, record in enumerate(self.records, len(self.plan)):
            kinds.setdefault(record.kind, number)
        large = {
            data_path(f"{KINDS[kind].folder}.{form}")
            for kind, by_id in self.desk.edition.records.items()
            for form in ("csv", "json")
            if len(by_id) >= LARGE
        }
        downloads = {n for n, planned in enumerate(self.plan) if planned.path in large}
        return frozenset(kinds.values()) | downloads


def _write_in_processes(bench: Bench) -> int:
    """Makes and writes the files of all jobs; returns how many."""
    count = 0
    for done in _done(bench):
        count += done.files
        pinyin.learn(done.spelled)
        if bench.desk.notes:
            bench.desk.notes.listings.append(done.listed)
    return count


def _done(bench: Bench) -> Iterator[Done]:
    bench.desk.look_up()  # what all look up is found here, once
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
            workers=bench.desk.settings.workers,
            initializer=_prepare,
            initargs=(bench,),
            lifetime=lifetime,
        )


_bench: Bench


def _prepare(bench: Bench) -> None:
    """Sets up a worker process; what is passed is inherited, not sent."""
    global _bench
    _bench = bench
    pinyin.tell_from_here()


def _write(numbers: list[int]) -> Done:
    return _bench.write(numbers)
