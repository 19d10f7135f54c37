"""三审三校: `review list|show|sheet|sign|refuse|days`. Arguments in, exit code out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from casebook_site.base.problems import SettingsError, UserError
from casebook_site.base.settings import Settings
from casebook_site.base.today import today
from casebook_site.cli.content import settings_from
from casebook_site.cli.options import answer, config_option, json_option, tell
from casebook_site.domain.reviewing import STATE_TITLES
from casebook_site.domain.text_changes import TextChange
from casebook_site.editing.reviewing import Signature
from casebook_site.engine import loading
from casebook_site.engine.reviewing import opened_book, set_days, sign
from casebook_site.model.catalog import Key
from casebook_site.model.reviewed import ReviewedRecord, reviewed, waiting
from casebook_site.schema.dates import PartialDate

COLOURS = {"signed": "green", "open": "yellow", "changed": "magenta", "refused": "red"}


@click.group("review")
def review_group() -> None:
    """公开前的三审三校：列出、看改了什么、签、退回。

    \b
    例：
      casebook review list                          每条到了哪一步
      casebook review show teaching-point/park      签过以后改了什么
      casebook review sheet --step 初审              印签审单
      casebook review sign teaching-point/park --step 初审 --post 组织科
      casebook review refuse teaching-point/park --step 复审 --post 党建办 --note "日期没有来源"
    """


def _opened(config_file: Path) -> tuple[Settings, loading.Loaded]:
    """Return a site's settings and content, which need not be without problems."""
    settings = settings_from(config_file)
    return settings, loading.load(settings)


@review_group.command("list")
@config_option
@click.option("--waiting", "only", is_flag=True, help="只列没有签完的。")
@click.option("--step", default="", metavar="审次", help="只列这一审、这一校没有签的。")
@json_option
def list_command(config_file: Path, only: bool, step: str, as_json: bool) -> None:
    """列出每条记录签到了哪一步。"""
    settings, loaded = _opened(config_file)
    book = opened_book(settings, loaded)
    keys = waiting(book, step) if only or step else [*book]
    if as_json:
        answer([_row(reviewed(book, key)) for key in keys])
        return
    for key in keys:
        found = reviewed(book, key)
        state = found.state.state
        title = click.style(STATE_TITLES[state], fg=COLOURS[state])
        click.echo(f"{title}  {key}  {found.record.name}  {found.progress}")
    count = len(waiting(book))
    tell(f"共 {len(book)} 条要签，{count} 条没有签完。" if count else "全部签完。")


def _row(found: ReviewedRecord) -> dict[str, Any]:
    state = found.state
    return {
        "record": str(found.key),
        "name": found.record.name,
        "state": state.state,
        "steps": [{"step": step.title, "state": step.state} for step in state.steps],
        "embargo": state.embargo.iso if state.embargo else None,
        "expires": state.expires.iso if state.expires else None,
        "since": found.since.date.iso if found.since else None,
        "changed": [*found.changed_fields],
    }


@review_group.command("show")
@config_option
@click.argument("record", metavar="类别/编号")
@click.option("--since", default="", metavar="审次", help="从哪一审、哪一校签过以后算起。")
@json_option
def show_command(config_file: Path, record: str, since: str, as_json: bool) -> None:
    """看一条记录签过以后改了什么：删去的红，添上的绿。"""
    settings, loaded = _opened(config_file)
    found = reviewed(opened_book(settings, loaded), Key.parse(record), since)
    if as_json:
        changes = [
            {"number": c.number, "field": c.field, "before": c.before, "after": c.after}
            for c in found.changes
        ]
        answer({**_row(found), "changes": changes, "text": found.text})
        return
    click.echo(f"{found.record.kind_title}“{found.record.name}”  {found.key}")
    for step in found.state.steps:
        click.echo(f"  {click.style(step.chinese, fg=COLOURS[step.state])}")
    if found.since is None:
        click.echo("还没有签过。全文：")
        click.echo(found.text)
        return
    click.echo(found.told or "签过以后没有改。")
    if found.told and found.changed_fields:
        said = f"{{date: {today()}, text: 改了{'、'.join(found.changed_fields)}。}}"
        tell(f"要告诉读者，可以写进记录的 changes：{said}")
    for change in found.changes:
        click.echo(f"{change.number}. {change.field}：{_coloured(change)}")


def _coloured(change: TextChange) -> str:
    """Return a line with what went in red and what came in green, in brackets for those without colours."""
    said = []
    for text, mark in change.pieces:
        if mark == "removed":
            text = click.style(f"[-{text}-]", fg="red")
        elif mark == "added":
            text = click.style(f"{{+{text}+}}", fg="green")
        said.append(text)
    return "".join(said)


