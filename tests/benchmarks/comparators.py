"""The same records for MkDocs and for Hugo: a Markdown page for each, front matter above it.

Both are spared work that Casebook does: what links where, the neighbours, the citations and the lists of
sources are worked out here, beforehand, and the links in the text are ready addresses.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.catalog import RECORD_LINK
from generator.pipeline import edition_of
from generator.records import FOLDERS
from generator.rendering import Prose
from generator.settings import Settings
from generator.shell import load_config, settings_of
from generator.site.pages import Desk
from generator.site.records import build_record_page
from generator.site.sections import SECTIONS
from generator.site.views import FigureView, LinkView, RecordPage, Section
from tests.benchmarks.generated import nav_pages

HUGO_THEME = Path(__file__).with_name("hugo")


def settings_from(config_file: Path) -> Settings:
    """The settings of a site of Casebook's."""
    config = load_config(config_file)
    return settings_of(config, config.plugins["casebook"].options)


def record_pages(settings: Settings) -> Iterator[RecordPage]:
    """What every record's page shows."""
    desk = Desk(edition_of(settings), settings)
    for record in desk.paged_records():
        yield build_record_page(desk, record)


# --- Markdown ---------------------------------------------------------------------------------


def _link(link: LinkView, ending: str) -> str:
    """A link; MkDocs wants the source file, `ending` `.md`, where Hugo takes the address."""
    note = f" {link.note}" if link.note else ""
    if not link.href:
        return f"{link.name}{note}"
    return f"[{link.name}]({_address(link.href, ending)}){note}"


def _address(href: str, ending: str) -> str:
    return href if "://" in href else re.sub(r"\.html$", ending, href)


def _prose(prose: Prose | None, ending: str) -> str:
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
    blocks += [_prose(section.prose, ending)] if section.prose else []
    for point in section.points:
        blocks += [f"#### {point.title}", _prose(point.text, ending)]
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
            f"{question} {' '.join(choices)} 答案：{answer}"
            for question, choices, answer in section.questions
        ],
    ]
    blocks += ["\n".join(f"- {item.strip()}" for item in items) for items in lists if items]
    if section.rows:
        blocks += _table(
            section.columns, [[_link(c, ending) for c in row.cells] for row in section.rows]
        )
    return blocks


def _sections(page: RecordPage, ending: str) -> list[str]:
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


def _whole_page(page: RecordPage, ending: str) -> str:
    """Everything as Markdown, facts and figures as tables."""
    blocks = [" › ".join(_link(link, ending) for link in page.path), f"# {page.name}"]
    blocks += [f"{page.kind_title} {page.subtitle}"]
    blocks += [f"又称：{'、'.join(page.aliases)}"] if page.aliases else []
    blocks += [_prose(page.summary, ending)] if page.summary else []
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
    blocks += _sections(page, ending)
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
    blocks += ["## 引用本页 {#citation}", page.citation, f"最后修改：{page.updated}"]
    around = [
        f"{word}：{_link(link, ending)}"
        for word, link in (("前一条", page.previous), ("后一条", page.next))
        if link
    ]
    blocks += [" · ".join(around)] if around else []
    return "\n\n".join(blocks) + "\n"


