"""Whether content is whole: `check`. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.file_names import leftovers_below
from casebook_site.base.files import write_atomically
from casebook_site.base.problems import RENDERERS, SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.cli.content import settings_from, sound
from casebook_site.cli.options import EXIT_PROBLEMS, config_option, json_option, tell
from casebook_site.engine import loading
from casebook_site.engine.wording import advice
from casebook_site.rules import CheckInput


@click.command()
@config_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RENDERERS)),
    default="text",
    show_default=True,
    help="text 供人看，json 供程序读，github 供 GitHub Actions 标注。",
)
@click.option(
    "--advice/--no-advice",
    "with_advice",
    default=True,
    show_default=True,
    help="也提醒用词、标点和数字的写法（content/wording.yml）。",
)
@click.option(
    "--government",
    is_flag=True,
    help="按政府网站检查的要求看：主办单位、备案号、栏目更新、外部链接 ……",
)
@click.option(
    "--stale-days",
    type=click.IntRange(1, 10_000),
    default=365,
    show_default=True,
    help="栏目多少天没有更新算过期。",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="检查结果写到哪个 .xlsx 文件。"
)
@json_option
@click.pass_context
def check(
    context: click.Context,
    config_file: Path,
    format_: str,
    with_advice: bool,
    government: bool,
    stale_days: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """检查全部记录和页面，一次列出所有问题。

    退出码：0 没有问题，1 有问题，2 无法运行。
    """
    if government:
        context.exit(_inspect(config_file, stale_days, out))
    format_ = "json" if as_json else format_
    settings = settings_from(config_file)
    loaded = loading.load(settings)
    given = CheckInput(loaded.catalog, settings.media_dir)
    told = advice(settings, given) if with_advice else ()
    text = RENDERERS[format_]((*loaded.problems, *told))
    if text:
        click.echo(text)
    if format_ == "text":
        count = len(loaded.problems)
        message = (
            f"共 {count} 处问题。" if count else f"没有问题，共检查 {len(loaded.catalog)} 条记录。"
        )
        click.echo(message, err=True)
        if told:
            click.echo(f"另有{len(told)}处用词、标点或数字的提醒，不妨碍生成网站。", err=True)
        if left := leftovers_below((settings.content_dir, settings.docs_dir)):
            name = Path(left[0]).name
            click.echo(f"另有 {len(left)} 个编辑器或系统留下的文件没有读，如 {name}。", err=True)
    context.exit(EXIT_PROBLEMS if loaded.problems else 0)


def _inspect(config_file: Path, stale_days: int, out: Path | None) -> int:
    """Tell how the site stands in an inspection; return the exit code."""
    # Only here: a plain check needs neither MkDocs nor workbooks.
    from casebook_site.engine.inspection import inspect, inspection_book, unmet
    from casebook_site.mkdocs_adapter.config import open_site

    settings = open_site(config_file).settings
    findings = inspect(sound(settings), settings, stale_days)
    for finding in findings:
        click.echo(
            f"{'符合' if finding.is_met else '待办'}　{finding.part}·{finding.what}：{finding.told}"
        )
    todo = unmet(findings)
    tell(f"共{len(findings)}项，待办{len(todo)}项。")
    if out:
        try:
            write_atomically(out, inspection_book(findings))
        except OSError as error:
            raise SettingsError(f"{out} 写不进去（{reason_of(error)}）。") from None
        tell(f"已写好：{out}")
    return EXIT_PROBLEMS if todo else 0
