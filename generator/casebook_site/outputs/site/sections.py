"""The sections of the website: one folder each, two page templates each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebook_site.schema.kinds import Schema


@dataclass(frozen=True)
class SiteSection:
    """A folder of the site with an index."""

    folder: str
    title: str
    lead: str
    """One sentence at the top of the index."""
    wide: bool = False
    """Whether its pages hold wide tables, which take the place of the contents list."""
    alone: bool = False
    """Whether its pages take the place of the navigation too: they have nothing beside them."""

    @property
    def hide(self) -> tuple[str, ...]:
        """What the theme leaves out."""
        return (("toc",) if self.wide else ()) + (("navigation",) if self.alone else ())


MATRIX = "matrix"
COMPARE = "compare"
MAP = "map"
SELF_TESTS = "self-tests"
SEARCH = "search"
NAMES = "names"
TIMELINE = "timeline"
TAGS = "tags"
GAPS = "gaps"
DATA = "data"
"""Folders of the lists that belong to no kind."""

CHANGES = "changes"
"""The part of the timeline that tells what was changed on pages."""

_LISTS = (
    SiteSection(MATRIX, "类别 × 镇街", "哪个镇街有哪一类教学点，一张表看清。", wide=True),
    SiteSection(COMPARE, "县市对照", "同一口径的数并排看；口径不同的写明，不作比较。", wide=True),
    SiteSection(
        MAP,
        "地图",
        "联村党组织和教学点在哪些县市、哪些镇街，各有多少。",
        wide=True,
        alone=True,
    ),
    SiteSection(SELF_TESTS, "自测题", "先自己答，再点“看答案”。打印时，只印已经点开的答案。"),
    SiteSection(
        SEARCH,
        "搜索",
        "写两个字以上就能找：标题、别名、正文；也可写拼音或首字母，如 yucheng、ycs。",
        wide=True,
        alone=True,
    ),
    SiteSection(NAMES, "按拼音查", "全部条目按名称首字的拼音排列。"),
    SiteSection(TIMELINE, "时间线", "有据可查的大事，按日期排列。"),
    SiteSection(TAGS, "标签", "按主题词查找。"),
    SiteSection(GAPS, "待补充与存疑", "还缺什么、哪里说法不一、哪些数据旧了。"),
    SiteSection(DATA, "数据下载", "全站公开数据，可自由取用，请注明出处。"),
)
"""The sections that belong to no kind."""


BUNDLE = SiteSection("bundle", "离线包", "这个离线包里有什么，怎样用。", wide=True)
"""The pages that only an offline bundle has."""

GUIDE = SiteSection(
    "guide", "编辑手册", "每类记录有哪些字段、怎样写；检查报出的问题怎样改。", wide=True
)
"""Only for those who edit: in the internal edition, and not in bundles."""


RESULTS = SiteSection(
    "results", "办班统计", "各党校每年计划了什么、办了什么；只有记录里写的数。", wide=True
)
"""Only for insiders: in the internal edition, and not in bundles."""


def sections_of(schema: Schema) -> Mapping[str, SiteSection]:
    """Return folder → section: those of the kinds, then the lists that belong to no kind."""
    kinds = (
        SiteSection(kind.folder, kind.section_title, kind.section_lead, wide=kind.section.is_wide)
        for kind in schema
    )
    return {section.folder: section for section in (*kinds, *_LISTS)}
