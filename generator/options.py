"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


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
