"""The page of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import quote

from casebook_site.base.audience import is_internal
from casebook_site.base.rendering import Prose
from casebook_site.domain.formatting import PAPERS
from casebook_site.domain.page_changes import latest_changes
from casebook_site.domain.reviewing import STATE_TITLES
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import (
    HOME,
    absolute,
    index_path,
    media_path,
    pack_path,
    record_data_path,
    record_path,
    relative,
)
from casebook_site.outputs.site import json_ld
from casebook_site.outputs.site.citing import cite
from casebook_site.outputs.site.codes import code_of
from casebook_site.outputs.site.further import further_facts, further_sections
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import KindView, PageScope, images_of, is_image
from casebook_site.outputs.site.page_tags import article_tags
from casebook_site.outputs.site.pages import RECORD, Page, Toc
from casebook_site.outputs.site.sections import CHANGES, TIMELINE
from casebook_site.outputs.site.views import (
    Download,
    DownloadGroup,
    FigureView,
    Head,
    LinkView,
    RecordView,
    ReviewView,
    Section,
    SheetView,
    StepView,
)
from casebook_site.records import Record
from casebook_site.records.evidence import Figure, Source
from casebook_site.schema.fields import value_of
from casebook_site.schema.walking import prose_paths

LEADING_FIGURES = 6
"""Figures above the text; the others stand in a table below it."""
FORMAT_NAMES = {"pdf": "PDF", "docx": "Word"}

MOST_FIGURES = 14
"""Figures on the page in all; the index of figures has the rest."""


def build_record_page(site: SiteModel, record: Record) -> Page[RecordView]:
    """Return the page of a record."""
    page = record_path(record.folder, record.id)
    figures = site.figures_about(record)
    numbers = site.source_numbers(record, figures)
    scope = PageScope(site, page, numbers)
    leading = [figure for figure in figures if site.leads(figure)][:LEADING_FIGURES]
    others = [figure for figure in figures if figure not in leading]
    shown = tuple(site.figure_view(figure, page, numbers) for figure in (*leading, *others))
    view: KindView = site.schema.of(record).page.view(record, scope)
    told = (*view.sections, *further_sections(record, scope))
    sections = tuple(section for section in told if _says_something(section))
    images = images_of(site, record, page)
    lead = next((image for image in images if image.is_image), None)
    facts = tuple(fact for fact in (*view.facts, *further_facts(record, scope)) if fact)
    prose = scope.prose(record.summary)
    said = set(addresses((facts, prose, view.first, sections, shown)))
    related = _related(site, record, page, view, said)
    before, after = site.around(record, view.neighbours_by) if view.neighbours else (None, None)
    events = tuple(
        StepView(event.title, event.date.chinese, cites=_cites(event.sources, scope))
        for event in record.events
    )
    doubts = tuple(StepView(d.text, cites=_cites(d.sources, scope)) for d in record.doubts)
    data_href = "" if site.offline else relative(record_data_path(record.folder, record.id), page)
    result = RecordView(
        path=(*site.path_to(record.folder, page), LinkView(record.name)),
        kind_title=record.kind_title,
        note=view.note,
        name=record.name,
        subtitle=view.subtitle,
        aliases=record.aliases,
        mark=site.mark(key_of(record)),
        internal=is_internal(record.audience),
        review=_review(site, record),
        number=view.number,
        summary=prose,
        plain=LinkView(record.plain, note=_title(record, "plain")) if record.plain else None,
        first=view.first,
        sheet=_sheet(site, page) if view.is_sheet else None,
        lead_image=lead,
        facts=facts,
        locator=site.locator(record, page),
        tags=site.tag_links(record.tags, page),
        figures=shown[: len(leading)],
        more_figures=shown[len(leading) : MOST_FIGURES],
        all_figures=_all_figures(site, len(shown), page),
        sections=sections,
        events=events,
        changes=tuple(
            StepView(change.text, change.date.chinese, badge="更正" if change.correction else "")
            for _, change in latest_changes([record])
        ),
        all_changes=_all_changes(site, record, page),
        images=tuple(image for image in images if image is not lead),
        remarks=record.remarks or "",
        packs=_packs(site, record, page),
        related=related,
        previous=site.link(before, page) if before else None,
        next=site.link(after, page) if after else None,
        neighbours_title=view.neighbours,
        sources=site.source_views(numbers, page),
        missing=record.missing,
        doubts=doubts,
        citation=cite(site, record, page),
        updated=record.updated.chinese if record.updated else "",
        updated_iso=record.updated.iso if record.updated else "",
        data_href=data_href,
        edit_href=_edit_href(site, record),
    )._replace(**site.form.without_parts)
    return Page(_head(site, record, page, data_href, view), _toc(result), RECORD, result)


def _review(site: SiteModel, record: Record) -> ReviewView | None:
    """Return how far the review of a record is; None where that is not shown, or nothing is reviewed."""
    state = site.reviews.get(key_of(record)) if site.reviews else None
    if state is None:
        return None
    days = (("公开之日", state.embargo), ("撤下之日", state.expires))
    return ReviewView(
        f"审校：{STATE_TITLES[state.state]}",
        (
            *(step.chinese for step in state.steps),
            *(f"{title} {day.chinese}" for title, day in days if day),
        ),
    )


def _title(record: Record, name: str) -> str:
    return str(type(record).model_fields[name].title)


def _head(site: SiteModel, record: Record, page: str, data_href: str, view: KindView) -> Head:
    """Return the head of a record's page; `data_href`: where its data are."""
    names = [
        ("首页", HOME),
        (site.sections[record.folder].title, index_path(record.folder)),
        (record.name, page),
    ]
    url = absolute(site.settings.site_url, page) if site.settings.site_url else ""
    return site.head(
        view.head_title or record.name,
        view.head_text or site.plain(record.summary) or _first_sentence(site, record),
        page,
        type="article",
        alternate=data_href,
        photo=next((media_path(medium.file) for medium in record.media if is_image(medium)), ""),
        tags=article_tags(
            site.settings, site.sections[record.folder].title, record.name, record.updated, url
        ),
        json_ld=[json_ld.describe(site, record), json_ld.breadcrumb(site, names)]
        if site.settings.site_url and not site.offline
        else [],
    )


