"""The application where there are neither threads nor sockets, as inside a page of a browser."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest

from casebook_site.webapp.app import WebApp
from casebook_site.webapp.form_routes import FormRoutes
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.site_routes import SiteRoutes
from tests.build.forms.served import ServedForms, by_wsgi


def test_form_and_preview_need_no_thread_and_no_socket(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise AssertionError("there is none")

    monkeypatch.setattr(threading.Thread, "start", refuses)
    monkeypatch.setattr(socket, "socket", refuses)
    live = LiveSite(site.folder.root / "mkdocs.yml", None, lambda _: None)
    alone = replace(site, editor=RecordEditor(live), transport="wsgi")
    page = alone.opened()
    shown = alone.check(page, organiser="新的合作社")["page"]
    assert "新的合作社" in alone.ask(f"preview/{page.tab}/{shown}").text
    assert alone.save(page, organiser="新的合作社").status == 303
    assert "organiser: 新的合作社\n" in site.text()
    alone.editor.close()


def test_one_application_answers_for_both(site: ServedForms) -> None:
    live = site.editor.site
    app = WebApp(forms=FormRoutes(site.editor, site.access), site=SiteRoutes(live))
    host = {"Host": site.access.origin.removeprefix("http://")}
    assert "全部记录" in by_wsgi(app, "GET", site.access.base, None, host).text
    home = by_wsgi(app, "GET", "/sub/path/", None, host)
    assert home.status == 200
    assert site.access.token not in home.text
    number = by_wsgi(app, "GET", "/sub/path/_casebook/changes?shown=x", None, host)
    assert number.text == str(live.shown.number)  # at once: nobody waits for a change
