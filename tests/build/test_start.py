"""What a command loads before it works: an edit is built in half a second, so each part counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from casebook_site.cli.main import COMMANDS, cli
from tests.folders import SiteFolder, toy_copy

AFTERWARDS = "import sys; print(*sys.modules)"
RUN = """
import atexit, sys
atexit.register(lambda: print(*sys.modules))
from casebook_site.cli.main import main
sys.argv[0] = "casebook"
main()
"""

OTHERS = {
    "openpyxl",
    "numpy",
    "ruamel",
    "wtforms",
    "docx",
    "docxtpl",
    "typst",
    "fontTools",
    "shapely",
    "libzim",
    "minisign",
    "distributed",
    "fsspec",
    "watchdog",
    "http.server",
    "casebook_site.outputs.bundles",
    "werkzeug",
    "casebook_site.webapp",
    "casebook_site.outputs.packs.making",
    "casebook_site.editing.workbook",
    "casebook_site.editing.sheets",
    "casebook_site.editing.yaml_text",
}
"""What only other commands need."""

LARGE = {"mkdocs", "material", "pydantic", "yaml", "jinja2", "markdown_it", "pypinyin"}
"""What takes its time to load, and has work to do in a build."""

PAGE_OF_A_RECORD = (
    "import casebook_site.reading.records, casebook_site.model.catalog, casebook_site.rules, casebook_site.model.editions\n"
    "import casebook_site.search.documents, casebook_site.search.building, casebook_site.outputs.site.files\n"
    "import casebook_site.base.files, casebook_site.engine.pipeline, casebook_site.cli.options\n"
)
"""What reads, checks, selects and makes the page of one record."""


def loaded(code: str, *arguments: str, folder: Path) -> set[str]:
    """The modules that a new process has loaded in the end, packages of modules too."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split("\n")[-2].split())


def test_the_version_is_told_without_what_builds(tmp_path: Path) -> None:
    names = loaded(RUN, "--version", folder=tmp_path)
    assert "casebook_site.cli.main" in names
    assert names.isdisjoint(OTHERS | LARGE | {"casebook_site.engine.pipeline"})


def test_a_check_loads_neither_pinyin_nor_pages_that_list(toy: SiteFolder) -> None:
    names = loaded(RUN, "check", folder=toy.root)
    assert "casebook_site.rules" in names
    unneeded = {
        "pypinyin",
        "casebook_site.outputs.site.indexes",
        "casebook_site.outputs.guide",
        "casebook_site.engine.cluster",
    }
    assert names.isdisjoint(OTHERS | unneeded)


def test_a_build_loads_nothing_of_other_commands(toy: SiteFolder) -> None:
    names = loaded(RUN, "build", folder=toy.root)
    assert "casebook_site.outputs.site.indexes" in names
    assert names.isdisjoint(OTHERS - {"numpy"}), "posting lists are made with numpy"


def test_a_form_loads_spreadsheets_when_a_book_is_asked_for(tmp_path: Path) -> None:
    script = "import casebook_site.webapp.form_routes\n"
    names = loaded(script + AFTERWARDS, folder=tmp_path)
    assert names.isdisjoint({"openpyxl", "numpy", "casebook_site.engine.building"})


def test_the_page_of_a_record_needs_no_mkdocs_no_pinyin_and_no_index(tmp_path: Path) -> None:
    names = loaded(PAGE_OF_A_RECORD + AFTERWARDS, folder=tmp_path)
    unneeded = {
        "mkdocs",
        "material",
        "pypinyin",
        "casebook_site.outputs.site.indexes",
        "casebook_site.engine.cluster",
    }
    assert names.isdisjoint(OTHERS | unneeded)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_under_its_name(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name


def test_help_lists_every_command_with_what_it_does(tmp_path: Path) -> None:
    shown = toy_copy(tmp_path / "toy").casebook("--help").stdout
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert f"  {name} " in shown
        assert command.get_short_help_str(20).rstrip(".")[:8] in shown


def test_a_command_that_is_not_there_is_refused(toy: SiteFolder) -> None:
    done = toy.casebook("biuld")
    assert done.returncode == 2
    assert "biuld" in done.stderr
