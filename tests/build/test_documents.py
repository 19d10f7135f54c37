"""The documents say what the program does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from casebook_site.base.problems import CODES
from casebook_site.cli import main
from casebook_site.records import KINDS
from tests.folders import REPOSITORY, SiteFolder
from tests.webpages import broken_links, read_page

DOCUMENTS = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for path in (*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md"))
)
READMES = ["README.md", "README.zh-CN.md"]
RECORD = re.compile(r"`(content/\S+\.yml)`.{0,4}\n\n```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(name: str) -> str:
    """The text of a document."""
    return (REPOSITORY / name).read_text("utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_between_documents_leads_somewhere(name: str) -> None:
    text = re.sub(r"^```.*?^```", "", text_of(name), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://|record:|#", target):
            continue
        path = (REPOSITORY / name).parent / target.partition("#")[0]
        assert path.exists(), target


@pytest.mark.parametrize("name", READMES)
def test_codes_in_the_readme_are_real(name: str) -> None:
    assert set(re.findall(r"\bCB\d{3}\b", text_of(name))) <= CODES.keys()


@pytest.mark.parametrize("name", READMES)
def test_the_readme_is_short(name: str) -> None:
    assert len(text_of(name).splitlines()) <= 120


@pytest.mark.parametrize("name", READMES)
def test_the_first_steps_of_the_readme_work_as_they_are_told(name: str, tmp_path: Path) -> None:
    """Makes the small site, breaks a record, reads the answer, mends it, builds."""
    text = text_of(name)
    assert "casebook new site my-site" in text
    assert SiteFolder(tmp_path).casebook("new", "site", "my-site").returncode == 0
    folder = SiteFolder(tmp_path / "my-site")
    for path, shown in RECORD.findall(text):
        assert (folder.root / path).read_text("utf-8") == shown
    answers: list[str] = []
    for command, told in (step for console in CONSOLE.findall(text) for step in steps(console)):
        if broken := re.fullmatch(r"echo '([^']*)' >> (\S+)", command):
            file = folder.root / broken[2]
            file.write_text(f"{file.read_text('utf-8')}{broken[1]}\n", "utf-8")
            continue
        done = folder.casebook(*command.split()[1:])
        said = f"{done.stdout}{done.stderr}".strip().splitlines()
        assert said == told or (said[0].startswith("已写好") and told[0].startswith("已写好"))
        answers += said
        if done.returncode:
            file.write_text(file.read_text("utf-8").replace("adress", "address"), "utf-8")
    assert [line for line in answers if "CB202" in line]
    site = folder.root / "site"
    assert broken_links(site, "/") == []
    home = re.sub(r"\s", "", read_page(site / "index.html").text)
    assert re.search("报道5处，本站收录3处", home)


def steps(console: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console block with the lines that it answers."""
    for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, *told = step.strip().splitlines()
        yield command, told


@pytest.mark.parametrize("name", ["docs/COMMANDS.md", "docs/COMMANDS.zh-CN.md"])
def test_every_command_and_option_is_told(name: str) -> None:
    text = text_of(name)
    context = click.Context(main.cli)
    for known in main.cli.list_commands(context):
        command = main.cli.get_command(context, known)
        assert command is not None
        assert f"casebook {command.name}" in text
        for parameter in command.params:
            if isinstance(parameter, click.Argument):
                continue
            longest = max(parameter.opts, key=len)
            named = {*parameter.opts, *parameter.secondary_opts}
            assert any(f"{option}" in text for option in named), (command.name, longest)


def test_the_glossary_names_every_kind_with_its_folder() -> None:
    text = text_of("CONTRIBUTING.md")
    for model in KINDS.values():
        line = f"| `{model.__name__}` | {model.kind_title} | `{model.folder}` |"
        assert line in text


def test_files_named_in_the_architecture_exist() -> None:
    named = set(
        re.findall(
            r"`((?:generator|templates|tests|content)/[\w./-]+)`", text_of("docs/ARCHITECTURE.md")
        )
    )
    assert named
    assert {path for path in named if not (REPOSITORY / path).exists()} == set()


def test_decisions_are_numbered_listed_and_have_a_status() -> None:
    folder = REPOSITORY / "docs/decisions"
    index = text_of("docs/decisions/README.md")
    names = sorted(file.name for file in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for name in names:
        assert f"({name})" in index
        head = text_of(f"docs/decisions/{name}").splitlines()
        assert head[0].startswith(f"# {name[:4]}. ")
        status = re.search(r"\*\*Status:\*\* (accepted|overturned by (\d{4}))$", head[2])
        assert status, name
        assert status[2] is None or any(other.startswith(status[2]) for other in names)