@review_group.command("sheet")
@config_option
@click.argument("records", nargs=-1, metavar="类别/编号…")
@click.option("--step", default="", metavar="审次", help="这一审、这一校没有签的全部印。")
@click.option(
    "--format",
    "formats",
    type=click.Choice(("pdf", "docx")),
    multiple=True,
    default=("pdf",),
    show_default=True,
    help="pdf 或 docx（Word）；两样都要就写两次。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("packs-internal"),
    show_default=True,
    help="写到哪个文件夹。",
)
def sheet_command(
    config_file: Path, records: tuple[str, ...], step: str, formats: tuple[str, ...], out: Path
) -> None:
    """印一批记录的签审单：逐条编号的改动，签名的表格，供存档。"""
    # Only here: what sets paper takes long to load.
    from casebook_site.engine.review_sheets import write_sheets

    settings, loaded = _opened(config_file)
    book = opened_book(settings, loaded)
    keys = [*map(Key.parse, records)] or waiting(book, step)
    if not keys:
        raise SettingsError("没有等着签的记录，不用印。")
    for file in write_sheets(settings, loaded, keys, step, [*dict.fromkeys(formats)], out):
        tell(f"已写好：{file}")


Command = Callable[..., None]


def _signing(command: Command) -> Command:
    """Add the options of whoever signs or refuses."""
    for option in (
        json_option,
        click.option("--date", "day", default="", metavar="日期", help="哪一天签的；默认今天。"),
        click.option("--post", default="", metavar="岗位", help="哪个岗位，不写人名。"),
        click.option("--step", required=True, metavar="审次", help="如 初审、一校、保密审查。"),
    ):
        command = option(command)
    return config_option(command)


@review_group.command("sign")
@click.argument("records", nargs=-1, metavar="类别/编号…")
@click.option("--all", "everything", is_flag=True, help="这一审、这一校没有签的全部签。")
@click.option("--note", default="", metavar="意见", help="签审的意见，可不写。")
@_signing
def sign_command(
    config_file: Path, records: tuple[str, ...], everything: bool, step: str, post: str,
    day: str, note: str, as_json: bool,
) -> None:  # fmt: skip
    """签一条或几条记录的一审、一校。签错了用 casebook undo 退回。"""
    settings, loaded = _opened(config_file)
    keys = [*map(Key.parse, records)]
    if everything:
        keys += waiting(opened_book(settings, loaded), step)
    _write(settings, loaded, keys, Signature(step, post, _day(day), note), as_json)


@review_group.command("refuse")
@click.argument("records", nargs=-1, metavar="类别/编号…")
@click.option("--note", required=True, metavar="意见", help="为什么退回、要改什么。")
@_signing
def refuse_command(
    config_file: Path, records: tuple[str, ...], step: str, post: str, day: str, note: str,
    as_json: bool,
) -> None:  # fmt: skip
    """退回一条或几条记录，写明意见。改过以后再签。"""
    settings, loaded = _opened(config_file)
    signature = Signature(step, post, _day(day), note, refused=True)
    _write(settings, loaded, [*map(Key.parse, records)], signature, as_json)


@review_group.command("days")
@config_option
@click.argument("record", metavar="类别/编号")
@click.option("--from", "embargo", metavar="日期", help="公开之日：这一天以前不公开；写空去掉。")
@click.option("--until", "expires", metavar="日期", help="撤下之日：这一天起不再公开；写空去掉。")
def days_command(config_file: Path, record: str, embargo: str | None, expires: str | None) -> None:
    """定一条记录从哪一天公开、哪一天撤下。"""
    settings, loaded = _opened(config_file)
    changes = set_days(settings, loaded, Key.parse(record), embargo, expires)
    tell("已写好。" if changes else "没有改动。")


def _day(text: str) -> PartialDate:
    """Return the day on which something is signed; raise `UserError` for what is no day."""
    if not text:
        return PartialDate.parse(today())
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        raise UserError(f"日期“{text}”不对：{error}。") from None
    if not day.day:
        raise UserError(f"日期“{text}”要写到日，如 2026-12-01。")
    return day


def _write(
    settings: Settings,
    loaded: loading.Loaded,
    keys: Sequence[Key],
    signature: Signature,
    as_json: bool,
) -> None:
    if not keys:
        raise SettingsError("没有写签哪些记录，如 teaching-point/park；全部签加 --all。")
    sign(settings, loaded, keys, signature)
    if as_json:
        answer({"step": signature.step, "refused": signature.refused, "records": [*map(str, keys)]})
        return
    tell(f"已{'退回' if signature.refused else '签'}{signature.step}：{len(keys)} 条。")
