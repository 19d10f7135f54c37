"""Records under the hands of an editor: opened, tried out, saved. Files stay the truth."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wtforms import Form

from casebook_site.base.problems import UserError
from casebook_site.editing.cells import Names, names_of, text_of
from casebook_site.editing.files import FileChange, StaleFileError, commit, content_of
from casebook_site.editing.new_ids import id_fault, new_id
from casebook_site.editing.record_files import Written, file_changes, new_path, written_in
from casebook_site.editing.round_trip import same
from casebook_site.engine.on_demand import Snapshot
from casebook_site.model.catalog import Catalog, Key
from casebook_site.schema.kinds import Schema
from casebook_site.schema.walking import vocabulary_of
from casebook_site.webapp.forms.fields import Posted, asked, filled_form, keep_texts, posted_form
from casebook_site.webapp.forms.validation import DraftValidator, ValidationResult
from casebook_site.webapp.forms.values import Answers, read_form
from casebook_site.webapp.preview.serving import Preview

ABSENCE = 75.0
"""Seconds after which a window that is not heard of is taken for closed: a hidden one calls once a minute."""

LONG_AGO = float("-inf")

MAX_TABS = 200
MAX_SNAPSHOTS = 4
"""Windows, and pages of theirs, that are kept; the oldest go first."""

"""Kinds of which there may be more records."""


class GoneError(UserError):
    """The record that a window shows is not where it was."""


@dataclass
class Tab:
    """A window with a form."""

    kind: str
    id: str
    """Empty for a new record."""
    base: Mapping[str, Any]
    """The record as it stood in its file when the form was filled."""
    seen: float = 0.0
    """When it was heard of last, on the clock that only goes forward."""
    snapshot: Snapshot | None = None
    page: str = ""
    """The site as it would be, and the record's page in it."""

    @property
    def is_new(self) -> bool:
        """Whether there is no such record yet."""
        return not self.id


@dataclass(frozen=True)
class Outcome:
    """What a form would do, or has done."""

    form: Form
    verdict: ValidationResult
    key: Key
    saved: bool = False
    theirs: Mapping[str, str] = field(default_factory=dict)
    """Name of a field that was also changed in the file meanwhile → what stands there."""
    stale: bool = False


