"""The live preview over HTTP: who is answered, what binds a browser, which addresses can be had."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from casebook_site.engine.changes import Changes
from casebook_site.webapp.access import local_names
from casebook_site.webapp.app import WebApp
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.responses import MEDIA_POLICY
from casebook_site.webapp.server import site_server
from casebook_site.webapp.site_routes import SiteRoutes
from tests.build.forms.served import by_socket, by_wsgi
from tests.build.test_preview import RECORD, break_record, preview_of
from tests.folders import REPOSITORY, SiteFolder, toy_copy


def serving(folder: SiteFolder) -> Iterator[tuple[str, LiveSite]]:
    """Serves the preview of a folder; gives its address, and the preview."""
    preview = preview_of(folder)
    server = site_server(preview, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", preview
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, LiveSite]]:
    """Address of the toy's preview, and the preview, for tests that change nothing."""
    yield from serving(toy_copy(tmp_path_factory.mktemp("served").resolve() / "toy"))


@pytest.fixture
def edited(toy: SiteFolder) -> Iterator[tuple[str, LiveSite]]:
    """The same of a folder that the test edits."""
    yield from serving(toy)


def ask(address: str, **headers: str) -> tuple[int, Any, str]:
    """Status, headers and text of an answer."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_pages_lie_where_the_site_will_lie(served: tuple[str, LiveSite]) -> None:
    address, preview = served
    status, headers, page = ask(f"{address}/sub/path/")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'data-number="{preview.shown.number}"' in page
    assert ask(f"{address}/")[2] == page
    assert ask(f"{address}/sub/path/data/terms.csv")[0] == 200


def test_a_page_that_is_not_there_is_the_site_s_own(served: tuple[str, LiveSite]) -> None:
    status, _, page = ask(f"{served[0]}/sub/path/nowhere.html")
    assert status == 404
    assert "@@casebook" not in page
    assert "首页" in page


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil:80", ""])
def test_only_this_machine_by_its_name_is_answered(served: tuple[str, LiveSite], host: str) -> None:
    assert ask(f"{served[0]}/sub/path/", Host=host)[0] == 403


@pytest.mark.parametrize(
    ("host", "asked_as", "status"),
    [
        ("127.0.0.1", "localhost", 200), ("127.0.0.2", "127.0.0.2", 200), ("127.0.0.2", "evil.example", 403),
        ("[::1]", "[::1]", 200), ("[::1]", "evil.example", 403), ("localhost", "evil.example", 403),
        ("0.0.0.0", "my.machine", 200),
    ],
)  # fmt: skip
def test_names_are_held_to_where_the_preview_can_be_reached(
    served: tuple[str, LiveSite], host: str, asked_as: str, status: int
) -> None:
    app = WebApp(site=SiteRoutes(served[1], names=local_names(host)))
    assert by_wsgi(app, "GET", "/sub/path/", None, {"Host": f"{asked_as}:80"}).status == status


# --- what binds a browser -------------------------------------------------------------------------


@pytest.mark.parametrize("transport", ["socket", "wsgi"])
@pytest.mark.parametrize(
    ("path", "status"),
    [("", 200), ("nowhere.html", 404), ("data/terms.csv", 200), ("_casebook/reload.js", 200), ("media/bing/park-01.png", 200)],
)  # fmt: skip
def test_no_answer_is_guessed_kept_or_told_to_others(
    served: tuple[str, LiveSite], path: str, status: int, transport: str
) -> None:
    address, preview = served
    port = int(address.rpartition(":")[2])
    if transport == "socket":
        answer = by_socket(port, "GET", f"/sub/path/{path}", None, {})
    else:
        app = WebApp(site=SiteRoutes(preview))
        answer = by_wsgi(app, "GET", f"/sub/path/{path}", None, {"Host": f"localhost:{port}"})
    assert answer.status == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_pages_run_the_theme_s_scripts_and_no_others(served: tuple[str, LiveSite]) -> None:
    _, headers, page = ask(f"{served[0]}/sub/path/teaching-points/zi-park.html")
    directives = {
        name: values
        for name, *values in map(str.split, headers["Content-Security-Policy"].split(";"))
    }
    for tag in ("script", "style"):
        allowed = directives[f"{tag}-src"]
        assert all(value == "'self'" or value.startswith("'sha256-") for value in allowed)
    inline = [
        text
        for attributes, text in re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.DOTALL)
        if "src=" not in attributes and "json" not in attributes
    ]
    assert inline
    for text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in directives["script-src"]


def test_media_run_nothing_and_belong_to_no_origin(
    toy: SiteFolder, edited: tuple[str, LiveSite]
) -> None:
    address, preview = edited
    toy.write("media/bing/plan.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    toy.edit(RECORD, "bing/park-01.png", "bing/plan.svg")
    preview.take(Changes(records={str(toy.root / RECORD)}, others=True))
    _, headers, _ = ask(f"{address}/sub/path/media/bing/plan.svg")
    assert headers["Content-Type"].startswith("image/svg+xml")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "XYZ"])
def test_a_preview_is_only_looked_at(served: tuple[str, LiveSite], method: str) -> None:
    port = int(served[0].rpartition(":")[2])
    assert by_socket(port, method, "/sub/path/", None, {}).status == 405


@pytest.mark.parametrize(
    ("target", "headers"),
    [("http://[", {}), ("/sub/path/", {"Referer": "http://["}), ("//[", {}), ("x", {})],
)
def test_a_request_that_cannot_be_read_is_refused(
    served: tuple[str, LiveSite], target: str, headers: dict[str, str]
) -> None:
    port = int(served[0].rpartition(":")[2])
    answer = by_socket(port, "GET", target, None, headers)
    assert answer.status == (302 if target == "//[" else 400)


@pytest.mark.parametrize(
    "path",
    ["../mkdocs.yml", "..%2f..%2fmkdocs.yml", "%2e%2e/mkdocs.yml", "/etc/passwd", "%00", "%FF"],
)
def test_a_preview_reaches_no_file_beside_the_site(served: tuple[str, LiveSite], path: str) -> None:
    port = int(served[0].rpartition(":")[2])
    answer = by_socket(port, "GET", f"/sub/path/{path}", None, {})
    assert answer.status == 404
    assert "site_name" not in answer.text


# --- the address ----------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_one_sentence(toy: SiteFolder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for arguments in (
            ("serve", "-a", f"127.0.0.1:{port}"),
            ("edit", "--no-browser", "--port", str(port)),
        ):
            done = toy.casebook(*arguments)
            assert done.returncode == 2
            assert re.fullmatch(
                r"错误：\S*开不起来（端口已经被占用）：换一个端口，如 .*。\n", done.stderr
            )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:99999",
        "127.0.0.1:x",
        "127.0.0.1",
        ":80",
        "127.0.0.1:８０００",
        "no.such.host.invalid:8000",
    ],
)
def test_an_address_that_is_none_is_one_sentence(toy: SiteFolder, address: str) -> None:
    done = toy.casebook("serve", "-a", address)
    assert done.returncode == 2
    assert done.stderr.startswith("错误：")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_an_open_page_is_told_of_a_change(toy: SiteFolder, edited: tuple[str, LiveSite]) -> None:
    address, preview = edited
    shown = preview.shown.number
    preview.take(break_record(toy))
    assert ask(f"{address}/sub/path/_casebook/changes?shown={shown}")[2] != str(shown)
    page = ask(f"{address}/sub/path/teaching-points/zi-park.html")[2]
    assert "CB202" in page
    assert f"{RECORD}:" in page


def test_a_page_that_cannot_be_made_says_why(
    served: tuple[str, LiveSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: str) -> bytes:
        raise ValueError("<no such thing>")

    address, preview = served
    monkeypatch.setattr(type(preview.shown.snapshot), "file", lambda self, path: broken(path))
    status, _, page = ask(f"{address}/sub/path/")
    assert status == 500
    assert "&lt;no such thing&gt;" in page
    assert "reload.js" in page


@pytest.mark.parametrize("name", ["HOSTING.md", "HOSTING.zh-CN.md"])
def test_the_policy_of_media_is_the_documented_one(name: str) -> None:
    assert MEDIA_POLICY in (REPOSITORY / "docs" / name).read_text("utf-8")
