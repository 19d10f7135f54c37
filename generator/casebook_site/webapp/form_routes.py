"""The form's addresses: the list of records, forms, what they ask while one types, saving."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from casebook_site.base.problems import ContentError, UserError, render_text
from casebook_site.base.stylesheets import page_style
from casebook_site.base.system_errors import reason_of, sentence_of
from casebook_site.base.templates import Renderer, templates_dir
from casebook_site.model.catalog import Key
from casebook_site.webapp.access import FormAccess, RefusalError
from casebook_site.webapp.exchange_routes import ExchangeRoutes
from casebook_site.webapp.fields import BadFormError, Posted
from casebook_site.webapp.form_result import FormResult
from casebook_site.webapp.making_routes import MakingRoutes
from casebook_site.webapp.media_upload import MediaRoutes
from casebook_site.webapp.pages import FORM_PAGE, form_page, problem_rows
from casebook_site.webapp.record_changes import CHANGE_PAGE, ChangePage, RecordChanges
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.record_list import LIST_PAGE, list_page, suggestions
from casebook_site.webapp.responses import as_json, html, message, respond, see_other
from casebook_site.webapp.review_routes import ReviewRoutes
from casebook_site.webapp.sessions import GoneError, UnknownSessionError
from casebook_site.webapp.site_routes import file_response

MAX_BODY = 2_000_000
"""Bytes that a form may send."""

_ASSETS = {"edit.css": "text/css; charset=utf-8", "edit.js": "text/javascript; charset=utf-8"}

_ROUTES = Map(
    [
        Rule("/", endpoint="list_records", methods=["GET"]),
        Rule("/edit/<kind>/<id>", endpoint="open_record", methods=["GET"]),
        Rule("/new", endpoint="choose_kind", methods=["GET"]),
        Rule("/new/<kind>", endpoint="new_record", methods=["GET"]),
        Rule("/names", endpoint="offer_names", methods=["GET"]),
        Rule("/state/<session>", endpoint="tell_state", methods=["GET"]),
        Rule("/preview/<session>/", endpoint="preview", methods=["GET"]),
        Rule("/preview/<session>/<path:path>", endpoint="preview", methods=["GET"]),
        Rule("/static/<name>", endpoint="asset", methods=["GET"]),
        Rule("/check/<session>", endpoint="check", methods=["POST"]),
        Rule("/save/<session>", endpoint="save", methods=["POST"]),
        Rule("/change/<kind>/<id>", endpoint="show_change", methods=["GET"]),
        Rule("/rename/<kind>/<id>", endpoint="rename", methods=["POST"]),
        Rule("/delete/<kind>/<id>", endpoint="delete", methods=["POST"]),
        Rule("/media/<kind>/<id>", endpoint="ask_medium", methods=["GET"]),
        Rule("/media/<kind>/<id>", endpoint="take_medium", methods=["POST"]),
        Rule("/check-all", endpoint="check_all", methods=["POST"]),
        Rule("/make-site", endpoint="make_site", methods=["POST"]),
        Rule("/exchange", endpoint="show_exchange", methods=["GET"]),
        Rule("/export.xlsx", endpoint="export", methods=["GET"]),
        Rule("/import", endpoint="send_book", methods=["POST"]),
        Rule("/import/decide", endpoint="decide_book", methods=["POST"]),
        Rule("/import/write", endpoint="write_book", methods=["POST"]),
        Rule("/import/report.xlsx", endpoint="report_book", methods=["GET"]),
        Rule("/reviews", endpoint="list_reviews", methods=["GET"]),
        Rule("/reviews/sheet.<format>", endpoint="review_sheet", methods=["GET"]),
        Rule("/reviews/sign", endpoint="sign_many", methods=["POST"]),
        Rule("/review/<kind>/<id>", endpoint="show_review", methods=["GET"]),
        Rule("/review/<kind>/<id>/sign", endpoint="sign_review", methods=["POST"]),
        Rule("/review/<kind>/<id>/days", endpoint="date_review", methods=["POST"]),
        Rule("/undo", endpoint="undo", methods=["POST"]),
        Rule("/leave/<session>", endpoint="leave", methods=["POST"]),
    ],
    strict_slashes=False,
    merge_slashes=False,
    redirect_defaults=False,
)


class FormRoutes:
    """Answers for the pages of a record editor, to those who know the token."""

    def __init__(self, editor: RecordEditor, access: FormAccess) -> None:
        self._editor = editor
        self._access = access
        self._changes = RecordChanges(editor.site)
        self._renderer = Renderer()
        self._endpoints: Mapping[str, Callable[..., Response]] = {
            "list_records": self._list_records,
            "open_record": self._open_record,
            "choose_kind": self._choose_kind,
            "new_record": self._new_record,
            "offer_names": self._offer_names,
            "tell_state": self._tell_state,
            "preview": self._preview,
            "asset": self._asset,
            "check": self._check,
            "save": self._save,
            "show_change": self._show_change,
            "rename": self._rename,
            "delete": self._delete,
            "undo": self._undo,
            **ExchangeRoutes(editor, access, self._renderer).endpoints,
            **MakingRoutes(editor, access, self._renderer).endpoints,
            **MediaRoutes(editor, access, self._renderer).endpoints,
            **ReviewRoutes(editor, access, self._renderer).endpoints,
            "leave": self._leave,
        }

    def knows(self, request: Request) -> bool:
        """Return whether a request is about these pages."""
        return self._access.knows(request)

    def respond(self, request: Request) -> Response:
        """Return the answer to a request; raise `RefusalError` for strangers, who see no token."""
        path = self._access.path_of(request)
        try:
            endpoint, values = _ROUTES.bind("", path_info=path).match(method=request.method)
            return self._endpoints[endpoint](request, **values)
        except RefusalError as error:
            return self._message(error.status, str(error))
        except MethodNotAllowed:
            return self._message(HTTPStatus.METHOD_NOT_ALLOWED, "没有这一页。")
        except HTTPException as error:
            found = HTTPStatus(error.code or HTTPStatus.BAD_REQUEST)
            missing = found == HTTPStatus.NOT_FOUND
            return self._message(found, "没有这一页。" if missing else "请求读不懂。")
        except (GoneError, UnknownSessionError) as error:
            return self._message(HTTPStatus.NOT_FOUND, str(error))
        except ContentError as error:
            return self._message(HTTPStatus.CONFLICT, render_text(error.problems))
        except UserError as error:
            return self._message(HTTPStatus.CONFLICT, str(error))
        except OSError as error:
            text = f"文件读不出来（{reason_of(error)}）。"
            return self._message(HTTPStatus.INTERNAL_SERVER_ERROR, text)
        except Exception:  # a fault of the program: the form must stay open
            traceback.print_exc()
            text = "程序出错了，没有保存。终端里有说明。"
            return self._message(HTTPStatus.INTERNAL_SERVER_ERROR, text)

    def _message(self, status: HTTPStatus, text: str) -> Response:
        base = "" if status == HTTPStatus.BAD_REQUEST else self._access.base
        return message(self._renderer, status, text, base)

    # --- pages ------------------------------------------------------------------------------------

    def _list_records(self, request: Request) -> Response:
        page, kind = request.args.get("page", "1"), request.args.get("kind", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        known = kind if kind in self._editor.schema else ""
        query = request.args.get("q", "")
        view = list_page(self._editor, self._access.base, query, known, number)
        return html(self._renderer.render(LIST_PAGE, view))

    def _open_record(self, request: Request, kind: str, id: str) -> Response:
        if kind not in self._editor.schema:
            raise _nothing_here()
        return self._opened(kind, id, saved=request.args.get("saved") == "1")

    def _choose_kind(self, request: Request) -> Response:
        kind = request.args.get("kind", "")
        if kind not in self._editor.creatable:
            raise _nothing_here()
        return see_other(f"{self._access.base}new/{kind}")

    def _new_record(self, request: Request, kind: str) -> Response:
        if kind not in self._editor.creatable:
            raise _nothing_here()
        return self._opened(kind, "")

    def _opened(self, kind: str, id: str, *, saved: bool = False) -> Response:
        session, form = self._editor.open(kind, id)
        view = form_page(self._editor, self._access.base, session, form, saved=saved)
        return html(self._renderer.render(FORM_PAGE, view))

    def _preview(self, request: Request, session: str, path: str = "") -> Response:
        snapshot = self._editor.session(session).snapshot
        if snapshot is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, "这一页还没有做出来。")
        return file_response(snapshot, path, self._editor.site.policy)

    def _asset(self, request: Request, name: str) -> Response:
        if name not in _ASSETS:
            raise _nothing_here()
        if name == "edit.css":
            return respond(page_style("edit-fields", "edit", "edit-review"), _ASSETS[name])
        return respond((templates_dir() / "edit" / name).read_bytes(), _ASSETS[name])

    # --- while one types --------------------------------------------------------------------------

    def _offer_names(self, request: Request) -> Response:
        kind, text = request.args.get("kind", ""), request.args.get("q", "")
        return as_json(suggestions(self._editor, kind, text))

    def _tell_state(self, request: Request, session: str) -> Response:
        return as_json(self._editor.state(session))

    def _check(self, request: Request, session: str) -> Response:
        result = self._editor.check(session, _posted(request))
        opened = self._editor.session(session)
        page = opened.page if opened.snapshot else ""
        return as_json({**problem_rows(result), "page": page, **self._editor.state(session)})

    # --- forms ------------------------------------------------------------------------------------

    def _save(self, request: Request, session: str) -> Response:
        posted = _posted(request)
        result = self._editor.save(session, posted)
        if result.saved:
            path = f"edit/{result.key.kind}/{quote(result.key.id)}?saved=1"
            return see_other(self._access.base + path)
        view = form_page(
            self._editor,
            self._access.base,
            result.session or session,
            result.form,
            result=result,
            id_control=posted.text("id"),
        )
        return html(self._renderer.render(FORM_PAGE, view), _status(result))

    # --- ids, deletion, undoing -------------------------------------------------------------------

    def _show_change(self, request: Request, kind: str, id: str) -> Response:
        key = self._changeable(kind, id)
        return self._change_page(self._changes.page(self._access.base, key), HTTPStatus.OK)

    def _rename(self, request: Request, kind: str, id: str) -> Response:
        key, new_id = self._changeable(kind, id), _posted(request).text("new_id").strip()
        try:
            self._changes.rename(key, new_id)
        except (UserError, OSError) as error:
            return self._not_changed(key, error, new_id)
        return see_other(f"{self._access.base}edit/{kind}/{quote(new_id)}?saved=1")

    def _delete(self, request: Request, kind: str, id: str) -> Response:
        key = self._changeable(kind, id)
        if not _posted(request).text("really"):
            raise _nothing_here()
        try:
            self._changes.delete(key)
        except (UserError, OSError) as error:
            return self._not_changed(key, error)
        return see_other(f"{self._access.base}?kind={kind}")

    def _undo(self, request: Request) -> Response:
        return self._message(HTTPStatus.OK, f"已退回：{self._changes.undo()}。")

    def _not_changed(self, key: Key, error: UserError | OSError, new_id: str = "") -> Response:
        told = UserError(sentence_of(error)) if isinstance(error, OSError) else error
        page = self._changes.page(self._access.base, key, new_id, told)
        return self._change_page(page, HTTPStatus.CONFLICT)

    def _change_page(self, page: ChangePage, status: HTTPStatus) -> Response:
        return html(self._renderer.render(CHANGE_PAGE, page), status)

    def _changeable(self, kind: str, id: str) -> Key:
        """Return the key of a record; of kinds whose records are fixed there is nothing to change."""
        if kind not in self._editor.creatable:
            raise _nothing_here()
        return Key(kind, id)

    def _leave(self, request: Request, session: str) -> Response:
        self._editor.leave(session)
        return respond(b"", "text/plain; charset=utf-8")


def _nothing_here() -> RefusalError:
    return RefusalError(HTTPStatus.NOT_FOUND, "没有这一页。")


def _status(result: FormResult) -> HTTPStatus:
    """Return the status of a form that comes back."""
    if result.refusal:
        return result.refusal.status
    return HTTPStatus.CONFLICT if result.stale else HTTPStatus.UNPROCESSABLE_ENTITY


def _posted(request: Request) -> Posted:
    """Return what a browser sent; raise `RefusalError` for what no form sends, or too much."""
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()):
        raise RefusalError(HTTPStatus.BAD_REQUEST, "表单读不懂。")
    if len(length) > len(str(MAX_BODY)) or int(length) > MAX_BODY:
        raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "填得太多，收不下。")
    try:
        return Posted.parse(request.get_data(cache=False))
    except BadFormError:
        raise RefusalError(HTTPStatus.BAD_REQUEST, "表单读不懂。") from None
