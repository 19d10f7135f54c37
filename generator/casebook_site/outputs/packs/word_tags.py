"""The tags of a Word template, `{{ title }}` and `{% if unit %}`: which of them is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{[{%].*?[%}]\}")
_OF_DOCXTPL = re.compile(r"^(\{[{%])(?:p|tr|tc|r)\s")
"""docxtpl's own marks, which say what of the document a tag takes the place of."""

_MOST = 1000
"""Tags of a part. Each is read with all before it."""

_OPEN = "Unexpected end of template."
"""How Jinja begins what it says of a block without an end; a tag without one is said otherwise."""


def tag_fault(template: Any, values: Mapping[str, object]) -> str:
    """Return what is wrong with the first wrong tag of a python-docx document, or an empty text."""
    for part in _parts(template):
        paragraphs = list(_paragraphs(part))
        for text in paragraphs:
            if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
                return f"标记写得不对（“{text}”的括号不成对）"
        tags = [tag for text in paragraphs for tag in _TAG.findall(text)]
        if len(tags) > _MOST:
            return f"标记超过 {_MOST} 个"
        if fault := _order_fault(tags) or _value_fault(tags, values):
            return fault
    return ""


def _parts(template: Any) -> Iterator[Any]:
    """Yield the body, and every header and footer."""
    yield template.element.body
    for relation in template.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def _paragraphs(part: Any) -> Iterator[str]:
    for paragraph in part.iter(f"{_W}p"):
        yield "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))


def _order_fault(tags: list[str]) -> str:
    """Return the first tag that Jinja cannot read here, or the block that is not closed."""
    import jinja2

    read, begun = "", ""
    for tag in tags:
        read += _OF_DOCXTPL.sub(r"\1 ", tag)
        try:
            jinja2.Environment().parse(read)
            begun = ""
        except jinja2.TemplateSyntaxError as error:
            if not str(error.message).startswith(_OPEN):
                return f"标记写得不对（{tag}）"
            begun = begun or tag
    return f"标记写得不对（{begun} 起的一段没有结束）" if begun else ""


def _value_fault(tags: list[str], values: Mapping[str, object]) -> str:
    """Return the first tag that names an unknown value, or an empty text."""
    from jinja2.exceptions import SecurityError

    from casebook_site.outputs.packs.word_safety import template_environment

    environment = template_environment()
    for tag in tags:
        said = _OF_DOCXTPL.sub(r"\1 ", tag)
        if condition := re.match(r"\{%\s*(?:el)?if\b(.*)%\}$", said):
            said = f"{{% if {condition[1]} %}}{{% endif %}}"
        elif said.startswith("{%"):
            continue
        try:
            environment.from_string(said).render(values)
        except SecurityError as error:
            return f"标记 {tag} 不许用（{error}）"
        except Exception:  # an office's own expression may fail in any way
            return f"不认识 {tag} 这个标记"
    return ""
