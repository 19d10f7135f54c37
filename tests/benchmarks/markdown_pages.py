"""Records as Markdown pages, for the other generators.

They are spared work that Casebook does: what links where, the neighbours, the citations and the lists of
sources are worked out here, beforehand, and the links in the text are ready addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casebook_site.base.rendering import Prose
from casebook_site.base.settings import Settings
from casebook_site.engine.loading import edition_of
from casebook_site.kinds import program_schema
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.model.catalog import RECORD_LINK
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import Page
from casebook_site.outputs.site.records import build_record_page
from casebook_site.outputs.site.sections import sections_of
from casebook_site.outputs.site.views import FigureView, LinkView, RecordView, Section

PER_INDEX = 100
"""Records on a page of an index, as in Casebook's."""
SECTIONS = sections_of(program_schema())


def settings_from(config_file: Path) -> Settings:
    """The settings of a site of Casebook's."""
    return open_site(config_file).settings


class RecordPage(NamedTuple):
    """A record's page, with the address of its record."""

    folder: str
    id: str
    page: Page[RecordView]

    @property
    def view(self) -> RecordView:
        """What it shows."""
        return self.page.view

    @property
    def description(self) -> str:
        """What its head says of it."""
        return self.page.head.description

    @property
    def note(self) -> str:
        """What stands beside its kind and below its name."""
        return f"{self.view.note}{self.view.subtitle}"


def record_pages(settings: Settings) -> Iterator[RecordPage]:
    """Yield every record's page."""
    site = SiteModel(edition_of(settings), settings)
    for record in site.paged_records():
        yield RecordPage(record.folder, record.id, build_record_page(site, record))


def _link(link: LinkView, ending: str) -> str:
    """A link; MkDocs wants the source file, `ending` `.md`, where Hugo takes the address."""
    note = f" {link.note}" if link.note else ""
    if not link.href:
        return f"{link.name}{note}"
    return f"[{link.name}]({_address(link.href, ending)}){note}"


def _address(href: str, ending: str) -> str:
    return href if "://" in href else re.sub(r"\.html$", ending, href)


def prose(prose: Prose | None, ending: str) -> str:
    """Markdown with the links of a page."""
    if prose is None:
        return ""
    links = prose.links or {}

    def resolved(match: re.Match[str]) -> str:
        link = links.get(f"{match['kind']}/{match['id']}")
        if link is None:
            return match["text"]
        if link.cite and not match["text"]:
            return f"[[{link.cite}]](#source-{link.cite})"
        label = match["text"] or link.label
        return f"[{label}]({_address(link.href, ending)})" if link.href else label

    return RECORD_LINK.sub(resolved, prose.text)


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> list[str]:
    head = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    return ["\n".join([*head, *("| " + " | ".join(row) + " |" for row in rows)])]


def _section(section: Section, ending: str) -> list[str]:
    """The Markdown blocks of a part of a page."""
    blocks = [f"{'#' * section.level} {section.title} {{#{section.id}}}"]
    blocks += [section.note] if section.note else []
    blocks += [prose(section.prose, ending)] if section.prose else []
    for point in section.points:
        blocks += [f"#### {point.title}", prose(point.text, ending)]
    lists = [
        list(section.lines),
        [
            f"**{s.title}** {s.text} {_link(s.link, ending) if s.link else ''}"
            for s in section.steps
        ],
        [f"**{c.title}** {c.state_title} {c.note}" for c in section.checks],
        [f"{_link(e.link, ending)}：{e.text} {' '.join(e.meta)}" for e in section.entries],
        [_link(link, ending) for link in section.links],
        [
            f"{asked.question} {' '.join(asked.choices)} 答案：{asked.answer}"
            for asked in section.questions
        ],
    ]
    blocks += ["\n".join(f"- {item.strip()}" for item in items) for items in lists if items]
    if section.rows:
        blocks += _table(
            section.columns, [[_link(c, ending) for c in row.cells] for row in section.rows]
        )
    return blocks


def sections(page: RecordView, ending: str) -> list[str]:
    """The Markdown blocks of the parts of a page."""
    blocks = [block for section in page.sections for block in _section(section, ending)]
    if page.events:
        blocks += ["## 大事 {#events}", "\n".join(f"- {e.text} {e.title}" for e in page.events)]
    if page.missing or page.doubts:
        lines = [*page.missing, *(f"存疑：{doubt.title}" for doubt in page.doubts)]
        blocks += ["## 待补充与存疑 {#gaps}", "\n".join(f"- {line}" for line in lines)]
    return blocks


def _figure_row(figure: FigureView, ending: str) -> list[str]:
    name = _link(LinkView(figure.name, figure.href), ending)
    value = f"**{figure.value}** {figure.unit} {figure.recorded}"
    return [name, value, figure.as_of, figure.role, _link(figure.source, ending)]


FIGURE_COLUMNS = ("数据", "数值", "截至", "性质", "来源")


def whole_page(page: RecordView, ending: str) -> str:
    """Everything as Markdown, facts and figures as tables."""
    blocks = [" › ".join(_link(link, ending) for link in page.path), f"# {page.name}"]
    blocks += [f"{page.kind_title} {page.note}{page.subtitle}"]
    blocks += [f"又称：{'、'.join(page.aliases)}"] if page.aliases else []
    blocks += [prose(page.summary, ending)] if page.summary else []
    if page.facts:
        rows = [
            [fact.label, " ".join(_link(v, ending) for v in fact.values) + f" {fact.note}"]
            for fact in page.facts
        ]
        blocks += _table(("项目", "内容"), rows)
    if page.figures:
        figures = (*page.figures, *page.more_figures)
        blocks += [
            "## 数据 {#figures}",
            *_table(FIGURE_COLUMNS, [_figure_row(f, ending) for f in figures]),
        ]
    blocks += sections(page, ending)
    if page.related:
        blocks += ["## 谁提到这里 {#related}"]
        for section in page.related:
            links = "\n".join(f"- {_link(link, ending)}" for link in section.links)
            blocks += [f"**{section.title}** {section.note}", links]
    if page.tags:
        blocks += ["标签：" + " ".join(tag.name for tag in page.tags)]
    if page.sources:
        items = [
            f'{s.number}. <a id="source-{s.number}"></a>{_link(LinkView(s.citation, s.href), ending)} {s.grade} 级'
            for s in page.sources
        ]
        blocks += ["## 来源 {#sources}", "\n".join(items)]
    blocks += ["## 引用本页 {#citation}", page.citation.reference, f"最后修改：{page.updated}"]
    around = [
        f"{word}：{_link(link, ending)}"
        for word, link in (("前一条", page.previous), ("后一条", page.next))
        if link
    ]
    blocks += [" · ".join(around)] if around else []
    return "\n\n".join(blocks) + "\n"


def dump_yaml(data: dict[str, Any]) -> str:
    """YAML as people write it, though in long lines."""
    return yaml.dump(
        data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )


def front_matter(data: dict[str, Any]) -> str:
    """YAML above a page."""
    return f"---\n{dump_yaml(data)}---\n\n"


def json_front_matter(data: dict[str, Any]) -> str:
    """The same as JSON, which Hugo reads much faster."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n\n"
