"""Documents made into files, in many processes, and kept so that only what changed is made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from casebook_site.base.faults import boundary, reported, write_report
from casebook_site.base.files import write_atomically
from casebook_site.base.inputs import program_digest
from casebook_site.base.parallel import map_batches
from casebook_site.base.problems import ContentError, Location, Problem, SettingsError
from casebook_site.model.catalog import Key
from casebook_site.model.urls import pack_path
from casebook_site.outputs.packs.builder import PackBuilder, numbered
from casebook_site.outputs.packs.composing import printed
from casebook_site.outputs.packs.document import PackDocument
from casebook_site.outputs.packs.epub import epub
from casebook_site.outputs.packs.scopes import PackScope
from casebook_site.outputs.packs.typst import (
    TypstRenderer,
    UnreadablePicture,
    as_data,
    has_worked_here,
    typst_templates,
    workplace,
)
from casebook_site.outputs.packs.word import WordRenderer
from casebook_site.records.vocabularies import CATEGORIES

FORMATS = ("pdf", "docx")
"""Those that stand beside the pages of a site."""

ASKED_FORMATS = (*FORMATS, "epub")
"""Those that can be asked for."""

BATCH = 8
"""Packs that a process makes before it asks for more."""


class PackRenderers:
    """What turns documents into bytes, opened when it is first needed."""

    def __init__(self, builder: PackBuilder, folder: Path) -> None:
        self.builder = builder
        self._folder = folder

    @cached_property
    def press(self) -> TypstRenderer:
        """Typst."""
        categories = self.builder.lookups.edition.schema.vocabulary(CATEGORIES)
        return TypstRenderer(self.builder.faces, self._folder, categories)

    @cached_property
    def word(self) -> WordRenderer:
        """Word."""
        return WordRenderer(word_template(self.builder), self.press)

    def render(self, document: PackDocument, format: str) -> bytes:
        """Return the bytes of a file.

        Raises `ContentError` for a picture that cannot be read, `SettingsError` for a template
        that is wrong.
        """
        try:
            if format == "epub":
                self.press.check_pictures(document)
                return epub(document)
            return self.press.pdf(document) if format == "pdf" else self.word.docx(document)
        except UnreadablePicture as error:
            raise ContentError(
                list(_picture_problems(error.name, document, self.builder))
            ) from None


def word_template(builder: PackBuilder) -> Path:
    """Return the office's own template, or ours; raises `SettingsError` when it is not there."""
    settings = builder.lookups.settings
    own = settings.options.packs.word_template
    if not own:
        return typst_templates() / "pack.docx"
    file = settings.root / own
    if not file.is_file():
        raise SettingsError(f"找不到 Word 模板 {own}（mkdocs.yml 里的 packs.word_template）。")
    return file


def _picture_problems(name: str, document: PackDocument, builder: PackBuilder) -> Iterable[Problem]:
    """Return the photos whose bytes are the picture that could not be read."""
    wanted = document.files[name]
    media = builder.lookups.settings.media_dir
    for key in document.records:
        record = builder.catalog.get(key)
        for index, medium in enumerate(record.media if record else ()):
            if printed(media / medium.file) == wanted:
                yield Problem(
                    builder.catalog.origins[key].locate(("media", index, "file")),
                    "CB802",
                    f"图片 media/{medium.file} 打不开，印不出来。",
                    "用看图软件打开，另存为 jpg 或 png。",
                )


# --- packs written where they are wanted ----------------------------------------------------------


def write_packs(
    builder: PackBuilder,
    scopes: Sequence[PackScope],
    formats: Sequence[str],
    out: Path,
    copies: int = 0,
) -> list[Path]:
    """Write packs into a folder; each file is there as a whole or not at all.

    Raises `ContentError` with every problem before anything is written.
    """
    settings = builder.lookups.settings
    documents = [_document(builder, scope) for scope in scopes]
    found = (
        problem
        for scope, document in zip(scopes, documents, strict=True)
        for problem in builder.problems(scope, document)
    )
    if problems := sorted(set(found)):
        raise ContentError(problems)
    written = []
    with workplace() as folder:
        makers = PackRenderers(builder, folder)
        for copy in (copy for document in documents for copy in numbered(document, copies)):
            for format in formats:
                with reported(settings.cache_dir), boundary(partial(Location, copy.name)):
                    content = makers.render(copy, format)
                written.append(out / f"{copy.name}.{format}")
                write_atomically(written[-1], content)
    return written


