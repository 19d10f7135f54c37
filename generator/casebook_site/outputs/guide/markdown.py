"""The guide as one Markdown file, for those who read the repository."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.outputs.guide.chapters import (
    CodeChapter,
    FieldEntry,
    KindChapter,
    code_chapters,
    kind_chapters,
)
from casebook_site.schema.kinds import Schema

_START = """# 编辑手册

<!-- 由 make guide 生成，不要手改：改字段说明、规则或 generator/casebook_site/outputs/guide/examples.py。 -->

每条记录是 `content/records/` 下的一段 YAML。改完运行 `casebook check`，它一次列出全部问题，每个问题有代码；
代码的意思和改法见后半部分。例中的“待填”和 `a-…` 换成真实内容；内部版网站上有同样的手册。

不想写 YAML，有两条路，写的都是同一批文件：`casebook edit` 在本机的浏览器里一栏一栏地填，边填边看有没有问题、网页什么样；
`casebook export` 和 `casebook import` 把记录写成 Excel 表，改好再读回；导入之前先看会改什么，导入之后表的旁边有每一行的结果，
错了用 `casebook undo` 退回。单位自己的名册不必改成这里的样子：`casebook import 名册.xlsx --kind teaching-point --map`，
程序提出哪一列放到哪里，拿不准的列出来问。`casebook edit` 的记录列表下面也有导出、导入、退回、检查和生成网站的按钮；
改编号、删除和加图片在每条记录的下面。
"""


def guide_markdown(schema: Schema) -> str:
    """Return the whole guide as Markdown."""
    lines = [_START, "## 字段\n"]
    for kind in kind_chapters(schema):
        lines += _kind(kind)
    lines.append("## 问题代码\n")
    for group in code_chapters(schema):
        lines += _codes(group)
    return "\n".join(lines).rstrip() + "\n"


def _kind(chapter: KindChapter) -> Iterator[str]:
    kind = f"（{chapter.id}）" if chapter.folder else ""
    yield f"### {chapter.title}{kind}\n"
    if chapter.folder:
        yield f"放在 `content/records/{chapter.folder}/`。最少要写：\n"
        yield f"```yaml\n{chapter.example}```\n"
    for table in chapter.tables:
        if not table.fields:
            continue
        yield f"#### {table.title}\n"
        yield "| 字段 | 名称 | 说明 | 写法 | 例 |\n| --- | --- | --- | --- | --- |"
        yield from (_row(entry) for entry in table.fields)
        yield ""


def _row(entry: FieldEntry) -> str:
    marks = "".join(
        f"（{word}）"
        for word, holds in (("必填", entry.required), ("内部", entry.internal))
        if holds
    )
    choices = "；".join(
        f"`{value}`{'' if title == value else ' ' + title}" for value, title in entry.choices
    )
    how = f"{entry.how}：{choices}" if choices else entry.how
    cells = (f"`{entry.name}`", entry.title + marks, entry.description, how, f"`{entry.example}`")
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _codes(chapter: CodeChapter) -> Iterator[str]:
    yield f"### {chapter.title}\n"
    for entry in chapter.codes:
        yield f"#### {entry.code} {entry.title}\n"
        scope = f"查：{'、'.join(entry.kinds)}。" if entry.kinds else ""
        yield f"{entry.example.advice}{scope}\n"
        yield f"错：\n\n```text\n{entry.example.wrong}\n```\n"
        yield f"对：\n\n```text\n{entry.example.right}\n```\n"
