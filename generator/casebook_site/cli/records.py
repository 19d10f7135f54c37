"""Records and the files around them: `schema`, `new`, `rename`, `undo`, `doctor`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from casebook_site.base.problems import SettingsError
from casebook_site.base.templates import templates_dir
from casebook_site.cli.content import settings_from, sound
from casebook_site.cli.options import (
    EXIT_PROBLEMS,
    answer,
    config_option,
    json_option,
    kind_named,
    tell,
)
from casebook_site.editing.doctor import examine
from casebook_site.editing.files import FileChange, commit
from casebook_site.editing.new_ids import id_fault
from casebook_site.editing.record_files import new_path, written_records
from casebook_site.editing.renaming import rename
from casebook_site.editing.schema_files import (
    EXTENSIONS_FILE,
    SCHEMA_FOLDER,
    SETTINGS_FILE,
    modeline,
    schema_files,
)
from casebook_site.editing.skeletons import skeleton
from casebook_site.editing.starter import write_starter
from casebook_site.engine import loading
from casebook_site.engine.taking_back import take_back, what_to_take_back
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Key
from casebook_site.reading.files import relative_name


@click.command("schema")
@config_option
def schema_command(config_file: Path) -> None:
    """写好 JSON Schema 和 VS Code 的设置：编辑器从此会补全字段、解释字段、标出写错之处。

    \b
    例：
      casebook schema
    VS Code 要装 YAML 扩展（redhat.vscode-yaml），打开文件夹时会提示。已有的 settings.json 不覆盖。
    """
    settings = settings_from(config_file)
    records = relative_name(settings.records_dir, settings.root)
    for name, content in schema_files(records, loading.site_schema(settings)).items():
        file = settings.root / name
        if file.exists() and name in (SETTINGS_FILE, EXTENSIONS_FILE):
            if file.read_bytes() != content:
                tell(f"{name} 已有，没有改动。")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    tell(f"已写好：{settings.root / SCHEMA_FOLDER}")


@click.command("new")
@config_option
@click.argument("kind", metavar="KIND")
@click.argument("id", metavar="ID|DIR")
@json_option
def new_command(config_file: Path, kind: str, id: str, as_json: bool) -> None:
    """新建一条记录的文件，写好必填字段和每个字段的说明；或新建一个小网站。

    \b
    例：
      casebook new teaching-point juzhen-orchard
      casebook new county yiyuan
      casebook new site my-site     一个马上能构建的小网站，再换成自己的内容
    """
    if kind == "site":
        write_starter(templates_dir() / "starter", Path(id), program_schema())
        tell(f"已写好：{id}。接着：cd {id}，casebook build，打开 site/index.html。")
        if as_json:
            answer({"kind": kind, "folder": id})
        return
    settings = settings_from(config_file)
    kind_named(loading.site_schema(settings), kind)
    if fault := id_fault(id):
        raise SettingsError(f"编号“{id}”{fault}。")
    catalog = loading.load(settings).catalog
    file = new_path(settings, Key(kind, id), catalog.schema)
    if catalog.get(Key(kind, id)) or file.exists():
        raise SettingsError(f"{catalog.schema[kind].title}“{id}”已经有了，换一个编号。")
    text = modeline(file, kind, settings.root) + skeleton(catalog.schema[kind].model)
    commit(settings.root, [FileChange(file, None, text.encode())])
    name = relative_name(file, settings.root)
    tell(f"已写好：{name}。填好后运行 casebook check。")
    if as_json:
        answer({"kind": kind, "id": id, "file": name})


@click.command("rename")
@config_option
@click.argument("kind", metavar="KIND")
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="只列出会改的文件，不写入。")
@json_option
def rename_command(
    config_file: Path, kind: str, old: str, new: str, dry_run: bool, as_json: bool
) -> None:
    """改一条记录的编号：改文件名和所有指向它的链接，旧网址留一页转到新网址。

    \b
    例：
      casebook rename teaching-point juzhen-park juzhen-orchard-park --dry-run
      casebook rename village zhujiahu yanya-zhujiahu
    """
    settings = settings_from(config_file)
    loaded = sound(settings)
    catalog = loaded.catalog
    kind_named(catalog.schema, kind)
    changes = rename(settings, catalog, written_records(catalog), Key(kind, old), new)
    if not dry_run:
        title = f"{catalog.schema[kind].title}“{old}”的编号改成“{new}”"
        loading.write_changed(settings, changes, loaded, title)
    files = [(_action(change), relative_name(change.path, settings.root)) for change in changes]
    if as_json:
        rows = [{"file": name, "action": action} for action, name in files]
        answer({"written": not dry_run, "kind": kind, "old": old, "new": new, "files": rows})
        return
    for action, name in files:
        click.echo(f"{_SIGNS[action]} {name}")
    tell(f"{'会改' if dry_run else '已改'} {len(changes)} 个文件。")


@click.command("undo")
@config_option
@click.option("--dry-run", is_flag=True, help="只列出会改的文件，不写入。")
@json_option
def undo_command(config_file: Path, dry_run: bool, as_json: bool) -> None:
    """退回上一次导入、改编号、删除或签审；再运行一次，退回更早的一次。之后又改过那些文件就不退。

    \b
    例：
      casebook undo --dry-run    看会退回什么
      casebook undo
    """
    settings = settings_from(config_file)
    loaded = loading.load(settings)
    change, changes = what_to_take_back(settings)
    if not dry_run:
        take_back(settings, loaded, change, changes)
    files = [(_action(one), relative_name(one.path, settings.root)) for one in changes]
    if as_json:
        rows = [{"file": name, "action": action} for action, name in files]
        answer({"written": not dry_run, "undone": change.title, "files": rows})
        return
    for action, name in files:
        click.echo(f"{_SIGNS[action]} {name}")
    tell(f"{'会' if dry_run else '已'}退回：{change.title}（{len(files)} 个文件）。")


_SIGNS = {"added": "+", "changed": "~", "removed": "-"}


def _action(change: FileChange) -> str:
    """Return what happens to a file, in the words of `import --json`."""
    return "removed" if change.new is None else "added" if change.old is None else "changed"


@click.command("doctor")
@json_option
@click.pass_context
def doctor_command(context: click.Context, as_json: bool) -> None:
    """看看这台机器装了什么，缺什么，怎样补上。

    \b
    例：
      casebook doctor
      casebook doctor --json
    退出码：0 必需的都有，1 缺必需的。
    """
    findings = list(examine())
    if as_json:
        answer([asdict(one) for one in findings])
    else:
        for one in findings:
            sign = "✓" if one.found else "✗" if one.needed else "–"
            click.echo(f"{sign} {one.name}  {one.found or '没有。' + one.remedy}")
    context.exit(EXIT_PROBLEMS if any(f.needed and not f.found for f in findings) else 0)