def _document(builder: PackBuilder, scope: PackScope) -> PackDocument:
    with (
        reported(builder.lookups.settings.cache_dir),
        boundary(partial(_place_of, scope, builder)),
    ):
        return builder.document(scope)


# --- all packs of a site --------------------------------------------------------------------------


@dataclass(frozen=True)
class MadePack:
    """A finished file in the store."""

    scope: PackScope
    record: Key
    folder: str
    """The folder of the record's page."""
    format: str
    file: Path
    """Named by a digest of all that it is made of."""

    @property
    def path(self) -> str:
        """Where it stands on a website: beside the page of its record."""
        return pack_path(self.folder, self.scope.id, self.format, self.scope.paper)


def packs_by_record(packs: Iterable[MadePack]) -> dict[Key, tuple[tuple[str, str], ...]]:
    """Record → (paper, format) of each of its packs, for the links on its page."""
    found: dict[Key, tuple[tuple[str, str], ...]] = {}
    for pack in packs:
        made = (pack.scope.paper, pack.format)
        found[pack.record] = (*found.get(pack.record, ()), made)
    return found


def make_all(
    builder: PackBuilder, scopes: Iterable[PackScope], store: Path, *, workers: int
) -> list[MadePack]:
    """Every pack in every format, from the store where nothing has changed.

    Raises `ContentError` with the problems of all packs.
    """
    store.mkdir(parents=True, exist_ok=True)
    made: list[MadePack] = []
    problems: set[Problem] = set()
    with workplace() as folder:
        for packs, faults in map_batches(
            _make_batch,
            scopes,
            size=BATCH,
            workers=1 if has_worked_here() else workers,
            initializer=_prepare,
            initargs=(builder, folder, store),
        ):
            made += packs
            problems |= set(faults)
    if problems:
        write_report(builder.lookups.settings.cache_dir, problems)
        raise ContentError(sorted(problems))
    return made


def clear_store(store: Path, packs: Iterable[MadePack]) -> None:
    """Take out of the store what none of these packs is."""
    needed = {pack.file.name for pack in packs}
    for file in store.iterdir():
        if file.name not in needed and file.is_file():
            file.unlink()


_bench: tuple[PackRenderers, Path]


def _prepare(builder: PackBuilder, folder: Path, store: Path) -> None:
    """Set up a worker process; what is passed is inherited, not sent."""
    global _bench
    _bench = (PackRenderers(builder, folder), store)


def _make_batch(scopes: list[PackScope]) -> tuple[list[MadePack], list[Problem]]:
    makers, store = _bench
    made: list[MadePack] = []
    problems: list[Problem] = []
    for scope in scopes:
        try:
            with boundary(partial(_place_of, scope, makers.builder)):
                made += _made(makers, scope, store)
        except ContentError as error:
            problems += error.problems
    return made, problems


def _made(makers: PackRenderers, scope: PackScope, store: Path) -> list[MadePack]:
    """Return the files of a pack, none if there is nothing to print; raise `ContentError`."""
    document = makers.builder.document_or_none(scope)
    if document is None:
        return []
    if faults := list(makers.builder.problems(scope, document)):
        raise ContentError(faults)
    return [_stored(makers, scope, document, format, store) for format in FORMATS]


def _place_of(scope: PackScope, builder: PackBuilder) -> Location:
    """Return the file of the content of which a pack tells."""
    if listed := builder.listed(scope):
        return Location(listed.origin.path)
    return Location(builder.catalog.origins[scope.key(builder.catalog.schema)].path)


def _stored(
    makers: PackRenderers, scope: PackScope, document: PackDocument, format: str, store: Path
) -> MadePack:
    file = store / f"{digest_of(document, format, makers.builder)}.{format}"
    if not file.is_file():
        write_atomically(file, makers.render(document, format))
    schema = makers.builder.lookups.edition.schema
    key = scope.key(schema)
    return MadePack(scope, key, schema[key.kind].folder, format, file)


def digest_of(document: PackDocument, format: str, builder: PackBuilder) -> str:
    """Return a digest of all that a file is made of."""
    data = json.dumps(as_data(document), ensure_ascii=False, sort_keys=True)
    template = word_template(builder).read_bytes() if format == "docx" else b""
    parts = (data.encode(), builder.faces.digest.encode(), program_digest().encode(), template)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
