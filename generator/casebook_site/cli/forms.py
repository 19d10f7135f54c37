"""The local form: `edit`. Arguments in, exit code out."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from casebook_site.base.audience import Audience
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.cli.options import audience_option, config_option, tell
from casebook_site.mkdocs_adapter.config import log_to_stderr
from casebook_site.webapp.server import serve_forms


@click.command("edit")
@config_option
@audience_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="端口；默认随便用一个空着的。"
)
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器，只显示网址。")
def edit_command(config_file: Path, audience: Audience | None, port: int, no_browser: bool) -> None:
    """在浏览器里填写记录：边填边看有没有问题、网页什么样，写入原来的 YAML 文件。按 Ctrl+C 结束。

    \b
    例：
      casebook edit
      casebook edit --audience internal
    只在这台电脑上能打开；不用账号，不用联网。
    """
    log_to_stderr(verbose=False)
    show = (lambda _: False) if no_browser else webbrowser.open
    try:
        serve_forms(config_file, audience=audience, port=port, tell=tell, show=show)
    except OSError as error:
        raise SettingsError(f"开不起来（{reason_of(error)}）。") from None
