"""Who may ask the form, and what: the same whether it is asked over a socket or as WSGI alone."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Literal

import pytest

from casebook_site.webapp import server
from casebook_site.webapp.access import FormAccess
from casebook_site.webapp.form_routes import MAX_BODY
from tests.build.forms.served import ServedForms
from tests.folders import tree
from tests.unit.forms.browsing import sent


@pytest.fixture(params=["socket", "wsgi"])
def asked(site: ServedForms, request: pytest.FixtureRequest) -> ServedForms:
    """The form, asked in both ways."""
    transport: Literal["socket", "wsgi"] = request.param
    return replace(site, transport=transport)


def test_only_who_knows_the_token_is_answered(asked: ServedForms) -> None:
    assert asked.server.server_address[0] == "127.0.0.1"
    assert asked.ask("").status == 200
    for path in (
        "/",
        "/edit/teaching-point/zi-park",
        "/x" * 12,
        f"{asked.access.base[:-2]}/",
        "//",
    ):
        answer = asked.ask(path)
        assert answer.status == 403, path
        assert asked.access.token not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "localhost:1", "127.0.0.1", "127.0.0.1.evil:80"])
def test_only_this_machine_by_its_name_is_answered(asked: ServedForms, host: str) -> None:
    assert asked.ask("", Host=host).status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])  # fmt: skip
def test_a_page_of_another_origin_changes_and_reads_nothing(
    asked: ServedForms, origin: str
) -> None:
    page, before = asked.opened(), tree(asked.folder.root / "content")
    body = sent(page.text, name="别的网页")
    for path in (f"save/{page.tab}", f"check/{page.tab}", f"leave/{page.tab}"):
        assert asked.ask(path, body, Origin=origin).status == 403
        assert asked.ask(path, body, Origin="", Referer=f"{origin}/x").status == 403
    assert asked.ask(f"save/{page.tab}", body, Origin="").status == 403
    assert asked.ask("names?kind=village&q=", Origin=origin).status == 403
    assert tree(asked.folder.root / "content") == before


def test_a_browser_that_sends_only_a_referer_may_save(asked: ServedForms) -> None:
    page = asked.opened()
    body = sent(page.text, organiser="老浏览器")
    answer = asked.ask(f"save/{page.tab}", body, Origin="", Referer=asked.access.address)
    assert answer.status == 303


@pytest.mark.parametrize(
    "path", ["", "x", "static/edit.css", "names?kind=term&q=", "new?kind=term", "/"]
)
def test_no_answer_lets_itself_be_framed_kept_guessed_or_told_to_others(
    asked: ServedForms, path: str
) -> None:
    headers = asked.ask(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "XYZ"])
def test_other_methods_are_unknown(asked: ServedForms, method: str) -> None:
    origin = {"Origin": asked.access.origin}
    assert asked.request(method, asked.access.base, None, origin).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "static/../../pyproject.toml", "static/%2e%2e/form.html", "static/form.html", "edit/teaching-point/..%2f..%2fx",
        "edit/teaching-point/../../mkdocs", "edit/nothing/x", "edit/teaching-point/", "new/category", "new/nothing",
        "preview/nobody/index.html", "state/nobody", "edit/village/all", "edit/teaching-point/%00", "x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(asked: ServedForms, path: str) -> None:
    assert asked.ask(path).status == 404


def test_a_preview_reaches_no_file_beside_the_site(asked: ServedForms) -> None:
    page = asked.opened()
    shown = asked.check(page)["page"]
    assert "子村产业园" in asked.ask(f"preview/{page.tab}/{shown}").text
    for path in ("../mkdocs.yml", "..%2f..%2fmkdocs.yml", "%2fetc%2fpasswd", "content/records"):
        assert asked.ask(f"preview/{page.tab}/{path}").status == 404


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("http://[", {}), ("//[", {}), ("/{token}/", {"Referer": "http://["}), ("//[/{token}/", {}), ("http://[/{token}/", {}),
        ("x", {}), ("*", {}), ("?q=1", {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_that_cannot_be_read_is_refused_without_the_token(
    asked: ServedForms, method: str, target: str, headers: dict[str, str]
) -> None:
    target = target.format(token=asked.access.token)
    answer = asked.request(method, target, b"" if method == "POST" else None, headers)
    assert answer.status in ((400,) if "//[" not in target[:3] else (400, 403))
    assert asked.access.token not in answer.text + str(answer.headers)


def test_what_fails_for_a_stranger_does_not_tell_the_token(
    asked: ServedForms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> str:
        raise ValueError("no such thing")

    monkeypatch.setattr(FormAccess, "path_of", fails)
    answer = asked.ask("")
    assert answer.status == 500
    assert asked.access.token not in answer.text


@pytest.mark.parametrize(
    ("body", "length", "status"),
    [
        (b"a=%FF", None, 400), (b"x" * 10, str(MAX_BODY + 1), 413), (b"", "x", 400), (b"", "-1", 400),
        (b"&".join([b"a=1"] * 6000), None, 400), (b"sources-%C2%B2=1", None, 400),
    ],
)  # fmt: skip
def test_hostile_bodies_are_refused(
    asked: ServedForms, body: bytes, length: str | None, status: int
) -> None:
    page = asked.opened()
    headers = {"Content-Length": length} if length else {}
    assert asked.ask(f"save/{page.tab}", body, **headers).status == status


# --- the socket alone -----------------------------------------------------------------------------


def raw(port: int, request: bytes) -> bytes:
    """What a server answers to these bytes, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET http://[ HTTP/1.1", b"GET", b"GET / HTTP/9.9.9", b"GET / x HTTP/1.1", b"\x16\x03\x01\x02",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1",
    ],
)  # fmt: skip
def test_bytes_that_are_no_request_are_refused(site: ServedForms, request_line: bytes) -> None:
    host = f"Host: 127.0.0.1:{site.server.server_port}".encode()
    answer = raw(site.server.server_port, request_line + b"\r\n" + host + b"\r\n\r\n")
    assert site.access.token.encode() not in answer
    status = answer.split(b" ", 2)[1:2]
    assert status in ([b"400"], [b"414"], [b"505"]) or b"\n400 " in b"\n" + answer


def test_a_proxy_s_way_of_asking_is_understood(site: ServedForms) -> None:
    port = site.server.server_port
    line = f"GET {site.access.address}?q=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    assert raw(port, line.encode()).split()[1] == b"200"
    evil = f"GET {site.access.address} HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    assert raw(port, evil.encode()).split()[1] == b"403"


def test_a_connection_on_which_nothing_comes_is_closed(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server._RequestHandler, "timeout", 0.2)
    port = site.server.server_port
    assert raw(port, b"") == b""
    assert raw(port, b"GET / HTTP/1.1\r\nHost") == b""
    page = site.opened()
    head = (
        f"POST {site.access.base}save/{page.tab} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Origin: {site.access.origin}\r\nContent-Length: 100\r\n\r\nname="
    )
    assert raw(port, head.encode()).split()[1] == b"400"
    assert capfd.readouterr().err == ""


def test_a_browser_that_goes_away_is_not_worth_a_word(
    site: ServedForms, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", site.server.server_port)) as connection:
            head = f"GET {site.access.base} HTTP/1.1\r\nHost: 127.0.0.1:{site.server.server_port}\r\n\r\n"
            connection.sendall(head.encode())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    assert site.ask("").status == 200
    assert capfd.readouterr().err == ""
