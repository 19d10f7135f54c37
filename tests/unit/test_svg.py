"""Drawings: what is a drawing and nothing else passes; whatever runs, loads or changes does not."""

from __future__ import annotations

from base64 import b64encode
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.svg import svg_fault
from casebook_site.base.svg_names import AT_RULES, ATTRIBUTES, ELEMENTS, FUNCTIONS
from tests.folders import TOY

PIXEL = b64encode((TOY / "content/media/bing/park-01.png").read_bytes()).decode()
HTML = b64encode(b"<html><script>alert(1)</script>").decode()
LINKED = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside: str, head: str = "", root: str = "") -> bytes:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" {LINKED} {root}>{inside}</svg>'.encode()


SOUND = [
    drawing('<rect width="10" height="5" fill="#900" transform="rotate(45)"/>'),
    drawing("", head='<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'),
    drawing("", head='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'),
    drawing("<style>/* (c) 2024, a.b@c */ .a{fill:rgb(1,2,3)} @media print{.a{fill:none}}</style>"),
    drawing("<style><![CDATA[.a > .b{fill:url(#g)}]]></style>"),
    drawing('<g id="a"><path d="M0 0h1"/></g><use href="#a"/><use xlink:href="#a"/>'),
    drawing(f'<image href="data:image/png;base64,{PIXEL}" width="1" height="1"/>'),
    drawing(f'<rect style="fill:url(&quot;data:image/png;base64,{PIXEL}&quot;)"/>'),
    drawing('<rect clip-path="url(#c)" style="mask:url(\'#m\')"/>'),
    drawing('<a href="https://example.org/"><text>去</text></a>'),
    drawing("<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>"),
    drawing("", root="xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:version='1'"),
    drawing("<i:view xmlns:i='http://www.inkscape.org/namespaces/inkscape' pagecolor='#fff'/>"),
    b"\xef\xbb\xbf" + drawing("<title>\xe5\x9b\xbe</title>"),
]  # fmt: skip


@pytest.mark.parametrize("content", SOUND)
def test_what_drawing_programs_write_passes(content: bytes) -> None:
    assert svg_fault(content) == ""


