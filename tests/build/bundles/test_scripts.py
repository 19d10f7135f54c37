"""Scripts of a bundle run in browsers of 2020: Chrome 86 and Firefox 78, which lacks some of it.

Firefox 78 reads all of ECMAScript 2020; what came later and what it left out is looked for by
name in the syntax tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from casebook_site.model.scopes import ALL
from casebook_site.outputs.bundles.making import BundleBuilder

_PARSER = Parser(Language(tree_sitter_javascript.language()))

TOO_NEW = {
    "class_static_block": "static blocks (Firefox 93)",
    "private_property_identifier": "private names (Firefox 90)",
    "decorator": "decorators",
    "import_attribute": "import attributes",
    "hash_bang_line": "a line for shells",
}
_INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|application/))[^>]*>(.*?)</script>", re.DOTALL)


def nodes(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in node.children:
        yield from nodes(child)


def faults(script: str) -> list[str]:
    """What browsers of 2020 cannot read."""
    found = []
    for node in nodes(_PARSER.parse(script.encode()).root_node):
        text = (node.text or b"").decode()
        if node.is_error or node.is_missing:
            found.append(f"not JavaScript: {text[:60]}")
        elif node.type in TOO_NEW:
            found.append(TOO_NEW[node.type])
        elif node.type in ("||=", "&&=", "??="):
            found.append(f"{node.type} (Firefox 79)")
        elif node.type == "regex_flags" and set(text) - set("gimsuy"):
            found.append(f"flags of an expression: {text}")
        elif node.type == "await_expression" and not within_function(node):
            found.append("await outside functions (Firefox 89)")
    return found


def within_function(node: Node) -> bool:
    """Whether a node stands in any function."""
    above = node.parent
    while above is not None:
        if "function" in above.type or above.type == "method_definition":
            return True
        above = above.parent
    return False


@pytest.mark.parametrize(
    "script",
    ["class A { #x = 1 }", "class A { static { f() } }", "a ||= 1", "a ??= 1", "/a/v.test(b)",
     "await f()", "let = = 1"],
)  # fmt: skip
def test_what_is_too_new_is_found(script: str) -> None:
    assert faults(script)


@pytest.mark.parametrize("script", ["a?.b ?? c", "async () => { await f() }", "1n ** 2n", "/a/su"])
def test_what_both_browsers_read_is_not(script: str) -> None:
    assert faults(script) == []


def test_every_script_of_a_bundle_can_be_read(real_builder: BundleBuilder) -> None:
    files = real_builder.bundle(ALL).files
    scripts = {p: c.raw.decode() for p, c in files.items() if p.endswith(".js")}
    assert len(scripts) > 4
    for path, content in files.items():
        if path.endswith(".html"):
            for script in _INLINE.findall(content.raw.decode()):
                scripts[f"in {path}: {script[:40]}"] = script
    frame = scripts["files/assets/casebook/frame.js"]
    for script in _INLINE.findall(frame.replace('\\"', '"').replace("\\n", "\n")):
        scripts[f"in the frame: {script[:40]}"] = script
    unique = {script: path for path, script in scripts.items()}
    found = {path: faults(script) for script, path in unique.items()}
    assert {path: fault for path, fault in found.items() if fault} == {}
