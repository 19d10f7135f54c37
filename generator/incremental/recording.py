"""Notes in a ledger what a full build has made, and from what."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.catalog import Catalog, Key, key_of
from generator.incremental import ledger
from generator.incremental.inputs import Stamps, joined, packages, program, stamps_of
from generator.incremental.ledger import NotKnown, StoredRecord, stored_form
from generator.incremental.own_fields import OWN
from generator.incremental.stored import locator_list, noted, place_list
from generator.settings import Settings
from generator.shell import Shell
from generator.site.feeds import feed_records
from generator.site.kinds import VIEWS
from generator.site.kinds.parts import PageDesk
from generator.site.mapping import locator
from generator.site.pages import Desk, Notes
from generator.urls import record_path

PURE_PLUGINS = frozenset({"casebook", "search", "material/search"})
"""Plugins of MkDocs whose output depends on nothing but the files of the site."""

_OUTSIDE = re.compile(r"!ENV|!relative|^INHERIT|snippets|^hooks", re.MULTILINE)
"""What in mkdocs.yml leads to files or settings that are not looked at."""


@dataclass
class Recording:
    """The notes of one build: begun before anything is read, and kept when the site stands."""

    path: Path
    """Where the ledger goes."""
    order: Mapping[str, str]
    """What the command was asked for."""
    stamps: Stamps = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    """For `Desk.notes`."""

    @classmethod
    def of(cls, config: Any, settings: Settings, order: Mapping[str, str]) -> Recording | None:
        """The recording of a build; None where another build could not rely on it."""
        config_file, path = Path(config.config_file_path), ledger_path(order)
        other = set(config.plugins) - PURE_PLUGINS
        if other or config.hooks or _OUTSIDE.search(config_file.read_text("utf-8")):
            path.unlink(missing_ok=True)
            return None
        watched = [config_file, settings.content_dir, settings.docs_dir, *program()]
        if config.theme.custom_dir:
            watched.append(Path(config.theme.custom_dir))
        inputs = sorted({os.path.abspath(path) for path in watched})  # noqa: PTH100
        order = {**order, "inputs": "\n".join(inputs)}
        return cls(path, order, stamps_of(map(Path, inputs)))

    def keep(self, desk: Desk, catalog: Catalog, shells: Mapping[str, Shell]) -> None:
        """Writes the ledger of a site that has been published."""
        settings, edition = desk.settings, desk.edition
        facts = {
            "order": dict(self.order),
            "packages": packages(),
            "stamps": joined(self.stamps),
            "folders": folders_of(settings.site_dir),
            "settings": settings.model_dump(mode="json"),
            "hidden": [key for key in map(key_of, catalog) if edition.get(key) is None],
            "places": [(id, *place) for id, place in desk.neighbourhood.places.items()],
            "tags": desk.tag_slugs,
            "newest": desk.newest.iso if desk.newest else "",
            "feed": [key_of(record) for record in feed_records(desk)],
            "search": self.notes.totals and asdict(self.notes.totals),
        }
        rows = _records(desk, catalog), _lists(desk), _shells(shells)
        ledger.write(self.path, facts, self.notes.listings, *rows)
        _forget_what_is_gone(self.path.parent)


def _forget_what_is_gone(folder: Path) -> None:
    """Removes the ledgers of sites that are there no more, and those that cannot be read."""
    for path in folder.glob("*.sqlite"):
        try:
            with ledger.opened(path) as known:
                there = known and Path(known.facts["settings"]["site_dir"]).is_dir()
        except (NotKnown, sqlite3.Error, LookupError, ValueError):
            there = False
        if not there:
            path.unlink(missing_ok=True)


def ledger_path(order: Mapping[str, str]) -> Path:
    """Where the ledger of a command's site is kept: one for each way to ask for it."""
    asked = json.dumps(dict(order), sort_keys=True)
    name = blake2b(asked.encode(), digest_size=8).hexdigest()
    return Path(order["config"]).parent / ".casebook" / "built" / f"{name}.sqlite"


def folders_of(site: Path) -> dict[str, str]:
    """Every folder of a site with its age and number, by which a stranger's hand is noticed."""
    return {folder: folder_stamp(folder) for folder, _, _ in os.walk(site)}


def folder_stamp(folder: str) -> str:
    """The age and number of a folder; empty where it is gone."""
    try:
        found = os.stat(folder)  # noqa: PTH116
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_ino}"


# --- rows -----------------------------------------------------------------------------------------


def _records(desk: Desk, catalog: Catalog) -> Iterator[StoredRecord]:
    around = _around(desk)
    for kind, by_id in catalog.records.items():
        for id, record in by_id.items():
            key = Key(kind, id)
            origin = catalog.origins[key]
            links = desk.edition.backlinks.get(key, ())
            yield StoredRecord(
                kind,
                id,
                origin.path,
                origin.index,
                stored_form(record),
                "\n".join([f"{link.source}\t{link.field}" for link in links]),
                *around.get(key, ("", "")),
            )


def _around(desk: Desk) -> dict[Key, tuple[str, str]]:
    """The neighbours of records whose page could be made again."""
    found: dict[Key, tuple[str, str]] = {}
    for kind in OWN:
        records = desk.edition.records[kind].values()
        for number, record in enumerate(records):
            if number == 0:
                page = PageDesk(desk, record_path(kind, record.id), {})
                view = VIEWS[kind](record, page)
            if not view.neighbours:
                break
            before, after = desk.around(record, view.neighbours_by)
            found[key_of(record)] = before.id if before else "", after.id if after else ""
    return found


def _lists(desk: Desk) -> Iterator[tuple[str, str]]:
    for (kind, place), records in desk.by_place.items():
        yield place_list(kind, place), " ".join(record.id for record in records)
    for kind in OWN:
        for record in desk.edition.records[kind].values():
            locator(desk, record, record_path(kind, record.id))
    for (county, town), drawn in desk.locators.items():
        yield locator_list(county, town), noted(drawn)


def _shells(shells: Mapping[str, Shell]) -> Iterator[tuple[str, str, str]]:
    for name, shell in shells.items():
        pieces = [piece.decode() for piece in shell.pieces]
        yield name, json.dumps(shell.slots), json.dumps(pieces, ensure_ascii=False)
