"""The forms that are open in windows of a browser."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook_site.base.problems import UserError
from casebook_site.engine.on_demand import Snapshot

ABSENCE = 75.0
"""Seconds after which a window that is not heard of is taken for closed: a hidden one calls once a minute."""

LONG_AGO = float("-inf")

MAX_SESSIONS = 200
MAX_SNAPSHOTS = 4
"""Open forms, and pages of theirs, that are kept; the oldest go first."""


class GoneError(UserError):
    """The record that a window shows is not where it was."""


class UnknownSessionError(UserError):
    """A window that is not known, or not any more."""


@dataclass
class FormSession:
    """A window with a form."""

    kind: str
    id: str
    """Empty for a new record."""
    base: Mapping[str, Any]
    """The record as it stood in its file when the form was filled."""
    seen: float = 0.0
    """When it was heard of last, on the clock that only goes forward."""
    snapshot: Snapshot | None = None
    """The site as it would be."""
    page: str = ""
    """Path of the record's page in it."""

    @property
    def is_new(self) -> bool:
        """Whether there is no such record yet."""
        return not self.id


class FormSessions:
    """Open forms by the names of their windows. Not locked: its owner is."""

    def __init__(self) -> None:
        self._by_name: OrderedDict[str, FormSession] = OrderedDict()

    def begin(self, kind: str, id: str, base: Mapping[str, Any]) -> str:
        """Return the name of a new window; the oldest is forgotten if there are too many."""
        name = secrets.token_urlsafe(9)
        self._by_name[name] = FormSession(kind, id, base, time.monotonic())
        while len(self._by_name) > MAX_SESSIONS:
            self._by_name.popitem(last=False)
        return name

    def get(self, name: str) -> FormSession:
        """Return a window; raise `UnknownSessionError` for one that is not known (any more)."""
        if name not in self._by_name:
            raise UnknownSessionError(
                "这个窗口开得太久了：请复制未保存的文字，再重新打开这条记录。"
            )
        self._by_name.move_to_end(name)
        return self._by_name[name]

    def leave(self, name: str) -> None:
        """Note that a window was closed, or left.

        Its page stays: a browser that is slow still asks for its pictures, or leads back to it.
        """
        if session := self._by_name.get(name):
            session.seen = LONG_AGO

    def is_open_elsewhere(self, session: FormSession) -> bool:
        """Return whether another window shows the record of a session, which is heard of now."""
        session.seen = time.monotonic()
        return not session.is_new and any(
            other is not session
            and (other.kind, other.id) == (session.kind, session.id)
            and session.seen - other.seen < ABSENCE
            for other in self._by_name.values()
        )

    def show(self, session: FormSession, snapshot: Snapshot, page: str) -> None:
        """Keep the page that a session would make; the oldest of others goes if there are too many."""
        session.snapshot, session.page = snapshot, page
        shown = [known for known in self._by_name.values() if known.snapshot]
        for old in shown[:-MAX_SNAPSHOTS]:
            old.snapshot = None
