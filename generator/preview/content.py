"""The content of a site's folder while it is edited: read once, then file by file."""

from __future__ import annotations

from collections.abc import Iterable

from generator.catalog import Catalog, build_catalog
from generator.editions import Visible
from generator.maps.layouts import Layouts, read_layouts
from generator.parallel import no_garbage_collection
from generator.pipeline import check
from generator.problems import Problem
from generator.reading import forget_positions, join_files, read_again, read_files
from generator.search.synonyms import read_synonyms
from generator.settings import Settings
from generator.site.pages import Desk


class Content:
    """What stands in the folder now, and the last state of it in which nothing was wrong."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.good: Desk | None = None
        """Everything that pages are made of, when nothing was wrong."""
        self._catalog: Catalog | None = None
        self._visible: Visible | None = None
        self.read_all()

    def read_all(self) -> None:
        """Reads every file."""
        settings = self.settings
        self._files = read_files(
            settings.records_dir,
            settings.root,
            workers=settings.workers,
            cache_dir=settings.cache_dir / "parsed",
        )

    def read_again(self, paths: Iterable[str]) -> None:
        """Reads files that were changed, added or removed."""
        forget_positions()
        for path in paths:
            found = read_again(path, self.settings.records_dir, self.settings.root)
            if found is None:
                self._files.pop(path, None)
            else:
                self._files[path] = found

    @no_garbage_collection()
    def link(self) -> Desk | None:
        """The content as it is now; None where a record cannot be read.

        Nothing beyond the single records is checked: that takes longer, and is `check`.
        """
        self._reading = join_files(self._files.values())
        self._catalog, self._duplicates = build_catalog(self._reading.entries, self._catalog)
        if self._reading.problems or self._duplicates:
            self._desk = None
            return None
        audience = self.settings.options.audience
        self._visible = Visible(self._catalog, audience, self._visible)
        layouts, unread = read_layouts(self.settings.maps_dir, self.settings.root)
        synonyms, _ = read_synonyms(self.settings.search_dir, self.settings.root)
        self._desk = Desk(
            self._visible.edition(),
            self.settings,
            Layouts() if unread else layouts,
            synonyms=synonyms.groups,
        )
        return self._desk

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong with what was linked last; if nothing is, it is the good one."""
        assert self._catalog is not None
        problems = check(self.settings, self._reading, self._catalog, self._duplicates).problems
        if not problems:
            self.good = self._desk
        return problems
