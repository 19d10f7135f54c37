"""The pages of 三审三校: how far each record is, what changed since it was signed, sign or refuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from casebook_site.base.problems import ContentError, UserError
from casebook_site.base.templates import Renderer, Template
from casebook_site.base.today import today
from casebook_site.domain.reviewing import STATE_TITLES
from casebook_site.domain.text_changes import TextChange
from casebook_site.editing.reviewing import Signature
from casebook_site.engine.loading import Loaded
from casebook_site.engine.reviewing import opened_book, set_days, sign
from casebook_site.model.catalog import Key
from casebook_site.model.reviewed import ReviewedRecord, reviewed, waiting
from casebook_site.schema.dates import PartialDate
from casebook_site.webapp.access import FormAccess, RefusalError
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.responses import html, respond, see_other

MAX_FORM = 2_000_000
"""Bytes that a form of these pages may send."""

ROWS = 300
"""Records that the list shows."""


@dataclass(frozen=True)
class ReviewRow:
    """A record in the list."""

    key: str
    kind_title: str
    name: str
    state: str
    state_title: str
    told: str


@dataclass(frozen=True)
class ReviewList:
    """The records that wait, or all of them."""

    base: str
    site_name: str
    steps: tuple[str, ...]
    step: str
    """Only records that lack this step are listed; empty for all."""
    rows: tuple[ReviewRow, ...]
    found: int
    unsigned: int
    by_post: bool
    post: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class ReviewStepRow:
    """A step of a record's review."""

    title: str
    state: str
    said: str


@dataclass(frozen=True)
class ReviewPage:
    """The review of one record."""

    base: str
    site_name: str
    key: str
    name: str
    kind_title: str
    told: str
    since: str
    """The step since which changes are counted; empty for the last that was signed."""
    steps: tuple[ReviewStepRow, ...]
    changes: tuple[TextChange, ...]
    text: str
    """The whole text, where nothing was signed yet."""
    embargo: str
    expires: str
    by_post: bool
    step: str
    """The step that is to be signed next; empty if all is signed."""
    post: str = ""
    note: str = ""
    refusal: str = ""


