"""Tags, and the records under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from casebook_site.base.templates import Template
from casebook_site.domain import formatting
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import LIST, IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, listed
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records import Record

TAGS = Template("indexes/tags.html", IndexView[SectionList])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """All tags with their numbers, and pages for each tag."""
    by_tag: dict[str, list[Record]] = {}
    for record in site.paged_records():
        for tag in record.tags:
            by_tag.setdefault(tag, []).append(record)
    tags = formatting.by_pinyin(by_tag, str)

    def show_tags(path: str, shown: Sequence[str]) -> SectionList:
        links = tuple(
            LinkView(tag, relative(_path(site, tag), path), str(len(by_tag[tag]))) for tag in shown
        )
        return SectionList((Section("tags", "全部标签", links=links),) if links else ())

    yield from Listing(
        site,
        "tags",
        tags,
        show_tags,
        template=TAGS,
        beside={tag: len(records) for tag, records in by_tag.items()},
        empty="目前没有标签。在记录的 tags 里写上主题词，就会列到这里。",
    ).pages()
    for tag in tags:
        records = [
            record
            for kind in site.schema
            for record in site.in_order(r for r in by_tag[tag] if r.kind == kind.name)
        ]
        yield from Listing(
            site,
            "tags",
            records,
            partial(_show, site),
            LIST,
            part=site.tag_slugs[tag],
            title=f"标签：{tag}",
            lead=f"带有“{tag}”标签的条目。",
        ).pages()


def _show(site: SiteModel, path: str, shown: Sequence[Record]) -> SectionList:
    return listed(
        [
            site.entry(r, path, group=site.sections[r.folder].title, meta=(site.place_of(r),))
            for r in shown
        ]
    )


def _path(site: SiteModel, tag: str) -> str:
    return index_path("tags", part=site.tag_slugs[tag])
