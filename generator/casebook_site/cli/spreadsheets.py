"""Records out to spreadsheets and back: `export`, `import`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.files import write_atomically
from casebook_site.base.problems import SettingsError, render_json, render_text
from casebook_site.base.settings import Settings
from casebook_site.base.system_errors import reason_of
from casebook_site.cli.content import settings_from
from casebook_site.cli.options import (
    EXIT_PROBLEMS,
    answer,
    config_option,
    json_option,
    kind_named,
    tell,
)
from casebook_site.editing.cells import names_of
from casebook_site.editing.comparing import Prefer
from casebook_site.editing.differences import as_rows, render_differences
from casebook_site.editing.record_files import written_records
from casebook_site.editing.table_rows import make_csv
from casebook_site.editing.workbook import make_workbook
from casebook_site.engine import loading
from casebook_site.engine.imports import (
    BookImport,
    ImportQuestion,
    make_import,
    try_import,
    write_ids_back,
    write_report,
)
from casebook_site.engine.office_imports import read_office_list
from casebook_site.model.ordering import sorter
from casebook_site.reading.files import relative_name
from casebook_site.schema.kinds import Schema

_NAMED = 5
"""Records that the line about missing rows names."""


@click.command("export")
@config_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("casebook.xlsx"), show_default=True,
              help="写到哪个文件：.xlsx，或只有一类时 .csv。")  # fmt: skip
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="只要哪一类，可写几次；默认全部。",
)
@click.option("--template", is_flag=True, help="空表，带一行示例，发给人填。")
@click.option("--encoding", type=click.Choice(["utf-8", "gbk"]), default="utf-8", show_default=True,
              help="CSV 的编码。")  # fmt: skip
def export_command(
    config_file: Path, out: Path, kinds: tuple[str, ...], template: bool, encoding: str
) -> None:
    """把记录写成 Excel 表，改好后用 import 读回。

    \b
    例：
      casebook export --out 全部.xlsx
      casebook export --kind teaching-point --out 教学点.xlsx
      casebook export --kind teaching-point --template --out 空表.xlsx
      casebook export --kind village --out 村.csv --encoding gbk
    """
    loaded = loading.load(settings_from(config_file))
    catalog = loaded.catalog
    kinds = tuple(kind_named(catalog.schema, kind) for kind in kinds)
    written = written_records(catalog)
    records = {key: written[key].data for key in sorted(written, key=sorter(catalog))}
    names = names_of(catalog)
    if out.suffix.lower() == ".csv":
        if len(kinds) != 1:
            raise SettingsError("CSV 只能装一类记录，用 --kind 指明，如 --kind village。")
        content = make_csv(records, names, catalog.schema, kinds[0], encoding)
    elif out.suffix.lower() == ".xlsx":
        faults = () if template else loaded.problems
        content = make_workbook(
            records, names, catalog.schema, kinds, template=template, faults=faults
        )
    else:
        raise SettingsError(f"不会写 {out.suffix} 文件，用 .xlsx 或 .csv。")
    try:
        write_atomically(out, content)
    except OSError as error:
        raise SettingsError(
            f"{out} 写不进去（{reason_of(error)}）。若正在 Excel 里开着，先关掉。"
        ) from None
    _tell_export(out, loaded)


def _tell_export(out: Path, loaded: loading.Loaded) -> None:
    """Say what was written, and what is wrong in the content: broken records are not in the file."""
    if loaded.problems:
        click.echo(render_text(loaded.problems))
        without = f"，读不出来的 {len(loaded.unread)} 条不在里面" if loaded.unread else ""
        click.echo(f"内容有 {len(loaded.problems)} 处问题（见上）{without}。", err=True)
    click.echo(f"已写好：{out}", err=True)


@click.command("import")
@config_option
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看会改什么，不写入。")
@click.option("--delete", is_flag=True, help="导出时在表里、现在不在的记录也删去。")
@click.option("--ours", "prefer", flag_value="files", help="表和文件都改过的地方，保留文件里的。")
@click.option("--theirs", "prefer", flag_value="sheets", help="表和文件都改过的地方，用表里的。")
@click.option(
    "--kind",
    metavar="KIND",
    help="CSV 里是哪一类；文件名就是类别名时不必写。",
)
@click.option(
    "--map",
    "as_list",
    is_flag=True,
    help="这是单位自己的名册：先定各列放到哪里，存在 content/imports/。",
)
@click.option("--write-back", is_flag=True, help="把新记录的编号写回这份 .xlsx 表里。")
@json_option
@click.pass_context
def import_command(
    context: click.Context, config_file: Path, book: Path, dry_run: bool, delete: bool,
    prefer: Prefer | None, kind: str | None, as_list: bool, write_back: bool, as_json: bool,
) -> None:  # fmt: skip
    """把改好的表读回记录：先列出改动，再一次写入；有一处不对就什么都不写。

    \b
    例：
      casebook import 教学点.xlsx --dry-run    看会改什么
      casebook import 教学点.xlsx              写入
      casebook import 村.csv --kind village
      casebook import 名册.xlsx --kind teaching-point --map   单位自己的名册
    除了 --dry-run，总在表的旁边留一份“……-导入结果.xlsx”，写明每一行怎样了、新记录的编号是什么。
    退出码：0 没有问题，1 表里有问题（没有写入），2 无法运行。
    """
    settings = settings_from(config_file)
    loaded = loading.load(settings)
    schema = loaded.catalog.schema
    kind = kind_named(schema, kind) if kind else None
    placed = read_office_list(settings, loaded, book, kind) if as_list else None
    question = ImportQuestion(book, kind, prefer or "", delete and not as_list, as_list)
    tried = try_import(settings, loaded, question, placed.sheets if placed else None)
    if placed and placed.left:
        tell("\n".join(["没有放进去的：", *(f"  {line}" for line in placed.left)]))
    if tried.problems:
        _refuse(context, tried, dry_run, as_json)
    if not dry_run:
        make_import(settings, tried)
    _tell_import(tried, settings, schema, dry_run, as_json)
    if not dry_run:
        tell(write_report(tried))
        if write_back:
            tell(write_ids_back(tried))


def _refuse(context: click.Context, tried: BookImport, dry_run: bool, as_json: bool) -> None:
    if as_json:
        click.echo(render_json(tried.problems))
    else:
        click.echo(render_text(tried.problems))
        count = len(tried.problems)
        tell(f"共 {count} 处问题，没有写入。改好后再导入一次。")
    if not dry_run and tried.plan.places:
        tell(write_report(tried))
    context.exit(EXIT_PROBLEMS)


def _tell_import(
    tried: BookImport, settings: Settings, schema: Schema, dry_run: bool, as_json: bool
) -> None:
    files = [relative_name(change.path, settings.root) for change in tried.changes]
    absent, found = tried.absent, list(tried.found)
    if as_json:
        told = {
            "written": not dry_run,
            "changes": as_rows(found),
            "files": files,
            "absent": [{"kind": key.kind, "id": key.id} for key in absent],
        }
        answer(told)
        return
    if found:
        click.echo(render_differences(found, schema))
    if absent:
        names = (str(tried.written[key].data.get("name", key.id)) for key in absent[:_NAMED])
        more = f" 等 {len(absent)} 条" if len(absent) > _NAMED else ""
        click.echo(f"! 表里没有 {'、'.join(names)}{more}，没有删除；要删除加 --delete。")
    done = "会改" if dry_run else "已改"
    tell(f"{done} {len(found)} 条记录、{len(files)} 个文件。" if found else "没有改动。")