SCRIPT = "<script>alert(1)</script>"
XHTML = "http://www.w3.org/1999/xhtml"
HOSTILE = {
    "script": drawing(SCRIPT),
    "another prefix": b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>a()</s:script></s:svg>',
    "utf-16": drawing(SCRIPT).decode().encode("utf-16"),
    "utf-16 without a mark": drawing(SCRIPT).decode().encode("utf-16-le"),
    "utf-7 declared": drawing("", head='<?xml version="1.0" encoding="UTF-7"?>'),
    "ebcdic declared": drawing("", head='<?xml version="1.0" encoding="cp037"?>'),
    "gbk declared": drawing("", head='<?xml version="1.0" encoding="GBK"?>'),
    "entity": drawing("&x;", head='<!DOCTYPE svg [<!ENTITY x "&#60;script>a()&#60;/script>">]>'),
    "external entity": drawing("&x;", head='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "default attribute": drawing("", head='<!DOCTYPE svg [<!ATTLIST svg onload CDATA "a()">]>'),
    "html doctype": drawing("", head="<!DOCTYPE html>"),
    "foreignObject": drawing("<foreignObject><p>x</p></foreignObject>"),
    "xhtml": drawing(f'<h:iframe xmlns:h="{XHTML}" src="x"/>'),
    "xhtml as the default": drawing(f'<body xmlns="{XHTML}"/>'),
    "no namespace": b"<svg><rect/></svg>",
    "html": b"<html><body/></html>",
    "xml events": drawing('<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>'),
    "handler": drawing("<handler>a()</handler>"),
    "embed": drawing("<embed src='x'/>"),
    "video": drawing("<video src='x'/>"),
    "image from a host": drawing('<image href="https://example.org/a.png"/>'),
    "image without a scheme": drawing('<image href="//example.org/a.png"/>'),
    "image beside the file": drawing('<image xlink:href="a.png"/>'),
    "feImage": drawing('<filter><feImage href="https://example.org/a.png"/></filter>'),
    "data that is a page": drawing(f'<image href="data:text/html;base64,{HTML}"/>'),
    "data that says it is a picture": drawing(f'<image href="data:image/png;base64,{HTML}"/>'),
    "data that is a drawing": drawing('<image href="data:image/svg+xml,&lt;svg/>"/>'),
    "use of another file": drawing('<use href="other.svg#a"/>'),
    "use of data": drawing('<use href="data:image/svg+xml;base64,AAAA#a"/>'),
    "gradient of another file": drawing('<linearGradient href="http://e.example/a.svg#g"/>'),
    "javascript link": drawing('<a href="javascript:alert(1)"><text>x</text></a>'),
    "javascript with a tab": drawing('<a xlink:href="java&#9;script:alert(1)"/>'),
    "data link": drawing('<a href="data:text/html,x"/>'),
    "onload": drawing("", root='onload="a()"'),
    "on of what is to come": drawing('<rect onnewthing="a()"/>'),
    "base": drawing('<g xml:base="https://example.org/"/>'),
    "import": drawing('<style>@import "https://example.org/a.css";</style>'),
    "import in large letters": drawing("<style>@IMPORT url(#a);</style>"),
    "import behind a comment": drawing("<style>/**/@import '//e.example/a';</style>"),
    "font": drawing("<style>@font-face{src:url(https://example.org/a.woff)}</style>"),
    "style attribute": drawing('<g style="fill:url(https://example.org/a.svg#g)"/>'),
    "fill": drawing('<g fill="url( //e.example/a#g )"/>'),
    "open to the end": drawing("<g style='background:url(\"https://example.org/a'/>"),
    "escape": drawing(r'<g style="background:\75rl(https://example.org/a)"/>'),
    "image-set": drawing("<g style=\"background:image-set('https://example.org/a' 1x)\"/>"),
    "src": drawing("<g style=\"background:src('https://example.org/a')\"/>"),
    "a comment that is a text": drawing("<style>a{x:'/*';fill:url(http://e.example);y:'*/'}</style>"),
    "expression": drawing('<g style="width:expression(alert(1))"/>'),
    "stylesheet": drawing("", head='<?xml-stylesheet href="https://example.org/a.css"?>'),
    "stylesheet inside": drawing('<?xml-stylesheet href="a.css"?>'),
    "animation of href": drawing('<a><animate attributeName="href" to="javascript:a()"/></a>'),
    "set": drawing('<set attributeName="onmouseover" to="a()"/>'),
    "animateMotion": drawing("<animateMotion/>"),
    "element in a style": drawing("<style><g/></style>"),
    "nothing": b"",
    "half of it": drawing("<g>")[:-10],
    "bytes": b"\x89PNG\r\n\x1a\n",
    "depth": drawing("<g>" * 10_000 + "</g>" * 10_000),
    "use of itself": drawing('<g id="a"><use href="#a"/></g>'),
    "use of each other": drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "uses of uses": drawing(
        '<g id="a0"><path/></g>'
        + "".join(f'<g id="a{n}">{f"<use href=&#34;#a{n - 1}&#34;/>" * 10}</g>' for n in range(1, 9))
    ).replace(b"&#34;", b'"'),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_runs_loads_or_changes_is_refused(name: str) -> None:
    assert svg_fault(HOSTILE[name]) != ""


def test_the_fault_names_what_was_found() -> None:
    assert svg_fault(drawing(SCRIPT)) == "有 <script>"
    assert svg_fault(drawing("", root='onload="a()"')) == "有属性 onload"
    assert svg_fault(HOSTILE["utf-16"]) == "编码不是 UTF-8"
    assert (
        svg_fault(drawing('<image href="https://example.org/a.png"/>'))
        == "<image> 引用了别的文件或地址"
    )


def test_no_list_holds_what_loads_or_runs() -> None:
    assert not [name for name in ATTRIBUTES if name.lower().startswith("on") or "href" in name]
    assert not {"src", "action", "formaction", "begin", "attributeName", "to", "from"} & ATTRIBUTES
    assert not {"script", "foreignObject", "iframe", "set", "animate", "handler"} & ELEMENTS
    assert not {"url", "src", "image", "image-set", "element", "cross-fade"} & FUNCTIONS
    assert not {"import", "namespace", "charset"} & AT_RULES


@given(st.binary(max_size=60), st.sampled_from([*SOUND, *HOSTILE.values()]), st.floats(0, 1))
def test_a_changed_drawing_is_refused_or_has_only_known_names(
    noise: bytes, content: bytes, where: float
) -> None:
    at = int(where * len(content))
    changed = content[:at] + noise + content[at + len(noise) // 2 :]
    if svg_fault(changed) == "":
        for element in ElementTree.fromstring(changed).iter():
            assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "iframe")
