"""The live preview: `serve`. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.audience import Audience
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.cli.options import audience_option, config_option, tell
from casebook_site.mkdocs_adapter.config import log_to_stderr
from casebook_site.webapp.server import serve_site


@click.command()
@config_option
@audience_option
@click.option("-a", "--dev-addr", default=None, help="预览的地址和端口，如 127.0.0.1:8000。")
def serve(config_file: Path, audience: Audience | None, dev_addr: str | None) -> None:
    """边写边看：保存后浏览器自动刷新；有问题时显示在页面上方。按 Ctrl+C 结束。"""
    log_to_stderr(verbose=False)
    try:
        serve_site(config_file, audience=audience, address=dev_addr, tell=tell)
    except OSError as error:
        raise SettingsError(f"预览开不起来（{reason_of(error)}）。") from None