def _all_figures(site: SiteModel, count: int, page: str) -> LinkView | None:
    """Return the way to all figures, where a page cannot hold them and there is a list of them."""
    if count <= MOST_FIGURES or Figure.folder in site.left_out:
        return None
    return LinkView("数据", relative(index_path(Figure.folder), page), f"共{count}项，其余见")


def _all_changes(site: SiteModel, record: Record, page: str) -> LinkView | None:
    """Return the way to the changes of all pages, where a page has some and there is a list of them."""
    if not record.changes or TIMELINE in site.left_out:
        return None
    return LinkView("全站的更正与更新", relative(index_path(TIMELINE, part=CHANGES), page))


def _edit_href(site: SiteModel, record: Record) -> str:
    """Where the record's file can be edited, if the repository is configured and the reader online."""
    base = site.settings.edit_url
    if not base or site.offline:
        return ""
    return base + quote(site.edition.written[key_of(record)][0])


def _sheet(site: SiteModel, page: str) -> SheetView:
    """Return what the printed sheet of a page adds; a bundle's pages are not on the web."""
    url = site.settings.site_url and absolute(site.settings.site_url, page)
    return SheetView(code_of("" if site.offline else url), url)


def _toc(view: RecordView) -> Toc:
    parts = [
        (view.first.id, view.first.title, True) if view.first else ("", "", False),
        ("figures", "关键数据", view.figures),
        *((s.id, s.title, True) for s in view.sections if s.level == 2),
        ("more-figures", "更多数据", view.more_figures),
        ("events", "大事", view.events),
        ("changes", "更正与更新", view.changes),
        ("media", "图片与文件", view.images),
        ("remarks", "内部备注", view.remarks),
        ("gaps", "待补充与存疑", view.missing or view.doubts),
        ("related", "谁提到这里", view.related),
        ("sources", "来源", view.sources),
        ("citation", "引用本页", view.citation),
    ]
    return tuple((id, title) for id, title, there in parts if there)


def _says_something(section: Section) -> bool:
    return section.id == "measures" or bool(
        section.facts
        or section.prose
        or section.points
        or section.lines
        or section.entries
        or section.steps
        or section.checks
        or section.rows
        or section.charts
        or section.links
        or section.questions
    )


def _first_sentence(site: SiteModel, record: Record) -> str:
    """Return the beginning of the record's first prose."""
    for path in prose_paths(type(record)):
        if len(path.steps) == 1 and (text := value_of(record, path.steps[0])):
            return site.plain(text)
    return f"{record.name}（{record.kind_title}）"


def _cites(ids: tuple[str, ...], scope: PageScope) -> tuple[LinkView, ...]:
    """Return the numbered marks of all sources of an event or a doubt."""
    return tuple(
        LinkView(
            f"[{scope.numbers[id]}]", f"#source-{scope.numbers[id]}", link.name if link else ""
        )
        for id in ids
        if id in scope.numbers
        for link in [scope.link(Source.kind, id)]
    )


def _packs(site: SiteModel, record: Record, page: str) -> tuple[DownloadGroup, ...]:
    groups: dict[str, list[Download]] = {}
    for paper, format in site.packs.get(key_of(record), ()):
        address = relative(pack_path(record.folder, record.id, format, paper), page)
        groups.setdefault(PAPERS[paper], []).append(Download(FORMAT_NAMES[format], address))
    return tuple(DownloadGroup(title, tuple(files)) for title, files in groups.items())


_RELATED_LIMIT = 30


def _related(
    site: SiteModel, record: Record, page: str, view: KindView, said: Collection[str]
) -> tuple[Section, ...]:
    """Return what links to the page, by kind, without what it links to itself: `said`."""
    groups: dict[str, set[str]] = {}
    for (kind, id), field in site.edition.backlinks.get(key_of(record), ()):
        if kind not in view.shown and not (kind == Figure.kind and field == "about"):
            groups.setdefault(kind, set()).add(id)
    sections = []
    for shown in (kind for kind in site.schema if kind.name in groups):
        own = {relative(record_path(shown.folder, id), page): id for id in groups[shown.name]}
        new = {id for href, id in own.items() if href not in said}
        ids = site.ids_in_order(shown.name, new)
        links = site.links(shown.name, ids[:_RELATED_LIMIT], page)
        note = (
            f"共{len(ids)}条，这里列出前{_RELATED_LIMIT}条。" if len(ids) > _RELATED_LIMIT else ""
        )
        if links:
            sections.append(Section(f"related-{shown.name}", shown.title, links=links, note=note))
    return tuple(sections)


def addresses(view: object) -> Iterator[str]:
    """Yield the addresses to which the parts of a view lead, at any depth."""
    if isinstance(view, LinkView | FigureView) and view.href:
        yield view.href
    if isinstance(view, Prose):
        yield from (link.href for link in (view.links or {}).values() if link.href)
    elif isinstance(view, tuple):
        for part in view:
            yield from addresses(part)
