"""What was planned and held: `results`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.audience import Audience
from casebook_site.base.files import write_atomically
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.cli.content import sound
from casebook_site.cli.options import audience_option, config_option, tell
from casebook_site.domain.results import by_year, paragraph
from casebook_site.engine.results import results_book, results_of, results_paper
from casebook_site.mkdocs_adapter.config import open_site


@click.command("results")
@config_option
@audience_option
@click.option(
    "--year", type=click.IntRange(1990, 2200), default=None, help="只要哪一年；默认各年都要。"
)
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="写到哪个文件：.xlsx 一张表，.docx 年度报告里的一段话和表；不写就只在屏幕上说。")  # fmt: skip
def results_command(
    config_file: Path, audience: Audience | None, year: int | None, out: Path | None
) -> None:
    """办班统计：各党校每年计划了什么、办了几期、几天、几学时、多少人次。只算记录里写的。

    \b
    例：
      casebook results                          在屏幕上说
      casebook results --out 办班.xlsx
      casebook results --year 2026 --out 2026年办班.docx
    默认连内部记录一起算；只算公开的，加 --audience public。
    """
    settings = open_site(config_file, audience=audience or "internal").settings
    loaded = sound(settings)
    years = results_of(loaded, settings, year)
    if not years:
        raise SettingsError(
            f"{f'{year}年' if year else ''}没有年度计划，也没有培训班。"
            "党校的记录里写 year_plans，办班后写培训班的记录。"
        )
    for each, held in by_year(years).items():
        click.echo(paragraph(each, held))
    if out is None:
        return
    if out.suffix.lower() == ".xlsx":
        content = results_book(years)
    elif out.suffix.lower() == ".docx":
        content = results_paper(loaded, settings, years)
    else:
        raise SettingsError(f"不会写 {out.suffix} 文件，用 .xlsx 或 .docx。")
    try:
        write_atomically(out, content)
    except OSError as error:
        raise SettingsError(
            f"{out} 写不进去（{reason_of(error)}）。若正在别的程序里开着，先关掉。"
        ) from None
    tell(f"已写好：{out}")
