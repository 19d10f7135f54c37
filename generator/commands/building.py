"""The website: `build`. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cluster.building import Cluster
from generator.commands.options import audience_option, config_option
from generator.settings import with_packs
from generator.shell import load_config, log_to_stderr, run_mkdocs


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
@click.option("-v", "--verbose", is_flag=True, help="显示 MkDocs 的过程信息。")
def build(
    config_file: Path,
    audience: str | None,
    site_dir: Path | None,
    packs: bool,
    strict: bool,
    executor: str,
    blobs: str,
    verbose: bool,
) -> None:
    """构建网站。有问题则不动旧站，列出全部问题。"""
    cluster = Cluster.parse(executor, blobs)
    config = load_config(config_file, audience=audience, **({"strict": True} if strict else {}))
    log_to_stderr(verbose=verbose)
    plugin = config.plugins["casebook"]
    plugin.raise_user_errors = True
    plugin.cluster = cluster
    if packs:
        plugin.options = with_packs(plugin.options)
    if site_dir:
        config.site_dir = str(site_dir.resolve())
        plugin.site_dir_given = True
    run_mkdocs(config)
    click.echo(f"已写好：{Path(config.site_dir) / 'index.html'}", err=True)
