"""The files of a site that a change of some records changes: made again, or changed where they say it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from markupsafe import escape

from casebook_site.base.artifacts import Buffer
from casebook_site.base.rendering import Renderer
from casebook_site.engine.incremental.ledger import NotKnown
from casebook_site.engine.incremental.stored import Stored
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.editions import has_page
from casebook_site.model.urls import absolute, data_path, record_path, relative, search_path
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.downloads import csv_rows, json_line
from casebook_site.outputs.site.feeds import FEED, FEED_LIMIT, feed_bytes, newest_first
from casebook_site.outputs.site.files import make, plan_record, site_renderer
from casebook_site.outputs.site.search import record_document
from casebook_site.records import Record
from casebook_site.search.index import Totals
from casebook_site.search.patching import CannotPatch, Change, patch

Content = bytes | mmap
"""What a file holds."""

LARGE = 1_000_000
"""Bytes from which a file is not read, but looked at where it lies."""


@dataclass
class Remaking:
    """The site as it stands, and what of it becomes different."""

    site: Path
    before: Stored
    after: Stored
    _read: dict[str, Content] = field(default_factory=dict)
    """Path in the site → the file as it stands."""
    _made: dict[str, bytes] = field(default_factory=dict)
    """Path → what the file is to be."""
    _splices: dict[str, list[tuple[int, int, bytes]]] = field(default_factory=dict)
    """Path → what is to stand in the place of the bytes from one offset to another."""
    _searched: list[Change] = field(default_factory=list)

    @cached_property
    def noted(self) -> dict[str, Any]:
        """Facts of the ledger that an edit may change, as they are now."""
        return {"feed": self.before.ledger.facts["feed"]}

    @cached_property
    def _renderer(self) -> Renderer:
        return site_renderer()

    def remake(self, key: Key) -> None:
        """Makes what shows a record; raises `NotKnown`."""
        old, new = self.before.edition.get(key), self.after.edition.get(key)
        if old is None or new is None:
            return  # hidden before, and so after
        if old == new:
            return  # only what this audience does not see
        if has_page(self.before.edition, old) != has_page(self.after.edition, new):
            raise NotKnown(f"{key} gets a page, or loses it")
        self._own_files(new)
        self._downloads(old, new)
        self._dates(old, new)
        if old.summary != new.summary:
            self._lists(old, new)
        if (old.summary, old.updated) != (new.summary, new.updated):
            self._feed(new)
        documents = (
            record_document(stored.site, record)
            for stored, record in ((self.before, old), (self.after, new))
        )
        self._searched.append(Change(*documents))

    def remake_search(self) -> None:
        """Changes the index of search, when all records have been made; raises `NotKnown`."""
        totals = self.before.ledger.facts["search"]
        if not self._searched:
            return
        if totals is None:
            raise NotKnown("nothing is known of the search index")
        try:
            files, after = patch(
                Totals(**totals), lambda name: bytes(self.read(search_path(name))), self._searched
            )
        except CannotPatch as reason:
            raise NotKnown(f"the search index: {reason}") from None
        for name, content in files.items():
            self.put(search_path(name), content)
        self.noted["search"] = asdict(after)

    def changed(self) -> Iterator[tuple[str, list[Buffer]]]:
        """The files whose bytes are different now, piece by piece."""
        for path, content in self._made.items():
            if content != self._read[path]:
                yield path, [content]
        for path, splices in self._splices.items():
            if path not in self._made:  # else it has been made of all edits already
                yield path, _spliced(self._read[path], splices)

    def close(self) -> None:
        """Lets go of the files that stand."""
        for content in self._read.values():
            if isinstance(content, mmap):
                content.close()

    def read(self, path: str) -> Content:
        """A file of the site as it stands; raises `NotKnown` where it is gone."""
        if path not in self._read:
            try:
                with (self.site / path).open("rb") as file:
                    large = os.fstat(file.fileno()).st_size > LARGE
                    self._read[path] = (
                        mmap(file.fileno(), 0, access=ACCESS_READ) if large else file.read()
                    )
            except OSError:
                raise NotKnown(f"{path} is not there") from None
        return self._read[path]

    def put(self, path: str, content: bytes) -> None:
        """Notes what a file is to be."""
        self.read(path)
        self._made[path] = content

    def _splice(self, path: str, start: int, end: int, content: bytes) -> None:
        self._splices.setdefault(path, []).append((start, end, content))

    # --- files of one record --------------------------------------------------------------------

    def _own_files(self, record: Record) -> None:
        if has_page(self.after.edition, record):
            for planned in plan_record(self.after.site, record):
                artifact = make(planned, self._renderer, self._shells(planned.shell))
                self.put(artifact.path, artifact.content)

    def _shells(self, name: str) -> Mapping[str, PageTemplate]:
        return {name: PageTemplate(*self.before.ledger.shell(name))} if name else {}

    # --- files of many records ------------------------------------------------------------------

    def _downloads(self, old: Record, new: Record) -> None:
        json_file, csv_file = (data_path(f"{new.folder}.{form}") for form in ("json", "csv"))
        self._replace(json_file, json_line(self.before.site, old), json_line(self.after.site, new))
        self._replace(
            csv_file,
            csv_rows(self.before.site, old.kind, [old]),
            csv_rows(self.after.site, new.kind, [new]),
        )

    def _replace(self, path: str, old: str, new: str) -> None:
        if old == new:
            return
        before = old.encode()
        start = self.read(path).find(before)
        if start < 0:
            raise NotKnown(f"{path} does not say what it should")
        self._splice(path, start, start + len(before), new.encode())

    def _lists(self, old: Record, new: Record) -> None:
        """The lines that show the summary in lists."""
        address = record_path(new.folder, new.id)
        for page, size in self.before.ledger.pages_listing(Key(new.kind, new.id)):
            before = str(escape(self.before.site.plain(old.summary, size)))
            after = str(escape(self.after.site.plain(new.summary, size)))
            if before == after:
                continue
            found = list(_line(relative(address, page), before).finditer(self.read(page)))
            if not (found and before and after):
                raise NotKnown(f"{page} does not say what it should")
            for match in found:
                self._splice(page, *match.span(1), after.encode())

    def _dates(self, old: Record, new: Record) -> None:
        """The date in the site map."""
        if old.updated == new.updated:
            return
        newest = self.before.site.newest
        if not (old.updated and new.updated and newest and old.updated < newest >= new.updated):
            raise NotKnown("the date of the whole site changes")
        url = absolute(self.after.settings.site_url, record_path(new.folder, new.id))
        lines = [f"<loc>{escape(url)}</loc>\n    <lastmod>{r.updated}<" for r in (old, new)]
        maps = [file.name for file in self.site.glob("sitemap*.xml")]
        for path in maps:
            if self.read(path).find(lines[0].encode()) >= 0:
                self._replace(path, *lines)
                return
        if maps and has_page(self.after.edition, new):
            raise NotKnown("the site map does not say what it should")

    def _feed(self, record: Record) -> None:
        shown = [Key(kind, id) for kind, id in self.noted["feed"]]
        edition, key = self.after.edition, key_of(record)
        if not record.updated or not has_page(edition, record):
            return
        others = [edition.records[kind][id] for kind, id in shown if (kind, id) != key]
        found = newest_first([*others, record])
        if key in shown and len(shown) == FEED_LIMIT and found[-1] is record:
            raise NotKnown("a record that is not known may come into the feed")
        self.noted["feed"] = [key_of(other) for other in found]
        if (self.site / FEED).is_file():
            self.put(FEED, feed_bytes(self.after.site, found))


def _line(href: str, text: str) -> re.Pattern[bytes]:
    """A link, and in the same item of a list the paragraph with a text, which is the group."""
    link, said = re.escape(f'href="{href}"'), re.escape(text)
    return re.compile(
        rf'{link}(?:(?!<li).)*?<p(?: class="cb-entries__text")?>({said})</p>'.encode(), re.DOTALL
    )


def _spliced(content: Content, splices: list[tuple[int, int, bytes]]) -> list[Buffer]:
    """The pieces of a file after all replacements; raises `NotKnown` where they overlap."""
    pieces: list[Buffer] = []
    done, whole = 0, memoryview(content)
    for start, end, new in sorted(splices):
        if start < done:
            raise NotKnown("two edits of one place")
        pieces += [whole[done:start], new]
        done = end
    return [*pieces, whole[done:]]
