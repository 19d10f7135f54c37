"""The list of records, and the names that are offered for links, as plain values for their template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook_site.base.audience import is_internal
from casebook_site.base.problems import Problem
from casebook_site.base.templates import Template
from casebook_site.records import Record
from casebook_site.search.text import normal
from casebook_site.webapp.record_editor import RecordEditor

ROWS = 100
"""Records on a page of the list."""

SUGGESTIONS = 30
"""Names that are offered while somebody types the name of a record."""


@dataclass(frozen=True)
class FormRow:
    """A record in the list."""

    kind: str
    kind_title: str
    id: str
    name: str
    internal: bool = False
    broken: bool = False
    """Whether it cannot be read as it stands."""


@dataclass(frozen=True)
class ListPage:
    """The records that a search finds."""

    base: str
    site_name: str
    query: str
    kind: str
    kinds: Mapping[str, str]
    creatable: Mapping[str, str]
    rows: tuple[FormRow, ...]
    found: int
    page: int
    pages: int
    problems: tuple[Problem, ...]
    has_reviews: bool
    """Whether the site reviews what it publishes."""


LIST_PAGE = Template("edit/list.html", ListPage)


def list_page(editor: RecordEditor, base: str, query: str, kind: str, page: int) -> ListPage:
    """Return the page of the records of a kind (empty: of all) whose names have every word of the query."""
    rows = list(_rows(editor, query, kind))
    pages = max(1, -(-len(rows) // ROWS))
    page = min(max(page, 1), pages)
    return ListPage(
        base=base,
        site_name=editor.site.settings.site_name,
        query=query,
        kind=kind,
        kinds={known.name: known.title for known in editor.schema},
        creatable=editor.creatable,
        rows=tuple(rows[(page - 1) * ROWS : page * ROWS]),
        found=len(rows),
        page=page,
        pages=pages,
        problems=editor.site.content.problems[:ROWS],
        has_reviews=editor.site.settings.options.review is not None,
    )


def _rows(editor: RecordEditor, query: str, kind: str) -> Iterator[FormRow]:
    words = normal(query).split()
    content = editor.site.content
    for one, id in sorted(content.unread):
        if kind in ("", one) and id != "*" and all(word in normal(id) for word in words):
            yield FormRow(one, editor.schema[one].title, id, id, broken=True)
    for record in content.catalog:
        if kind in ("", record.kind) and _says(record, words):
            internal = is_internal(record.audience)
            yield FormRow(record.kind, record.kind_title, record.id, record.name, internal)


def _says(record: Record, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = normal(" ".join((record.name, *record.aliases, record.id)))
    return all(word in text for word in words)


def suggestions(editor: RecordEditor, kind: str, text: str) -> list[str]:
    """Return what may be meant by the beginning of a name; `kind` is `*` where any kind may be linked to."""
    names = editor.names
    words = normal(text).split()
    schema = editor.schema
    kinds = [*schema.by_name] if kind == "*" else [kind] if kind in schema else []
    found: list[str] = []
    for one in kinds:
        prefix = f"{schema[one].title}/" if kind == "*" else ""
        for id, label in names.labels.get(one, {}).items():
            if all(word in normal(f"{prefix}{label} {id}") for word in words):
                found.append(prefix + label)
                if len(found) == SUGGESTIONS:
                    return found
    return found
