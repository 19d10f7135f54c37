"""Photos and files that come by the form: into `content/media/`, with their entry in the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

from werkzeug.wrappers import Request, Response

from casebook_site.base.problems import ContentError, Problem, UserError
from casebook_site.base.system_errors import sentence_of
from casebook_site.base.templates import Renderer, Template
from casebook_site.editing.cell_text import CellError
from casebook_site.editing.cell_values import date_value
from casebook_site.editing.files import FileChange, content_of
from casebook_site.editing.record_files import file_changes, in_model_order, written_records
from casebook_site.engine.loading import write_changed
from casebook_site.model.catalog import Key
from casebook_site.records.base import Medium
from casebook_site.webapp.access import FormAccess, RefusalError
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.responses import html, see_other
from casebook_site.webapp.sessions import GoneError

MAX_MEDIUM = 30_000_000
"""Bytes of a photo or file, with the form that it comes in."""


@dataclass(frozen=True)
class MediumPage:
    """What was typed about a photo or file, and why it was not taken."""

    base: str
    site_name: str
    kind: str
    id: str
    name: str
    title: str = ""
    credit: str = ""
    date: str = ""
    is_internal: bool = False
    refusal: str = ""
    problems: tuple[Problem, ...] = ()


MEDIUM_PAGE = Template("edit/medium.html", MediumPage)


class MediaRoutes:
    """Answers for the page by which a record gets a photo or file."""

    def __init__(self, editor: RecordEditor, access: FormAccess, renderer: Renderer) -> None:
        """Keep them."""
        self._editor, self._base, self._renderer = editor, access.base, renderer

    @property
    def endpoints(self) -> Mapping[str, Callable[..., Response]]:
        """Name of an endpoint → what answers it."""
        return {"ask_medium": self._ask, "take_medium": self._take}

    def _ask(self, request: Request, kind: str, id: str) -> Response:
        return self._shown(self._page(Key(kind, id), {}), HTTPStatus.OK)

    def _take(self, request: Request, kind: str, id: str) -> Response:
        length, key = request.headers.get("Content-Length", ""), Key(kind, id)
        if not (length.isascii() and length.isdigit()):
            raise RefusalError(HTTPStatus.BAD_REQUEST, "表单读不懂。")
        if len(length) > len(str(MAX_MEDIUM)) or int(length) > MAX_MEDIUM:
            raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "文件太大，收不下。")
        typed = {name: request.form.get(name, "").strip() for name in _TYPED}
        sent = request.files.get("file")
        try:
            if sent is None or not sent.filename:
                raise UserError("没有选文件。")
            self._add(key, sent.filename, sent.read(), typed)
        except (UserError, OSError, CellError) as error:
            return self._shown(self._page(key, typed, error), HTTPStatus.CONFLICT)
        return see_other(f"{self._base}edit/{kind}/{id}?saved=1")

    def _add(self, key: Key, name: str, content: bytes, typed: Mapping[str, str]) -> None:
        """Write the file and the record that shows it, both or none of them."""
        site = self._editor.site
        site.content.link()
        site.content.check()
        loaded, settings = site.content.loaded, site.settings
        assert loaded is not None
        written = written_records(loaded.catalog)
        if key not in written:
            raise GoneError("这条记录读不出来，或已经不在了。")
        schema = loaded.catalog.schema
        path = _free_path(settings.media_dir, schema[key.kind].folder, key.id, name)
        stated = {name: text for name, text in typed.items() if name in Medium.model_fields}
        entry: dict[str, Any] = {"file": path.relative_to(settings.media_dir).as_posix(), **stated}
        if typed["date"]:
            entry["date"] = date_value(typed["date"])
        if typed["internal"]:
            entry["audience"] = "internal"
        data = deepcopy(dict(written[key].data))
        data["media"] = [*(data.get("media") or []), {k: v for k, v in entry.items() if v}]
        wanted = {key: in_model_order(schema[key.kind].model, data)}
        changes = file_changes(written, wanted, settings, schema)
        title = f"给{schema[key.kind].title}“{data.get('name', key.id)}”加 {path.name}"
        write_changed(settings, [*changes, FileChange(path, None, content)], loaded, title)
        site.content.read_again([str(written[key].file)])
        site.content.link()
        site.content.check()

    def _page(
        self, key: Key, typed: Mapping[str, str], error: Exception | None = None
    ) -> MediumPage:
        record = (
            self._editor.site.content.catalog.get(key) if key.kind in self._editor.schema else None
        )
        if record is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, "没有这条记录，或它读不出来。")
        problems = error.problems if isinstance(error, ContentError) else ()
        return MediumPage(
            self._base,
            self._editor.site.settings.site_name,
            key.kind,
            key.id,
            record.name,
            title=typed.get("title", ""),
            credit=typed.get("credit", ""),
            date=typed.get("date", ""),
            is_internal=bool(typed.get("internal")),
            refusal=_refusal(error) if error and not problems else "",
            problems=problems,
        )

    def _shown(self, page: MediumPage, status: HTTPStatus) -> Response:
        return html(self._renderer.render(MEDIUM_PAGE, page), status)


_TYPED = ("title", "credit", "date", "internal")


def _refusal(error: Exception) -> str:
    if isinstance(error, OSError):
        return sentence_of(error)
    return f"{error}{error.remedy}" if isinstance(error, CellError) else str(error)


def _free_path(media_dir: Path, folder: str, id: str, name: str) -> Path:
    """Return a path that no file has, named after the record, with the ending of what was sent."""
    ending = re.sub(r"[^.a-z0-9]", "", PurePosixPath(name.replace("\\", "/")).suffix.lower())
    number = 1
    while content_of(path := media_dir / folder / f"{id}-{number:02}{ending}") is not None:
        number += 1
    return path
