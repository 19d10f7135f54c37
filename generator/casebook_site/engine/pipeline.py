"""The staircase: load → check → select → make → publish. A table of contents, no logic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from casebook_site.base import pinyin
from casebook_site.base.artifacts import Claims, Writer
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.problems import ContentError, Problem
from casebook_site.base.rendering import Renderer
from casebook_site.base.settings import Settings
from casebook_site.editing.files import FileChange, commit, finish_interrupted, staged
from casebook_site.engine.writing import WorkerState, write_in_processes
from casebook_site.kinds import program_schema
from casebook_site.maps.layouts import Layouts, read_layouts
from casebook_site.model.catalog import Catalog, build_catalog
from casebook_site.model.editions import Edition, select
from casebook_site.model.scopes import ALL, Scope
from casebook_site.outputs.packs.lists import WrittenPack, check_lists, read_lists
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.files import OutputFile, make, plan_records, records_by_county
from casebook_site.outputs.site.model import SiteModel
from casebook_site.reading.records import Reading, read_records
from casebook_site.rules import CheckInput, check_catalog
from casebook_site.rules.layouts import check_layouts
from casebook_site.rules.pages import check_pages
from casebook_site.rules.synonyms import check_synonyms
from casebook_site.schema.kinds import Schema
from casebook_site.search.synonyms import Synonyms, read_synonyms

if TYPE_CHECKING:
    from casebook_site.engine.cluster.building import Cluster
    from casebook_site.outputs.packs.making import MadePack
    from casebook_site.outputs.site.search import Written


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
def load(settings: Settings, schema: Schema | None = None) -> Loaded:
    """Reads, links and checks all content; raises nothing for bad content.

    `schema`: the kinds of the site; without one, those of the program.
    """
    schema = schema or program_schema()
    finish_interrupted(settings.root)
    pinyin.recall(settings.pinyin_file)
    reading = read_records(
        settings.records_dir,
        settings.root,
        schema,
        workers=settings.workers,
        cache_dir=settings.cache_dir / "parsed",
    )
    catalog, duplicates = build_catalog(reading.entries, schema)
    return check(settings, reading, catalog, duplicates)


def check(
    settings: Settings, reading: Reading, catalog: Catalog, duplicates: Iterable[Problem]
) -> Loaded:
    """The catalog with everything that is wrong with the content: `duplicates` and the rest."""
    given = CheckInput(catalog, settings.media_dir, reading.unread)
    layouts, unread = read_layouts(settings.maps_dir, settings.root)
    synonyms, unsaid = read_synonyms(settings.search_dir, settings.root)
    lists, unlisted = read_lists(settings.packs_dir, settings.root)
    problems = [*reading.problems, *duplicates, *unread, *unsaid, *unlisted, *check_catalog(given)]
    problems += check_layouts(layouts, given)
    problems += check_synonyms(synonyms)
    problems += check_lists(lists, given)
    problems += check_pages(settings.docs_dir, settings.root, given)
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
    site: SiteModel,
    shells: Mapping[str, PageTemplate],
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
    from casebook_site.outputs.site.planning import plan_index, plan_lists

    index = plan_index(site, hand_written)
    plan = [*plan_lists(site, hand_written), *map(_beside_page, packs)]
    _claim(taken, chain(index, plan, plan_records(site)))
    # Before there are other processes: they would share its place in files that it reads.
    count = _write_here(index, renderer, shells, writer)
    del index
    records = [] if cluster else list(chain.from_iterable(records_by_county(site).values()))
    # Before the cluster: no process is forked beside its threads.
    count += write_in_processes(WorkerState(site, plan, records, renderer, shells, writer))
    count += _write_elsewhere(cluster, site, shells, writer) if cluster else 0
    pinyin.keep(site.settings.pinyin_file, only_asked=True)
    return count


def _claim(taken: Mapping[str, str], plan: Iterable[OutputFile]) -> None:
    claims = Claims()
    for path, source in taken.items():
        claims.claim(path, source)
    for planned in plan:
        claims.claim(planned.path, planned.maker)


def _write_here(
    plan: Sequence[OutputFile],
    renderer: Renderer,
    shells: Mapping[str, PageTemplate],
    writer: Writer,
) -> int:
    for planned in plan:
        writer.write(make(planned, renderer, shells))
    return len(plan)


def _write_elsewhere(
    cluster: Cluster, site: SiteModel, shells: Mapping[str, PageTemplate], writer: Writer
) -> int:
    from casebook_site.engine.cluster.building import (
        make_records,  # few sites are built on a cluster
    )

    count = 0
    for artifact in make_records(cluster, site, shells):
        writer.write(artifact)
        count += 1
    return count


def _beside_page(pack: MadePack) -> OutputFile:
    return OutputFile(pack.path, f"资料 {pack.scope}", content=pack.file.read_bytes)
