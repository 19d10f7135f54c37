"""Reading built pages as a browser would: links, anchors, assets, scripts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LINKING = {
    "a": "href", "link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src",
    "form": "action", "use": "href", "object": "data", "video": "src", "audio": "src",
}  # fmt: skip


@dataclass
class WebPage(HTMLParser):
    """What one page links to and holds."""

    links: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """(element, address, its attributes)."""
    anchors: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)
    """Anchors that stand twice."""
    inline: list[str] = field(default_factory=list)
    """Event handlers and style attributes."""
    json_ld: list[str] = field(default_factory=list)
    text: str = ""
    title: str = ""
    headings: list[int] = field(default_factory=list)
    images_without_text: int = 0
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects what the element links to and is called."""
        given = {name: value or "" for name, value in attrs}
        if address := given.get(LINKING.get(tag, "")):
            self.links.append((tag, address, given))
        if tag == "meta" and given.get("http-equiv") == "refresh":
            self.links.append((tag, given["content"].partition("url=")[2], given))
        if name := given.get("id") or (given.get("name") if tag == "a" else None):
            (self.repeated if name in self.anchors else self.anchors).add(name)
        self.inline += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in given:
            self.images_without_text += 1
        is_data = tag == "script" and given.get("type") == "application/ld+json"
        if is_data:
            self.json_ld.append("")
        self._inside = "json" if is_data else tag

    def handle_endtag(self, tag: str) -> None:
        """Text behind it belongs to no element."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Collects text."""
        if self._inside == "json":
            self.json_ld[-1] += data
        elif self._inside not in ("script", "style"):
            self.text += data
            if self._inside == "title":
                self.title += data


def read_page(file: Path) -> WebPage:
    """A built page; read again when it was written again."""
    return _read(file, file.stat().st_mtime_ns)


@cache
def _read(file: Path, written: int) -> WebPage:
    page = WebPage()
    page.feed(file.read_text("utf-8"))
    page.close()
    return page


def broken_links(site: Path, root: str) -> list[str]:
    """Every address in the site that leads nowhere, or to what is not http.

    `root` is the path of the site on its host, where the 404 page has its links.
    """
    broken = []
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        for tag, address, given in read_page(file).links:
            if path == "404.html" and address.startswith(root):
                address = address.removeprefix(root)
            if fault := _fault(site, path, tag, address, given):
                broken.append(f"{path}: <{tag}> {address}: {fault}")
    for file in sorted(site.rglob("*.css")):
        path = file.relative_to(site).as_posix()
        for address in re.findall(r"url\(['\"]?([^'\")]+)", file.read_text("utf-8")):
            if not address.startswith(("data:", "#")) and (fault := _target(site, path, address)):
                broken.append(f"{path}: {address}: {fault}")
    return broken


def _fault(site: Path, path: str, tag: str, address: str, given: dict[str, str]) -> str:
    scheme = urlsplit(address).scheme
    if scheme in ("http", "https"):
        rel = given.get("rel", "")
        if tag == "a" or (tag == "link" and rel == "canonical"):
            return ""
        return "the page would load it from elsewhere"
    if scheme in ("mailto", "tel") and tag == "a":
        return ""
    if scheme:
        return "is neither http nor relative"
    if address.startswith("/"):
        return "is not relative to the page"
    return _target(site, path, address)


def _target(site: Path, path: str, address: str) -> str:
    target, _, anchor = address.partition("#")
    target = unquote(target.partition("?")[0])
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
    if found.startswith(".."):
        return "leaves the site"
    file = site / found
    if not file.is_file():
        return "is not there"
    if anchor and file.suffix == ".html" and anchor not in read_page(file).anchors:
        return "has no such anchor"
    return ""
