"""编辑手册, in the internal edition on a server: fields, a page a kind, and problem codes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casebook_site.base.audience import is_internal
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.guide.chapters import (
    CodeChapter,
    KindChapter,
    code_chapters,
    kind_chapters,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.sections import GUIDE
from casebook_site.outputs.site.views import IndexPage, LinkView
from casebook_site.schema.kinds import Schema


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the pages of the guide, in internal editions only; a bundle's readers edit nothing."""
    if not is_internal(site.edition.audience) or site.offline:
        return
    for kind in kind_chapters(site.schema):
        path = _path(kind)
        yield IndexFile(path, GUIDE.folder, partial(_kind_page, site, kind, path))
    for group in code_chapters(site.schema):
        path = _path(group)
        yield IndexFile(path, GUIDE.folder, partial(_code_page, site, group, path))


def _path(chapter: KindChapter | CodeChapter) -> str:
    return index_path(GUIDE.folder, part="" if chapter.id == "shared" else chapter.id)


def _kind_page(site: SiteModel, kind: KindChapter, path: str) -> IndexPage:
    where = f"放在 content/records/{kind.folder}/。" if kind.folder else GUIDE.lead
    toc = tuple((table.id, table.title) for table in kind.tables if table.fields)
    return _page(site, kind, path, where, "indexes/guide-kind.html", toc)


def _code_page(site: SiteModel, group: CodeChapter, path: str) -> IndexPage:
    toc = tuple((entry.code, f"{entry.code} {entry.title}") for entry in group.codes)
    lead = f"casebook check 等命令报出的问题：{group.title}。"
    return _page(site, group, path, lead, "indexes/guide-codes.html", toc)


def _page(
    site: SiteModel,
    chapter: KindChapter | CodeChapter,
    path: str,
    lead: str,
    template: str,
    toc: tuple[tuple[str, str], ...],
) -> IndexPage:
    title = f"{GUIDE.title}：{chapter.title}"
    home = LinkView("首页", relative(HOME, path))
    above = (
        (home, LinkView(GUIDE.title, relative(index_path(GUIDE.folder), path)))
        if path != index_path(GUIDE.folder)
        else (home,)
    )
    return IndexPage(
        head=site.head(title, lead, path),
        path=(*above, LinkView(chapter.title)),
        title=title,
        lead=lead,
        template=template,
        tabs=_tabs(path, site.schema),
        extra=chapter,
        toc=toc,
    )


def _tabs(path: str, schema: Schema) -> tuple[LinkView, ...]:
    chapters: tuple[KindChapter | CodeChapter, ...] = (
        *kind_chapters(schema),
        *code_chapters(schema),
    )
    return tuple(
        LinkView(
            chapter.title,
            None if _path(chapter) == path else relative(_path(chapter), path),
        )
        for chapter in chapters
    )
