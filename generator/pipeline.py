"""The staircase: load → check → select → make → publish. A table of contents, no logic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.artifacts import Claims, Writer
from generator.bundles.making import Workshop
from generator.catalog import Catalog, build_catalog
from generator.editing.files import FileChange, commit, finish_interrupted, staged
from generator.editions import Edition, Visible, select
from generator.maps.layouts import Layouts, read_layouts
from generator.parallel import map_batches, no_garbage_collection
from generator.problems import ContentError, Problem
from generator.reading import Reading, read_records
from generator.rendering import Renderer
from generator.rules import World, check_catalog
from generator.rules.layouts import check_layouts
from generator.rules.pages import check_pages
from generator.rules.synonyms import check_synonyms
from generator.scopes import ALL, Scope
from generator.search.synonyms import Synonyms, read_synonyms
from generator.settings import Settings
from generator.shell import Frame, Shell
from generator.site.outputs import Planned, make, plan_site
from generator.site.pages import Desk
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


@no_garbage_collection()
def load(settings: Settings) -> Loaded:
    """Reads, links and checks all content; raises nothing for bad content."""
    finish_interrupted(settings.root)
    reading = read_records(settings.records_dir, settings.root, workers=settings.workers)
    catalog, duplicates = build_catalog(reading.entries)
    return check(settings, reading, catalog, duplicates)


def check(
    settings: Settings, reading: Reading, catalog: Catalog, duplicates: Iterable[Problem]
) -> Loaded:
    """The catalog with everything that is wrong with the content: `duplicates` and the rest."""
    world = World(catalog, settings.media_dir, reading.unread)
    layouts, unread = read_layouts(settings.maps_dir, settings.root)
    synonyms, unsaid = read_synonyms(settings.search_dir, settings.root)
    problems = [*reading.problems, *duplicates, *unread, *unsaid, *check_catalog(world)]
    problems += check_layouts(layouts, world)
    problems += check_synonyms(synonyms)
    problems += check_pages(settings.docs_dir, settings.root, world)
    return Loaded(catalog, tuple(sorted(set(problems))), layouts, synonyms)


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


def workshop_of(settings: Settings, frame: Frame) -> Workshop:
    """What the bundles of a run are made with; raises `ContentError` with every problem."""
    loaded = load(settings)
    if loaded.problems:
        raise ContentError(loaded.problems)
    visible = Visible(loaded.catalog, settings.options.audience)
    return Workshop.over(settings, visible, loaded.layouts, frame)


@no_garbage_collection()
def write_site(
    desk: Desk,
    shells: Mapping[str, Shell],
    renderer: Renderer,
    target: Path,
    hand_written: Written,
    taken: Mapping[str, str],
) -> int:
    """Makes and writes every file of the website but MkDocs' own; returns how many.

    `hand_written`: MkDocs' pages; `taken`: every path that MkDocs has written, with its source.

    Raises `CollisionError` before anything is written twice.
    """
    plan = plan_site(desk, hand_written)
    claims = Claims()
    for path, source in taken.items():
        claims.claim(path, source)
    for planned in plan:
        claims.claim(planned.path, planned.maker)
    counts = map_batches(
        _make_and_write,
        range(len(plan)),
        size=BATCH,
        workers=desk.settings.workers,
        initializer=_prepare,
        initargs=(plan, renderer, shells, target),
    )
    return sum(counts)


BATCH = 100
"""Files that a process makes before it asks for more."""

_bench: tuple[list[Planned], Renderer, Mapping[str, Shell], Writer]


def _prepare(
    plan: list[Planned], renderer: Renderer, shells: Mapping[str, Shell], target: Path
) -> None:
    """Sets up a worker process; what is passed is inherited, not sent."""
    global _bench
    _bench = (plan, renderer, shells, Writer(target))


def _make_and_write(numbers: list[int]) -> int:
    plan, renderer, shells, writer = _bench
    for number in numbers:
        writer.write(make(plan[number], renderer, shells))
    return len(numbers)
