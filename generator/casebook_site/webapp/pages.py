"""What the pages of `casebook edit` show, as plain values for their templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup
from pydantic import BaseModel
from wtforms import Form

from casebook_site.base.templates import Template
from casebook_site.webapp.fields import (
    MAX_ENTRIES,
    WAS,
    Asked,
    as_list,
    asked,
    blank_entry,
    own_first,
)
from casebook_site.webapp.form_result import FormResult
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.validation import ValidationResult

EMPTY = Markup("")


@dataclass(frozen=True)
class Node:
    """A field of a form: an input, a part with fields of its own, or a list."""

    shape: Literal["input", "part", "list"]
    name: str
    about: Asked
    control: Markup = EMPTY
    nodes: tuple[Node, ...] = ()
    entries: tuple[ListEntry, ...] = ()
    blank: ListEntry | None = None
    """What a button adds to a list."""
    messages: tuple[str, ...] = ()
    theirs: str | None = None
    """What stands in the file, where that was changed as well."""
    unlisted: int = 0
    """Entries of a long list that are left as they are."""

    @property
    def filled(self) -> bool:
        """Whether it says anything, or something is said about it."""
        inner = any(node.filled for node in self.nodes)
        return bool(self.messages or self.theirs is not None or self.entries or inner) or (
            self.shape == "input" and "data-filled" in self.control
        )


@dataclass(frozen=True)
class ListEntry:
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
    refusal: tuple[str, ...] = ()
    """Why it was not saved, though nothing may be wrong with it."""
    saved: bool = False
    stale: bool = False
    can_change: bool = False
    """Whether it may get another id or be deleted."""
    has_review: bool = False
    """Whether the record is signed before it is published."""


FORM_PAGE = Template("edit/form.html", FormPage)


def form_page(
    editor: RecordEditor,
    base: str,
    session: str,
    form: Form,
    *,
    result: FormResult | None = None,
    saved: bool = False,
    id_control: str = "",
) -> FormPage:
    """Return the page of a form in its window.

    `result`: what became of it when it was sent; `id_control`: the id that was typed for a new record.
    """
    opened = editor.session(session)
    model = editor.schema[opened.kind].model
    verdict = result.verdict if result else ValidationResult()
    nodes = _Nodes(verdict.at_inputs, result.theirs if result else {}, opened.base)
    groups = []
    for number, (title, names) in enumerate(own_first(model)):
        inside = tuple(nodes.node(name, asked(model)[name], form[name]) for name in names)
        groups.append((title, number == 0 or any(node.filled for node in inside), inside))
    name = str(form["name"].data or "").strip()
    return FormPage(
        base=base,
        site_name=editor.site.settings.site_name,
        tab=session,
        kind=opened.kind,
        kind_title=model.kind_title,
        title=name or (f"新的{model.kind_title}" if opened.is_new else opened.id),
        id=opened.id,
        id_control=id_control,
        groups=tuple(groups),
        verdict=verdict,
        refusal=result.refusal.lines if result and result.refusal else (),
        saved=saved,
        stale=bool(result and result.stale),
        can_change=not opened.is_new and opened.kind in editor.creatable,
        has_review=not opened.is_new and editor.site.settings.options.review is not None,
    )


@dataclass(frozen=True)
class _Nodes:
    messages: Mapping[str, Sequence[str]]
    theirs: Mapping[str, str]
    base: Mapping[str, Any]
    """The record as it stood in its file."""

    def node(self, name: str, one: Asked, field: Any, *, entry: bool = False) -> Node:
        said = tuple(self.messages.get(field.name, ()))
        theirs = self.theirs.get(name) if field.name == name else None
        if one.many and not entry:
            entries = tuple(self.entry(name, one, inner) for inner in field)
            blank = self.entry(name, one, blank_entry(field))
            unlisted = len(as_list(self.base.get(name))) - MAX_ENTRIES if field.name == name else 0
            return Node(
                "list", field.name, one, EMPTY, (), entries, blank, said, theirs, max(0, unlisted)
            )
        if one.part is not None:
            nodes = tuple(self.inside(one.part, field.form))
            return Node("part", field.name, one, nodes=nodes, messages=said, theirs=theirs)
        control = _control(one, field, bool(said))
        return Node("input", field.name, one, control, messages=said, theirs=theirs)

    def inside(self, part: type[BaseModel], form: Form) -> Iterator[Node]:
        for name, one in asked(part).items():
            yield self.node(name, one, form[name])

    def entry(self, name: str, one: Asked, field: Any) -> ListEntry:
        node = self.node(name, one, field, entry=True)
        was = field.form[WAS]() if one.part is not None else ""
        return ListEntry(field.name, node, Markup(was))


def _control(one: Asked, field: Any, wrong: bool) -> Markup:
    """Return the input itself, made by WTForms."""
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


def problem_rows(result: FormResult) -> dict[str, Any]:
    """Return what is wrong with a form as its script gets it."""
    verdict = result.verdict
    inputs = dict(verdict.at_inputs)
    if result.refusal:
        inputs[""] = [*inputs.get("", ()), *result.refusal.lines]
    return {
        "id": result.key.id,
        "sound": verdict.sound and not result.refusal,
        "inputs": inputs,
        "elsewhere": [f"{problem.location}：{problem.text}" for problem in verdict.elsewhere],
    }
