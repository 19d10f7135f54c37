"""Jinja2 templates, each with the type of what it shows; values in, HTML out."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, Generic, TypeVar, cast

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from markupsafe import escape

from casebook_site.base.phrases import phrases
from casebook_site.base.rendering import plain_text, prose_html

ViewT = TypeVar("ViewT")


@dataclass(frozen=True)
class Template(Generic[ViewT]):
    """A template of ours, which knows one variable, `view`.

    A test reads each template and holds it to the fields of its type.
    """

    name: str
    """Path below the folder of templates."""
    view: type[ViewT]
    """The type of `view`."""


def templates_dir() -> Path:
    """Return the folder of templates: in the wheel, or at the root of a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "_templates"
    return packaged if packaged.is_dir() else package.parents[1] / "templates"


_MARKUP_SIGN = re.compile("[&<>\"']")


def html_of(value: Any) -> str:
    """Return a value as HTML: markup as it is, anything else escaped."""
    if value.__class__ is str:
        return escape(value) if _MARKUP_SIGN.search(value) else value
    return value.__html__() if hasattr(value, "__html__") else escape(value)


class _CodeGenerator(CodeGenerator):
    """Writes `html_of` where Jinja writes `escape`, whose `Markup` took a sixth of a page's time.

    Jinja's own `NativeEnvironment` is made in the same way.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and not finalize.src:
            self.write("environment.html_of(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    """An environment whose `view.name` is Python's: an attribute, or an error at once.

    Jinja's own looks for a key where there is no attribute; no view has keys.
    """

    code_generator_class = _CodeGenerator
    getattr = staticmethod(getattr)  # type: ignore[assignment]
    html_of = staticmethod(html_of)


class CompiledTemplates(BytecodeCache):
    """Keeps the compiled templates of a process, which may make many environments.

    A preview, a watched build and a test run MkDocs again and again; to compile its theme took half
    of each run. What a template is compiled to depends on its text and on the environment.
    """

    def __init__(self, size: int = 1000) -> None:
        self._size = size
        self._code: dict[Hashable, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, if the same template was compiled before."""
        bucket.code = self._code.get(_identity(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        if bucket.code is not None:
            if len(self._code) >= self._size:
                self._code.clear()
            self._code[_identity(bucket)] = bucket.code

    def clear(self) -> None:
        """Forget all code."""
        self._code.clear()


def _identity(bucket: Bucket) -> Hashable:
    """Return what decides what a template is compiled to."""
    env = bucket.environment
    known = frozenset(env.extensions), frozenset(env.filters.items())
    return bucket.key, bucket.checksum, type(env), env.trim_blocks, env.lstrip_blocks, *known


COMPILED = CompiledTemplates()
"""The compiled templates of this process: ours and the theme's."""


def environment(directory: Path | None = None) -> Environment:
    """Return a Jinja environment that refuses undefined names and escapes every value."""
    env = _Environment(
        loader=FileSystemLoader(directory or templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    env.filters["prose"] = prose_html
    env.filters["plain"] = plain_text
    env.filters["phrases"] = phrases
    return env


class Renderer:
    """Renders templates with a view; templates are compiled once."""

    def __init__(self, directory: Path | None = None) -> None:
        self._env = environment(directory)
        self._templates: dict[str, Any] = {}

    def render(self, template: Template[ViewT], view: ViewT) -> str:
        """Return the text of a template that shows `view`."""
        compiled = self._templates.get(template.name)
        if compiled is None:
            compiled = self._templates[template.name] = self._env.get_template(template.name)
            compiled.globals = dict(compiled.globals)  # copied for each page; a ChainMap is slow
        return cast(str, compiled.render(view=view))
