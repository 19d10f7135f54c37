"""Releases that can be cited: `release`. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.cli.content import settings_from
from casebook_site.cli.options import answer, config_option, json_option, tell
from casebook_site.engine import loading
from casebook_site.engine.releasing import make_release
from casebook_site.reading.files import relative_name


@click.command("release")
@config_option
@click.argument("name", metavar="版名")
@json_option
def release_command(config_file: Path, name: str, as_json: bool) -> None:
    """定一版：记下每条公开记录现在的内容，引用本页时写明收入哪一版。

    \b
    例：
      casebook release 2027-01
    """
    settings = settings_from(config_file)
    change = make_release(settings, loading.load(settings), name)
    file = relative_name(change.path, settings.root)
    if as_json:
        answer({"release": name, "file": file})
    tell(f"已定{name}版：{file}。")
