"""The page of a record."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from generator.catalog import key_of
from generator.citation import cite_page
from generator.records import KINDS, Record
from generator.records.fields import prose_paths
from generator.site import json_ld
from generator.site.kinds import VIEWS
from generator.site.kinds.parts import KindView, PageDesk
from generator.site.mapping import locator
from generator.site.pages import Desk
from generator.site.sections import section_of
from generator.site.views import Download, DownloadGroup, Image, LinkView, RecordPage, Section, Step
from generator.urls import (
    HOME,
    absolute,
    index_path,
    media_path,
    pack_path,
    record_data_path,
    record_path,
    relative,
)
from generator.wording import PAPERS

LEADING_FIGURES = 6
"""Figures above the text; the others stand in a table below it."""
FORMAT_NAMES = {"pdf": "PDF", "docx": "Word"}

MOST_FIGURES = 14
"""Figures on the page in all; the index of figures has the rest."""


def build_record_page(desk: Desk, record: Record) -> RecordPage:
    """Everything that a record's page shows."""
    page = record_path(record.kind, record.id)
    figures = desk.figures_about(record)
    numbers = desk.source_numbers(record, figures)
    here = PageDesk(desk, page, numbers)
    shown = tuple(desk.figure_view(figure, page, numbers) for figure in figures)
    view = VIEWS[record.kind](record, here)
    description = desk.plain(record.summary) or _first_sentence(desk, record)
    sections = tuple(section for section in view.sections if _says_something(section))
    related = _related(desk, record, page, view)
    before, after = desk.around(record, view.neighbours_by) if view.neighbours else (None, None)
    names = [
        ("首页", HOME),
        (section_of(record).title, index_path(record.folder)),
        (record.name, page),
    ]
    events = tuple(
        Step(event.title, event.date.chinese, _cite(event.sources, here)) for event in record.events
    )
    doubts = tuple(Step(d.text, "", _cite(d.sources, here)) for d in record.doubts)
    data_href = "" if desk.offline else relative(record_data_path(record.kind, record.id), page)
    result = RecordPage(
        head=desk.head(
            record.name,
            description,
            page,
            type="article",
            alternate=data_href,
            json_ld=[json_ld.describe(desk, record), json_ld.breadcrumb(desk, names)]
            if desk.settings.site_url and not desk.offline
            else [],
        ),
        path=(*desk.path_to(record.folder, page), LinkView(record.name)),
        kind=record.kind,
        kind_title=record.kind_title,
        id=record.id,
        name=record.name,
        subtitle=view.subtitle,
        aliases=record.aliases,
        mark=desk.mark(key_of(record)),
        internal=record.audience == "internal",
        summary=here.prose(record.summary),
        facts=tuple(fact for fact in view.facts if fact),
        locator=locator(desk, record, page),
        tags=desk.tag_links(record.tags, page),
        figures=shown[:LEADING_FIGURES],
        more_figures=shown[LEADING_FIGURES:MOST_FIGURES],
        all_figures=LinkView(
            "数据", relative(index_path("figures"), page), f"共 {len(shown)} 项，其余见"
        )
        if len(shown) > MOST_FIGURES
        else None,
        sections=sections,
        events=events,
        images=_images(record, page),
        remarks=record.remarks or "",
        packs=_packs(desk, record, page),
        related=related,
        previous=desk.link(key_of(before), page) if before else None,
        next=desk.link(key_of(after), page) if after else None,
        neighbours_title=view.neighbours,
        sources=desk.source_views(numbers, page),
        missing=record.missing,
        doubts=doubts,
        citation=cite_page(
            record.name,
            desk.settings.site_name,
            desk.settings.options.publisher.name,
            record.updated,
            desk.settings.site_url and absolute(desk.settings.site_url, page),
        ),
        updated=record.updated.chinese if record.updated else "",
        updated_iso=record.updated.iso if record.updated else "",
        data_href=data_href,
        edit_href=_edit_href(desk, record),
        toc=(),
    )
    return _with_toc(result)


def _edit_href(desk: Desk, record: Record) -> str:
    """Where the record's file can be edited, if the repository is configured and the reader online."""
    base = desk.settings.edit_url
    if not base or desk.offline:
        return ""
    return base + quote(desk.edition.written[key_of(record)][0])


def _with_toc(page: RecordPage) -> RecordPage:
    parts = [
        ("figures", "关键数据", page.figures),
        *((s.id, s.title, True) for s in page.sections if s.level == 2),
        ("more-figures", "更多数据", page.more_figures),
        ("events", "大事", page.events),
        ("media", "图片与文件", page.images),
        ("remarks", "内部备注", page.remarks),
        ("gaps", "待补充与存疑", page.missing or page.doubts),
        ("related", "谁提到这里", page.related),
        ("sources", "来源", page.sources),
        ("citation", "引用本页", True),
    ]
    return page._replace(toc=tuple((id, title) for id, title, there in parts if there))


def _says_something(section: Section) -> bool:
    return section.id == "measures" or bool(
        section.prose
        or section.points
        or section.lines
        or section.entries
        or section.steps
        or section.checks
        or section.rows
        or section.links
        or section.questions
    )


def _first_sentence(desk: Desk, record: Record) -> str:
    """The beginning of the record's first prose."""
    for path in prose_paths(type(record)):
        if len(path.steps) == 1 and (text := getattr(record, path.steps[0])):
            return desk.plain(text)
    return f"{record.name}（{record.kind_title}）"


def _cite(ids: tuple[str, ...], here: PageDesk) -> LinkView | None:
    """The numbered mark of the first source of an event or a doubt."""
    found = [(here.numbers[id], id) for id in ids if id in here.numbers]
    if not found:
        return None
    number, id = found[0]
    link = here.link("source", id)
    return LinkView(f"[{number}]", f"#source-{number}", link.name if link else "")


def _images(record: Record, page: str) -> tuple[Image, ...]:
    return tuple(
        Image(
            relative(media_path(medium.file), page),
            medium.title,
            medium.credit,
            (mimetypes.guess_type(medium.file)[0] or "").startswith("image/"),
        )
        for medium in record.media
    )


def _packs(desk: Desk, record: Record, page: str) -> tuple[DownloadGroup, ...]:
    groups: dict[str, list[Download]] = {}
    for paper, format in desk.packs.get(key_of(record), ()):
        address = relative(pack_path(record.kind, record.id, format, paper), page)
        groups.setdefault(PAPERS[paper], []).append(Download(FORMAT_NAMES[format], address))
    return tuple(DownloadGroup(title, tuple(files)) for title, files in groups.items())


_RELATED_LIMIT = 30


def _related(desk: Desk, record: Record, page: str, view: KindView) -> tuple[Section, ...]:
    """What links here, by kind, without what the page shows already."""
    groups: dict[str, set[str]] = {}
    for (kind, id), field in desk.edition.backlinks.get(key_of(record), ()):
        if kind not in view.shown and not (kind == "figure" and field == "about"):
            groups.setdefault(kind, set()).add(id)
    sections = []
    for kind in filter(groups.get, KINDS):
        ids = sorted(groups[kind])
        links = desk.links(kind, ids[:_RELATED_LIMIT], page)
        note = (
            f"共 {len(ids)} 条，这里列出前 {_RELATED_LIMIT} 条。"
            if len(ids) > _RELATED_LIMIT
            else ""
        )
        if links:
            sections.append(
                Section(f"related-{kind}", KINDS[kind].kind_title, links=links, note=note)
            )
    return tuple(sections)
