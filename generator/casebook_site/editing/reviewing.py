"""Signing and refusing: what is asked for becomes changes of the files in `content/reviews/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook_site.base.problems import UserError, did_you_mean
from casebook_site.base.settings import ReviewOptions
from casebook_site.domain.reviewing import before
from casebook_site.editing.files import FileChange, content_of
from casebook_site.editing.yaml_text import ABSENT, changed_text, new_text
from casebook_site.model.catalog import Key
from casebook_site.model.review_book import ReviewBook
from casebook_site.reading.parsing import parse
from casebook_site.reading.reviews import review_file
from casebook_site.records.reviews import RecordReview
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.kinds import Schema

ORDER = tuple(RecordReview.model_fields)


@dataclass(frozen=True)
class Signature:
    """What somebody signs, or refuses."""

    step: str
    post: str
    date: PartialDate
    note: str = ""
    refused: bool = False

    @property
    def title(self) -> str:
        """What is done, for the list of what can be taken back."""
        return f"{self.step}{'退回' if self.refused else '签审'}"


def signed(
    book: ReviewBook, folder: Path, schema: Schema, keys: Iterable[Key], signature: Signature
) -> list[FileChange]:
    """Return the changes that enter a signature under each record.

    Raise `UserError` for a step that the site has not, for a signature without post or note where
    they are needed, and for a record that cannot be signed now.
    """
    _refuse_incomplete(book.options, signature)
    return [_signed(book, folder, schema, key, signature) for key in dict.fromkeys(keys)]


def _refuse_incomplete(options: ReviewOptions, signature: Signature) -> None:
    if signature.step not in options.steps:
        known = "、".join(options.steps)
        hint = did_you_mean(signature.step, options.steps) or f"可写：{known}。"
        raise UserError(f"没有“{signature.step}”这一审、这一校。{hint}")
    if options.by_post and not signature.post.strip():
        raise UserError("没有写岗位：写哪个岗位签的，如 组织科，不写人名。")
    if signature.refused and not signature.note.strip():
        raise UserError("退回要写意见：为什么退回、要改什么。")


def _signed(
    book: ReviewBook, folder: Path, schema: Schema, key: Key, signature: Signature
) -> FileChange:
    _refuse_too_early(book, key, signature)
    content = book.texts.of(key)
    assert content is not None
    entry: dict[str, Any] = {"step": signature.step}
    if signature.post.strip():
        entry["post"] = signature.post.strip()
    entry |= {"date": signature.date.iso, "digest": content.digest}
    if signature.refused:
        entry["refused"] = True
    if signature.note.strip():
        entry["note"] = signature.note.strip()
    file = review_file(folder, key, schema)
    old, data = _written(file)
    signoffs = [*data.get("signoffs", ()), entry]
    needed = {one["step"]: one["digest"] for one in signoffs}.values()
    texts = [text for text in data.get("texts", ()) if text["digest"] in needed]
    if all(text["digest"] != content.digest for text in texts):
        texts.append({"digest": content.digest, "text": content.text})
    return _change(file, old, {"signoffs": signoffs, "texts": texts})


def _refuse_too_early(book: ReviewBook, key: Key, signature: Signature) -> None:
    """Raise `UserError` for a record that cannot be signed, or not before another step or by this post."""
    state = book.get(key)
    if state is None:
        raise UserError(f"没有要公开的记录“{key}”：编号不对，或者只给内部看，不用签。")
    if signature.refused:
        return
    first = state.step(before(signature.step, book.options))
    if first and first.state != "signed":
        raise UserError(f"“{key}”要先签{first.title}，再签{signature.step}。")
    if not book.options.by_post or signature.step not in book.options.stages:
        return
    for step in state.steps:
        others = step.title in book.options.stages and step.title != signature.step
        if others and step.state == "signed" and step.last and step.last.post == signature.post:
            raise UserError(
                f"“{signature.post}”已经签了“{key}”的{step.title}，{signature.step}要换一个岗位。"
            )


def dated(
    folder: Path, schema: Schema, key: Key, embargo: str | None, expires: str | None
) -> FileChange | None:
    """Return the change that sets the days of a record; None where they are what they were.

    An empty text takes a day away, None leaves it as it is. Raise `UserError` for what is no day.
    """
    file = review_file(folder, key, schema)
    old, data = _written(file)
    changes: dict[str, Any] = {}
    for name, value in (("embargo", embargo), ("expires", expires)):
        if value is None:
            continue
        if not value.strip():
            changes[name] = ABSENT
            continue
        try:
            changes[name] = PartialDate.parse(value.strip()).iso
        except ValueError as error:
            raise UserError(f"日期“{value}”不对：{error}。") from None
    left = {**data, **changes}
    if all(value is ABSENT for value in left.values()):
        return FileChange(file, old, None) if old is not None else None
    if {name: value for name, value in left.items() if value is not ABSENT} == data:
        return None
    return _change(file, old, changes)


def _written(file: Path) -> tuple[bytes | None, Mapping[str, Any]]:
    """Return the bytes of a review's file and what they say; nothing where there is none."""
    old = content_of(file)
    data = parse(old.decode("utf-8-sig")).data if old is not None else {}
    return old, data if isinstance(data, Mapping) else {}


def _change(file: Path, old: bytes | None, changes: Mapping[str, Any]) -> FileChange:
    if old is None:
        said = {name: changes[name] for name in ORDER if changes.get(name, ABSENT) is not ABSENT}
        return FileChange(file, None, new_text(said).encode())
    text = changed_text(old.decode("utf-8-sig"), None, changes, ORDER)
    return FileChange(file, old, text.encode())
