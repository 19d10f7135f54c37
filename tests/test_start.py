"""What a command loads before it works: an edit is built in half a second, so each part counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator.cli import COMMANDS, cli
from tests.folders import SiteFolder, toy_copy

AFTERWARDS = "import sys; print(*sys.modules)"
RUN = """
import atexit, sys
atexit.register(lambda: print(*sys.modules))
from generator.cli import main
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
    "segno",
    "fontTools",
    "shapely",
    "libzim",
    "minisign",
    "distributed",
    "fsspec",
    "watchdog",
    "http.server",
    "generator.bundles",
    "generator.forms",
    "generator.preview",
    "generator.packs.making",
    "generator.editing.workbook",
    "generator.editing.sheets",
    "generator.editing.yaml_text",
}
"""What only other commands need."""

LARGE = {"mkdocs", "material", "pydantic", "yaml", "jinja2", "markdown_it", "pypinyin"}
"""What takes its time to load, and has work to do in a build."""

PAGE_OF_A_RECORD = (
    "import generator.reading, generator.catalog, generator.rules, generator.editions\n"
    "import generator.search.documents, generator.search.postings, generator.site.making\n"
    "import generator.artifacts, generator.pipeline, generator.commands.options\n"
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
    assert "generator.cli" in names
    assert names.isdisjoint(OTHERS | LARGE | {"generator.pipeline"})


def test_a_check_loads_neither_pinyin_nor_pages_that_list(toy: SiteFolder) -> None:
    names = loaded(RUN, "check", folder=toy.root)
    assert "generator.rules" in names
    unneeded = {"pypinyin", "generator.site.indexes", "generator.guide", "generator.cluster"}
    assert names.isdisjoint(OTHERS | unneeded)


def test_a_build_loads_nothing_of_other_commands(toy: SiteFolder) -> None:
    names = loaded(RUN, "build", folder=toy.root)
    assert "generator.site.indexes" in names
    assert names.isdisjoint(OTHERS)


def test_the_page_of_a_record_needs_no_mkdocs_no_pinyin_and_no_index(tmp_path: Path) -> None:
    names = loaded(PAGE_OF_A_RECORD + AFTERWARDS, folder=tmp_path)
    unneeded = {"mkdocs", "material", "pypinyin", "generator.site.indexes", "generator.cluster"}
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
