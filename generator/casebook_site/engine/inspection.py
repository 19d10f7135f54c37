"""What an inspection of a government site asks for, and how a site stands: `check --government`.

After the Guide to the Development of Government Websites (State Council Office, 2017) and its yearly
inspections: who publishes, the numbers of registration, an accessibility statement, columns that are
kept up, links that lead outside, nothing that is only an example.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from casebook_site.base.settings import Settings
from casebook_site.base.today import today
from casebook_site.editing.tables_book import make_tables
from casebook_site.engine.loading import Loaded
from casebook_site.model.editions import Edition, has_page, select
from casebook_site.records.evidence import Source

_EXAMPLE = re.compile(
    r"(?:^|\.)(?:example|test|invalid|localhost)$|(?:^|\.)example\.(?:com|org|net)$"
)
_OFFICES = re.compile(
    r"\.gov\.cn$|\.(?:people|xinhuanet|news|qstheory|12371|ccps|cctv)\.(?:com|cn)(?:\.cn)?$"
)
"""Hosts of offices, the Party's papers and agencies."""


@dataclass(frozen=True)
class InspectedItem:
    """One thing that an inspection looks at."""

    part: str
    what: str
    is_met: bool
    told: str
    """How it stands, and what to do where it is not met."""


def inspect(loaded: Loaded, settings: Settings, stale_days: int) -> list[InspectedItem]:
    """Return how a site stands; `stale_days`: after how many a column has not been kept up."""
    edition = select(loaded.catalog, "public")
    return [
        *_publisher(settings),
        *_pages(settings),
        *_columns(edition, stale_days),
        *_links(edition),
    ]


def unmet(findings: list[InspectedItem]) -> list[InspectedItem]:
    """Return what has to be done."""
    return [finding for finding in findings if not finding.is_met]


def inspection_book(findings: list[InspectedItem]) -> bytes:
    """Return the bytes of a workbook with all of it, what is not met first."""
    ordered = sorted(findings, key=lambda finding: finding.is_met)
    rows = [(f.part, f.what, "符合" if f.is_met else "待办", f.told) for f in ordered]
    return make_tables((("检查", ("部分", "项目", "结果", "说明"), rows),))


def _publisher(settings: Settings) -> Iterator[InspectedItem]:
    publisher = settings.options.publisher
    for name, title in (
        ("name", "主办单位"),
        ("contact", "联系方式"),
        ("icp", "ICP备案号"),
        ("police", "公安备案号"),
        ("site_code", "网站标识码"),
    ):
        value = str(publisher.model_dump()[name])
        told = value or f"在 mkdocs.yml 的 publisher 里写 {name}。"
        yield InspectedItem("页脚", title, bool(value), told)
    host = urlsplit(settings.site_url).hostname or ""
    is_real = bool(host) and not _EXAMPLE.search(host)
    told = (
        settings.site_url if is_real else "在 mkdocs.yml 的 site_url 里写正式网址，不是示例网址。"
    )
    yield InspectedItem("网址", "正式网址", is_real, told)
    has_tags = bool(publisher.site_code and is_real)
    told = "每页都有。" if has_tags else "写了网站标识码和正式网址以后，每页自动带上。"
    yield InspectedItem("页面标签", "SiteName、SiteDomain、SiteIDCode 等", has_tags, told)


def _pages(settings: Settings) -> Iterator[InspectedItem]:
    pages = {file: file.read_text("utf-8", "replace") for file in settings.docs_dir.rglob("*.md")}
    statement = next(
        (file for file, text in pages.items() if re.search(r"^#.*无障碍", text, re.M)), None
    )
    told = statement.name if statement else "写一页“无障碍说明”，说明怎样放大、朗读，找谁反映。"
    yield InspectedItem("页面", "无障碍说明", statement is not None, told)
    examples = sorted(
        {
            match[0]
            for text in pages.values()
            for match in re.finditer(r"https?://[\w.-]+", text)
            if _EXAMPLE.search(urlsplit(match[0]).hostname or "")
        }
    )
    told = "改成正式网址：" + "、".join(examples) if examples else "没有。"
    yield InspectedItem("页面", "示例网址", not examples, told)


def _columns(edition: Edition, stale_days: int) -> Iterator[InspectedItem]:
    limit = today() - datetime.timedelta(days=stale_days)
    for kind in edition.schema:
        records = [r for r in edition.records[kind.name].values() if has_page(edition, r)]
        if not records:
            yield InspectedItem("栏目", kind.title, False, "没有公开的内容：补上，或不列这个栏目。")
            continue
        dates = [record.updated for record in records if record.updated]
        newest = max((date.iso for date in dates), default="")
        is_met = newest >= limit.isoformat()[: len(newest)] if newest else False
        told = (
            f"{len(records)}条，最近更新{newest}"
            if newest
            else f"{len(records)}条，都没有写最后修改"
        )
        todo = "" if is_met else f"，超过{stale_days}天：核对一遍，更新日期"
        yield InspectedItem("栏目", kind.title, is_met, f"{told}{todo}。")


def _links(edition: Edition) -> Iterator[InspectedItem]:
    hosts: dict[str, int] = {}
    for source in edition.of(Source).values():
        if source.url:
            host = urlsplit(source.url).hostname or ""
            hosts[host] = hosts.get(host, 0) + 1
    for host, count in sorted(hosts.items()):
        is_office = bool(_OFFICES.search(host))
        told = f"{count}处" + (
            "" if is_office else "，不是机关或中央媒体的网址：看看还是不是原来的单位"
        )
        yield InspectedItem("外部链接", host, is_office, f"{told}。")
