"""The form of a copy of the toy, and one who asks it: over a socket, or as WSGI alone."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from urllib.parse import unquote

from werkzeug.test import create_environ, run_wsgi_app

from casebook_site.webapp.access import FormAccess
from casebook_site.webapp.app import WebApp
from casebook_site.webapp.form_routes import FormRoutes
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.server import LocalServer
from tests.folders import SiteFolder
from tests.unit.forms.browsing import sent

PARK = "content/records/teaching-points/zi-park.yml"


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Any
    text: str

    @property
    def tab(self) -> str:
        """The window that a form belongs to."""
        match = re.search(r'data-tab="([^"]+)"', self.text)
        assert match, self.text
        return match[1]


@dataclass
class ServedForms:
    """A server over a copy of the toy, and one who asks it."""

    folder: SiteFolder
    server: LocalServer
    access: FormAccess
    editor: RecordEditor
    transport: Literal["socket", "wsgi"] = "socket"

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Asks as the server's own pages do, unless headers say otherwise."""
        known = {"Origin": self.access.origin} if body is not None else {}
        sent_headers = {name: value for name, value in (known | headers).items() if value}
        if not path.startswith("/"):
            path = self.access.base + path
        return self.request("GET" if body is None else "POST", path, body, sent_headers)

    def request(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        """Sends exactly this request."""
        if self.transport == "socket":
            return by_socket(self.server.server_port, method, target, body, headers)
        known = {"Host": f"127.0.0.1:{self.server.server_port}", **headers}
        app = WebApp(forms=FormRoutes(self.editor, self.access))
        return by_wsgi(app, method, target, body, known)

    def opened(self, path: str = "edit/teaching-point/zi-park") -> Answer:
        """A form that opens."""
        answer = self.ask(path)
        assert answer.status == 200, answer.text
        return answer

    def save(self, page: Answer, **changed: str) -> Answer:
        """Presses the button of a form."""
        return self.ask(f"save/{page.tab}", sent(page.text, **changed))

    def check(self, page: Answer, **changed: str) -> dict[str, Any]:
        """What the form says while somebody types."""
        answer = self.ask(f"check/{page.tab}", sent(page.text, **changed))
        assert answer.status == 200, answer.text
        found: dict[str, Any] = json.loads(answer.text)
        return found

    def text(self, path: str = PARK) -> str:
        """A file of the site's folder."""
        return (self.folder.root / path).read_text("utf-8")


def by_socket(
    port: int, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
) -> Answer:
    """Asks a server on this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, target, skip_host=True)
    for name, value in {"Host": f"127.0.0.1:{port}", **headers}.items():
        connection.putheader(name, value)
    if body is not None and "Content-Length" not in headers:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return Answer(answer.status, answer.headers, text)


def by_wsgi(
    app: WebApp, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
) -> Answer:
    """Asks the application itself, as a server would."""
    path, _, query = target.partition("?")
    environ = create_environ(method=method, headers=dict(headers))
    environ |= {"PATH_INFO": unquote(path, "latin-1"), "QUERY_STRING": query}
    if body is not None:
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = headers.get("Content-Length", str(len(body)))
    content, status, answered = run_wsgi_app(app, environ, buffered=True)
    return Answer(int(status.split()[0]), answered, b"".join(content).decode(errors="replace"))
