"""What all commands share: options, exit codes, ways to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from casebook_site.base.characters import shown
from casebook_site.base.problems import SettingsError, did_you_mean

if TYPE_CHECKING:
    from casebook_site.schema.kinds import Kind

Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_PROBLEMS = 1
EXIT_COULD_NOT_RUN = 2


def config_option(command: Command) -> Command:
    """`-f mkdocs.yml`, as `mkdocs` has it."""
    return click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="站点的配置文件。",
    )(command)


def audience_option(command: Command) -> Command:
    """`--audience public|internal`."""
    return click.option(
        "--audience",
        type=click.Choice(["public", "internal"]),
        default=None,
        help="可见范围：public 公开版，internal 内部版；默认按配置文件。",
    )(command)


def json_option(command: Command) -> Command:
    """`--json`: one JSON value on the standard output, and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="以 JSON 回答，供程序读。")(command)


def kind_named(kinds: Iterable[Kind], name: str) -> str:
    """Return the name of one of a site's kinds; raise `SettingsError` for any other."""
    known = [kind.name for kind in kinds]
    if name not in known:
        advice = did_you_mean(name, known)
        raise SettingsError(f"没有“{name}”这一类。{advice}可写：{'、'.join(known)}。")
    return name


def tell(text: str) -> None:
    """Print lines for a person, on standard error."""
    click.echo("\n".join(map(shown, text.split("\n"))), err=True)


def answer(value: Any) -> None:
    """Print a value for programs, as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
