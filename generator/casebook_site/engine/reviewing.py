"""三审三校 of a site's folder: what waits, what has changed, and signatures written into files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Settings
from casebook_site.editing.files import FileChange
from casebook_site.editing.reviewing import Signature, dated, signed
from casebook_site.engine.loading import Loaded, review_book, write_changed
from casebook_site.model.catalog import Key
from casebook_site.model.review_book import ReviewBook
from casebook_site.model.reviewed import reviewed


def opened_book(settings: Settings, loaded: Loaded) -> ReviewBook:
    """Return the reviews of all records; raise `SettingsError` where the site reviews nothing."""
    book = review_book(settings, loaded)
    if book is None:
        raise SettingsError(
            "这个网站没有审校：在 mkdocs.yml 的 casebook 插件下写 review: {stages: [初审, 复审, 终审], "
            "proofs: 3}。"
        )
    return book


def sign(
    settings: Settings, loaded: Loaded, keys: Sequence[Key], signature: Signature
) -> list[FileChange]:
    """Sign or refuse records, as one change that can be taken back; return what was written.

    Raise `UserError` where one of them cannot be signed: then none is.
    """
    book = opened_book(settings, loaded)
    changes = signed(book, settings.reviews_dir, loaded.catalog.schema, keys, signature)
    _write(settings, loaded, changes, f"{signature.title}：{_named(book, keys)}")
    return changes


def set_days(
    settings: Settings, loaded: Loaded, key: Key, embargo: str | None, expires: str | None
) -> list[FileChange]:
    """Set from when, and up to when, the public sees a record; return what was written."""
    book = opened_book(settings, loaded)
    reviewed(book, key)
    change = dated(settings.reviews_dir, loaded.catalog.schema, key, embargo, expires)
    changes = [change] if change else []
    _write(settings, loaded, changes, f"公开的日期：{_named(book, [key])}")
    return changes


def _write(settings: Settings, loaded: Loaded, changes: Sequence[FileChange], title: str) -> None:
    if changes:
        write_changed(settings, changes, loaded, title)


def _named(book: ReviewBook, keys: Iterable[Key]) -> str:
    names = [record.name for key in keys if (record := book.texts.public.get(key))]
    return "、".join(names[:3]) + (f"等{len(names)}条" if len(names) > 3 else "")
