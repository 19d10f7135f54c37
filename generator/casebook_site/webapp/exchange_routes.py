"""The addresses of books: export, import, what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from casebook_site.base.templates import Renderer
from casebook_site.webapp.access import FormAccess, RefusalError
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.responses import html, respond

if TYPE_CHECKING:
    from casebook_site.editing.comparing import Prefer
    from casebook_site.webapp.exchange import BookExchange, ExchangePage

MAX_BOOK = 50_000_000
"""Bytes that a book may have, with the form that it comes in."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExchangeRoutes:
    """Answers for the page of books, to those who were let in."""

    def __init__(self, editor: RecordEditor, access: FormAccess, renderer: Renderer) -> None:
        """Keep them."""
        self._site, self._base, self._renderer = editor.site, access.base, renderer
        self._folder = editor.scratch

    @property
    def endpoints(self) -> Mapping[str, Callable[..., Response]]:
        """Name of an endpoint → what answers it."""
        return {
            "show_exchange": self._show,
            "export": self._export,
            "send_book": self._send,
            "decide_book": self._decide,
            "write_book": self._write,
            "report_book": self._report,
        }

    @cached_property
    def _exchange(self) -> BookExchange:
        """The books of this form; what they need is loaded when the first is asked for."""
        from casebook_site.webapp.exchange import BookExchange

        return BookExchange(self._site, self._folder)

    def _show(self, request: Request) -> Response:
        return self._shown(self._page)

    def _export(self, request: Request) -> Response:
        kind = request.args.get("kind", "")
        content = self._exchange.export(kind)
        known = {one.name: one.title for one in self._site.content.schema}
        return _download(content, f"{known.get(kind, '全部记录')}.xlsx")

    def _send(self, request: Request) -> Response:
        length = request.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise RefusalError(HTTPStatus.BAD_REQUEST, "表单读不懂。")
        if len(length) > len(str(MAX_BOOK)) or int(length) > MAX_BOOK:
            raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "表太大，收不下。")
        book = request.files.get("book")
        if book is None or not book.filename:
            raise RefusalError(HTTPStatus.BAD_REQUEST, "没有选表。回到上一页选一份。")
        kind = request.form.get("kind", "")
        known = kind if kind in self._site.content.schema else ""
        page = self._exchange.send(
            self._page, book.filename, book.read(), known, as_list=bool(known)
        )
        return self._shown(page)

    def _decide(self, request: Request) -> Response:
        prefer = request.form.get("prefer", "")
        side: Prefer = "files" if prefer == "files" else "sheets" if prefer == "sheets" else ""
        return self._shown(self._exchange.decide(self._page, side))

    def _write(self, request: Request) -> Response:
        return self._shown(self._exchange.write(self._page))

    def _report(self, request: Request) -> Response:
        return _download(self._exchange.report(), "导入结果.xlsx")

    @property
    def _page(self) -> ExchangePage:
        return self._exchange.page(self._base)

    def _shown(self, page: ExchangePage) -> Response:
        from casebook_site.webapp.exchange import EXCHANGE_PAGE

        status = HTTPStatus.CONFLICT if page.problems else HTTPStatus.OK
        return html(self._renderer.render(EXCHANGE_PAGE, page), status)


def _download(content: bytes, name: str) -> Response:
    response = respond(content, _XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
