"""An office's Word template comes from somewhere: what of it is run, and what it may hold.

A template may name values and conditions. It can call nothing, and repeat nothing. What a pack would
carry to its readers (macros, objects, files that Word fetches when it opens) is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

LARGEST = 50 * 1024 * 1024
"""Bytes of a template when unpacked. Ours has 0.2 million; a crest in colour adds one or two."""
MOST_PARTS = 2000
"""Files in a template."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Filter, nodes.Add,
    nodes.Concat,
)  # fmt: skip
"""What tags may consist of. The cost of a template is then that of its length."""
_FILTERS = frozenset(
    ["upper", "lower", "capitalize", "title", "trim", "length", "default", "d", "e"]
)
_NAMES = {
    nodes.For: "循环",
    nodes.Call: "调用",
    nodes.Getattr: "取属性",
    nodes.Getitem: "取属性",
}
"""What else an office may have written, in its words."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_INSTRUCTION = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instrText"
_SIMPLE_FIELD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldSimple"
_FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|INCLUDE)\b", re.I)
"""Fields by which Word runs or fetches something."""
_CARRIED = ("vbaproject", "vbadata", "activex/", "embeddings/")
"""Parts that bring macros or objects, by what their names hold in small letters."""


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:
        """Refuse what is not allowed before anything is worked out, constants included."""
        for found in node.find_all(nodes.Node):
            if not isinstance(found, _ALLOWED):
                what = _NAMES.get(type(found), "这种写法")
                raise SecurityError(f"模板里只能写名称和条件，不能用{what}")
        super().visit_Template(node, frame)


def template_environment() -> jinja2.Environment:
    """Return the environment in which all tags of a template are worked out."""
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    environment.code_generator_class = _Generator
    environment.globals.clear()
    environment.filters = {
        name: filter for name, filter in environment.filters.items() if name in _FILTERS
    }
    return environment


def template_fault(content: bytes) -> str:
    """Return what makes the bytes of a template unfit, in Chinese; an empty text if nothing does.

    Raise whatever zip and XML raise for a file that is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
            return "解开后过大"
        for entry in entries:
            name = entry.filename.lower()
            if any(part in name for part in _CARRIED):
                return "带有宏或嵌入的对象"
            if name.endswith((".xml", ".rels")) and (
                fault := _part_fault(archive.read(entry), name)
            ):
                return fault
    return ""


def _part_fault(content: bytes, name: str) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        return "XML 里有文档类型定义"
    if name == "[content_types].xml" and b"macroEnabled" in content:
        return "是带宏的文件（.docm）"
    for relation in root.iter(_RELATIONSHIP):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind.lower() == "afchunk":
            return "嵌入了别的文件"
        if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            return f"引用了外部文件 {relation.get('Target', '')[:80]!r}"
    said = "".join(part.text or "" for part in root.iter(_INSTRUCTION))
    simple = (value for part in root.iter(_SIMPLE_FIELD) for value in part.attrib.values())
    if any(_FETCHING.search(text) for text in (said, *simple)):
        return "有会读取外部文件的域"
    return ""
