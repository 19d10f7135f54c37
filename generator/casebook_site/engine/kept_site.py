"""A site that stands in a folder, kept up with its content: what each of its files was made from.

After a change only those files are made that a fact they were made from (`reads.py`) or their plan
tells to; the folder is then what a build from nothing would give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from casebook_site.base import pinyin
from casebook_site.base.files import CollisionError, InPlaceWriter
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.templates import Renderer
from casebook_site.engine.executors import BatchResult
from casebook_site.engine.pipeline import WrittenSite
from casebook_site.model.catalog import Key
from casebook_site.model.editions import has_page
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.facts import ChangedFacts
from casebook_site.outputs.site.files import (
    OutputFile,
    Rendering,
    plan_record,
    plan_records,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import (
    plan_captured,
    plan_index,
    plan_lists,
    site_templates,
)
from casebook_site.outputs.site.reads import Fact, RecordedSite
from casebook_site.outputs.site.search import searched_pages
from casebook_site.reading.releases import Releases
from casebook_site.reading.reviews import WrittenReview


class Readers:
    """Fact → the files that were made from it."""

    def __init__(self) -> None:
        self._files: defaultdict[str, dict[Fact, list[str]]] = defaultdict(dict)
        """Name of a fact → fact → files."""
        self._again: dict[str, set[Fact]] = {}
        """What is entered for files that were made more than once."""

    def enter(self, result: BatchResult) -> None:
        """Enter the files of a batch, none of which has been entered before."""
        for path, facts in result.reads:
            self._enter(path, facts)

    def enter_again(self, path: str, facts: set[Fact]) -> None:
        """Enter a file that has been made again."""
        known = self._again.setdefault(path, set())
        self._enter(path, facts - known)
        known |= facts

    def _enter(self, path: str, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self._files[fact[0]].setdefault(fact, []).append(path)

    def of(self, changes: ChangedFacts) -> set[str]:
        """Return the files that were made from a fact that has another value now."""
        return {
            path
            for name, known in self._files.items()
            for fact in changes.among(name, known.keys())
            for path in known[fact]
        }


class KeptSite:
    """The files of a site as they stand in its folder."""

    def __init__(
        self, site: SiteModel, capture: ThemeCapture, written: WrittenSite, readers: Readers
    ) -> None:
        """`written`: what has been written of the site; `readers`: from what."""
        self.site = site
        self._capture = capture
        self._rendering = Rendering(Renderer(), site_templates(site, capture))
        self._readers = readers
        self._lists = {file.path: file.made_of for file in written.lists}
        self._searched = set(written.searched)
        self._makers = {file.path.lower(): file.maker for file in written.lists}
        self._makers |= {file.path.lower(): file.maker for file in plan_records(site)}

    def can_follow(self, site: SiteModel, capture: ThemeCapture) -> bool:
        """Return whether the site may differ in its records only; else all files are made anew."""
        mine = self.site
        return (
            capture is self._capture
            and site.newest == mine.newest  # which stands on every page
            and _signed(site) == _signed(mine)
            and _released(site) == _released(mine)
            and site.hidden_sections == mine.hidden_sections  # and these in every menu
            and (site.settings, site.layouts, site.synonyms, site.packs, site.schema)
            == (mine.settings, mine.layouts, mine.synonyms, mine.packs, mine.schema)
        )

    @no_garbage_collection()
    def follow(self, site: SiteModel, writer: InPlaceWriter) -> int:
        """Write and remove what differs in a changed site, but search; return how many files."""
        recorded = RecordedSite.over(site)
        changes = ChangedFacts(self.site, site)
        stale = self._readers.of(changes)
        own, gone = self._own_files(recorded, changes)
        lists = self._planned(recorded)
        gone |= self._lists.keys() - lists.keys()
        again = [
            file
            for path, file in lists.items()
            if path in stale or path not in self._lists or self._lists[path] != file.made_of
        ]
        files = {file.path: file for file in (*own, *self._others(recorded, stale), *again)}
        self._claim(files.values(), gone)
        for file in files.values():
            recorded.reads.take()
            writer.write(file.render(self._rendering))
            self._readers.enter_again(file.path, recorded.reads.take())
        remove(writer.root, gone - files.keys())
        self.site = site
        self._lists = {path: file.made_of for path, file in lists.items()}
        return len(files) + len(gone)

    def follow_search(self, writer: InPlaceWriter) -> None:
        """Write and remove what differs in the index of search."""
        pages = searched_pages(self._capture.pages, self.site.edition)
        files = plan_index(self.site, pages)
        for file in files:
            writer.write(file.render(self._rendering))
        found = {file.path for file in files}
        remove(writer.root, self._searched - found)
        self._searched = found
        pinyin.keep(self.site.settings.pinyin_file)

    def _own_files(
        self, site: RecordedSite, changes: ChangedFacts
    ) -> tuple[list[OutputFile], set[str]]:
        """Return the files of changed records that must be made, and those that are gone."""
        made: list[OutputFile] = []
        gone: set[str] = set()
        for key in sorted(changes.touched):
            before = {file.path for file in _files_of(self.site, key)}
            after = [*_files_of(site, key)]
            made += [file for file in after if key in changes.keys or file.path not in before]
            gone |= before - {file.path for file in after}
        return made, gone

    def _others(self, site: RecordedSite, stale: set[str]) -> Iterator[OutputFile]:
        """Yield the stale files of records that did not change themselves."""
        for path in sorted(stale - self._lists.keys()):
            folder, _, name = path.rpartition("/")
            kind = site.schema.by_folder.get(folder)
            if kind:
                key = Key(kind.name, name.rpartition(".")[0])
                yield from (file for file in _files_of(site, key) if file.path == path)

    def _planned(self, site: RecordedSite) -> dict[str, OutputFile]:
        pages = [page.path for page in self._capture.pages]
        files = [*plan_captured(site, self._capture), *plan_lists(site, pages)]
        return {file.path: file for file in files}

    def _claim(self, files: Iterable[OutputFile], gone: set[str]) -> None:
        """Enter the paths of files; raise `CollisionError` where another has one, entering none."""
        left = {path.lower() for path in gone}
        makers: dict[str, str] = {}
        for file in files:
            folded = file.path.lower()
            first = makers.get(folded) or ("" if folded in left else self._makers.get(folded, ""))
            if first and first != file.maker:
                raise CollisionError(file.path, first, file.maker)
            makers[folded] = file.maker
        for folded in left - makers.keys():
            self._makers.pop(folded, None)
        self._makers |= makers


def _signed(site: SiteModel) -> Mapping[Key, WrittenReview]:
    """Return what has been signed; a page shows it, though its record is the same."""
    return site.reviews.written if site.reviews else {}


def _released(site: SiteModel) -> Releases:
    """Return the releases, which pages name."""
    return site.releases.releases if site.releases else {}


def _files_of(site: SiteModel, key: Key) -> Iterator[OutputFile]:
    """Yield the files of a record; none where it has no page."""
    record = site.edition.get(key)
    if record is not None and has_page(site.edition, record):
        yield from plan_record(site, record)


def remove(root: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that this empties."""
    for path in paths:
        file = root / path
        file.unlink(missing_ok=True)
        for folder in file.relative_to(root).parents:
            if folder == Path():
                break
            with suppress(OSError):  # it is not empty
                (root / folder).rmdir()