def _front_matter(data: dict[str, Any]) -> str:
    dumped = yaml.dump(
        data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return f"---\n{dumped}---\n\n"


def _json_front_matter(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n\n"


# --- MkDocs -----------------------------------------------------------------------------------

PER_INDEX = 100
"""Records on a page of an index, as in Casebook's."""


def write_mkdocs(site: Path, folder: Path, *, empty: bool = False) -> Path:
    """A site for MkDocs and Material with a Markdown page for each record; returns its mkdocs.yml.

    The navigation names what Casebook's names: an index for each section. `empty` leaves the records out.
    """
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    pages = folder / "docs"
    for path in nav_pages(config["nav"]):
        (pages / path).parent.mkdir(parents=True, exist_ok=True)
        title = (
            SECTIONS[path.partition("/")[0]].title if path.partition("/")[0] in SECTIONS else "说明"
        )
        (pages / path).write_text(f"# {title}\n", "utf-8")
    if not empty:
        listed: dict[str, list[RecordPage]] = {}
        for page in record_pages(settings_from(site / "mkdocs.yml")):
            name = SECTIONS_BY_KIND[page.kind]
            listed.setdefault(name, []).append(page)
            meta = {"title": page.name, "description": page.head.description}
            (pages / name).mkdir(exist_ok=True)
            text = _front_matter(meta) + _whole_page(page, ".md")
            (pages / name / f"{page.id}.md").write_text(text, "utf-8")
        for name, members in listed.items():
            _write_index(pages / name, SECTIONS[name].title, members)
    del config["theme"]["favicon"]
    config |= {
        "docs_dir": "docs",
        "plugins": [],
        "not_in_nav": "/**",
        "validation": {"anchors": "ignore"},
    }
    file = folder / "mkdocs.yml"
    dumped = yaml.dump(config, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(dumped, "utf-8")
    return file


SECTIONS_BY_KIND = {model.kind: folder for folder, model in FOLDERS.items()}


def _write_index(folder: Path, title: str, members: list[RecordPage]) -> None:
    members = sorted(members, key=lambda page: page.name)
    for number, start in enumerate(range(0, len(members), PER_INDEX), start=1):
        lines = [
            f"- [{page.name}]({page.id}.md) {page.head.description} {page.subtitle}"
            for page in members[start : start + PER_INDEX]
        ]
        stem = "index" if number == 1 else f"index-{number}"
        (folder / f"{stem}.md").write_text(f"# {title}\n\n" + "\n".join(lines) + "\n", "utf-8")


# --- Hugo -------------------------------------------------------------------------------------


def write_hugo(site: Path, folder: Path, *, as_json: bool = False) -> Path:
    """A site for Hugo: front matter with facts and figures, text as Markdown; returns its folder.

    Front matter is YAML, as people write it, or JSON, which Hugo reads much faster.
    """
    front_matter = _json_front_matter if as_json else _front_matter
    shutil.copytree(HUGO_THEME, folder, dirs_exist_ok=True)
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    settings = json.dumps(_hugo_config(config), ensure_ascii=False, indent=2)
    (folder / "hugo.json").write_text(settings + "\n", "utf-8")
    content = folder / "content"
    for name, section in SECTIONS.items():
        (content / name).mkdir(parents=True)
        meta = {"title": section.title, "description": section.lead}
        (content / name / "_index.md").write_text(front_matter(meta), "utf-8")
    for path in nav_pages(config["nav"]):
        if path.partition("/")[0] not in SECTIONS and path != "index.md":
            written = (site / config["docs_dir"] / path).read_text("utf-8")
            (content / path).parent.mkdir(exist_ok=True)
            name = path.replace("/index.md", "/_index.md")
            (content / name).write_text(front_matter({"title": "说明"}) + written, "utf-8")
    for page in record_pages(settings_from(site / "mkdocs.yml")):
        text = front_matter(_hugo_meta(page)) + "\n\n".join(_sections(page, ".html")) + "\n"
        (content / SECTIONS_BY_KIND[page.kind] / f"{page.id}.md").write_text(text, "utf-8")
    return folder


def _hugo_config(config: dict[str, Any]) -> dict[str, Any]:
    menu = []
    for weight, entry in enumerate(config["nav"], start=1):
        for title, below in entry.items():
            paths = nav_pages(below)
            menu.append(
                {
                    "identifier": title,
                    "name": title,
                    "pageRef": _page_ref(paths[0]),
                    "weight": weight,
                }
            )
            for number, item in enumerate(below if isinstance(below, list) else [], start=1):
                for name, path in item.items():
                    menu.append(
                        {
                            "name": name,
                            "parent": title,
                            "pageRef": _page_ref(path),
                            "weight": number,
                        }
                    )
    return {
        "baseURL": config["site_url"],
        "locale": "zh",
        "title": config["site_name"],
        "uglyURLs": True,
        "disableKinds": ["RSS"],
        "taxonomies": {},
        "params": {"description": config["site_description"]},
        "pagination": {"pagerSize": PER_INDEX, "disableAliases": True},
        "menus": {"main": menu},
    }


def _page_ref(path: str) -> str:
    return "/" + path.removesuffix("index.md").removesuffix(".md").strip("/")


def _plain(value: Any) -> Any:
    """A view as plain data without what is empty."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items() if v not in ("", None, ())}
    if isinstance(value, (list, tuple)):
        return [_plain(element) for element in value]
    return value


def _hugo_meta(page: RecordPage) -> dict[str, Any]:
    parts = {
        "path": page.path,
        "facts": page.facts,
        "figures": (*page.figures, *page.more_figures),
        "related": page.related,
        "labels": page.tags,
        "sources": page.sources,
        "previous": page.previous,
        "next": page.next,
    }
    return {
        "title": page.name,
        "description": page.head.description,
        "lead": _prose(page.summary, ".html"),
        "kind": page.kind_title,
        "subtitle": page.subtitle,
        "mark": page.mark,
        "known": list(page.aliases),
        "jsonld": page.head.json_ld,
        "citation": page.citation,
        "updated": page.updated,
        "neighbours": page.neighbours_title,
        "toc": [{"id": id, "title": title} for id, title in page.toc],
        **{name: _plain(part) for name, part in parts.items() if part},
    }
