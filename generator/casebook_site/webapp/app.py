"""The web application: one WSGI callable, which a server, a test client or a page can ask.

It is made of values, and starts no thread, waits for nothing and opens no socket: `server` does.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from casebook_site.base.system_errors import sentence_of
from casebook_site.base.templates import Renderer
from casebook_site.webapp.access import RefusalError, require_readable
from casebook_site.webapp.form_routes import FormRoutes
from casebook_site.webapp.responses import message
from casebook_site.webapp.site_routes import SiteRoutes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class WebApp:
    """The form, the preview, or both: then the token tells which of them is asked for."""

    def __init__(self, *, forms: FormRoutes | None = None, site: SiteRoutes | None = None) -> None:
        self._forms = forms
        self._site = site
        self._renderer = Renderer()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, as WSGI wants it."""
        with Request(environ) as request:  # which closes the files that came with it
            return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        """Return the answer; whatever is refused or fails here knows no token."""
        try:
            require_readable(request)
            return self._respond(request)
        except RefusalError as error:
            return message(self._renderer, error.status, str(error))
        except OSError as error:
            text = sentence_of(error)
            return message(self._renderer, HTTPStatus.INTERNAL_SERVER_ERROR, text)
        except Exception:
            traceback.print_exc()
            text = "程序出错了。终端里有说明。"
            return message(self._renderer, HTTPStatus.INTERNAL_SERVER_ERROR, text)

    def _respond(self, request: Request) -> Response:
        if self._forms and (self._site is None or self._forms.knows(request)):
            return self._forms.respond(request)
        if self._site:
            return self._site.respond(request)
        raise RefusalError(HTTPStatus.NOT_FOUND, "没有这一页。")
