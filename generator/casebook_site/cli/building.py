"""The website: `build`. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.audience import Audience
from casebook_site.cli.options import audience_option, config_option, tell
from casebook_site.engine.request import BuildRequest
from casebook_site.engine.unchanged import unchanged_site
from casebook_site.mkdocs_adapter.config import log_to_stderr


@click.command()
@config_option
@audience_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    default=None,
    help="写到哪个文件夹；默认 site/，内部版 site-internal/。",
)
@click.option("--packs", is_flag=True, help="一并做好学习资料（PDF、Word），放在页面旁边。")
@click.option("--strict", is_flag=True, help="有警告也算失败。")
@click.option(
    "--executor",
    default="local",
    show_default=True,
    metavar="local|dask://主机:端口",
    help="记录页在哪里做：本机，或一个 Dask 集群；后者先要 make cluster。",
)
@click.option(
    "--blobs",
    default="",
    metavar="地址",
    help="本机和集群都能读写的文件夹或对象存储（fsspec 的写法）；默认 .casebook/blobs/。",
)
@click.option("--clean", is_flag=True, help="没有改动也重做一遍。")
@click.option(
    "--watch", is_flag=True, help="做完后接着看：文件一保存，就把变了的网页写好。按 Ctrl+C 结束。"
)
@click.option("-v", "--verbose", is_flag=True, help="显示 MkDocs 的过程信息。")
def build(
    config_file: Path,
    audience: Audience | None,
    site_dir: Path | None,
    packs: bool,
    strict: bool,
    executor: str,
    blobs: str,
    clean: bool,
    watch: bool,
    verbose: bool,
) -> None:
    """构建网站。有问题则不动旧站，列出全部问题。"""
    log_to_stderr(verbose=verbose)
    folder = site_dir.absolute() if site_dir else None
    request = BuildRequest(config_file, audience, folder, packs, strict, executor, blobs)
    if not (clean or watch) and (site := unchanged_site(request)):
        tell(f"没有改动，网站已是最新：{site / 'index.html'}")
        return
    if watch:
        from casebook_site.engine.watch import watch_site

        watch_site(request, tell)
        return
    # What a build needs takes longer to load than finding out that there is nothing to do.
    from casebook_site.engine.building import build_request

    tell(f"已写好：{build_request(request) / 'index.html'}")
