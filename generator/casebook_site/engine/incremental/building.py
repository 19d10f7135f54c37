"""A build after an edit: only what the edit changes, where the last build's ledger can tell what that is.

Everything else is left to a full build: new, renamed or deleted records, changed names, places,
dates and links, problems of the content, other templates, settings or programs.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook_site.base import pinyin
from casebook_site.base.artifacts import Publication
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.settings import Settings
from casebook_site.engine.incremental.inputs import changed, joined, packages, stamps_of
from casebook_site.engine.incremental.ledger import Ledger, NotKnown, opened, restored
from casebook_site.engine.incremental.own_fields import RULES_OF_OWN_FIELDS, is_own
from casebook_site.engine.incremental.recording import folder_stamp, ledger_path
from casebook_site.engine.incremental.remaking import Remaking
from casebook_site.engine.incremental.stored import Stored
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Key, key_of, links_of
from casebook_site.reading.records import read_again
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput

log = logging.getLogger("mkdocs.casebook")

MOST_FILES = 20
"""Changed files beyond which a full build is no slower."""


def build_again(order: Mapping[str, str]) -> Path | None:
    """Brings the site of the last build that was asked for in the same way up to date.

    Returns the site's folder; None where a full build is needed, which then finds everything as it
    was. Raises `SettingsError` while another build is at work.
    """
    with opened(ledger_path(order)) as ledger:
        if ledger is None:
            return None
        try:
            return Again(ledger, order).build()
        except NotKnown as reason:
            log.info("A full build: %s.", reason)
        except (sqlite3.Error, LookupError, ValueError) as error:
            log.info("A full build: the notes of the last one are damaged (%s).", error)
    return None


@dataclass
class Again:
    """One attempt."""

    ledger: Ledger
    order: Mapping[str, str]

    @cached_property
    def settings(self) -> Settings:
        """Those of the last build."""
        return Settings.model_validate(self.ledger.facts["settings"])

    @no_garbage_collection()
    def build(self) -> Path:
        """The folder of the site, which is up to date now; raises `NotKnown`."""
        facts, site = self.ledger.facts, self.settings.site_dir
        publication = Publication(site)
        publication.lock()
        try:
            stamps = self._stamps()
            if files := changed(facts["stamps"], stamps):
                edits = self._edits(files)
                remaking = self._remade(edits)
                publication.stage(remaking.changed())
                remaking.close()
                publication.move_in()
                folders = {name: folder_stamp(name) for name in facts["folders"]}
                noted = {**remaking.noted, "stamps": stamps, "folders": folders}
                self.ledger.update(edits.items(), noted)
        finally:
            publication.abandon()
        return site

    def _stamps(self) -> str:
        """What the site would be built from now, where site and program are as they were."""
        facts = self.ledger.facts
        order = facts["order"]
        if {**self.order, "inputs": order["inputs"]} != order or facts["packages"] != packages():
            raise NotKnown("another program or another order")
        if any(folder_stamp(folder) != stamp for folder, stamp in facts["folders"].items()):
            raise NotKnown("somebody else has changed the site")
        return joined(stamps_of(map(Path, order["inputs"].split("\n"))))

    def _remade(self, edits: Mapping[Key, Record]) -> Remaking:
        """What becomes different."""
        pinyin.recall(self.settings.pinyin_file)
        before = Stored(self.ledger, self.settings)
        after = Stored(self.ledger, self.settings, edits)
        self._check(after, edits)
        remaking = Remaking(self.settings.site_dir, before, after)
        for key in edits:
            remaking.remake(key)
        remaking.remake_search()
        return remaking

    def _edits(self, files: set[str]) -> dict[Key, Record]:
        """The records that differ from those of the last build, as they are now."""
        settings = self.settings
        if len(files) > MOST_FILES:
            raise NotKnown(f"{len(files)} files have changed")
        edits: dict[Key, Record] = {}
        for path in files:
            if not Path(path).is_relative_to(settings.records_dir):
                raise NotKnown(f"{path} has changed")
            found = read_again(path, settings.records_dir, settings.root, program_schema())
            known = self.ledger.records_in(Path(path).relative_to(settings.root).as_posix())
            keys = [key_of(entry.record) for entry in found.entries] if found else []
            if not found or found.problems or keys != [(row.kind, row.id) for row in known]:
                raise NotKnown(f"{path} has other records, or problems")
            for entry, row in zip(found.entries, known, strict=True):
                new, old = entry.record, restored(row)
                if new != old:
                    if not is_own(old, new) or _links(new) != _links(old):
                        raise NotKnown(f"{path} says what is shown elsewhere, or links elsewhere")
                    edits[key_of(new)] = new
        return edits

    def _check(self, after: Stored, edits: Mapping[Key, Record]) -> None:
        """Raises `NotKnown` where a rule finds something: the full build says what."""
        given = CheckInput(after.catalog, self.settings.media_dir)
        for rule in RULES_OF_OWN_FIELDS:
            for record in edits.values():
                if rule.applies_to(type(record)):
                    for problem in rule.check(record, given):
                        raise NotKnown(problem.message)


def _links(record: Record) -> list[tuple[Key, str]]:
    """What a record links to from which field, in any order."""
    return sorted((link.target, str(link.path[0])) for link in links_of(record))
