"""The documents say what the program does."""

from __future__ import annotations

import re
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
HEREDOC = re.compile(r"^cat > (\S+) <<'EOF'\n(.*?)^EOF$", re.DOTALL | re.MULTILINE)
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
def test_the_first_steps_of_the_readme_work_as_they_are_told(name: str, tmp_path: Path) -> None:
    """Writes the files, breaks one, reads the answer, mends it, builds."""
    text = text_of(name)
    folder = SiteFolder(tmp_path / "my-site")
    for path, content in HEREDOC.findall(text):
        file = folder.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    broken = 0
    for console in CONSOLE.findall(text):
        line, *answers = console.strip().split("\n$ ")[-1].splitlines()
        for setup in re.findall(r"^\$ echo '([^']*)' >> (\S+)$", console, re.MULTILINE):
            file = folder.root / setup[1]
            file.write_text(f"{file.read_text('utf-8')}{setup[0]}\n", "utf-8")
            broken += 1
        command = line.removeprefix("$ ").split()
        if command[:2] not in (["casebook", "check"], ["casebook", "build"]):
            continue
        done = folder.run("casebook_site", *command[1:])
        told = f"{done.stdout}{done.stderr}".strip().splitlines()
        if command[1] == "check":
            assert told == answers
        else:
            assert done.returncode == 0
            assert told[0].startswith("已写好")
            break
        if done.returncode:
            file.write_text(file.read_text("utf-8").replace("adress", "address"), "utf-8")
    assert broken == 1
    site = folder.root / "site"
    assert broken_links(site, "/") == []
    home = re.sub(r"\s", "", read_page(site / "index.html").text)
    assert re.search("报道3处，本站收录1处", home)


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
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
