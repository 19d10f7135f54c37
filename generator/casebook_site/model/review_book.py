"""The review of every record that the public is meant to see, worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from casebook_site.base.audience import AUDIENCES
from casebook_site.base.settings import ReviewOptions
from casebook_site.domain.reviewing import ReviewState, state_of
from casebook_site.model.catalog import Catalog, Key
from casebook_site.model.editions import select
from casebook_site.model.signed_texts import SignedTexts
from casebook_site.reading.reviews import WrittenReview
from casebook_site.schema.dates import PartialDate


class ReviewBook(Mapping[Key, ReviewState]):
    """Key → how far its review is, in the catalog's order."""

    def __init__(
        self,
        catalog: Catalog,
        media_dir: Path,
        written: Mapping[Key, WrittenReview],
        options: ReviewOptions,
    ) -> None:
        self.options = options
        self.written = written
        self._catalog = catalog
        self._media_dir = media_dir
        self._states: dict[Key, ReviewState] = {}

    @cached_property
    def texts(self) -> SignedTexts:
        """What is signed of each record."""
        whole = replace(self._catalog, withheld=frozenset())
        return SignedTexts(select(whole, AUDIENCES[0]), self._media_dir)

    def __getitem__(self, key: Key) -> ReviewState:
        if key not in self._states:
            content = self.texts.of(key)
            if content is None:
                raise KeyError(key)
            written = self.written.get(key)
            review = written.review if written else None
            self._states[key] = state_of(review, content.digest, self.options)
        return self._states[key]

    def __iter__(self) -> Iterator[Key]:
        public = self.texts.public
        return (Key(kind, id) for kind, by_id in public.records.items() for id in by_id)

    def __len__(self) -> int:
        return len(self.texts.public)

    def withheld(self, today: PartialDate) -> frozenset[Key]:
        """Return the records that the public may not see on a day."""
        leaves_out = self.options.unsigned == "leave_out"
        return frozenset(
            key
            for key, state in self.items()
            if not state.is_due(today) or (leaves_out and not state.is_signed)
        )
