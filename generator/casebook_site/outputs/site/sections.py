"""The sections of the website: one folder each, two shells each."""

from __future__ import annotations

from dataclasses import dataclass

from casebook_site.records import KINDS, Record


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


SECTIONS: dict[str, SiteSection] = {
    section.folder: section
    for section in (
        SiteSection("case-studies", "案例", "一个案例讲清三件事：总体思路、主要做法、取得成效。"),
        SiteSection("counties", "县市", "案例所在的县市，概况、数据与全部收录。"),
        SiteSection(
            "joint-committees", "联村党组织", "按组织形式和镇街列出有来源点名的联村党组织。"
        ),
        SiteSection("mechanisms", "运行机制", "会怎么开、事怎么定、班怎么轮：让联建联得住的办法。"),
        SiteSection("teaching-points", "基层教学点", "五类教学点，就近就便开展现场教学。"),
        SiteSection("categories", "五大类别", "教学点分五类，各有所学。"),
        SiteSection("matrix", "类别 × 镇街", "哪个镇街有哪一类教学点，一张表看清。", wide=True),
        SiteSection(
            "map",
            "地图",
            "联村党组织和教学点在哪些县市、哪些镇街，各有多少。",
            wide=True,
            alone=True,
        ),
        SiteSection("party-schools", "党校", "市、镇街、村三级党校与“六有”标准。"),
        SiteSection("courses", "课程", "通识、专业、专题三大模块。"),
        SiteSection("self-tests", "自测题", "先自己答，再点“看答案”。打印时，只印已经点开的答案。"),
        SiteSection("training-classes", "培训班", "按“5+1+N”流程举办的培训班。"),
        SiteSection("faculty", "师资库", "领导干部、专家教授、身边榜样。"),
        SiteSection("platforms", "传播平台", "把课送到党员手上的渠道。"),
        SiteSection(
            "search",
            "搜索",
            "写两个字以上就能找：标题、别名、正文；也可写拼音或首字母，如 yucheng、ycs。",
            wide=True,
            alone=True,
        ),
        SiteSection("names", "按拼音查", "全部条目按名称首字的拼音排列。"),
        SiteSection("townships", "镇街", "各县市的镇和街道。"),
        SiteSection("villages", "村", "有记载可读的村；其余村列在所属镇街页上。"),
        SiteSection("timeline", "时间线", "有据可查的大事，按日期排列。"),
        SiteSection("tags", "标签", "按主题词查找。"),
        SiteSection("terms", "术语", "读懂材料要知道的词。"),
        SiteSection("figures", "数据", "每个数字都有来源和日期；口径不同的不相加。", wide=True),
        SiteSection("sources", "来源", "每条内容的依据，以及它支持了哪些条目。"),
        SiteSection("gaps", "待补充与存疑", "还缺什么、哪里说法不一、哪些数据旧了。"),
        SiteSection("data", "数据下载", "全站公开数据，可自由取用，请注明出处。"),
    )
}


BUNDLE = SiteSection("bundle", "离线包", "这个离线包里有什么，怎样用。", wide=True)
"""The pages that only an offline bundle has."""

GUIDE = SiteSection(
    "guide", "编辑手册", "每类记录有哪些字段、怎样写；检查报出的问题怎样改。", wide=True
)
"""Only for those who edit: in the internal edition, and not in bundles."""


def section_of(record: Record) -> SiteSection:
    """The section in which a record's page lies."""
    return SECTIONS[record.folder]


assert all(model.folder in SECTIONS for model in KINDS.values())
