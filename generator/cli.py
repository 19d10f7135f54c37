"""The command-line door: `casebook`. Arguments in, exit code out."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from generator import __version__, pipeline
from generator.bundles.making import Workshop
from generator.bundles.runs import Form, Order, orders_for
from generator.bundles.runs import run as run_orders
from generator.bundles.signing import Signer
from generator.bundles.verifying import verify as verify_bundle
from generator.cluster.building import Cluster
from generator.editing_commands import EDITING_COMMANDS
from generator.packs.making import FORMATS, write_packs
from generator.packs.scopes import PackScope
from generator.preview import serve_site
from generator.problems import RENDERERS, ContentError, SettingsError, UserError, render_text
from generator.scopes import Scope
from generator.settings import with_packs
from generator.shell import (
    frame_of,
    load_config,
    log_to_stderr,
    run_mkdocs,
    settings_of,
)

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
@click.pass_context
def check(context: click.Context, config_file: Path, format_: str) -> None:
    """检查全部记录和页面，一次列出所有问题。

    退出码：0 没有问题，1 有问题，2 无法运行。
    """
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


@cli.command()
@click.argument("scopes", metavar="范围…", nargs=-1)
@config_option
@audience_option
@click.option(
    "--each",
    type=click.Choice(["county", "township", "village"]),
    multiple=True,
    help="每个县市、每个镇街或每个村各做一个；没有内容的略过。可写几次。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("bundles"),
    show_default=True,
    help="写到哪个文件夹。",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True),
    default=None,
    help="旧的离线包（或放旧包的文件夹）：只做更新包。",
)
@click.option("--single", is_flag=True, help="做成一个 .html 文件，便于用聊天软件发送；限小范围。")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["zip", "zim"]),
    default="zip",
    show_default=True,
    help="zip 供电脑解压；zim 供手机上的 Kiwix，先要 make bundles。",
)
@click.option(
    "--sign",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="minisign 的密钥文件，给 zip 签名；先要 make bundles。密码可放在 CASEBOOK_SIGN_PASSWORD。",
)
def bundle(
    scopes: tuple[str, ...],
    config_file: Path,
    audience: str | None,
    each: tuple[str, ...],
    out: Path,
    since: Path | None,
    single: bool,
    format_: Literal["zip", "zim"],
    sign: Path | None,
) -> None:
    """做离线包：一个 zip，解压后双击就能看，不用网络。

    \b
    范围：
      all                      全部
      county:yucheng           一个县市
      township:lunzhen         一个镇街
      village:lunzhen-beijie   一个村
      category:industry        一类教学点
    """
    if not scopes and not each:
        raise SettingsError("没有写做什么范围的离线包。例：casebook bundle county:yucheng。")
    asked = [Scope.parse(text) for text in scopes]
    workshop = _workshop(config_file, audience)
    if sign:
        workshop = replace(workshop, signer=Signer(sign, _password()))
    for scope in asked:
        workshop.edition(scope)  # what is named must be there, and have something to hold
    asked += [scope for kind in each for scope in workshop.visible.membership.scopes(kind)]
    form: Form = "html" if single else format_
    _run(workshop, orders_for(workshop, asked, out, since, form), out)


def _password() -> str:
    """Of the secret key: from the environment, or asked for on a terminal."""
    known = os.environ.get("CASEBOOK_SIGN_PASSWORD")
    if known is None and sys.stdin.isatty():
        known = click.prompt(
            "密钥的密码", hide_input=True, default="", show_default=False, err=True
        )
    return known or ""


def _workshop(config_file: Path, audience: str | None) -> Workshop:
    """What bundles are made with, from a run of MkDocs and the records."""
    config = load_config(config_file, audience=audience)
    log_to_stderr(verbose=False)
    plugin = config.plugins["casebook"]
    plugin.raise_user_errors = True
    return pipeline.workshop_of(settings_of(config, plugin.options), frame_of(config))


def _run(workshop: Workshop, orders: Sequence[Order], out: Path) -> None:
    """Makes bundles, with a bar on a terminal, and says in the end what there is."""
    results = run_orders(workshop, orders, out)
    if sys.stderr.isatty():
        with click.progressbar(
            results, length=len(orders), label="离线包", show_pos=True, file=sys.stderr
        ) as bar:
            done = list(bar)
    else:
        done = list(results)
    written = [result for result in done if result.size]
    if len(written) <= SHOWN:
        for result in written:
            click.echo(f"{result.order.target}　{result.size / 1000:,.0f} KB", err=True)
    empty = sum(result.empty for result in done)
    kept = sum(result.kept for result in done)
    click.echo(
        f"共 {len(written)} 个离线包，{sum(result.size for result in written) / 1e6:,.1f} MB，在 {out}。"
        + (f"其中 {kept} 个上次已做好。" if kept else "")
        + (f"{empty} 个范围没有内容，略过。" if empty else ""),
        err=True,
    )


SHOWN = 20
"""Bundles that are named one by one when a run has ended."""


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
@click.pass_context
def verify(context: click.Context, bundle: Path, format_: str, key: Path | None) -> None:
    """核对离线包：zip 或解压后的文件夹是否完整、有没有被改动。

    退出码：0 完好，1 有问题，2 不是离线包或读不出来。
    """
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
@click.argument("scope", metavar="SCOPE")
@config_option
@audience_option
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=FORMATS[:1],
    show_default=True,
    help="pdf 或 docx（Word）；两样都要就写两次。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="写到哪个文件夹；默认 packs/，内部资料 packs-internal/。",
)
@click.option(
    "--copies", type=click.IntRange(1, 999), default=None, help="编号印发几份，每份一个文件。"
)
def pack(
    scope: str,
    config_file: Path,
    audience: str | None,
    formats: tuple[str, ...],
    out: Path | None,
    copies: int | None,
) -> None:
    """做学习资料（PDF 或 Word）。

    SCOPE 写 county:编号、township:编号、category:编号、case:编号、point:编号、class:编号，
    或 pack:清单文件名（content/packs/ 里的）。
    """
    wanted = PackScope.parse(scope)
    config = load_config(config_file, audience=audience)
    settings = settings_of(config, config.plugins["casebook"].options)
    workshop = pipeline.open_workshop(pipeline.load(settings), settings)
    folder = out or Path("packs" if settings.options.audience == "public" else "packs-internal")
    for file in write_packs(workshop, wanted, list(dict.fromkeys(formats)), folder, copies or 0):
        click.echo(f"已写好：{file}", err=True)


@cli.command()
@config_option
@audience_option
@click.option("-a", "--dev-addr", default=None, help="预览的地址和端口，如 127.0.0.1:8000。")
def serve(config_file: Path, audience: str | None, dev_addr: str | None) -> None:
    """边写边看：保存后浏览器自动刷新；有问题时显示在页面上方。按 Ctrl+C 结束。"""
    log_to_stderr(verbose=False)
    try:
        serve_site(config_file, audience=audience, address=dev_addr, tell=_tell)
    except OSError as error:
        raise SettingsError(
            f"预览开不起来（{error.strerror}）：换一个端口，如 -a 127.0.0.1:8001。"
        ) from None


def _tell(text: str) -> None:
    click.echo(text, err=True)


for command in EDITING_COMMANDS:
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
