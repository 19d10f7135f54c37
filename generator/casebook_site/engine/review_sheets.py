"""Sheets of a batch of records for the paper file, written into a folder or sent to a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from casebook_site.base.faults import boundary, reported
from casebook_site.base.files import write_atomically
from casebook_site.base.problems import ContentError, Location
from casebook_site.base.settings import Settings
from casebook_site.base.today import today
from casebook_site.engine.builders import pack_builder
from casebook_site.engine.loading import Loaded
from casebook_site.engine.reviewing import opened_book
from casebook_site.model.catalog import Key
from casebook_site.model.reviewed import reviewed
from casebook_site.outputs.packs.glyphs import check_glyphs
from casebook_site.outputs.packs.making import PackRenderers
from casebook_site.outputs.packs.review_sheet import review_sheet
from casebook_site.outputs.packs.typst import workplace
from casebook_site.schema.dates import PartialDate


def sheet_files(
    settings: Settings, loaded: Loaded, keys: Sequence[Key], step: str, formats: Sequence[str]
) -> Mapping[str, bytes]:
    """Return name of a file → its bytes, for each format of the sheet of a batch.

    `step`: the one that is to be signed on it; empty for all that some record lacks.

    Raise `ContentError` for content that has problems, `UserError` for an unknown record or step.
    """
    book = opened_book(settings, loaded)
    internal = settings.options.model_copy(update={"audience": "internal"})
    builder = pack_builder(loaded, settings.model_copy(update={"options": internal}))
    found = [reviewed(book, key, step) if step else reviewed(book, key) for key in keys]
    lacking = {title for one in found for title in one.state.lacking}
    steps = [step] if step else [title for title in book.options.steps if title in lacking]
    document = review_sheet(found, steps, settings, PartialDate.parse(today()))
    faults = [
        *check_glyphs(document, builder.faces, builder.catalog, None, builder.lookups.edition)
    ]
    if faults:
        raise ContentError(faults)
    with workplace() as folder:
        makers = PackRenderers(builder, folder)
        files = {}
        for format in formats:
            name = f"{document.name}.{format}"
            with reported(settings.cache_dir), boundary(partial(Location, name)):
                files[name] = makers.render(document, format)
    return files


def write_sheets(
    settings: Settings,
    loaded: Loaded,
    keys: Sequence[Key],
    step: str,
    formats: Sequence[str],
    out: Path,
) -> list[Path]:
    """Write the sheet of a batch into a folder; return its files. Raises as `sheet_files`."""
    files = sheet_files(settings, loaded, keys, step, formats)
    for name, content in files.items():
        write_atomically(out / name, content)
    return [out / name for name in files]
