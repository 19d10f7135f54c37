"""Records under the hands of an editor: opened, tried out, saved. Files stay the truth."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from wtforms import Form

from casebook_site.base.problems import UserError
from casebook_site.editing.cells import Names, names_of
from casebook_site.editing.files import FileChange, StaleFileError, commit, content_of
from casebook_site.editing.layout_files import changed_layouts, layout_changes
from casebook_site.editing.new_ids import id_fault, new_id
from casebook_site.editing.record_files import Written, file_changes, new_path, written_in
from casebook_site.editing.round_trip import same
from casebook_site.model.catalog import Catalog, Key
from casebook_site.schema.kinds import Schema
from casebook_site.schema.walking import vocabulary_of
from casebook_site.webapp.fields import Posted, filled_form, keep_texts, posted_form
from casebook_site.webapp.form_result import FormRefusal, FormResult, refusal_of
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.merging import conflicts, differences, merged
from casebook_site.webapp.sessions import (
    FormSession,
    FormSessions,
    GoneError,
    UnknownSessionError,
)
from casebook_site.webapp.validation import DraftValidator, ValidationResult
from casebook_site.webapp.values import Answers, read_form


class RecordEditor:
    """Opens, checks and saves records of a live site. Its methods may be called by many threads."""

    def __init__(self, site: LiveSite) -> None:
        self._site = site
        self._validator = DraftValidator()
        self._lock = threading.RLock()
        self._sessions = FormSessions()
        self._named: tuple[Catalog, Names] | None = None

    def close(self) -> None:
        """Remove what was kept beside the site."""
        self._validator.close()

    @property
    def site(self) -> LiveSite:
        """The site whose records these are."""
        return self._site

    @property
    def scratch(self) -> Path:
        """A folder beside the site, for as long as the form is open."""
        return self._validator.folder

    @property
    def names(self) -> Names:
        """What records are called in links."""
        catalog = self._site.content.catalog
        if self._named is None or self._named[0] is not catalog:
            self._named = (catalog, names_of(catalog))
        return self._named[1]

    @property
    def schema(self) -> Schema:
        """The kinds of the site."""
        return self._site.content.schema

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
        """Return a new window with the form of a record, of a new one if `id` is empty.

        Raises `GoneError` if there is none, `ContentError` if its file cannot be read.
        """
        with self._lock:
            base = self._written(Key(kind, id)).data if id else {}
            name = self._sessions.begin(kind, id, base)
            return name, filled_form(self.schema[kind].model, base, self.names)

    def session(self, name: str) -> FormSession:
        """Return a window; raise `UnknownSessionError` for one that is not known (any more)."""
        with self._lock:
            return self._sessions.get(name)

    def leave(self, name: str) -> None:
        """Note that a window was closed, or left."""
        with self._lock:
            self._sessions.leave(name)

    def state(self, name: str) -> dict[str, bool]:
        """Return whether the record changed in its file, and whether another window has it open."""
        with self._lock:
            session = self._sessions.get(name)
            changed = False
            if not session.is_new:
                try:
                    written = self._written(Key(session.kind, session.id))
                    changed = not same(written.data, session.base)
                except (UserError, OSError):
                    changed = True
            return {"changed": changed, "others": self._sessions.is_open_elsewhere(session)}

    # --- forms ------------------------------------------------------------------------------------

    def check(self, name: str, posted: Posted) -> FormResult:
        """Return what would be wrong if the form were saved; keep the page as it would be."""
        with self._lock:
            session = self._sessions.get(name)
            try:
                result, _ = self._tried(session, posted)
            except Exception as error:
                return self._refused(session, posted, error)
            linked = result.verdict.linked
            if linked is not None and linked.site is not None:
                page = f"{self.schema[session.kind].folder}/{result.key.id}.html"
                self._sessions.show(session, self._site.snapshot(linked.site), page)
            return result

    def save(self, name: str, posted: Posted) -> FormResult:
        """Write the record, if nothing is wrong with it and its file is what the form was made from.

        Otherwise the form comes back: with what was changed elsewhere meanwhile taken over where the
        editor had changed nothing, and shown where both had. Whatever fails, it comes back filled in.
        Raises `UnknownSessionError` for a window of which even the form does not say what it was.
        """
        with self._lock:
            try:
                session = self._sessions.get(name)
            except UnknownSessionError:
                return self._begun_again(posted)
            try:
                return self._saved(name, session, posted)
            except Exception as error:
                return self._refused(session, posted, error)

    def _saved(self, name: str, session: FormSession, posted: Posted) -> FormResult:
        result, changes = self._tried(session, posted)
        if result.stale:
            session.base = self._written(Key(session.kind, session.id)).data
            return result
        if not result.verdict.sound:
            return result
        if changes and changes[0].new != changes[0].old:
            try:
                commit(self._site.settings.root, changes)
            except StaleFileError:  # between two lines of this method
                return replace(result, stale=True)
            self._site.content.read_again([str(changes[0].path)])
            self._site.content.link()
        self._sessions.leave(name)
        return replace(result, saved=True)

    def _refused(self, session: FormSession, posted: Posted, error: Exception) -> FormResult:
        """Return the form as it was sent, with why it was neither checked nor saved."""
        form = posted_form(self.schema[session.kind].model, posted)
        key = Key(session.kind, session.id or posted.text("id").strip())
        return FormResult(form, ValidationResult(), key, refusal=refusal_of(error))

    def _begun_again(self, posted: Posted) -> FormResult:
        """Return the form in a new window, for one that has been forgotten."""
        kind, id = posted.record
        if kind not in self.schema:
            raise UnknownSessionError(
                "这个窗口开得太久了：请复制未保存的文字，再重新打开这条记录。"
            )
        model, key = self.schema[kind].model, Key(kind, id)
        form = posted_form(model, posted)
        try:
            base = self._written(key).data if id else {}
        except (UserError, OSError) as error:
            name = self._sessions.begin(kind, id, {})
            refusal = refusal_of(error)
            return FormResult(form, ValidationResult(), key, refusal=refusal, session=name)
        name = self._sessions.begin(kind, id, base)
        mine = read_form(model, form, base, self.names).data
        # What it was opened with is forgotten, so that every difference may be another's.
        theirs = dict(differences(model, mine, base, self.names)) if id else {}
        text = "这个窗口开得太久了。栏下写着文件里现在的内容；看过之后再按“保存”。"
        refusal = FormRefusal(HTTPStatus.CONFLICT, (text,))
        return FormResult(
            form, ValidationResult(), key, theirs=theirs, refusal=refusal, session=name
        )

    # --- trying out -------------------------------------------------------------------------------

    def _tried(self, session: FormSession, posted: Posted) -> tuple[FormResult, list[FileChange]]:
        """Return what saving would do, and the changes of files: first that of the record."""
        names = self.names
        model = self.schema[session.kind].model
        form = posted_form(model, posted)
        answers = read_form(model, form, session.base, names)
        if session.is_new:
            return self._tried_new(session, posted, form, answers)
        key = Key(session.kind, session.id)
        written = self._written(key)
        stale, theirs = not same(written.data, session.base), {}
        if stale:
            theirs = dict(conflicts(model, session.base, answers.data, written.data, names))
            mine = answers.data
            listed = {
                name: count
                for name, count in answers.listed.items()
                if not same(mine.get(name), session.base.get(name))
            }
            answers.data = merged(session.base, mine, written.data)
            form = filled_form(model, answers.data, names, listed)
            keep_texts(form, {name: posted.text(name) for name in answers.faults})
            answers = read_form(model, form, answers.data, names)
        changes, fault = self._changes({key: written}, key, answers)
        verdict = self._verdict(key, answers, changes, written.index)
        if fault:
            verdict.add("", fault)
        return FormResult(form, verdict, key, theirs=theirs, stale=stale), changes

    def _tried_new(
        self, session: FormSession, posted: Posted, form: Form, answers: Answers
    ) -> tuple[FormResult, list[FileChange]]:
        kind = session.kind
        id = posted.text("id").strip() or self._free_id(kind, str(form["name"].data or ""))
        key = Key(kind, id)
        fault = id_fault(id)
        if not fault and self._taken(key):
            fault = f"已经用在另一条{self.schema[kind].title}，换一个"
        if fault:
            verdict = ValidationResult()
            verdict.add("id", f"编号“{id}”{fault}。")
            return FormResult(form, verdict, key), []
        answers.data = {"id": id, **answers.data}
        changes, refusal = self._changes({}, key, answers)
        verdict = self._verdict(key, answers, changes, None)
        if refusal:
            verdict.add("", refusal)
        return FormResult(form, verdict, key), changes

    def _verdict(
        self, key: Key, answers: Answers, changes: Sequence[FileChange], index: int | None
    ) -> ValidationResult:
        change, beside = (changes[0] if changes else None), changes[1:]
        layouts = changed_layouts(self._site.settings, beside) if beside else None
        return self._validator.verdict(self._site.content, key, answers, change, index, layouts)

    def _changes(
        self, written: Mapping[Key, Written], key: Key, answers: Answers
    ) -> tuple[list[FileChange], str]:
        """Return the record's file and layouts of the map as they would be, or why they cannot be."""
        settings, wanted = self._site.settings, {key: answers.data}
        try:
            changes = file_changes(written, wanted, settings, self.schema)
        except UserError as error:
            return [], str(error)
        if not changes:
            return [self._unchanged(written, key)], ""
        return changes + layout_changes(settings, self._site.content.catalog, wanted), ""

    def _unchanged(self, written: Mapping[Key, Written], key: Key) -> FileChange:
        """Return no change, so that a record is checked as it stands."""
        content = content_of(written[key].file)
        return FileChange(written[key].file, content, content)

    # --- records ----------------------------------------------------------------------------------

    def _written(self, key: Key) -> Written:
        """Return the record as it stands in its file now."""
        settings, content = self._site.settings, self._site.content
        file = content.file_of(key)
        there = file is not None and content_of(file) is not None
        found = written_in(file, settings.root).get(key.id) if file and there else None
        if found:
            return found
        raise GoneError(
            f"{self.schema[key.kind].title}“{key.id}”不在文件里了（改了编号，或已删去）。请从列表里重新找。"
        )

    def _taken(self, key: Key) -> bool:
        content = self._site.content
        known = content.catalog.get(key) is not None or tuple(key) in content.unread
        return known or new_path(self._site.settings, key, self.schema).exists()

    def _free_id(self, kind: str, name: str) -> str:
        content = self._site.content
        taken = {
            *content.catalog.records.get(kind, {}),
            *(i for k, i in content.unread if k == kind),
        }
        return new_id(name, taken)
