"""Fixtures: one browser a worker, sites built once, and pages opened as a reader opens them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.sites import served
from tests.folders import REPOSITORY

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is cut: only this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

OpenPage = Callable[..., Page]
Scheme = Literal["light", "dark"]
WebServer = Callable[..., str]

expect.set_options(timeout=15_000)
"""Milliseconds; a busy machine is slow to draw."""


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; its absence fails with the line that mends it."""
    found = subprocess.run(
        ["sh", "scripts/browser"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser a worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def web_server() -> Iterator[WebServer]:
    """Serves sites as `served` does until all pages of the test are closed."""
    with ExitStack() as stack:

        def started(site: Path, **options: Any) -> str:
            return stack.enter_context(served(site, **options))

        yield started


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong on the pages that `open_page` opened; a test may look, and clear it."""
    return []


@pytest.fixture
def requests() -> list[str]:
    """The addresses that the pages opened by `open_page` have asked for."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, complaints: list[str], requests: list[str], web_server: WebServer
) -> Iterator[OpenPage]:
    """Opens a page; it fails the test that asks for anything outside its site, or complains."""
    contexts = []

    def opened(
        address: Path | str,
        width: int = 1280,
        scheme: Scheme = "light",
        *,
        height: int = 900,
        **options: Any,
    ) -> Page:
        if isinstance(address, Path) and address.name == "404.html":
            address = web_server(address.parent, prefix=root_of(address)) + "404.html"
        url = address.as_uri() if isinstance(address, Path) else address
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        watch(page, urlsplit(url).netloc, complaints)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(dict.fromkeys(complaints))


def root_of(page: Path) -> str:
    """Where the site of a 404 page stands on its host: only there do its links lead anywhere."""
    home = re.search('href="([^"]*)index.html" class="md-header__button', page.read_text("utf-8"))
    assert home
    return home[1]


def may_be_missing(url: str) -> bool:
    """A page that names no icon makes the browser look for one at the root of the host; the
    self-check of a bundle looks for what a later version would have left."""
    path = urlsplit(url).path
    return path == "/favicon.ico" or "/bundle/after-" in path


def watch(page: Page, host: str, complaints: list[str]) -> None:
    """Notes requests that leave the site, requests that fail, and errors of the page."""

    def request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("file", "data") and (not host or address.netloc != host):
            complaints.append(f"request to another place: {request.url}")

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not may_be_missing(message.location["url"]):
            complaints.append(f"console: {message.text} ({message.location['url']})")

    def failed(request: Request) -> None:
        # A page that is left, or loads again, ends what it was still waiting for.
        if request.failure != "net::ERR_ABORTED" and not may_be_missing(request.url):
            complaints.append(f"failed: {request.url} ({request.failure})")

    def response(response: Response) -> None:
        if response.status >= 400 and not may_be_missing(response.url):
            complaints.append(f"answer {response.status}: {response.url}")

    page.on("request", request)
    page.on("requestfailed", failed)
    page.on("response", response)
    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))


def settle(page: Page) -> None:
    """Waits until nothing moves or fades any more."""
    page.evaluate(
        "() => Promise.allSettled(document.getAnimations().map(animation => animation.finished))"
    )
