"""Whether an SVG is a drawing and nothing else.

A file is parsed and held to lists of what a drawing needs: elements, attributes, functions and
at-rules of its styles. What is on no list is refused. So nothing in it runs, loads a file, or
changes when it is looked at, whoever shows it.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from xml.parsers import expat

from casebook_site.base.signatures import kind_of
from casebook_site.base.svg_names import (
    AT_RULES,
    ATTRIBUTES,
    EDITORS,
    ELEMENTS,
    FREE_TEXT,
    FUNCTIONS,
    PICTURES,
    SVG,
    XLINK,
    XML,
)

LARGEST = 20 * 1024 * 1024
"""Bytes of a drawing. A map of a county with every road has 5 million."""
DEEPEST = 200
"""Elements inside one another."""
MOST_SHOWN = 1_000_000
"""Elements that are drawn, those counted again that `use` repeats."""

_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)")
_WEB = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"""\burl\(\s*(["']?)(.*?)\1\s*\)""", re.DOTALL | re.IGNORECASE)
_FUNCTION = re.compile(r"([\w-]+)\(")
_AT_RULE = re.compile(r"@\s*([\w-]*)")


class _Refused(Exception):
    """What is wrong with a drawing, in Chinese, without an end."""


def svg_fault(content: bytes) -> str:
    """Return what makes an SVG more than a drawing, in Chinese; an empty text if nothing does."""
    if len(content) > LARGEST:
        return f"超过 {LARGEST // 1024 // 1024} MB"
    try:
        _Reading().read(content)
    except _Refused as refused:
        return str(refused)
    except expat.ExpatError as error:
        return f"第 {error.lineno} 行写得不对，不是完整的 SVG"
    return ""


class _Reading:
    """One pass over a drawing."""

    def __init__(self) -> None:
        self._open: list[str] = []
        """Names of the elements that are open, namespace first."""
        self._style: list[str] | None = None
        """Text of the style element that is open."""
        self._uses = _Uses()

    def read(self, content: bytes) -> None:
        """Read all of it; raise `_Refused` or `ExpatError`."""
        if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\0", b"<\0")):
            raise _Refused("编码不是 UTF-8")
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = _refusing("定义了实体（ENTITY）")
        parser.ExternalEntityRefHandler = _refusing("引用了外部文件")
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)
        self._uses.check()

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
            raise _Refused(f"编码是 {encoding}，不是 UTF-8")

    def _doctype(self, name: str, system: str | None, public: str | None, inside: int) -> None:
        if name != "svg" or inside:
            raise _Refused("开头的 DOCTYPE 里有定义")

    def _instruction(self, target: str, data: str) -> None:
        if target != "xpacket":
            raise _Refused(f"有处理指令 <?{target}?>")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, plain = name.rpartition(" ")
        if not self._open and (namespace, plain) != (SVG, "svg"):
            raise _Refused("不是 SVG 图")
        if len(self._open) >= DEEPEST:
            raise _Refused(f"元素套得超过 {DEEPEST} 层")
        if self._style is not None:
            raise _Refused("样式（style）里有元素")
        if namespace == SVG:
            if plain not in ELEMENTS:
                raise _Refused(f"有 <{plain}>")
            for key, value in attributes.items():
                _check_attribute(plain, key, value)
        elif not namespace.startswith(EDITORS):
            raise _Refused(f"有不属于 SVG 的 <{plain}>")
        if (namespace, plain) == (SVG, "style"):
            self._style = []
        self._open.append(name)
        self._uses.begin(plain, attributes)

    def _end(self, name: str) -> None:
        self._open.pop()
        self._uses.end()
        if self._style is not None:
            _check_styles("".join(self._style))
            self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)


def _refusing(what: str) -> Callable[..., int]:
    def refuse(*_: object) -> int:
        raise _Refused(what)

    return refuse


