"""The content of a site's folder while it is edited: read once, then file by file."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from casebook_site.base import pinyin
from casebook_site.base.audience import sees_everything
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.problems import Problem
from casebook_site.base.settings import Settings
from casebook_site.base.today import today
from casebook_site.engine.loading import Loaded, check, site_schema, withheld
from casebook_site.maps.layouts import Layouts, read_layouts
from casebook_site.model.catalog import Catalog, Key, build_catalog, key_of
from casebook_site.model.editions import AudienceView
from casebook_site.model.release_book import ReleaseBook
from casebook_site.model.review_book import ReviewBook
from casebook_site.outputs.site.model import SiteModel
from casebook_site.reading.files import forget_positions
from casebook_site.reading.records import (
    FileRecords,
    ReadEntry,
    Reading,
    join_files,
    read_again,
    read_files,
)
from casebook_site.reading.releases import read_releases
from casebook_site.reading.reviews import read_reviews
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.kinds import Schema
from casebook_site.search.synonyms import read_synonyms


@dataclass(frozen=True)
class Linked:
    """All files of records at one moment, linked."""

    files: Mapping[str, FileRecords] = field(default_factory=dict)
    catalog: Catalog = field(default_factory=Catalog.empty)
    duplicates: tuple[Problem, ...] = ()
    visible: AudienceView | None = None
    """Of this moment, or of the last before it in which every record could be read."""
    site: SiteModel | None = None
    """What pages are made of; None where a record cannot be read."""

    @cached_property
    def reading(self) -> Reading:
        """What the files give together."""
        return join_files(self.files.values())

    def changed(self, files: Mapping[str, FileRecords]) -> list[ReadEntry] | None:
        """Return the records of the files that are not the same ones here.

        None where there is more to it: files or records come or go, or cannot be read.
        """
        if self.site is None or files.keys() != self.files.keys():
            return None
        entries: list[ReadEntry] = []
        for path, file in files.items():
            known = self.files[path]
            if file is not known:
                if file.problems or _keys(file) != _keys(known):
                    return None
                entries += file.entries
        return entries


def _keys(file: FileRecords) -> list[Key]:
    return [key_of(entry.record) for entry in file.entries]


@dataclass(frozen=True)
class Proposal:
    """What would be, if one file were changed."""

    linked: Linked
    problems: tuple[Problem, ...]


class LiveContent:
    """What stands in the folder now, and the last state of it in which nothing was wrong.

    One thread keeps it up with the files, others may ask: it is locked while it works.
    """

    def __init__(
        self, settings: Settings, schema: Schema | None = None, *, publishes: bool = False
    ) -> None:
        """Read all content. `schema`: the kinds of the site, where they are known.

        `publishes`: whether what the site is made of goes to its readers, so that it holds only
        what is signed; a preview shows everything.
        """
        self.settings = settings
        self._publishes = publishes
        self.schema = schema or site_schema(settings)
        self.good: SiteModel | None = None
        """Everything that pages are made of, when nothing was wrong."""
        self.problems: tuple[Problem, ...] = ()
        """What the last check found."""
        self.loaded: Loaded | None = None
        """The content as it was checked last."""
        self._lock = threading.RLock()
        self._linked = Linked()
        self.read_all()

    @property
    def catalog(self) -> Catalog:
        """Every record that can be read, as it was linked last."""
        return self._linked.catalog

    @property
    def unread(self) -> frozenset[tuple[str, str]]:
        """(kind, id) of the records that cannot be read, as in `Reading`."""
        return self._linked.reading.unread

    def file_of(self, key: Key) -> Path | None:
        """Return the file of a record, readable or not; None if there is no such record."""
        with self._lock:
            if origin := self.catalog.origins.get(key):
                return Path(origin.file)
            broken = (path for path, found in self._files.items() if tuple(key) in found.unread)
            return next(map(Path, broken), None)

    def read_all(self) -> None:
        """Read every file."""
        settings = self.settings
        with self._lock:
            pinyin.recall(settings.pinyin_file)
            self._files = read_files(
                settings.records_dir,
                settings.root,
                self.schema,
                workers=settings.workers,
                cache_dir=settings.cache_dir / "parsed",
            )

    def read_again(self, paths: Iterable[str]) -> None:
        """Read files that were changed, added or removed."""
        with self._lock:
            forget_positions()
            for path in paths:
                found = read_again(path, self.settings.records_dir, self.settings.root, self.schema)
                if found is None:
                    self._files.pop(path, None)
                else:
                    self._files[path] = found

    def link(self) -> SiteModel | None:
        """Return the content as it is now; None where a record cannot be read.

        Nothing beyond the single records is checked: that takes longer, and is `check`.
        """
        with self._lock:
            self._linked = self._link(dict(self._files))
            return self._linked.site

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong with what was linked last; if nothing is, it is the good one."""
        with self._lock:
            self.loaded = self._check(self._linked)
            self.problems = self.loaded.problems
            if not sees_everything(self.settings.options.audience):
                self.problems += self.loaded.unsigned
            if not self.problems:
                self.good = self._linked.site
            return self.problems

    def propose(self, path: str, draft: Path | None, layouts: Layouts | None = None) -> Proposal:
        """Return the content as if the file at `path` were `draft`; nothing is changed.

        None for `draft`: as if there were no such file. `layouts`: those of the map then.
        """
        with self._lock:
            settings = self.settings
            if draft is None:
                files = {name: file for name, file in self._files.items() if name != path}
            else:
                found = read_again(
                    path, settings.records_dir, settings.root, self.schema, draft=draft
                )
                files = {**self._files, path: found} if found else self._files
            linked = self._link(files)
            return Proposal(linked, self._check(linked, layouts).problems)

    @no_garbage_collection()
    def _link(self, files: Mapping[str, FileRecords]) -> Linked:
        before = self._linked
        audience = self.settings.options.audience
        entries = before.changed(files)
        if entries is not None:
            catalog, book = self._reviewed(before.catalog.replaced(entries))
            keys = [key_of(entry.record) for entry in entries]
            visible = AudienceView(catalog, audience, before.visible, keys)
        else:
            reading = join_files(files.values())
            catalog, duplicates = build_catalog(reading.entries, self.schema, before.catalog)
            if reading.problems or duplicates:
                return Linked(files, catalog, tuple(duplicates), before.visible)
            catalog, book = self._reviewed(catalog)
            visible = AudienceView(catalog, audience, before.visible)
        layouts, unread = read_layouts(self.settings.maps_dir, self.settings.root)
        synonyms, _ = read_synonyms(self.settings.search_dir, self.settings.root)
        releases, _ = read_releases(self.settings.releases_dir, self.settings.root)
        site = SiteModel(
            visible.edition(),
            self.settings,
            Layouts() if unread else layouts,
            synonyms=synonyms.groups,
            reviews=book,
            releases=ReleaseBook(catalog, self.settings.media_dir, releases) if releases else None,
        )
        return Linked(files, catalog, (), visible, site)

    def _reviewed(self, catalog: Catalog) -> tuple[Catalog, ReviewBook | None]:
        """Return a catalog with what is withheld, and the reviews that are shown on pages, if any."""
        settings, options = self.settings, self.settings.options.review
        if options is None:
            return catalog, None
        written = read_reviews(settings.reviews_dir, settings.root, self.schema).by_key
        book = ReviewBook(catalog, settings.media_dir, written, options)
        if not self._publishes:
            return catalog, book
        kept_back = book.withheld(PartialDate.parse(today()))
        shown = book if sees_everything(settings.options.audience) else None
        return replace(catalog, withheld=kept_back), shown

    def _check(self, linked: Linked, layouts: Layouts | None = None) -> Loaded:
        before = self.loaded.findings if self.loaded else None
        loaded = check(
            self.settings, linked.reading, linked.catalog, linked.duplicates, before, layouts
        )
        return withheld(loaded, self.settings) if self._publishes else loaded
