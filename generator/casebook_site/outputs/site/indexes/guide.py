"""编辑手册, in the internal edition on a server: fields, a page a kind, and problem codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from casebook_site.base.audience import is_internal
from casebook_site.base.templates import Template
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.guide.chapters import (
    CodeChapter,
    CodeEntry,
    FieldTable,
    KindChapter,
    code_chapters,
    kind_chapters,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexBody, IndexView, Page, Toc, index_page
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.sections import GUIDE
from casebook_site.outputs.site.views import LinkView
from casebook_site.schema.kinds import Schema


@dataclass(frozen=True, slots=True)
class FieldsBody(IndexBody):
    """The fields of a kind, and the least that a record of it must have."""

    tables: tuple[FieldTable, ...]
    example: str

    @property
    def toc(self) -> Toc:
        """The tables that have fields."""
        return tuple((table.id, table.title) for table in self.tables if table.fields)


@dataclass(frozen=True, slots=True)
class CodesBody(IndexBody):
    """Problem codes of one subject."""

    codes: tuple[CodeEntry, ...]

    @property
    def toc(self) -> Toc:
        """The codes with their titles."""
        return tuple((entry.code, f"{entry.code} {entry.title}") for entry in self.codes)


FIELDS = Template("indexes/guide-kind.html", IndexView[FieldsBody])
PROBLEMS = Template("indexes/guide-codes.html", IndexView[CodesBody])

BodyT = TypeVar("BodyT", bound=IndexBody)


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


def _kind_page(site: SiteModel, kind: KindChapter, path: str) -> Page[IndexView[FieldsBody]]:
    where = f"放在 content/records/{kind.folder}/。" if kind.folder else GUIDE.lead
    return _page(site, kind.title, path, where, FIELDS, FieldsBody(kind.tables, kind.example))


def _code_page(site: SiteModel, group: CodeChapter, path: str) -> Page[IndexView[CodesBody]]:
    lead = f"casebook check 等命令报出的问题：{group.title}。"
    return _page(site, group.title, path, lead, PROBLEMS, CodesBody(group.codes))


def _page(
    site: SiteModel,
    chapter: str,
    path: str,
    lead: str,
    template: Template[IndexView[BodyT]],
    body: BodyT,
) -> Page[IndexView[BodyT]]:
    title = f"{GUIDE.title}：{chapter}"
    home = LinkView("首页", relative(HOME, path))
    above = (
        (home, LinkView(GUIDE.title, relative(index_path(GUIDE.folder), path)))
        if path != index_path(GUIDE.folder)
        else (home,)
    )
    view = IndexView(
        path=(*above, LinkView(chapter)),
        title=title,
        lead=lead,
        body=body,
        tabs=_tabs(path, site.schema),
    )
    return index_page(template, view, site.head(title, lead, path))


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
