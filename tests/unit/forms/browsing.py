"""What a browser makes of a page with a form: the inputs, and what it would send."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode


class _Inputs(HTMLParser):
    """The inputs of a page in their order, those of templates left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._inert = 0
        self._text: list[str] | None = None
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._inert += tag == "template"
        if self._inert:
            return
        if tag == "input" and attributes.get("name"):
            value = attributes.get("value", "")
            if attributes.get("type") != "hidden":
                value = value.replace("\r", "").replace("\n", "")
            self.pairs.append((attributes["name"], value))
        elif tag == "textarea":
            self._name, self._text = attributes["name"], []
        elif tag == "select":
            self._name = attributes["name"]
            self.pairs.append((self._name, ""))
        elif tag == "option" and "selected" in attributes:
            self.pairs[-1] = (self._name, attributes["value"])

    def handle_endtag(self, tag: str) -> None:
        self._inert -= tag == "template"
        if tag == "textarea" and self._text is not None:
            text = "".join(self._text).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\n")
            self.pairs.append((self._name, text.replace("\n", "\r\n")))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def inputs(page: str) -> list[tuple[str, str]]:
    """(name, value) of every input of a page."""
    parser = _Inputs()
    parser.feed(page)
    parser.close()
    return parser.pairs


def sent(page: str, **changed: str) -> bytes:
    """The body that a browser sends for the page's form, some inputs filled in otherwise."""
    return urlencode(list(_changed(inputs(page), changed))).encode()


def _changed(pairs: list[tuple[str, str]], changed: dict[str, str]) -> Iterator[tuple[str, str]]:
    waiting = {name.replace("__", "-"): value for name, value in changed.items()}
    for name, value in pairs:
        yield name, waiting.pop(name, value)
    yield from waiting.items()