SHEETS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Format of a sheet → its media type."""

REVIEW_LIST = Template("edit/reviews.html", ReviewList)
REVIEW_PAGE = Template("edit/review.html", ReviewPage)


class ReviewRoutes:
    """Answers for the pages of reviews, to those who were let in."""

    def __init__(self, editor: RecordEditor, access: FormAccess, renderer: Renderer) -> None:
        """Keep them."""
        self._site, self._base, self._renderer = editor.site, access.base, renderer

    @property
    def endpoints(self) -> Mapping[str, Callable[..., Response]]:
        """Name of an endpoint → what answers it."""
        return {
            "list_reviews": self._list,
            "sign_many": self._sign_many,
            "review_sheet": self._sheet,
            "show_review": self._show,
            "sign_review": self._sign,
            "date_review": self._date,
        }

    def _list(self, request: Request) -> Response:
        return self._listed(request.args.get("step", ""))

    def _sign_many(self, request: Request) -> Response:
        typed = _typed(request)
        keys = [Key.parse(text) for text in request.form.getlist("record")]
        step, post = typed.get("step", ""), typed.get("post", "")
        try:
            if not keys:
                raise UserError("没有选记录。")
            self._write(keys, Signature(step, post, PartialDate.parse(today())))
        except UserError as error:
            return self._listed(step, post, _said(error))
        return see_other(f"{self._base}reviews")

    def _sheet(self, request: Request, format: str) -> Response:
        """Return the sheet of the records that lack a step, or any step, as a file to save."""
        if format not in SHEETS:
            raise RefusalError(HTTPStatus.NOT_FOUND, "没有这一页。")
        # What sets paper takes long to load, and few forms ask for it.
        from casebook_site.engine.review_sheets import sheet_files

        settings, loaded, step = self._site.settings, self._loaded(), request.args.get("step", "")
        keys = waiting(opened_book(settings, loaded), step)
        if not keys:
            raise UserError("没有等着签的记录，不用印。")
        ((name, content),) = sheet_files(settings, loaded, keys, step, [format]).items()
        response = respond(content, SHEETS[format])
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
        return response

    def _show(self, request: Request, kind: str, id: str) -> Response:
        return self._shown(Key(kind, id), {"since": request.args.get("since", "")})

    def _sign(self, request: Request, kind: str, id: str) -> Response:
        typed, key = _typed(request), Key(kind, id)
        signature = Signature(
            typed.get("step", ""),
            typed.get("post", ""),
            PartialDate.parse(today()),
            typed.get("note", ""),
            refused=typed.get("decision") == "refuse",
        )
        try:
            self._write([key], signature)
        except UserError as error:
            return self._shown(key, typed, _said(error))
        return see_other(f"{self._base}review/{kind}/{id}")

    def _date(self, request: Request, kind: str, id: str) -> Response:
        typed, key = _typed(request), Key(kind, id)
        try:
            loaded = self._loaded()
            set_days(self._site.settings, loaded, key, typed.get("embargo"), typed.get("expires"))
        except UserError as error:
            return self._shown(key, typed, _said(error))
        return see_other(f"{self._base}review/{kind}/{id}")

    def _write(self, keys: Sequence[Key], signature: Signature) -> None:
        sign(self._site.settings, self._loaded(), keys, signature)

    def _loaded(self) -> Loaded:
        content = self._site.content
        content.link()
        content.check()
        assert content.loaded is not None
        return content.loaded

    def _listed(self, step: str, post: str = "", refusal: str = "") -> Response:
        book = opened_book(self._site.settings, self._loaded())
        known = step if step in book.options.steps else ""
        keys = waiting(book, known) if known else [*book]
        page = ReviewList(
            self._base,
            self._site.settings.site_name,
            book.options.steps,
            known,
            tuple(_row(reviewed(book, key)) for key in keys[:ROWS]),
            len(keys),
            len(waiting(book)),
            book.options.by_post,
            post,
            refusal,
        )
        status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
        return html(self._renderer.render(REVIEW_LIST, page), status)

    def _shown(self, key: Key, typed: Mapping[str, str], refusal: str = "") -> Response:
        book = opened_book(self._site.settings, self._loaded())
        if key not in book:
            raise RefusalError(HTTPStatus.NOT_FOUND, "没有要签的这一条：不在了，或者只给内部看。")
        since = typed.get("since", "")
        found = reviewed(book, key, since if since in book.options.steps else "")
        state = found.state
        page = ReviewPage(
            base=self._base,
            site_name=self._site.settings.site_name,
            key=str(key),
            name=found.record.name,
            kind_title=found.record.kind_title,
            told=found.told,
            since=since,
            steps=tuple(ReviewStepRow(s.title, s.state, s.chinese) for s in state.steps),
            changes=found.changes if found.since else (),
            text="" if found.since else found.text,
            embargo=typed.get("embargo", state.embargo.iso if state.embargo else ""),
            expires=typed.get("expires", state.expires.iso if state.expires else ""),
            by_post=book.options.by_post,
            step=typed.get("step") or next(iter(state.lacking), ""),
            post=typed.get("post", ""),
            note=typed.get("note", ""),
            refusal=refusal,
        )
        status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
        return html(self._renderer.render(REVIEW_PAGE, page), status)


def _row(found: ReviewedRecord) -> ReviewRow:
    state = found.state
    return ReviewRow(
        str(found.key),
        found.record.kind_title,
        found.record.name,
        state.state,
        STATE_TITLES[state.state],
        found.progress,
    )


def _typed(request: Request) -> dict[str, str]:
    """Return what a form sent; raise `RefusalError` for too much."""
    if (request.content_length or 0) > MAX_FORM:
        raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "填得太多，收不下。")
    return {name: text.strip() for name, text in request.form.items()}


def _said(error: UserError) -> str:
    """Return what is wrong, as one text."""
    if isinstance(error, ContentError):
        return "".join(problem.text for problem in error.problems[:5])
    return str(error)
