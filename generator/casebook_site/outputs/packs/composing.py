"""A pack in the making: what its parts are written onto, and what they have cited so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from casebook_site.base.audience import is_internal
from casebook_site.domain import formatting
from casebook_site.domain.further import told
from casebook_site.media.errors import MediaError
from casebook_site.media.pictures import PRINTED, reduced
from casebook_site.media.publishing import published
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.addresses import code_svg
from casebook_site.outputs.packs.document import (
    Block,
    FactsBlock,
    Heading,
    Item,
    ItemList,
    Numbers,
    Paragraph,
    Picture,
    Run,
    Runs,
    Sources,
    picture_name,
    plain,
)
from casebook_site.outputs.packs.prose import Reader
from casebook_site.records import Record
from casebook_site.records.base import Contact, Question
from casebook_site.records.evidence import Source
from casebook_site.records.texts import Term
from casebook_site.schema.fields import audience_of, value_of
from casebook_site.schema.walking import text_paths

DEEPEST = 4
"""Levels of headings; what is deeper in a text is set on the last."""


@dataclass
class Composer:
    """Collects blocks; numbers headings and sources in the order of reading."""

    lookups: EditionIndex
    published: Mapping[tuple[str, str], str]
    """(kind, id) → address of the public page: what codes and links lead to."""
    map_font: str
    """Family in which drawings are lettered."""
    sheet: bool = False
    """Whether it is a single sheet: headings without numbers, and a drawing of the place."""
    blocks: list[Block] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    records: dict[Key, None] = field(default_factory=dict)
    questions: list[tuple[Record, tuple[Question, ...]]] = field(default_factory=list)
    """(record, its questions), in the order in which the records were told."""
    figures: dict[Key, None] = field(default_factory=dict)
    """Records whose figures the part of figures shows."""
    _counts: list[int] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        """What this reader may see."""
        return self.lookups.edition

    @property
    def internal(self) -> bool:
        """Whether insiders read it."""
        return is_internal(self.edition.audience)

    def add(self, *blocks: Block | None) -> None:
        """Append blocks, leaving out None."""
        self.blocks += [block for block in blocks if block is not None]

    # --- headings -----------------------------------------------------------------------------

    def heading(self, level: int, text: str, *, mark: str = "", breaks: bool = True) -> None:
        """Write a numbered heading, at most one level below the last one.

        One of level 1 begins a page of a book, unless it says that it does not (`breaks`).
        """
        level = min(level, len(self._counts) + 1, DEEPEST)
        counts = self._counts[:level] + [0] * (level - len(self._counts))
        counts[-1] += 1
        self._counts = counts
        number = formatting.heading_number(level, counts[-1]) if not self.sheet else ""
        self.add(Heading(level, number, text, mark, level <= 2, breaks and level == 1))

    def title(self, level: int, text: str) -> None:
        """Write a heading without a number."""
        level = min(level, len(self._counts) + 1, DEEPEST)
        self._counts = self._counts[:level] + [0] * (level - len(self._counts))
        self.add(Heading(level, "", text, listed=level == 1))

    @property
    def level(self) -> int:
        """Level of the last heading."""
        return len(self._counts)

    # --- text ---------------------------------------------------------------------------------

    def prose(self, text: str | None, *, internal: bool = False) -> None:
        """Markdown below the last heading."""
        if not text:
            return
        above = self.level
        reader = Reader(self._link, partial(self._subheading, above), internal)
        for block in reader.blocks(text):
            self.add(block)
        self._counts = self._counts[:above]

    def _subheading(self, above: int, below: int, text: str) -> Heading:
        level = min(above + below, self.level + 1, DEEPEST)
        self._counts = self._counts[:level] + [0] * (level - len(self._counts))
        return Heading(level, "", text, listed=False)

    def line(self, text: str | None) -> Runs:
        """Markdown as one line."""
        reader = Reader(self._link, lambda below, words: Paragraph(plain(words)))
        blocks = list(reader.blocks(text or ""))
        return tuple(run for block in blocks if isinstance(block, Paragraph) for run in block.runs)

    def _link(self, href: str, inner: Runs) -> Runs:
        if not href.startswith("record:"):
            known = href if href.startswith(("http://", "https://")) else ""
            return tuple(Run(run.text, run.style, known, run.cite) for run in inner)
        kind, _, id = href.removeprefix("record:").partition("/")
        target = self.edition.resolve(kind, id)
        if target is None:
            return inner
        if kind == Source.kind and not inner:
            return self.cite([id])
        if kind == Term.kind:
            self.terms.setdefault(id)
        if not inner:
            return (self.name(kind, id),)
        address = self.published.get((kind, id), "")
        return tuple(Run(run.text, run.style, run.href or address, run.cite) for run in inner)

    def name(self, kind: str, id: str | None) -> Run:
        """Return a record's name, leading to its public page; empty where it must not be known."""
        target = self.edition.resolve(kind, id) if id else None
        return Run(target.name, "", self.published.get((kind, id or ""), "")) if target else Run("")

    def names(self, kind: str, ids: Iterable[str]) -> Runs:
        """Names with 、 between them."""
        found = [run for id in ids if (run := self.name(kind, id)).text]
        return tuple(piece for run in found for piece in (Run("、"), run))[1:]

    def cite(self, ids: Iterable[str]) -> Runs:
        """Return the citation mark of sources, and put them on the list."""
        known = self.edition.of(Source)
        return tuple(
            Run("", cite=self.sources.setdefault(id, len(self.sources) + 1))
            for id in ids
            if id in known
        )

    def paragraph(self, text: str | None, role: Any = "body", *, internal: bool = False) -> None:
        """Write a paragraph of plain text, if there is any."""
        if text:
            self.add(Paragraph(plain(text), role, internal))

    def lines(self, texts: Iterable[str], *, internal: bool = False) -> None:
        """Write a list of plain texts, if there are any."""
        items = tuple(Item("•", plain(text)) for text in texts)
        if items:
            self.add(ItemList(items, internal))

    # --- records ------------------------------------------------------------------------------

    def tell(self, record: Record) -> None:
        """Says that a record is told: its sources are listed, its figures may be asked for."""
        self.records.setdefault(key_of(record))
        self.cite(record.sources)

    def lead(self, record: Record) -> None:
        """Write a record's summary, and what it is in plain words."""
        if record.summary:
            self.add(Paragraph(self.line(record.summary), "lead"))
        if record.plain:
            title = str(type(record).model_fields["plain"].title)
            self.add(Paragraph((Run(f"{title}：", "strong"), Run(record.plain))))

    def internal_notes(self, record: Record) -> None:
        """Write a record's internal fields, each under its own label."""
        if not self.internal:
            return
        for name, label in _internal_texts(type(record)):
            if text := value_of(record, name):
                self.add(Paragraph(plain(label), "label", internal=True))
                self.prose(text, internal=True)
        self.contact(value_of(record, "contact"))

    def contact(self, contact: Contact | None) -> None:
        """Whom to call."""
        if contact is None or not self.internal:
            return
        rows = [
            (info.title or name, plain(value))
            for name, info in type(contact).model_fields.items()
            if (value := value_of(contact, name))
        ]
        if rows:
            self.add(Paragraph(plain("联系方式"), "label", internal=True))
            self.add(FactsBlock(tuple(rows), internal=True))

    def further(self, record: Record) -> None:
        """Write what the fields say that the site has added to a kind."""
        rows = []
        for one in told(record):
            if one.prose:
                self.add(Paragraph(plain(one.title), "label", internal=one.is_internal))
                self.prose(one.prose, internal=one.is_internal)
            elif one.links_to:
                rows.append((one.title, self.names(one.links_to, one.values)))
            else:
                rows.append((one.title, plain("、".join(one.values))))
        if shown := tuple(row for row in rows if row[1]):
            self.add(FactsBlock(shown))

    def doubts(self, record: Record) -> None:
        """Write what the sources of a record disagree on."""
        for doubt in record.doubts:
            said = (Run("存疑：", "strong"), Run(doubt.text), *self.cite(doubt.sources))
            self.add(Paragraph(said, "note"))

    def open_questions(self, record: Record) -> None:
        """Write what an organiser has to find out before going there."""
        if self.internal and record.missing:
            text = "；".join(text.rstrip("。；") for text in record.missing)
            self.add(Paragraph((Run("用前请问清：", "strong"), Run(f"{text}。")), "note", True))

    def photos(self, record: Record) -> None:
        """Write the record's pictures; other files are not printed."""
        for medium in record.media:
            suffix = f".{medium.file.rpartition('.')[2].lower()}"
            if suffix in (".jpg", ".jpeg", ".png", ".webp", ".svg"):
                content = printed(self.lookups.settings.media_dir / medium.file)
                caption = f"{medium.title}　{medium.credit}"
                self.add(self.picture(content, suffix, medium.title, caption, 78))

    def picture(
        self, content: bytes, suffix: str, alt: str, caption: str = "", width: int = 100
    ) -> Picture:
        """Return a picture of the pack; the same bytes are kept once."""
        name = picture_name(content, suffix)
        self.files[name] = content
        return Picture(name, alt, caption, width)

    def facts(self, record: Record, *rows: tuple[str, Runs] | None) -> None:
        """Labelled facts of a record, with the code of its public page."""
        told = tuple(row for row in rows if row and row[1])
        path = self.published.get(key_of(record), "")
        code = self._code(path, record.name) if path else None
        if told or code:
            self.add(FactsBlock(told, code, path))

    def _code(self, address: str, name: str) -> Picture:
        return self.picture(code_svg(address), ".svg", f"二维码：{name}的网页")

    def around(self, record: Record) -> str:
        """Where a record lies: `禹城市 莒镇`."""
        return self.lookups.place_of(record)

    def ask(self, record: Record, questions: tuple[Question, ...]) -> None:
        """Keep questions for the self-test at the end."""
        if questions:
            self.questions.append((record, questions))

    # --- the end of a pack --------------------------------------------------------------------

    def source_list(self) -> Sources | None:
        """Every source cited so far, in the order of citation."""
        known = self.edition.of(Source)
        items = tuple(
            (
                number,
                self.lookups.citations[id].removesuffix(f" {known[id].url}."),
                known[id].url or "",
            )
            for id, number in self.sources.items()
        )
        return Sources(items) if items else None

    def used_terms(self) -> list[Term]:
        """Return the terms that were linked to, by pinyin."""
        known = self.edition.of(Term)
        return formatting.by_pinyin(
            (known[id] for id in self.terms if id in known), lambda term: term.name
        )

    def show_numbers(self, numbers: Numbers) -> None:
        """Figures that stand out, if there are any."""
        if numbers.items:
            self.add(numbers)


@cache
def _internal_texts(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return (name, title) of the internal fields of a kind that hold text, its own fields first."""
    found = [
        path
        for path in text_paths(model)
        if len(path.steps) == 1 and is_internal(audience_of(path.info))
    ]
    found.sort(key=lambda path: path.steps[0] in Record.model_fields)
    return tuple((path.steps[0], str(path.info.title)) for path in found)


def printed(file: Path) -> bytes:
    """Return a picture as it is published; one that is damaged is told when it is printed."""
    content = file.read_bytes()
    try:
        return reduced(published(content, file.suffix[1:]), file.suffix[1:], PRINTED)
    except MediaError:
        return content
