"""The commands that make what is handed out: `bundle` and `pack`. Arguments in, exit code out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

import click

from casebook_site.base.audience import Audience, is_internal
from casebook_site.base.problems import SettingsError
from casebook_site.cli.options import audience_option, config_option, kind_named
from casebook_site.engine import builders, loading
from casebook_site.engine.bundle_runs import BundleJob, Ending, jobs_for
from casebook_site.engine.bundle_runs import run as run_jobs
from casebook_site.mkdocs_adapter.config import log_to_stderr, open_site
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.forms import FORM_NAMES, FormName, form_named, usual_form
from casebook_site.outputs.bundles.making import BundleBuilder, require
from casebook_site.outputs.bundles.signing import Signer
from casebook_site.outputs.packs.making import ASKED_FORMATS, write_packs
from casebook_site.outputs.packs.scopes import PackScope


@click.command()
@click.argument("scopes", metavar="范围…", nargs=-1)
@config_option
@audience_option
@click.option(
    "--each",
    metavar="LEVEL",
    multiple=True,
    help="每个县市、每个镇街或每个村各做一个；没有内容的略过。可写几次。",
)
@click.option(
    "--for",
    "form",
    type=click.Choice(FORM_NAMES),
    default=None,
    help="branch 支部用的：本村、办班、党校、学习、打印；archive 全本。"
    "镇街和村默认 branch，别的默认 archive。",
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
@click.option(
    "--packs", is_flag=True, help="连同学习资料（PDF、Word）一起装；大小另报。先要 make packs。"
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
    audience: Audience | None,
    each: tuple[str, ...],
    form: FormName | None,
    out: Path,
    since: Path | None,
    packs: bool,
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
    if packs and single:
        raise SettingsError("单个 .html 文件装不下学习资料，--packs 不能与 --single 同用。")
    asked = [Scope.parse(text) for text in scopes]
    log_to_stderr(verbose=False)
    site = open_site(config_file, audience=audience)
    loaded = loading.load(site.settings).released(site.settings.options.audience)
    visible = builders.audience_view(loaded, site.settings)
    for scope in asked:
        require(visible, scope)  # what is named must be there, and have something to hold
    for kind in each:
        kind_named(visible.schema.levels, kind)
    asked += [scope for kind in each for scope in visible.membership.scopes(kind)]
    forms = {scope: form or usual_form(scope, visible.schema) for scope in asked}
    runs = []
    for name in dict.fromkeys(forms.values()):
        builder = builders.bundle_builder(loaded, site, form_named(name), visible)
        builder = replace(builder, signer=Signer(sign, _password())) if sign else builder
        scopes_of_form = [scope for scope in asked if forms[scope] == name]
        if packs:
            builder = builders.with_packs(builder, loaded, scopes_of_form)
        ending: Ending = "html" if single else format_
        runs.append((builder, jobs_for(builder, scopes_of_form, out, since, ending)))
    _run(runs, out)


def _password() -> str:
    """Of the secret key: from the environment, or asked for on a terminal."""
    known = os.environ.get("CASEBOOK_SIGN_PASSWORD")
    if known is None and sys.stdin.isatty():
        known = click.prompt(
            "密钥的密码", hide_input=True, default="", show_default=False, err=True
        )
    return known or ""


def _run(runs: Sequence[tuple[BundleBuilder, Sequence[BundleJob]]], out: Path) -> None:
    """Make bundles, with a bar on a terminal, and say in the end what there is."""
    results = chain.from_iterable(run_jobs(builder, jobs, out) for builder, jobs in runs)
    count = sum(len(jobs) for _, jobs in runs)
    if sys.stderr.isatty():
        with click.progressbar(
            results, length=count, label="离线包", show_pos=True, file=sys.stderr
        ) as bar:
            done = list(bar)
    else:
        done = list(results)
    written = [result for result in done if result.size]
    if len(written) <= SHOWN:
        for result in written:
            added = f"，其中学习资料 {result.packs / 1000:,.0f} KB" if result.packs else ""
            click.echo(f"{result.job.target}　{result.size / 1000:,.0f} KB{added}", err=True)
    empty = sum(result.empty for result in done)
    kept = sum(result.kept for result in done)
    packs = sum(result.packs for result in done)
    click.echo(
        f"共 {len(written)} 个离线包，{sum(result.size for result in written) / 1e6:,.1f} MB，在 {out}。"
        + (f"其中学习资料 {packs / 1e6:,.1f} MB。" if packs else "")
        + (f"其中 {kept} 个上次已做好。" if kept else "")
        + (f"{empty} 个范围没有内容，略过。" if empty else ""),
        err=True,
    )


SHOWN = 20
"""Bundles that are named one by one when a run has ended."""


@click.command()
@click.argument("scope", metavar="SCOPE")
@config_option
@audience_option
@click.option(
    "--format",
    "formats",
    type=click.Choice(ASKED_FORMATS),
    multiple=True,
    default=ASKED_FORMATS[:1],
    show_default=True,
    help="pdf、docx（Word）或 epub（手机上读的电子书）；要几样就写几次。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="写到哪个文件夹；默认 packs/，内部资料 packs-internal/。",
)
@click.option("--test", is_flag=True, help="只印自测题：不带答案、带答案各一份。")
@click.option(
    "--copies", type=click.IntRange(1, 999), default=None, help="编号印发几份，每份一个文件。"
)
def pack(
    scope: str,
    config_file: Path,
    audience: Audience | None,
    formats: tuple[str, ...],
    out: Path | None,
    test: bool,
    copies: int | None,
) -> None:
    """做学习资料（PDF、Word 或电子书）。

    SCOPE 写 county:编号、township:编号、category:编号、case:编号、point:编号、course:编号、
    class:编号，或 pack:清单文件名（content/packs/ 里的）。
    """
    settings = open_site(config_file, audience=audience).settings
    asked = PackScope.parse(scope, loading.site_schema(settings))
    wanted = [replace(asked, paper="test"), replace(asked, paper="answers")] if test else [asked]
    builder = builders.pack_builder(loading.load(settings), settings)
    folder = out or Path("packs-internal" if is_internal(settings.options.audience) else "packs")
    for file in write_packs(builder, wanted, list(dict.fromkeys(formats)), folder, copies or 0):
        click.echo(f"已写好：{file}", err=True)
