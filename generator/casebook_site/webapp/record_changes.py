"""Records get another id or are deleted, once what links to them has been seen."""

from __future__ import annotations

from dataclasses import dataclass

from casebook_site.base.problems import ContentError, Problem, UserError
from casebook_site.base.templates import Template
from casebook_site.editing.differences import title_of
from casebook_site.editing.files import FileChange
from casebook_site.editing.layout_files import layout_changes
from casebook_site.editing.record_files import file_changes, written_records
from casebook_site.editing.renaming import rename
from casebook_site.engine.loading import Loaded, write_changed
from casebook_site.engine.taking_back import take_back, what_to_take_back
from casebook_site.model.catalog import Catalog, Key
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.sessions import GoneError

SHOWN = 200
"""Links that a page lists."""


@dataclass(frozen=True)
class IncomingLink:
    """A record that links to another, and where."""

    kind: str
    id: str
    name: str
    kind_title: str
    field: str
    """`来源`, `自测题 1·答案`."""


@dataclass(frozen=True)
class ChangePage:
    """What a record is, what links to it, and why it was not changed."""

    base: str
    site_name: str
    kind: str
    kind_title: str
    id: str
    name: str
    links: tuple[IncomingLink, ...]
    more: int
    """Links that are not listed."""
    new_id: str = ""
    """The id that was typed."""
    refusal: str = ""
    problems: tuple[Problem, ...] = ()


CHANGE_PAGE = Template("edit/change.html", ChangePage)


class RecordChanges:
    """Renames and deletes records of a live site; what would break something is not done."""

    def __init__(self, site: LiveSite) -> None:
        """Keep the site."""
        self._site = site

    def page(
        self, base: str, key: Key, new_id: str = "", error: UserError | None = None
    ) -> ChangePage:
        """Return the page of a record; raise `GoneError` if there is none that can be read."""
        catalog = self._site.content.catalog
        record = catalog.get(key)
        if record is None:
            raise GoneError("这条记录读不出来，或已经不在了。先把文件改好，再改编号或删除。")
        links = [*_links_to(key, catalog)]
        problems = error.problems if isinstance(error, ContentError) else ()
        return ChangePage(
            base=base,
            site_name=self._site.settings.site_name,
            kind=key.kind,
            kind_title=catalog.schema[key.kind].title,
            id=key.id,
            name=record.name,
            links=tuple(links[:SHOWN]),
            more=max(0, len(links) - SHOWN),
            new_id=new_id,
            refusal=str(error) if error and not problems else "",
            problems=problems[:SHOWN],
        )

    def delete(self, key: Key) -> None:
        """Delete a record; raise `UserError` where it is gone, or something would break."""
        loaded = self._loaded()
        written = written_records(loaded.catalog)
        if key not in written:
            raise GoneError("这条记录已经不在了。")
        schema, settings = loaded.catalog.schema, self._site.settings
        title = f"删除{schema[key.kind].title}“{written[key].data.get('name', key.id)}”"
        changes = file_changes(written, {key: None}, settings, schema)
        changes += layout_changes(settings, loaded.catalog, {key: None})
        self._write(changes, loaded, title)

    def rename(self, key: Key, new_id: str) -> None:
        """Give a record another id; raise `UserError` for an id that cannot be."""
        loaded = self._loaded().sound()  # links in what cannot be read would not follow
        catalog, settings = loaded.catalog, self._site.settings
        changes = rename(settings, catalog, written_records(catalog), key, new_id)
        title = f"{catalog.schema[key.kind].title}“{key.id}”的编号改成“{new_id}”"
        self._write(changes, loaded, title)

    def undo(self) -> str:
        """Take the last change back; return what it was."""
        settings = self._site.settings
        change, changes = what_to_take_back(settings)
        take_back(settings, self._loaded(), change, changes)
        self._read(changes)
        return change.title

    def _loaded(self) -> Loaded:
        content = self._site.content
        content.link()
        content.check()
        assert content.loaded is not None
        return content.loaded

    def _write(self, changes: list[FileChange], loaded: Loaded, title: str) -> None:
        write_changed(self._site.settings, changes, loaded, title)
        self._read(changes)

    def _read(self, changes: list[FileChange]) -> None:
        content = self._site.content
        records = self._site.settings.records_dir
        content.read_again(
            str(change.path) for change in changes if change.path.is_relative_to(records)
        )
        content.link()
        content.check()


def _links_to(key: Key, catalog: Catalog) -> list[IncomingLink]:
    """Return every link to a record, in the order of the records that link."""
    return [
        IncomingLink(
            source.kind,
            source.id,
            catalog.records[source.kind][source.id].name,
            catalog.schema[source.kind].title,
            title_of(catalog.schema[source.kind].model, link.path),
        )
        for source, links in catalog.links.items()
        if source != key
        for link in links
        if link.target == key
    ]
