"""What is wrong with a command line, in Chinese, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from casebook_site.base.problems import did_you_mean


def usage_sentence(error: click.ClickException) -> str:
    """Return in one line what a command line lacks or has too much, and where to look; without tags."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "casebook"
    return f"{_what(error, context)}用法见 {path} -h。"


def _what(error: click.ClickException, context: click.Context | None) -> str:
    match error:
        case click.NoSuchOption():
            known = _options(context)
            return f"没有“{error.option_name}”这个选项。{did_you_mean(error.option_name, known)}"
        case click.BadOptionUsage():
            wanted = "后面不写值" if "not take" in error.message else "后面要写一个值"
            return f"选项 {error.option_name} {wanted}。"
        case click.MissingParameter():
            return f"没有写 {_name(error, context)}。{_choices(error)}"
        case click.BadParameter():
            written = re.search(r"'(.*?)'|^(\S+) is not in the range", error.message)
            what = f"写成“{written[1] or written[2]}”" if written else "这样写"
            return f"{_name(error, context)} 不能{what}。{_choices(error)}"
    quoted = re.search(r"\(([^()]*)\)$|'([^']*)'", error.message)
    name = (quoted[1] or quoted[2] or "") if quoted else ""
    if context is not None and isinstance(context.command, click.Group):
        known = context.command.list_commands(context)
        listed = "、".join(known)
        return f"没有“{name}”这个命令。{did_you_mean(name, known)}可写：{listed}。"
    return f"多写了“{name}”。" if name else "命令写得不对。"


def _options(context: click.Context | None) -> list[str]:
    found: Iterable[click.Parameter] = context.command.get_params(context) if context else ()
    return [name for each in found for name in each.opts if name.startswith("-")]


def _name(error: click.BadParameter, context: click.Context | None) -> str:
    """Return what a person calls the parameter: `--copies`, or the word of the usage line."""
    if error.param is None or context is None:
        return "参数"
    return (
        error.param.opts[0]
        if error.param.param_type_name == "option"
        else error.param.human_readable_name
    )


def _choices(error: click.BadParameter) -> str:
    """Return what may be written instead; empty where anything may."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"可写：{'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.IntRange):
        return f"写 {kind.min}—{kind.max} 的整数。"
    if isinstance(kind, click.Path) and kind.exists:
        return "那里没有这个文件或文件夹，或不能用。"
    return ""
