"""The site on a web server with the Content-Security-Policy that docs/HOSTING.md gives."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, WebServer, root_of
from tests.browser.sites import PageKind, Sites, every_kind, served
from tests.browser.test_reading import to_dark
from tests.folders import REPOSITORY

HOSTING = REPOSITORY / "docs/HOSTING.md"
SCRIPT_TYPES = {"", "text/javascript", "application/javascript", "module"}


@pytest.fixture(scope="session")
def documented() -> str:
    """What stands between the marks in docs/HOSTING.md."""
    text = HOSTING.read_text("utf-8")
    found = re.search(r"<!-- csp:begin -->(.*?)<!-- csp:end -->", text, re.DOTALL)
    assert found, "docs/HOSTING.md has no csp:begin and csp:end"
    return found[1]


@pytest.fixture(scope="session")
def policy(documented: str) -> str:
    """The policy, on one line."""
    found = re.search(r"```\w*\n(.*?)```", documented, re.DOTALL)
    assert found, "docs/HOSTING.md shows no policy between its marks"
    return " ".join(found[1].split())


@pytest.fixture(scope="session")
def directives(policy: str) -> dict[str, list[str]]:
    """Directive → what it allows."""
    return {name: values for name, *values in (part.split() for part in policy.split(";") if part)}


@pytest.fixture(scope="session")
def sub_path(real_site: Path, policy: str) -> Iterator[str]:
    """The real site below a folder of a host; gives the address of the home page."""
    with served(
        real_site, prefix="/a/sub/path/", headers={"Content-Security-Policy": policy}
    ) as home:
        yield home


# --- the policy -----------------------------------------------------------------------------------


def test_the_policy_allows_nothing_from_elsewhere(directives: dict[str, list[str]]) -> None:
    directives = dict(directives)
    assert directives.pop("default-src") == ["'none'"]
    assert directives.pop("base-uri") == ["'none'"]
    assert directives.pop("frame-ancestors") == ["'none'"]
    assert directives.pop("form-action") in (["'none'"], ["'self'"])
    assert set(directives.pop("img-src")) == {"'self'", "data:"}
    for name in ("script-src", "style-src"):
        assert all(
            value == "'self'" or value.startswith("'sha256-") for value in directives.pop(name)
        )
    assert all(values == ["'self'"] for values in directives.values()), directives


class Inline(HTMLParser):
    """What a page brings inside itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = {"script": set(), "style": set()}
        self.forbidden: list[str] = []
        self._open: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or "javascript:" in (value or ""):
                self.forbidden.append(f"<{tag} {name}={value!r}>")
        if tag == "style" or (
            tag == "script"
            and "src" not in values
            and (values.get("type") or "").lower() in SCRIPT_TYPES
        ):
            self._open, self._text = tag, ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            digest = hashlib.sha256(self._text.encode()).digest()
            self.found[tag].add(f"'sha256-{base64.b64encode(digest).decode()}'")
            self._open = None


def test_the_documented_hashes_are_those_of_all_pages(
    real_site: Path, documented: str, directives: dict[str, list[str]]
) -> None:
    inline = Inline()
    for file in sorted(real_site.rglob("*.html")):
        with file.open(encoding="utf-8", newline="") as text:
            inline.feed(text.read())
        inline.reset()
    assert not inline.forbidden
    for tag, hashes in inline.found.items():
        listed = {value for value in directives[f"{tag}-src"] if value.startswith("'sha256-")}
        assert listed == hashes, f"docs/HOSTING.md, {tag}-src: {' '.join(sorted(hashes))}"
    for value in set(re.findall(r"sha256-[\w+/=]+", documented)):
        assert any(f"'{value}'" in hashes for hashes in inline.found.values()), value


# --- pages under it -------------------------------------------------------------------------------


@every_kind
def test_a_page_under_a_sub_path_is_whole_under_the_policy(
    kind: PageKind,
    sites: Sites,
    sub_path: str,
    policy: str,
    web_server: WebServer,
    open_page: OpenPage,
) -> None:
    file = sites.page(kind)
    site = sites.site_of(file)
    path = file.relative_to(site).as_posix()
    home = sub_path
    if site != sites.real or path == "404.html":
        headers = {"Content-Security-Policy": policy}
        prefix = root_of(file) if path == "404.html" else "/a/sub/path/"
        home = web_server(site, prefix=prefix, headers=headers)
    page = open_page(home + path)
    expect(page.locator("h1").first).to_be_visible()


def test_light_and_dark_are_switched_under_the_policy(sub_path: str, open_page: OpenPage) -> None:
    page = open_page(sub_path + "index.html")
    to_dark(page)
    page.locator(".md-tabs__link").nth(1).click()
    page.wait_for_url("**/case-studies/index.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_filter_works_under_the_policy(sub_path: str, open_page: OpenPage) -> None:
    page = open_page(sub_path + "figures/index.html")
    page.get_by_role("searchbox", name="名称含").fill("没有这个词")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("没有符合的数据")


def test_a_policy_that_misses_a_hash_is_noticed(
    real_site: Path,
    policy: str,
    web_server: WebServer,
    open_page: OpenPage,
    complaints: list[str],
) -> None:
    bare = re.sub(r" 'sha256-[^']+'", "", policy)
    home = web_server(real_site, headers={"Content-Security-Policy": bare})
    open_page(home + "index.html").context.close()
    assert any("Content Security Policy" in line for line in complaints)
    complaints.clear()
