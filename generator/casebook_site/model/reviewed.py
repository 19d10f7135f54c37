"""A record with how far its review is, and what has changed in it since somebody signed."""

from __future__ import annotations

from dataclasses import dataclass

from casebook_site.base.problems import UserError, did_you_mean
from casebook_site.domain.reviewing import ReviewState
from casebook_site.domain.text_changes import TextChange, changed_fields, text_changes
from casebook_site.model.catalog import Key
from casebook_site.model.review_book import ReviewBook
from casebook_site.records import Record
from casebook_site.records.reviews import SignOff


@dataclass(frozen=True)
class ReviewedRecord:
    """A record with how far its review is, and what has changed since somebody signed."""

    record: Record
    state: ReviewState
    text: str
    """What would be signed now."""
    since: SignOff | None
    """The sign-off from which changes are counted; None where nothing was signed."""
    before: str
    """The text that was signed then."""

    @property
    def key(self) -> Key:
        """The record's key."""
        return Key(self.record.kind, self.record.id)

    @property
    def changes(self) -> tuple[TextChange, ...]:
        """The changes since then; all lines are new where nothing was signed."""
        return text_changes(self.before, self.text)

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """The titles of the fields that changed since then."""
        return changed_fields(self.before, self.text) if self.since else ()

    @property
    def progress(self) -> str:
        """Return the one thing to know: why it was refused, what changed, or what is lacking."""
        refused = next((step for step in self.state.steps if step.state == "refused"), None)
        if refused:
            return refused.chinese
        lacking = self.state.lacking
        return self.told or (f"缺{'、'.join(lacking)}" if lacking else "")

    @property
    def told(self) -> str:
        """Return since when it is not as it was signed: `2026年12月1日签初审以后改过：简介`; empty if it is."""
        if self.since is None or self.since.digest == self.state.digest:
            return ""
        names = "、".join(self.changed_fields) or "原稿没有留下，说不出改了哪里"
        return f"{self.since.date.chinese}签{self.since.step}以后改过：{names}"


def reviewed(book: ReviewBook, key: Key, step: str = "") -> ReviewedRecord:
    """Return a record with what changed since it was signed last, or since a step of it was.

    Raise `UserError` for a record that the public is not meant to see, and for an unknown step.
    """
    state, content, record = book.get(key), book.texts.of(key), book.texts.public.get(key)
    if state is None or content is None or record is None:
        known = [str(one) for one in book if one.kind == key.kind]
        raise UserError(
            f"没有要公开的记录“{key}”：编号不对，或者只给内部看，不用签。{did_you_mean(str(key), known)}"
        )
    if step and state.step(step) is None:
        raise UserError(f"没有“{step}”。{did_you_mean(step, book.options.steps)}")
    found = state.step(step) if step else None
    since = found.last if found else state.last_signed
    written = book.written.get(key)
    before = written.review.text_of(since.digest) if since and written else None
    return ReviewedRecord(record, state, content.text, since, before or "")


def waiting(book: ReviewBook, step: str = "") -> list[Key]:
    """Return the records of which something is not signed, or one step of them is not."""
    if step and step not in book.options.steps:
        raise UserError(f"没有“{step}”。{did_you_mean(step, book.options.steps)}")
    return [
        key
        for key, state in book.items()
        if (step in state.lacking if step else not state.is_signed)
    ]
