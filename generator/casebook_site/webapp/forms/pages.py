"""What the pages of `casebook edit` show, as plain values for their templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup
from pydantic import BaseModel
from wtforms import Form

from casebook_site.base.audience import is_internal
from casebook_site.base.problems import Problem
from casebook_site.model.catalog import Key
from casebook_site.records import Record
from casebook_site.search.text import normal
from casebook_site.webapp.forms.fields import WAS, Asked, asked, blank_entry, own_first
from casebook_site.webapp.forms.validation import ValidationResult
from casebook_site.webapp.forms.workbench import Workbench

ROWS = 100
"""Records on a page of the list."""

EMPTY = Markup("")

SUGGESTIONS = 30
"""Names that are offered while somebody types the name of a record."""


@dataclass(frozen=True)
class Node:
    """A field of a form: an input, a part with fields of its own, or a list."""

    shape: Literal["input", "part", "list"]
    name: str
    about: Asked
    control: Markup = EMPTY
    nodes: tuple[Node, ...] = ()
    entries: tuple[ListedRecord, ...] = ()
    blank: ListedRecord | None = None
    """What a button adds to a list."""
    messages: tuple[str, ...] = ()
    theirs: str | None = None
    """What stands in the file, where that was changed as well."""

    @property
    def filled(self) -> bool:
        """Whether it says anything, or something is said about it."""
        inner = any(node.filled for node in self.nodes)
        return bool(self.messages or self.theirs is not None or self.entries or inner) or (
            self.shape == "input" and "data-filled" in self.control
        )


@dataclass(frozen=True)
class ListedRecord:
    """One entry of a list."""

    name: str
    node: Node
    was: Markup = EMPTY


@dataclass(frozen=True)
class FormPage:
    """The form of a record."""

    base: str
    """Address of the first page, with the token."""
    site_name: str
    tab: str
    kind: str
    kind_title: str
    title: str
    id: str
    """Empty for a new record: then it may be filled in."""
    id_control: str
    groups: tuple[tuple[str, bool, tuple[Node, ...]], ...]
    """(heading, whether it is open, fields)."""
    verdict: ValidationResult = field(default_factory=ValidationResult)
    saved: bool = False
    stale: bool = False


def form_page(bench: Workbench, base: str, tab: str, form: Form, **shown: Any) -> FormPage:
    """`shown`: `verdict`, `theirs`, `saved`, `stale`, `id_control` as `Outcome` and `FormPage` say."""
    opened = bench.tab(tab)
    model = bench.schema[opened.kind].model
    verdict: ValidationResult = shown.pop("verdict", ValidationResult())
    nodes = _Nodes(verdict.at_inputs, shown.pop("theirs", {}))
    groups = []
    for number, (title, names) in enumerate(own_first(model)):
        inside = tuple(nodes.node(name, asked(model)[name], form[name]) for name in names)
        groups.append((title, number == 0 or any(node.filled for node in inside), inside))
    name = str(form["name"].data or "").strip()
    return FormPage(
        base=base,
        site_name=bench.preview.settings.site_name,
        tab=tab,
        kind=opened.kind,
        kind_title=model.kind_title,
        title=name or (f"新的{model.kind_title}" if opened.is_new else opened.id),
        id=opened.id,
        id_control=shown.pop("id_control", ""),
        groups=tuple(groups),
        verdict=verdict,
        **shown,
    )


@dataclass(frozen=True)
class _Nodes:
    messages: Mapping[str, Sequence[str]]
    theirs: Mapping[str, str]

    def node(self, name: str, one: Asked, field: Any, *, entry: bool = False) -> Node:
        said = tuple(self.messages.get(field.name, ()))
        theirs = self.theirs.get(name) if field.name == name else None
        if one.many and not entry:
            entries = tuple(self.entry(name, one, inner) for inner in field)
            blank = self.entry(name, one, blank_entry(field))
            return Node("list", field.name, one, EMPTY, (), entries, blank, said, theirs)
        if one.part is not None:
            nodes = tuple(self.inside(one.part, field.form))
            return Node("part", field.name, one, nodes=nodes, messages=said, theirs=theirs)
        control = _control(one, field, bool(said))
        return Node("input", field.name, one, control, messages=said, theirs=theirs)

    def inside(self, part: type[BaseModel], form: Form) -> Iterator[Node]:
        for name, one in asked(part).items():
            yield self.node(name, one, form[name])

    def entry(self, name: str, one: Asked, field: Any) -> ListedRecord:
        node = self.node(name, one, field, entry=True)
        was = field.form[WAS]() if one.part is not None else ""
        return ListedRecord(field.name, node, Markup(was))


def _control(one: Asked, field: Any, wrong: bool) -> Markup:
    """The input itself, made by WTForms."""
    column = one.column
    assert column is not None
    attributes: dict[str, Any] = {"aria-describedby": f"{field.name}-said"}
    if wrong:
        attributes["aria-invalid"] = "true"
    if field.data:
        attributes["data-filled"] = ""
    if one.many:
        attributes["aria-label"] = one.title
    if column.type == "link":
        attributes |= {"data-links": column.links_to, "list": "names", "autocomplete": "off"}
        attributes["placeholder"] = "输入名称，从列表里选"
    elif column.type == "date":
        attributes |= {"placeholder": "如 2022、2022-03、2022-03-29", "autocomplete": "off"}
    elif column.type in ("number", "count"):
        attributes |= {"inputmode": "decimal", "autocomplete": "off"}
    elif column.type == "prose":
        attributes["rows"] = min(14, max(3, len(str(field.data or "")) // 30 + 1))
    return Markup(field(**attributes))


# --- the list of records --------------------------------------------------------------------------


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


def list_page(bench: Workbench, base: str, query: str, kind: str, page: int) -> ListPage:
    """The records of a kind (empty: of all) whose names have every word of the query."""
    rows = list(_rows(bench, query, kind))
    pages = max(1, -(-len(rows) // ROWS))
    page = min(max(page, 1), pages)
    return ListPage(
        base=base,
        site_name=bench.preview.settings.site_name,
        query=query,
        kind=kind,
        kinds={known.name: known.title for known in bench.schema},
        creatable=bench.creatable,
        rows=tuple(rows[(page - 1) * ROWS : page * ROWS]),
        found=len(rows),
        page=page,
        pages=pages,
        problems=bench.preview.content.problems[:ROWS],
    )


def _rows(bench: Workbench, query: str, kind: str) -> Iterator[FormRow]:
    words = normal(query).split()
    content = bench.preview.content
    for one, id in sorted(content.unread):
        if kind in ("", one) and id != "*" and all(word in normal(id) for word in words):
            yield FormRow(one, bench.schema[one].title, id, id, broken=True)
    for record in content.catalog:
        if kind in ("", record.kind) and _says(record, words):
            internal = is_internal(record.audience)
            yield FormRow(record.kind, record.kind_title, record.id, record.name, internal)


def _says(record: Record, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = normal(" ".join((record.name, *record.aliases, record.id)))
    return all(word in text for word in words)


def suggestions(bench: Workbench, kind: str, text: str) -> list[str]:
    """What may be meant by the beginning of a name; `kind` is `*` where any kind may be linked to."""
    names = bench.names
    words = normal(text).split()
    schema = bench.schema
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


def problem_rows(key: Key, verdict: ValidationResult) -> dict[str, Any]:
    """A verdict as the script of the form gets it."""
    return {
        "id": key.id,
        "sound": verdict.sound,
        "inputs": verdict.at_inputs,
        "elsewhere": [f"{problem.location}：{problem.text}" for problem in verdict.elsewhere],
    }
