"""The website: `build`. Arguments in, exit code out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from casebook_site.cli.options import audience_option, config_option, tell
from casebook_site.engine.incremental.building import build_again
from casebook_site.mkdocs_adapter.capture import log_to_stderr


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
@click.option("--clean", is_flag=True, help="不接着上次的做，全部重做。")
@click.option("-v", "--verbose", is_flag=True, help="显示 MkDocs 的过程信息。")
def build(
    config_file: Path,
    audience: str | None,
    site_dir: Path | None,
    packs: bool,
    strict: bool,
    executor: str,
    blobs: str,
    clean: bool,
    verbose: bool,
) -> None:
    """构建网站。有问题则不动旧站，列出全部问题。"""
    log_to_stderr(verbose=verbose)
    order = {
        "config": str(config_file.resolve()),
        "audience": audience or "",
        "site_dir": str(site_dir.resolve()) if site_dir else "",
        "strict": "strict" if strict else "",
    }
    again = not (clean or packs or executor != "local")
    site = (build_again(order) if again else None) or _build(order, packs, executor, blobs)
    tell(f"已写好：{site / 'index.html'}")


def _build(order: Mapping[str, str], packs: bool, executor: str, blobs: str) -> Path:
    """A full build, by MkDocs; returns the folder of the site."""
    # What only a full build needs takes longer to load than a build after an edit takes.
    from casebook_site.base.settings import with_packs
    from casebook_site.engine.cluster.building import Cluster
    from casebook_site.mkdocs_adapter.capture import load_config, run_mkdocs

    cluster = Cluster.parse(executor, blobs)
    strict = {"strict": True} if order["strict"] else {}
    config = load_config(Path(order["config"]), audience=order["audience"] or None, **strict)
    plugin = config.plugins["casebook"]
    plugin.raise_user_errors = True
    plugin.cluster = cluster
    plugin.order = order
    if packs:
        plugin.options = with_packs(plugin.options)
    plugin.site_dir_given = bool(order["site_dir"])
    if order["site_dir"]:
        config.site_dir = order["site_dir"]
    run_mkdocs(config)
    return Path(config.site_dir)
