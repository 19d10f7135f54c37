"""What was saved: events of the file system, gathered until they pause."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from casebook_site.base.inputs import stamps_of
from casebook_site.base.settings import Settings

PAUSE = 0.03
"""Seconds without an event after which a burst is over: editors save in several steps."""

_QUIET = frozenset({"opened", "closed", "closed_no_write"})
"""Events of reading, and the end of a writing that `modified` has told already."""


@dataclass
class Changes:
    """What has to be read again."""

    records: set[str] = field(default_factory=set)
    """Paths of single files of records."""
    all_records: bool = False
    """Whether folders of records came or went."""
    others: bool = False
    """Whether media, layouts, lists of packs, reviews or releases changed."""
    pages: bool = False
    """Whether hand-written pages, templates or assets changed: MkDocs has to run."""
    configuration: bool = False
    """Whether `mkdocs.yml` or a vocabulary changed: everything may be different."""


class Watch(FileSystemEventHandler):
    """Watches all that a site is made of."""

    def __init__(self, settings: Settings, config_file: Path, templates: Path) -> None:
        self._events: queue.Queue[tuple[str, bool]] = queue.Queue()
        self._records = f"{settings.records_dir}/"
        folders = (
            settings.media_dir,
            settings.maps_dir,
            settings.search_dir,
            settings.packs_dir,
            settings.reviews_dir,
            settings.releases_dir,
        )
        self._others = (*(f"{folder}/" for folder in folders), str(settings.wording_file))
        self._pages = (f"{settings.docs_dir}/", f"{templates}/")
        self._vocabularies = f"{settings.vocabularies_dir}/"
        self._config_file = str(config_file.resolve())
        self._observer = Observer()
        self._paths = watched_paths(settings, config_file, templates)
        for folder in _outermost(path for path in self._paths if path != config_file):
            self._observer.schedule(self, str(folder), recursive=True)
        self._observer.schedule(self, str(config_file.resolve().parent))
        self._observer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take an event from the observer's thread."""
        touched = event.is_directory and event.event_type == "modified"  # its files tell the rest
        if event.event_type not in _QUIET and not touched:
            for path in filter(None, (event.src_path, event.dest_path)):
                self._events.put((str(path), event.is_directory))

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def missed(self, before: Mapping[str, str]) -> Changes:
        """Return what changed since files had the stamps `before`, when nobody watched."""
        now = stamps_of(self._paths)
        changes = Changes()
        for path in before.keys() | now.keys():
            if before.get(path) != now.get(path):
                self._note(changes, path, is_directory=False)
        return changes

    def wait(self, most: float | None = None) -> Changes:
        """Return what changed, as soon as something has and nothing more comes.

        `most`: seconds after which nothing is returned, if nothing has changed.
        """
        changes = Changes()
        timeout = most
        while True:
            try:
                self._note(changes, *self._events.get(timeout=timeout))
            except queue.Empty:
                if changes != Changes() or most is not None:
                    return changes
                timeout = None
            else:
                timeout = PAUSE

    def _note(self, changes: Changes, path: str, is_directory: bool) -> None:
        if path == self._config_file or f"{path}/".startswith(self._vocabularies):
            changes.configuration = True
        elif f"{path}/".startswith(self._records):
            if is_directory:
                changes.all_records = True
            else:
                changes.records.add(path)
        elif path.startswith(self._others):
            changes.others = True
        elif path.startswith(self._pages):
            changes.pages = True


def watched_paths(settings: Settings, config_file: Path, templates: Path) -> list[Path]:
    """Return the files and folders that a site is made of, but the program."""
    return [settings.content_dir, settings.docs_dir, templates, config_file]


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Return the folders that exist, without those that lie in another of them."""
    there = sorted({folder for folder in folders if folder.is_dir()})
    return [
        folder
        for folder in there
        if not any(folder != other and folder.is_relative_to(other) for other in there)
    ]
