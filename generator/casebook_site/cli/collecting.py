"""Return files from bundles: `collect`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.files import write_atomically
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.cli.content import settings_from, sound
from casebook_site.cli.options import answer, config_option, json_option, tell
from casebook_site.editing.collected import Collected
from casebook_site.editing.collected_book import make_book
from casebook_site.engine.collecting import collected, write_evaluations
from casebook_site.reading.files import relative_name


@click.command("collect")
@config_option
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), default=Path("回执.xlsx"), show_default=True,
              help="汇总写到哪个 .xlsx 文件。")  # fmt: skip
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=None,
              help="minisign 的公钥文件：只算本单位签过名的包存出的；先要 make bundles。")  # fmt: skip
@click.option("--write", is_flag=True, help="把评课的份数写进培训班的记录；可用 undo 退回。")
@click.option("--replace", is_flag=True, help="同 --write 一起用：已有的评教结果也换成这次的。")
@json_option
def collect_command(
    config_file: Path,
    folder: Path,
    out: Path,
    key: Path | None,
    write: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """收回执：把离线包存出的小文件加起来，写成一张表。只有份数，没有姓名。

    \b
    例：
      casebook collect U盘上的文件夹               写好 回执.xlsx，先看
      casebook collect U盘上的文件夹 --write       看过再写进培训班的记录
    重复的、改动过的、不是本单位发的，都不算，在表的“文件”一页写明。
    """
    if replace and not write:
        raise SettingsError("--replace 要同 --write 一起用。")
    settings = settings_from(config_file)
    loaded = sound(settings)
    made = collected(loaded, folder, key)
    try:
        write_atomically(out, make_book(loaded.catalog, made))
    except OSError as error:
        raise SettingsError(
            f"{out} 写不进去（{reason_of(error)}）。若正在 Excel 里开着，先关掉。"
        ) from None
    changed: list[str] = []
    if write:
        changes, left = write_evaluations(settings, loaded, made, folder, replace=replace)
        changed = [relative_name(change.path, settings.root) for change in changes]
        for line in left:
            tell(line)
    _tell(made, out, changed, as_json)


def _tell(made: Collected, out: Path, changed: list[str], as_json: bool) -> None:
    told = [verdict for verdict in made.files if verdict.told]
    if as_json:
        answer(
            {
                "counted": made.counted,
                "classes": {id: tally.returned for id, tally in made.classes.items()},
                "quiz": {
                    str(key): {"answered": quiz.answered, "right": quiz.right}
                    for key, quiz in made.quiz.items()
                },
                "files": [
                    {"file": v.file, "counted": v.is_counted, "told": v.told} for v in made.files
                ],
                "written": changed,
            }
        )
        return
    for verdict in told:
        click.echo(f"{'~' if verdict.is_counted else '-'} {verdict.file}：{verdict.told}")
    for name in changed:
        click.echo(f"~ {name}")
    tell(
        f"{len(made.files)} 个文件，算了 {made.counted} 个；评课 {len(made.classes)} 个班，"
        f"答题 {sum(quiz.answered for quiz in made.quiz.values())} 题，意见 {len(made.notes)} 条。"
        f"已写好：{out}"
    )
