"""From draft to sign-off to change to fall-back, by the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client, TestResponse

from casebook_site.webapp.access import FormAccess
from casebook_site.webapp.app import WebApp
from casebook_site.webapp.form_routes import FormRoutes
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.record_editor import RecordEditor
from tests.build.reviews.folder import DAY, FILES, REVIEW, TERM, reviewing
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]
Open = Callable[[SiteFolder], "Asked"]
PAGE = "review/term/lian-cun"


class Asked:
    """A form, and one who presses its buttons."""

    def __init__(self, folder: SiteFolder) -> None:
        self.site = LiveSite(folder.root / "mkdocs.yml", None, lambda _: None)
        self._access = FormAccess.of("http://127.0.0.1:8000")
        self.editor = RecordEditor(self.site)
        self._client = Client(WebApp(forms=FormRoutes(self.editor, self._access)))

    def get(self, path: str) -> TestResponse:
        """Opens a page."""
        return self._client.get(self._access.base + path, headers={"Host": "127.0.0.1:8000"})

    def post(self, path: str, **typed: object) -> TestResponse:
        """Sends a form."""
        return self._client.post(
            self._access.base + path,
            data=urlencode(typed, doseq=True),
            content_type="application/x-www-form-urlencoded",
            headers={"Host": "127.0.0.1:8000", "Origin": self._access.origin},
        )


@pytest.fixture
def opened() -> Iterator[Callable[[SiteFolder], Asked]]:
    """Opens the form of a folder."""
    with ExitStack() as stack:

        def asked(folder: SiteFolder) -> Asked:
            form = Asked(folder)
            stack.callback(form.editor.close)
            return form

        yield asked


@pytest.fixture
def folder(site_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """The small site, of which nothing is signed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return reviewing(site_folder(FILES))


def test_a_record_is_signed_changed_and_falls_back(folder: SiteFolder, opened: Open) -> None:
    form = opened(folder)
    assert "三审三校" in form.get("").text
    assert "审校</a>" in form.get("edit/term/lian-cun").text
    assert "还有3条没有签完" in form.get("reviews").text
    draft = form.get(PAGE).text
    assert "还没有签过" in draft
    assert "内部的话" not in draft
    # What cannot be signed comes back with what was typed.
    refused = form.post(f"{PAGE}/sign", step="复审", post="党建办", note="好", decision="sign")
    assert refused.status_code == 409
    assert "要先签初审" in refused.text
    assert 'value="党建办"' in refused.text
    assert 'value="好"' in refused.text
    for step, post in (("初审", "组织科"), ("复审", "党建办"), ("一校", "组织科")):
        done = form.post(f"{PAGE}/sign", step=step, post=post, decision="sign")
        assert done.status_code == 303, done.text
    signed = form.get(PAGE).text
    assert signed.count("state-signed") == 3
    assert "签过以后没有改" in signed
    folder.edit(TERM, "几个村一起", "几个村一起干")
    form.site.content.read_again([str(folder.root / TERM)])
    changed = form.get(PAGE).text
    assert "2026年12月1日签一校以后改过：释义" in changed
    assert "几个村一起<ins>干</ins>。" in changed
    assert "没有公开" not in changed
    # The preview shows the same at the top of the page.
    page = form.site.snapshot(form.site.content.link()).file("terms/lian-cun.html")
    assert page is not None
    assert "审校：签后改过" in page.decode()
    refused = form.post(f"{PAGE}/sign", step="初审", post="组织科", decision="refuse")
    assert "退回要写意见" in refused.text
    form.post(f"{PAGE}/sign", step="初审", post="组织科", note="不通", decision="refuse")
    assert "初审 退回（组织科，2026年12月1日）：不通" in form.get("reviews").text
    assert "已退回：初审退回：联村" in form.post("undo").text


def test_many_are_signed_at_once_and_days_are_set(folder: SiteFolder, opened: Open) -> None:
    form = opened(folder)
    assert form.get("reviews?step=初审").text.count('type="checkbox"') == 3
    assert "没有选记录" in form.post("reviews/sign", step="初审", post="组织科").text
    records = ["term/lian-cun", "term/village"]
    assert form.post("reviews/sign", step="初审", post="组织科", record=records).status_code == 303
    assert form.get("reviews?step=初审").text.count('type="checkbox"') == 1
    assert "不对" in form.post(f"{PAGE}/days", embargo="明天").text
    assert form.post(f"{PAGE}/days", embargo="2027-01-01", expires="").status_code == 303
    assert "embargo: 2027-01-01" in (folder.root / REVIEW).read_text("utf-8").replace('"', "")
    assert form.get("review/term/secret").status_code == 404
    assert form.get("review/no-kind/x").status_code == 404


def test_a_site_without_a_review_has_no_such_pages(site_folder: MakeFolder, opened: Open) -> None:
    form = opened(site_folder(FILES))
    assert "三审三校" not in form.get("").text
    refused = form.get("reviews")
    assert refused.status_code == 409
    assert "在 mkdocs.yml" in refused.text
