"""The recipe of a website: content → theme → site model → files → published folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casebook_site.base import pinyin
from casebook_site.base.audience import sees_everything
from casebook_site.base.faults import reported
from casebook_site.base.files import Claims
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.problems import ContentError
from casebook_site.base.settings import Settings
from casebook_site.base.templates import Renderer
from casebook_site.engine.executors import (
    BatchResult,
    FileWriter,
    Work,
    in_processes,
    in_this_process,
    on_cluster,
)
from casebook_site.engine.loading import Loaded, load, release_book, review_book
from casebook_site.engine.publish import Publication
from casebook_site.maps.review import is_drawn
from casebook_site.model.catalog import Key
from casebook_site.model.editions import select
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.files import (
    OutputFile,
    Rendering,
    data_file,
    plan_records,
    records_by_county,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.schema.kinds import Schema

if TYPE_CHECKING:
    from casebook_site.engine.cluster.building import Cluster
    from casebook_site.outputs.packs.making import MadePack


def build_site(
    settings: Settings,
    capture: Callable[[Schema], ThemeCapture],
    *,
    cluster: Cluster | None = None,
    publish: bool = True,
) -> Path:
    """Build the website that the settings ask for; return its folder.

    `capture`: runs MkDocs for the sections of a schema; `cluster`: what makes the pages of records, in place of this machine;
    `publish`: whether the folder is swapped in as a whole, or written where it lies.

    Raises `ContentError` or `SettingsError`, after which the old site stands as it was.
    """
    publication = Publication(settings.site_dir)
    refuse_what_may_not_be(settings, publication if publish else None)
    content = load(settings).released(settings.options.audience)
    try:
        if publish:
            publication.begin()
        packs = make_packs(content, settings)
        site = site_model(content, settings, packs)
        write_site(site, capture(site.schema), publication.writer(staged=publish), packs, cluster)
        if publish:
            publication.publish()
    finally:
        publication.abandon()
    return settings.site_dir


def refuse_what_may_not_be(settings: Settings, publication: Publication | None) -> None:
    """Raise `SettingsError`, before anything is read, for a map or a folder that may not be made."""
    is_drawn(settings.options.map, settings.options.audience)
    if publication:
        publication.refuse_others((settings.root, settings.content_dir, settings.docs_dir))


def site_model(content: Loaded, settings: Settings, packs: Sequence[MadePack] = ()) -> SiteModel:
    """Return the site of sound content, in the audience of the settings."""
    book = review_book(settings, content) if sees_everything(settings.options.audience) else None
    return SiteModel(
        select(content.catalog, settings.options.audience),
        settings,
        content.layouts,
        synonyms=content.synonyms.groups,
        packs=packs_by_record(packs),
        reviews=book,
        releases=release_book(settings, content),
    )


class WrittenSite(NamedTuple):
    """What has been written."""

    files: int
    changed: int
    """Files whose bytes were not there already."""
    paths: frozenset[str]
    searched: frozenset[str]
    """The paths of the index of search."""
    lists: Sequence[OutputFile]
    """The files that are not of one record, nor of search."""


@no_garbage_collection()
def write_site(
    site: SiteModel,
    capture: ThemeCapture,
    writer: FileWriter,
    packs: Sequence[MadePack] = (),
    cluster: Cluster | None = None,
    told: Callable[[BatchResult], None] = lambda result: None,
) -> WrittenSite:
    """Make and write every file of the website; `told` is called after each batch of files.

    Raises `CollisionError` before anything is written twice, and `ContentError` for faults while
    files were made, after all others have been tried.
    """
    with reported(site.settings.cache_dir):
        return _write_site(site, capture, writer, packs, cluster, told)


def _write_site(
    site: SiteModel,
    capture: ThemeCapture,
    writer: FileWriter,
    packs: Sequence[MadePack],
    cluster: Cluster | None,
    told: Callable[[BatchResult], None],
) -> WrittenSite:
    # Only here: every index is needed to plan a whole site, and none to check, or to make a page.
    from casebook_site.outputs.site.planning import (
        plan_captured,
        plan_index,
        plan_lists,
        site_templates,
    )
    from casebook_site.outputs.site.search import searched_pages

    hand_written = searched_pages(capture.pages, site.unrecorded.edition)
    index = plan_index(site.unrecorded, hand_written)
    lists = [
        *plan_captured(site, capture),
        *plan_lists(site, hand_written),
        *map(beside_page, packs),
    ]
    paths = _claimed(chain(index, lists, plan_records(site)))
    rendering = Rendering(Renderer(), site_templates(site, capture))
    # Before there are other processes: they would share its place in files that it reads.
    results = [*in_this_process(Work(site.unrecorded, index, (), rendering, writer))]
    searched = frozenset(file.path for file in index)
    del index
    records = [] if cluster else list(chain.from_iterable(records_by_county(site).values()))
    work = Work(site, lists, records, rendering, writer)
    for result in on_cluster(cluster, work) if cluster else in_processes(work):
        told(result)
        results.append(result._replace(reads=()))
    if problems := [problem for result in results for problem in result.problems]:
        raise ContentError(problems)
    pinyin.keep(site.settings.pinyin_file, only_asked=True)
    files, changed = sum(r.files for r in results), sum(r.changed for r in results)
    return WrittenSite(files, changed, paths, searched, lists)


def _claimed(files: Iterable[OutputFile]) -> frozenset[str]:
    """Return the paths of files; raise `CollisionError` if two want the same."""
    claims, paths = Claims(), []
    for file in files:
        claims.claim(file.path, file.maker)
        paths.append(file.path)
    return frozenset(paths)


def make_packs(content: Loaded, settings: Settings) -> list[MadePack]:
    """Return the study packs that stand beside pages, if the settings ask for them."""
    if not settings.options.packs.build:
        return []
    from casebook_site.engine.builders import make_site_packs  # few builds make packs

    return make_site_packs(content, settings)


def packs_by_record(packs: Sequence[MadePack]) -> Mapping[Key, tuple[tuple[str, str], ...]]:
    """Return record → (paper, format) of each pack."""
    if not packs:
        return {}
    from casebook_site.outputs.packs.making import packs_by_record as by_record

    return by_record(packs)


def beside_page(pack: MadePack) -> OutputFile:
    """Return the file of a study pack, as it stands beside the page of its record."""
    return data_file(pack.path, f"资料 {pack.scope}", pack.file.read_bytes)
