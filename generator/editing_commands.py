"""The commands of editors: `export`, `import`, … Arguments in, exit code out, as in `cli`."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic_core import PydanticCustomError

from generator import pipeline
from generator.catalog import Key
from generator.editing.cells import names_of
from generator.editing.differences import (
    Difference,
    as_json,
    differences,
    render_differences,
)
from generator.editing.doctor import examine
from generator.editing.files import FileChange, commit, staged
from generator.editing.importing import Import, known_headings, problems_at_cells, read_import
from generator.editing.renaming import rename
from generator.editing.schema_files import (
    EXTENSIONS_FILE,
    SCHEMA_FOLDER,
    SETTINGS_FILE,
    modeline,
    schema_files,
)
from generator.editing.sheets import SheetError, read_sheets
from generator.editing.skeletons import skeleton
from generator.editing.starter import write_starter
from generator.editing.workbook import make_csv, make_workbook
from generator.editing.written import Written, file_changes, new_path, written_records
from generator.forms.serving import serve_forms
from generator.options import config_option
from generator.problems import (
    ContentError,
    Location,
    Problem,
    SettingsError,
    render_json,
    render_text,
)
from generator.reading import relative_name
from generator.records import KINDS
from generator.records.fields import check_id
from generator.rendering import templates_dir
from generator.settings import Settings
from generator.shell import load_config, log_to_stderr, settings_of

Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_PROBLEMS = 1


def _json_option(command: Command) -> Command:
    return click.option("--json", "as_json_", is_flag=True, help="以 JSON 回答，供程序读。")(
        command
    )


def _settings(config_file: Path) -> Settings:
    config = load_config(config_file)
    return settings_of(config, config.plugins["casebook"].options)


def _sound(settings: Settings) -> pipeline.Loaded:
    """All content; raises `ContentError` where it has problems, which must be mended first."""
    loaded = pipeline.load(settings)
    if loaded.problems:
        raise ContentError(loaded.problems)
    return loaded


# --- spreadsheets ---------------------------------------------------------------------------------


@click.command("export")
@config_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("casebook.xlsx"), show_default=True,
              help="写到哪个文件：.xlsx，或只有一类时 .csv。")  # fmt: skip
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([*KINDS]),
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
    catalog = _sound(_settings(config_file)).catalog
    records = {key: written.data for key, written in written_records(catalog).items()}
    names = names_of(catalog)
    if out.suffix.lower() == ".csv":
        if len(kinds) != 1:
            raise SettingsError("CSV 只能装一类记录，用 --kind 指明，如 --kind village。")
        content = make_csv(records, names, kinds[0], encoding)
    elif out.suffix.lower() == ".xlsx":
        content = make_workbook(records, names, kinds, template=template)
    else:
        raise SettingsError(f"不会写 {out.suffix} 文件，用 .xlsx 或 .csv。")
    staging = out.with_name(f".{out.name}.new")
    try:
        staging.write_bytes(content)
        staging.replace(out)
    except OSError as error:
        raise SettingsError(
            f"{out} 写不进去（{error.strerror}）。若正在 Excel 里开着，先关掉。"
        ) from None
    click.echo(f"已写好：{out}", err=True)


@click.command("import")
@config_option
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看会改什么，不写入。")
@click.option("--delete", is_flag=True, help="表里没有的记录也删去。")
@click.option(
    "--kind", type=click.Choice([*KINDS]), help="CSV 里是哪一类；文件名就是类别名时不必写。"
)
@_json_option
@click.pass_context
def import_command(
    context: click.Context, config_file: Path, book: Path, dry_run: bool, delete: bool,
    kind: str | None, as_json_: bool,
) -> None:  # fmt: skip
    """把改好的表读回记录：先列出改动，再一次写入；有一处不对就什么都不写。

    \b
    例：
      casebook import 教学点.xlsx --dry-run    看会改什么
      casebook import 教学点.xlsx              写入
      casebook import 村.csv --kind village
    退出码：0 没有问题，1 表里有问题（没有写入），2 无法运行。
    """
    settings = _settings(config_file)
    catalog = _sound(settings).catalog
    written = written_records(catalog)
    try:
        sheets = read_sheets(book, known_headings())
    except SheetError as error:
        problem = Problem(Location(book.name, 0), "CB901", str(error))
        _refuse(context, [problem], as_json_)
    wish = read_import(sheets, catalog, written, kind)
    if wish.problems:
        _refuse(context, wish.problems, as_json_)
    wanted: dict[Key, Any] = {**wish.records, **(dict.fromkeys(wish.absent) if delete else {})}
    changes = file_changes(written, wanted, settings)
    if changes and (problems := _at_cells(settings, changes, wish)):
        _refuse(context, problems, as_json_)
    found = differences(written, wanted)
    if not dry_run and changes:
        pipeline.write_changed(settings, changes)
    files = [relative_name(change.path, settings.root) for change in changes]
    _tell_import(found, files, [] if delete else wish.absent, written, dry_run, as_json_)


def _at_cells(settings: Settings, changes: Sequence[FileChange], wish: Import) -> list[Problem]:
    """What would be wrong after the changes, at the cells that it comes from."""
    with staged(settings, changes) as copy:
        loaded = pipeline.load(copy)
        return problems_at_cells(loaded.problems, loaded.catalog, wish)


def _refuse(context: click.Context, problems: Sequence[Problem], as_json_: bool) -> None:
    if as_json_:
        click.echo(render_json(problems))
    else:
        click.echo(render_text(problems))
        click.echo(f"共 {len(problems)} 处问题，没有写入。改好后再导入一次。", err=True)
    context.exit(EXIT_PROBLEMS)


def _tell_import(
    found: list[Difference], files: list[str], absent: Sequence[Key],
    written: dict[Key, Written], dry_run: bool, as_json_: bool,
) -> None:  # fmt: skip
    if as_json_:
        answer = {
            "written": not dry_run,
            "changes": as_json(found),
            "files": files,
            "absent": [{"kind": key.kind, "id": key.id} for key in absent],
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    if found:
        click.echo(render_differences(found))
    for key in absent:
        name = written[key].data.get("name", key.id)
        click.echo(
            f"! 表里没有 {KINDS[key.kind].kind_title} {name}（{key.id}），没有删除；要删除加 --delete。"
        )
    done = "会改" if dry_run else "已改"
    click.echo(
        f"{done} {len(found)} 条记录、{len(files)} 个文件。" if found else "没有改动。", err=True
    )


# --- records and schema ---------------------------------------------------------------------------


@click.command("schema")
@config_option
def schema_command(config_file: Path) -> None:
    """写好 JSON Schema 和 VS Code 的设置：编辑器从此会补全字段、解释字段、标出写错之处。

    \b
    例：
      casebook schema
    VS Code 要装 YAML 扩展（redhat.vscode-yaml），打开文件夹时会提示。已有的 settings.json 不覆盖。
    """
    settings = _settings(config_file)
    records = relative_name(settings.records_dir, settings.root)
    for name, content in schema_files(records).items():
        file = settings.root / name
        if file.exists() and name in (SETTINGS_FILE, EXTENSIONS_FILE):
            if file.read_bytes() != content:
                click.echo(f"{name} 已有，没有改动。", err=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    click.echo(f"已写好：{settings.root / SCHEMA_FOLDER}", err=True)


@click.command("new")
@config_option
@click.argument("kind", type=click.Choice([*KINDS, "site"]), metavar="KIND")
@click.argument("id", metavar="ID|DIR")
def new_command(config_file: Path, kind: str, id: str) -> None:
    """新建一条记录的文件，写好必填字段和每个字段的说明；或新建一个小网站。

    \b
    例：
      casebook new teaching-point juzhen-orchard
      casebook new county yiyuan
      casebook new site my-site     一个马上能构建的小网站，再换成自己的内容
    """
    if kind == "site":
        write_starter(templates_dir() / "starter", Path(id))
        click.echo(f"已写好：{id}。接着：cd {id}，casebook build，打开 site/index.html。", err=True)
        return
    settings = _settings(config_file)
    try:
        check_id(id)
    except PydanticCustomError as error:
        raise SettingsError(f"编号“{id}”{error.message()}。") from None
    catalog = pipeline.load(settings).catalog
    file = new_path(settings, Key(kind, id))
    if catalog.get(Key(kind, id)) or file.exists():
        raise SettingsError(f"{KINDS[kind].kind_title}“{id}”已经有了，换一个编号。")
    text = modeline(file, kind, settings.root) + skeleton(KINDS[kind])
    commit(settings.root, [FileChange(file, None, text.encode())])
    click.echo(
        f"已写好：{relative_name(file, settings.root)}。填好后运行 casebook check。", err=True
    )


@click.command("rename")
@config_option
@click.argument("kind", type=click.Choice([*KINDS]), metavar="KIND")
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="只列出会改的文件，不写入。")
def rename_command(config_file: Path, kind: str, old: str, new: str, dry_run: bool) -> None:
    """改一条记录的编号：改文件名和所有指向它的链接，旧网址留一页转到新网址。

    \b
    例：
      casebook rename teaching-point juzhen-park juzhen-orchard-park --dry-run
      casebook rename village zhujiahu yanya-zhujiahu
    """
    settings = _settings(config_file)
    catalog = _sound(settings).catalog
    changes = rename(settings, catalog, written_records(catalog), Key(kind, old), new)
    if not dry_run:
        pipeline.write_changed(settings, changes)
    for change in changes:
        sign = "-" if change.new is None else "+" if change.old is None else "~"
        click.echo(f"{sign} {relative_name(change.path, settings.root)}")
    click.echo(f"{'会改' if dry_run else '已改'} {len(changes)} 个文件。", err=True)


@click.command("doctor")
@_json_option
@click.pass_context
def doctor_command(context: click.Context, as_json_: bool) -> None:
    """看看这台机器装了什么，缺什么，怎样补上。

    \b
    例：
      casebook doctor
      casebook doctor --json
    退出码：0 必需的都有，1 缺必需的。
    """
    findings = list(examine())
    if as_json_:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            sign = "✓" if one.found else "✗" if one.needed else "–"
            click.echo(f"{sign} {one.name}  {one.found or '没有。' + one.remedy}")
    context.exit(EXIT_PROBLEMS if any(f.needed and not f.found for f in findings) else 0)


@click.command("edit")
@config_option
@click.option("--audience", type=click.Choice(["public", "internal"]), default=None,
              help="预览给谁看的页面：public 公开版，internal 内部版；默认按配置文件。")  # fmt: skip
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="端口；默认随便用一个空着的。"
)
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器，只显示网址。")
def edit_command(config_file: Path, audience: str | None, port: int, no_browser: bool) -> None:
    """在浏览器里填写记录：边填边看有没有问题、网页什么样，写入原来的 YAML 文件。按 Ctrl+C 结束。

    \b
    例：
      casebook edit
      casebook edit --audience internal
    只在这台电脑上能打开；不用账号，不用联网。
    """
    log_to_stderr(verbose=False)
    show = (lambda _: False) if no_browser else webbrowser.open
    try:
        serve_forms(config_file, audience=audience, port=port, tell=_tell, show=show)
    except OSError as error:
        raise SettingsError(f"开不起来（{error.strerror}）：换一个端口，如 --port 8010。") from None


def _tell(text: str) -> None:
    click.echo(text, err=True)


EDITING_COMMANDS: tuple[click.Command, ...] = (
    export_command,
    import_command,
    schema_command,
    new_command,
    rename_command,
    doctor_command,
    edit_command,
)
"""What `cli` offers besides its own."""
