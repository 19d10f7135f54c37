"""The command-line door: `casebook`. Arguments in, exit code out."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from generator import __version__, pipeline
from generator.bundles.verifying import verify as verify_bundle
from generator.cluster.building import Cluster
from generator.commands import EDITING_COMMANDS, MAKING_COMMANDS
from generator.commands.options import (
    EXIT_COULD_NOT_RUN,
    EXIT_PROBLEMS,
    audience_option,
    config_option,
    json_option,
    tell,
)
from generator.incremental.building import build_again
from generator.preview import serve_site
from generator.problems import RENDERERS, ContentError, SettingsError, UserError, render_text
from generator.settings import with_packs
from generator.shell import (
    load_config,
    log_to_stderr,
    run_mkdocs,
    settings_of,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casebook")
def cli() -> None:
    """Casebook：把 YAML 记录做成案例与教学点知识网站。

    \b
    例：
      casebook check              检查全部内容
      casebook build              构建网站到 site/
      casebook build --audience internal   构建内部版到 site-internal/
      casebook serve              边写边看
      casebook bundle county:yucheng       做禹城市的离线包
      casebook verify bundles/county-yucheng.zip   核对离线包
      casebook pack county:yiyuan --format docx   做学习资料
    """


@cli.command()
@config_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RENDERERS)),
    default="text",
    show_default=True,
    help="text 供人看，json 供程序读，github 供 GitHub Actions 标注。",
)
@json_option
@click.pass_context
def check(context: click.Context, config_file: Path, format_: str, as_json: bool) -> None:
    """检查全部记录和页面，一次列出所有问题。

    退出码：0 没有问题，1 有问题，2 无法运行。
    """
    format_ = "json" if as_json else format_
    config = load_config(config_file)
    loaded = pipeline.load(settings_of(config, config.plugins["casebook"].options))
    text = RENDERERS[format_](loaded.problems)
    if text:
        click.echo(text)
    if format_ == "text":
        count = len(loaded.problems)
        message = (
            f"共 {count} 处问题。" if count else f"没有问题，共检查 {len(loaded.catalog)} 条记录。"
        )
        click.echo(message, err=True)
    context.exit(EXIT_PROBLEMS if loaded.problems else 0)


@cli.command()
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
    order = {
        "config": str(config_file.resolve()),
        "audience": audience or "",
        "site_dir": str(site_dir.resolve()) if site_dir else "",
        "strict": "strict" if strict else "",
    }
    log_to_stderr(verbose=verbose)
    again = not (clean or packs or executor != "local")
    if again and (site := build_again(order)):
        tell(f"已写好：{site / 'index.html'}")
        return
    cluster = Cluster.parse(executor, blobs)
    config = load_config(config_file, audience=audience, **({"strict": True} if strict else {}))
    plugin = config.plugins["casebook"]
    plugin.raise_user_errors = True
    plugin.cluster = cluster
    plugin.order = order
    if packs:
        plugin.options = with_packs(plugin.options)
    if site_dir:
        config.site_dir = str(site_dir.resolve())
        plugin.site_dir_given = True
    run_mkdocs(config)
    click.echo(f"已写好：{Path(config.site_dir) / 'index.html'}", err=True)


@cli.command()
@click.argument("bundle", metavar="离线包", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RENDERERS)),
    default="text",
    show_default=True,
    help="text 供人看，json 供程序读。",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="minisign 的公钥文件：还要求离线包由它的主人签名。",
)
@json_option
@click.pass_context
def verify(
    context: click.Context, bundle: Path, format_: str, key: Path | None, as_json: bool
) -> None:
    """核对离线包：zip 或解压后的文件夹是否完整、有没有被改动。

    退出码：0 完好，1 有问题，2 不是离线包或读不出来。
    """
    format_ = "json" if as_json else format_
    verdict = verify_bundle(bundle, key)
    text = RENDERERS[format_](verdict.problems)
    if text:
        click.echo(text)
    if format_ == "text":
        known = verdict.manifest
        if verdict.leftover:
            names = "、".join(verdict.leftover[:5])
            click.echo(f"另有 {len(verdict.leftover)} 个不属于这一版的文件：{names}。", err=True)
        state = f"有 {len(verdict.problems)} 处问题" if verdict.problems else "完好"
        click.echo(
            f"{known.title}（{known.scope}），版本 {known.version}，{len(known.files)} 个文件：{state}。",
            err=True,
        )
    context.exit(EXIT_PROBLEMS if verdict.problems else 0)


@cli.command()
@config_option
@audience_option
@click.option("-a", "--dev-addr", default=None, help="预览的地址和端口，如 127.0.0.1:8000。")
def serve(config_file: Path, audience: str | None, dev_addr: str | None) -> None:
    """边写边看：保存后浏览器自动刷新；有问题时显示在页面上方。按 Ctrl+C 结束。"""
    log_to_stderr(verbose=False)
    try:
        serve_site(config_file, audience=audience, address=dev_addr, tell=tell)
    except OSError as error:
        raise SettingsError(
            f"预览开不起来（{error.strerror}）：换一个端口，如 -a 127.0.0.1:8001。"
        ) from None


for command in (*MAKING_COMMANDS, *EDITING_COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Runs the command; a user's mistake is shown without a traceback."""
    try:
        sys.exit(cli(standalone_mode=False))
    except ContentError as error:
        click.echo(render_text(error.problems))
        click.echo(f"共 {len(error.problems)} 处问题，网站没有改动。", err=True)
        sys.exit(EXIT_PROBLEMS)
    except UserError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(EXIT_COULD_NOT_RUN)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except Exception:  # a fault of the program: not to be taken for problems of the content
        traceback.print_exc()
        sys.exit(EXIT_COULD_NOT_RUN)


if __name__ == "__main__":
    main()