def _check_attribute(element: str, key: str, value: str) -> None:
    namespace, _, name = key.rpartition(" ")
    if namespace == XML:
        if name not in ("lang", "space"):
            raise _Refused(f"有属性 xml:{name}")
        return
    if namespace == XLINK or (not namespace and name == "href"):
        if name == "href":
            _check_link(element, value)
        return
    if namespace:
        if not namespace.startswith(EDITORS):
            raise _Refused(f"有不属于 SVG 的属性 {name}")
        return
    if name.startswith(("data-", "aria-")) or name in FREE_TEXT:
        return
    if name not in ATTRIBUTES:
        raise _Refused(f"有属性 {name}")
    _check_styles(value)


def _check_link(element: str, value: str) -> None:
    """Refuse what is neither a part of this file, nor a picture in it, nor a link to click on."""
    target = value.strip()
    if target.startswith("#") or not target:
        return
    if element == "a" and _WEB.fullmatch(target):
        return
    if element in PICTURES and _is_picture(target):
        return
    raise _Refused(f"<{element}> 引用了别的文件或地址")


def _is_picture(target: str) -> bool:
    """Return whether an address holds a picture of pixels, by its bytes."""
    found = _PICTURE.fullmatch(target)
    if not found:
        return False
    try:
        return kind_of(b64decode(found[1])).endswith("图片")
    except ValueError:
        return False


def _check_styles(text: str) -> None:
    """Refuse styles, or the value of an attribute, that load something or hide what they say."""
    if not any(mark in text for mark in "(@\\"):
        return
    if "\\" in text:
        raise _Refused("样式里有反斜杠")
    # Beside quotes, what looks like a comment may lie in a text: it is then read like the rest.
    bare = text if "'" in text or '"' in text else _COMMENT.sub(" ", text)
    bare, addresses = _without_addresses(bare)
    for address in addresses:
        if not address.startswith("#") and not _is_picture(address):
            raise _Refused("样式里引用了别的文件或地址")
    for name in _FUNCTION.findall(bare):
        if name.lower() not in FUNCTIONS:
            raise _Refused(f"样式里有 {name}()")
    for name in _AT_RULE.findall(bare):
        if name.lower() not in AT_RULES:
            raise _Refused(f"样式里有 @{name}")


def _without_addresses(styles: str) -> tuple[str, list[str]]:
    addresses: list[str] = []

    def kept(match: re.Match[str]) -> str:
        addresses.append(match[2].strip())
        return " "

    return _URL.sub(kept, styles), addresses


class _Uses:
    """How many elements are drawn when every `use` is followed."""

    def __init__(self) -> None:
        self._own: dict[str, int] = {"": 0}
        """Id → elements inside it, without those that `use` repeats; "": the whole drawing."""
        self._repeated: dict[str, list[str]] = {"": []}
        """Id → ids that are used inside it."""
        self._inside: list[str | None] = []
        """For each open element, the id that it brings."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Count an element for all that are open, itself included."""
        own = attributes.get("id")
        if own is not None and own not in self._own:
            self._own[own], self._repeated[own] = 0, []
        self._inside.append(own)
        target = attributes.get("href") or attributes.get(f"{XLINK} href") or ""
        for ident in {"", *(ident for ident in self._inside if ident is not None)}:
            self._own[ident] += 1
            if name == "use" and target.startswith("#"):
                self._repeated[ident].append(target[1:])

    def end(self) -> None:
        """Leave an element."""
        self._inside.pop()

    def check(self) -> None:
        """Raise `_Refused` for a drawing that repeats itself too often or endlessly."""
        totals: dict[str, int] = {}

        def total(ident: str, above: tuple[str, ...]) -> int:
            if ident in above or len(above) > DEEPEST:
                raise _Refused("<use> 引用了自己")
            if ident not in totals:
                within = (*above, ident)
                used = [name for name in self._repeated.get(ident, ()) if name in self._own]
                totals[ident] = self._own.get(ident, 0) + sum(total(n, within) for n in used)
            if totals[ident] > MOST_SHOWN:
                raise _Refused("<use> 重复的内容太多")
            return totals[ident]

        total("", ())