class Workbench:
    """All windows of one run of `casebook edit`. Its methods may be called by many threads."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._judge = DraftValidator()
        self._lock = threading.RLock()
        self._tabs: OrderedDict[str, Tab] = OrderedDict()
        self._named: tuple[Catalog, Names] | None = None

    def close(self) -> None:
        """Ends the work."""
        self._judge.close()

    @property
    def preview(self) -> Preview:
        """The site whose records these are."""
        return self._preview

    @property
    def names(self) -> Names:
        """What records are called in links."""
        catalog = self._preview.content.catalog
        if self._named is None or self._named[0] is not catalog:
            self._named = (catalog, names_of(catalog))
        return self._named[1]

    @property
    def schema(self) -> Schema:
        """The kinds of the site."""
        return self._preview.content.schema

    @property
    def creatable(self) -> dict[str, str]:
        """Name → title of the kinds of which there may be new records."""
        return {
            kind.name: kind.title
            for kind in self.schema
            if not vocabulary_of(kind.model.model_fields["id"])
        }

    # --- windows ----------------------------------------------------------------------------------

    def open(self, kind: str, id: str) -> tuple[str, Form]:
        """A window with the form of a record, of a new one where `id` is empty.

        Raises `GoneError` where there is none, `ContentError` where its file cannot be read.
        """
        with self._lock:
            base = self._written(Key(kind, id)).data if id else {}
            tab = secrets.token_urlsafe(9)
            self._tabs[tab] = Tab(kind, id, base, time.monotonic())
            while len(self._tabs) > MAX_TABS:
                self._tabs.popitem(last=False)
            return tab, filled_form(self.schema[kind].model, base, self.names)

    def tab(self, name: str) -> Tab:
        """Raises `GoneError` for a window that is not known (any more)."""
        with self._lock:
            if name not in self._tabs:
                raise GoneError("这个窗口开得太久了：请复制未保存的文字，再重新打开这条记录。")
            self._tabs.move_to_end(name)
            return self._tabs[name]

    def leave(self, name: str) -> None:
        """A window was closed, or left; a browser may still lead back to it."""
        with self._lock:
            if tab := self._tabs.get(name):
                tab.seen, tab.snapshot = LONG_AGO, None

    def state(self, name: str) -> dict[str, bool]:
        """Whether the record changed in its file, and whether another window has it open."""
        with self._lock:
            tab = self.tab(name)
            tab.seen = time.monotonic()
            others = any(
                other is not tab
                and (other.kind, other.id) == (tab.kind, tab.id)
                and tab.seen - other.seen < ABSENCE
                for other in self._tabs.values()
            )
            changed = False
            if not tab.is_new:
                try:
                    changed = not same(self._written(Key(tab.kind, tab.id)).data, tab.base)
                except UserError:
                    changed = True
            return {"changed": changed, "others": others and not tab.is_new}

    # --- forms ------------------------------------------------------------------------------------

    def check(self, name: str, posted: Posted) -> Outcome:
        """What would be wrong if the form were saved, and the page as it would be."""
        with self._lock:
            tab = self.tab(name)
            outcome, _ = self._tried(tab, posted)
            linked = outcome.verdict.linked
            if linked is not None and linked.site is not None:
                tab.snapshot = self._preview.snapshot(linked.site)
                tab.page = f"{self.schema[tab.kind].folder}/{outcome.key.id}.html"
                shown = [tab for tab in self._tabs.values() if tab.snapshot]
                for old in shown[:-MAX_SNAPSHOTS]:
                    old.snapshot = None
            return outcome

    def save(self, name: str, posted: Posted) -> Outcome:
        """Writes the record, if nothing is wrong with it and its file is what the form was made from.

        Otherwise the form comes back: with what was changed elsewhere meanwhile taken over where the
        editor had changed nothing, and shown where both had.
        """
        with self._lock:
            tab = self.tab(name)
            outcome, change = self._tried(tab, posted)
            if outcome.stale:
                tab.base = self._written(Key(tab.kind, tab.id)).data
                return outcome
            if not outcome.verdict.sound:
                return outcome
            if change is not None and change.new != change.old:
                try:
                    commit(self._preview.settings.root, [change])
                except StaleFileError:  # between two lines of this method
                    return replace(outcome, stale=True)
                self._preview.content.read_again([str(change.path)])
                self._preview.content.link()
            self.leave(name)
            return replace(outcome, saved=True)

    def _tried(self, tab: Tab, posted: Posted) -> tuple[Outcome, FileChange | None]:
        names = self.names
        model = self.schema[tab.kind].model
        form = posted_form(model, posted)
        answers = read_form(model, form, tab.base, names)
        if tab.is_new:
            return self._tried_new(tab, posted, form, answers)
        key = Key(tab.kind, tab.id)
        written = self._written(key)
        stale, theirs = not same(written.data, tab.base), {}
        if stale:
            theirs = dict(self._conflicts(tab, answers, written))
            answers.data = _merged(tab.base, answers.data, written.data)
            form = filled_form(model, answers.data, names)
            keep_texts(form, {name: posted.text(name) for name in answers.faults})
            answers = read_form(model, form, answers.data, names)
        change, fault = self._change({key: written}, key, answers)
        verdict = self._judge.verdict(self._preview.content, key, answers, change, written.index)
        if fault:
            verdict.add("", fault)
        return Outcome(form, verdict, key, theirs=theirs, stale=stale), change

    def _tried_new(
        self, tab: Tab, posted: Posted, form: Form, answers: Answers
    ) -> tuple[Outcome, FileChange | None]:
        id = posted.text("id").strip() or self._free_id(tab.kind, str(form["name"].data or ""))
        key = Key(tab.kind, id)
        fault = id_fault(id)
        if not fault and self._taken(key):
            fault = f"已经用在另一条{self.schema[tab.kind].title}，换一个"
        if fault:
            verdict = ValidationResult()
            verdict.add("id", f"编号“{id}”{fault}。")
            return Outcome(form, verdict, key), None
        answers.data = {"id": id, **answers.data}
        change, refusal = self._change({}, key, answers)
        verdict = self._judge.verdict(self._preview.content, key, answers, change, None)
        if refusal:
            verdict.add("", refusal)
        return Outcome(form, verdict, key), change

    def _change(
        self, written: Mapping[Key, Written], key: Key, answers: Answers
    ) -> tuple[FileChange | None, str]:
        """The file as it would be, or why it cannot be made."""
        try:
            changes = file_changes(
                written, {key: answers.data}, self._preview.settings, self.schema
            )
        except UserError as error:
            return None, str(error)
        return (changes[0] if changes else self._unchanged(written, key)), ""

    def _unchanged(self, written: Mapping[Key, Written], key: Key) -> FileChange:
        """No change, so that a record is checked as it stands."""
        content = content_of(written[key].file)
        return FileChange(written[key].file, content, content)

    def _conflicts(self, tab: Tab, answers: Answers, written: Written) -> Iterator[tuple[str, str]]:
        """Fields that were changed here and there, with what stands there now."""
        for name, one in asked(self.schema[tab.kind].model).items():
            base, mine, disk = (data.get(name) for data in (tab.base, answers.data, written.data))
            if not same(mine, base) and not same(disk, base) and not same(mine, disk):
                if one.column is None or one.many:
                    yield name, _outline(disk)
                else:
                    yield name, text_of(one.column, disk, self.names)

    # --- records ----------------------------------------------------------------------------------

    def _written(self, key: Key) -> Written:
        """The record as it stands in its file now."""
        settings, content = self._preview.settings, self._preview.content
        file = content.file_of(key)
        there = file is not None and content_of(file) is not None
        found = written_in(file, settings.root).get(key.id) if file and there else None
        if found:
            return found
        raise GoneError(
            f"{self.schema[key.kind].title}“{key.id}”不在文件里了（改了编号，或已删去）。请从列表里重新找。"
        )

    def _taken(self, key: Key) -> bool:
        content = self._preview.content
        known = content.catalog.get(key) is not None or tuple(key) in content.unread
        return known or new_path(self._preview.settings, key, self.schema).exists()

    def _free_id(self, kind: str, name: str) -> str:
        content = self._preview.content
        taken = {
            *content.catalog.records.get(kind, {}),
            *(i for k, i in content.unread if k == kind),
        }
        return new_id(name, taken)


def _merged(
    base: Mapping[str, Any], mine: Mapping[str, Any], disk: Mapping[str, Any]
) -> dict[str, Any]:
    """What was changed here, over what stands in the file now."""
    names = dict.fromkeys([*disk, *mine])
    chosen = {name: disk if same(mine.get(name), base.get(name)) else mine for name in names}
    return {name: data[name] for name, data in chosen.items() if name in data}


def _outline(value: Any) -> str:
    """Lists and parts on one line each."""
    if isinstance(value, Mapping):
        return "，".join(_outline(inner) for inner in value.values())
    if isinstance(value, list):
        return "；".join(map(_outline, value))
    return "" if value is None else str(value)
