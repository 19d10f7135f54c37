"""Every template and the type of what it shows agree: no name is missing, no field is idle."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from jinja2 import DictLoader

from casebook_site import kinds, outputs, webapp
from casebook_site.base.problems import Location, Problem
from casebook_site.base.settings import Publisher
from casebook_site.base.templates import Template, environment, templates_dir
from casebook_site.editing.columns import Column
from casebook_site.mkdocs_adapter.capture import ThemeView
from casebook_site.outputs.bundles.manifest import Manifest, Update
from casebook_site.outputs.site.views import LinkView, RecordEntry
from casebook_site.webapp.fields import Asked
from casebook_site.webapp.validation import ValidationResult
from tests.unit.template_types import TemplateReader, fields_of, read_of

VALUES = {Asked, Column, Location, Manifest, Problem, Update, ValidationResult}
"""Values of the program that a template reads as they are: they were not made for it alone."""

READ_BY_PROGRAM: dict[type, set[str]] = {RecordEntry: {"group"}}
"""Fields by which the program puts views in order, before a template is given them."""


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Yield a package and all modules in it."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def declared() -> dict[str, Template[Any]]:
    """Return name → template, for all that the program declares."""
    found = [
        value
        for package in (kinds, outputs, webapp)
        for module in modules(package)
        for value in vars(module).values()
        if isinstance(value, Template)
    ]
    by_name = {template.name: template for template in found}
    assert all(by_name[template.name] is template for template in found), "declared twice"
    return by_name


@pytest.fixture(scope="module")
def reader() -> TemplateReader:
    """All templates, read with the types that the program declares."""
    reader = TemplateReader(environment())
    for name, template in declared().items():
        reader.read(name, {"view": template.view})
    return reader


def test_templates_name_only_what_there_is(reader: TemplateReader) -> None:
    assert not reader.wrong


def test_every_field_is_shown(reader: TemplateReader) -> None:
    idle = {
        cls.__name__: missing
        for cls, used in reader.used.items()
        if cls not in VALUES
        and (missing := fields_of(cls) - used - READ_BY_PROGRAM.get(cls, set()))
    }
    assert not idle


def test_every_template_is_declared_or_part_of_one_that_is(reader: TemplateReader) -> None:
    folder = templates_dir()
    ours = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*.html")
        if "theme" not in file.relative_to(folder).parts
    }
    assert ours <= reader.read_templates


def test_the_theme_reads_what_it_is_given(reader: TemplateReader) -> None:
    folder, env = templates_dir(), environment()
    used: dict[type, set[str]] = {}
    for file in sorted((folder / "theme").rglob("*.html")):
        tree = env.parse(file.read_text("utf-8"))
        read, wrong = read_of(tree, "casebook", ThemeView)
        assert not wrong, file
        for cls, names in read.items():
            used.setdefault(cls, set()).update(names)
    assert used == {cls: fields_of(cls) for cls in (ThemeView, Publisher)}


# --- the reader itself ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What the templates below show."""

    title: str
    links: tuple[LinkView, ...]
    above: LinkView | None
    pairs: tuple[tuple[str, int], ...]


Read = Callable[[str], TemplateReader]


@pytest.fixture
def read() -> Read:
    """Read a text as a template that shows `Shown`."""

    def reading(text: str) -> TemplateReader:
        env = environment()
        env.loader = DictLoader(
            {
                "x.html": text,
                "base.html": "{{ view.titel }}{% block a %}{{ view.nothing }}{% endblock %}",
                "m.html": "{% macro m(x, y=1) %}{{ x.name }}{{ x.nmae }}{% endmacro %}",
                "part.html": "{{ view.missing }}",
            }
        )
        reader = TemplateReader(env)
        reader.read("x.html", {"view": Shown})
        return reader

    return reading


@pytest.mark.parametrize(
    "text",
    [
        "{{ view.titel }}",
        "{{ veiw.title }}",
        "{{ view.above.title }}",
        "{% for x in view.links %}{{ x.title }}{% endfor %}",
        "{% for x in view.links %}{% endfor %}{{ x.name }}",
        "{% for x in view.links if x.gone %}{% endfor %}",
        "{% for a, b, c in view.pairs %}{% endfor %}",
        "{% for a, b in view.links[:2] %}{% endfor %}",
        "{% set x = view.above %}{{ x.nmae }}",
        "{% if view.titel %}{% endif %}",
        "{{ view.title if view.gone else view.title }}",
        "{% macro m(x) %}{{ x.gone }}{% endmacro %}{{ m(view.above) }}",
        '{% import "m.html" as m %}{{ m.m(view.above) }}',
        '{% import "m.html" as m %}{{ m.m() }}',
        '{% include "part.html" %}',
        '{% extends "base.html" %}{% block a %}{% endblock %}',
        "{{ view }}",
    ],
)
def test_a_name_that_no_type_has_is_found(read: Read, text: str) -> None:
    assert read(text).wrong


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("{{ view.title }}", {"title"}),
        ("{% for a, b in view.pairs %}{{ a }}{{ b + 1 }}{% endfor %}", {"pairs"}),
        ("{{ view.links | length if view.title else view.links[0].name }}", {"title", "links"}),
        ("{% set x = view.above %}{% if x and x.href %}{{ x }}{% endif %}", {"above"}),
    ],
)
def test_what_is_read_is_noted(read: Read, text: str, used: set[str]) -> None:
    reader = read(text)
    assert not reader.wrong
    assert reader.used[Shown] == used


def test_what_shows_itself_reads_its_own_fields(read: Read) -> None:
    assert read("{{ view.above }}").used[LinkView] == {"name", "href", "mark"}


def test_what_the_theme_reads_is_found_under_another_name_too() -> None:
    tree = environment().parse(
        "{% set pub = casebook.publisher %}{{ pub.icp }}{{ pub.icq }}{{ page.title }}{{ casebook.hed }}"
    )
    used, wrong = read_of(tree, "casebook", ThemeView)
    assert used == {ThemeView: {"publisher"}, Publisher: {"icp"}}
    assert len(wrong) == 2
