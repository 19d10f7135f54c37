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

from casebook_site.base.settings import Settings
from casebook_site.engine.incremental import ledger
from casebook_site.engine.incremental.inputs import Stamps, joined, packages, program, stamps_of
from casebook_site.engine.incremental.ledger import NotKnown, StoredRecord, stored_form
from casebook_site.engine.incremental.own_fields import OWN
from casebook_site.engine.incremental.stored import locator_list, noted, place_list
from casebook_site.model.catalog import Catalog, Key, key_of
from casebook_site.model.urls import record_path
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.feeds import feed_records
from casebook_site.outputs.site.mapping import locator
from casebook_site.outputs.site.model import Notes, SiteModel
from casebook_site.outputs.site.page_parts import PageScope

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
    """For `SiteModel.notes`."""

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

    def keep(self, site: SiteModel, catalog: Catalog, shells: Mapping[str, PageTemplate]) -> None:
        """Writes the ledger of a site that has been published."""
        settings, edition = site.settings, site.edition
        facts = {
            "order": dict(self.order),
            "packages": packages(),
            "stamps": joined(self.stamps),
            "folders": folders_of(settings.site_dir),
            "settings": settings.model_dump(mode="json"),
            "hidden": [key for key in map(key_of, catalog) if edition.get(key) is None],
            "places": [(id, *place) for id, place in site.neighbourhood.places.items()],
            "tags": site.tag_slugs,
            "newest": site.newest.iso if site.newest else "",
            "feed": [key_of(record) for record in feed_records(site)],
            "search": self.notes.totals and asdict(self.notes.totals),
        }
        rows = _records(site, catalog), _lists(site), _shells(shells)
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


def _records(site: SiteModel, catalog: Catalog) -> Iterator[StoredRecord]:
    around = _around(site)
    for kind, by_id in catalog.records.items():
        for id, record in by_id.items():
            key = Key(kind, id)
            origin = catalog.origins[key]
            links = site.edition.backlinks.get(key, ())
            yield StoredRecord(
                kind,
                id,
                origin.path,
                origin.index,
                stored_form(record),
                "\n".join([f"{link.source}\t{link.field}" for link in links]),
                *around.get(key, ("", "")),
            )


def _around(site: SiteModel) -> dict[Key, tuple[str, str]]:
    """The neighbours of records whose page could be made again."""
    found: dict[Key, tuple[str, str]] = {}
    for kind in OWN:
        records = site.edition.records[kind].values()
        for number, record in enumerate(records):
            if number == 0:
                page = PageScope(site, record_path(record.folder, record.id), {})
                view = site.schema[kind].page.view(record, page)
            if not view.neighbours:
                break
            before, after = site.around(record, view.neighbours_by)
            found[key_of(record)] = before.id if before else "", after.id if after else ""
    return found


def _lists(site: SiteModel) -> Iterator[tuple[str, str]]:
    for (kind, place), records in site.by_place.items():
        yield place_list(kind, place), " ".join(record.id for record in records)
    for kind in OWN:
        for record in site.edition.records[kind].values():
            locator(site, record, record_path(record.folder, record.id))
    for (county, town), drawn in site.locators.items():
        yield locator_list(county, town), noted(drawn)


def _shells(shells: Mapping[str, PageTemplate]) -> Iterator[tuple[str, str, str]]:
    for name, shell in shells.items():
        pieces = [piece.decode() for piece in shell.pieces]
        yield name, json.dumps(shell.slots), json.dumps(pieces, ensure_ascii=False)
