"""In which release of a site a record stands as it is now."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from casebook_site.base.audience import AUDIENCES
from casebook_site.model.catalog import Catalog, Key, key_of
from casebook_site.model.editions import select
from casebook_site.model.signed_texts import SignedTexts
from casebook_site.reading.releases import Releases
from casebook_site.records import Record


class ReleaseBook:
    """The releases of a site beside its records as they are, compared when a page asks."""

    def __init__(self, catalog: Catalog, media_dir: Path, releases: Releases) -> None:
        self.releases = releases
        self._catalog = catalog
        self._media_dir = media_dir

    @cached_property
    def _texts(self) -> SignedTexts:
        whole = replace(self._catalog, withheld=frozenset())
        return SignedTexts(select(whole, AUDIENCES[0]), self._media_dir)

    def told(self, record: Record) -> str:
        """Return `收入2027-01版`, or that a record was changed since; empty where it is in no release."""
        ids = (record.id, *record.former_ids)
        keys = [str(Key(record.kind, id)) for id in ids]
        content = self._texts.of(key_of(record))
        newest = ""
        for name, release in reversed([*self.releases.items()]):
            digest = next((release.records[key] for key in keys if key in release.records), "")
            if digest and content and digest == content.digest:
                return f"收入{name}版"
            newest = newest or (name if digest else "")
        return f"{newest}版以后改过" if newest else ""
