"""The vocabularies of the two counties' records, which the program brings along. No other module states one."""

from __future__ import annotations

from collections.abc import Mapping

from casebook_site.records.organisation_vocabularies import COOPERATION_MODELS, ORGANISATION_TYPES
from casebook_site.records.procedures import PROCEDURES
from casebook_site.records.proceeding_vocabularies import (
    DISCLOSURE_TYPES,
    PROCEEDING_TYPES,
    WEEKDAYS,
)
from casebook_site.records.question_vocabularies import QUESTION_LEVELS, QUESTION_TYPES
from casebook_site.schema.choices import Choice, Vocabulary

# --- teaching -------------------------------------------------------------------------------------

CATEGORIES = Vocabulary(
    "categories",
    "教学点类别",
    (
        Choice(
            "party_spirit",
            "党性教育",
            mark="党",
            shape="circle",
            colour="#a11d21",
            dark_colour="#f09a94",
        ),
        Choice(
            "village", "特色村", mark="村", shape="square", colour="#2c6b3b", dark_colour="#8fcf9e"
        ),
        Choice(
            "industry",
            "产业基地",
            mark="产",
            shape="hexagon",
            colour="#86560a",
            dark_colour="#e3b869",
        ),
        Choice(
            "skills",
            "实践技能",
            mark="技",
            shape="octagon",
            colour="#1e5a8e",
            dark_colour="#8ec3f0",
        ),
        Choice(
            "cautionary",
            "警示教育",
            mark="警",
            shape="shield",
            colour="#4f3d74",
            dark_colour="#c4b2ea",
        ),
    ),
)
"""The five categories of teaching points, in the order of the article of 2022-03-29."""

LEVELS = Vocabulary(
    "school-levels",
    "党校级别",
    (
        Choice("municipal", "市级"),
        Choice("township", "镇街"),
        Choice("village", "村级"),
    ),
)

SIX_REQUIREMENTS = Vocabulary(
    "six-requirements",
    "六有",
    (
        Choice("organisation", "有组织机构", "校长、副校长、校务委员会等"),
        Choice("premises", "有场地设施", "教室、设备等"),
        Choice("faculty", "有师资队伍", "讲课的人从哪里来"),
        Choice("plan", "有培训计划", "年度教学计划"),
        Choice("rules", "有管理制度", "考勤、评价等制度"),
        Choice("funding", "有经费保障", "经费从哪里来"),
    ),
    is_fixed=True,
)
"""What a township school must have."""

REQUIREMENT_STATES = Vocabulary(
    "requirement-states",
    "六有的情况",
    (
        Choice("verified", "已核实"),
        Choice("reported", "据报道已具备"),
        Choice("lacking", "未具备"),
        Choice("unknown", "待补充"),
    ),
    is_fixed=True,
)

MODULES = Vocabulary(
    "course-modules",
    "课程模块",
    (
        Choice("general", "通识教育"),
        Choice("professional", "专业教育"),
        Choice("thematic", "专题教育"),
    ),
)

PRESCRIBED_ITEMS = Vocabulary(
    "prescribed-items",
    "规定动作",
    (
        Choice("sign_in", "组织党员签到", other_names=("签到",)),
        Choice("anthem", "奏唱国歌或国际歌"),
        Choice("oath", "重温入党誓词"),
        Choice("constitution", "集体学习党章"),
        Choice("leader_lecture", "领导讲课"),
    ),
)
"""The 5 of 5+1+N: what every class must hold."""

TRAINEES = Vocabulary(
    "trainees",
    "培训对象",
    (Choice("ordinary", "普通党员"), Choice("cadre", "村“两委”党员干部")),
)

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
CLASS_STATES = Vocabulary(
    "class-states",
    "培训班的状态",
    (Choice(PLANNED, "计划中"), Choice(HELD, "已办"), Choice(CANCELLED, "已取消")),
)

FACULTY_GROUPS = Vocabulary(
    "faculty-groups",
    "师资类别",
    (
        Choice("leaders", "领导干部"),
        Choice("experts", "专家教授"),
        Choice("role_models", "身边榜样"),
    ),
)

# --- organisations and places ---------------------------------------------------------------------

FORMS = Vocabulary(
    "committee-forms",
    "联村党组织形式",
    (
        Choice("cross_posting", "跨村任职"),
        Choice("joint_branch", "联合党支部"),
        Choice("general_branch", "联村党总支"),
        Choice("committee", "联村党委"),
        Choice("community", "党建共同体"),
    ),
)

MECHANISM_TYPES = Vocabulary(
    "mechanism-types",
    "运行机制类别",
    (
        Choice("mode", "组建方式"),
        Choice("daily", "日常运行"),
        Choice("decision", "议事决策"),
        Choice("joint_effort", "合力攻坚"),
        Choice("team", "班子队伍"),
        Choice("industry", "产业与利益联结"),
        Choice("training", "党员教育"),
    ),
)

TOWNSHIP_TYPES = Vocabulary(
    "township-types",
    "镇街类型",
    (Choice("town", "镇"), Choice("subdistrict", "街道"), Choice("township", "乡")),
)

VILLAGE_TYPES = Vocabulary(
    "village-types",
    "村的类型",
    (
        Choice("villagers_committee", "村民委员会", other_names=("村委会",)),
        Choice("residents_committee", "居民委员会", other_names=("居委会",)),
        Choice("former", "名单中查无同名单位", other_names=("现名单中查无",)),
    ),
)

CODE_SYSTEMS = Vocabulary(
    "code-systems",
    "行政代码体系",
    (
        Choice(
            "nbs-2023",
            "国家统计局统计用区划代码（2023年）",
            other_names=("国家统计局 2023 年", "国家统计局"),
        ),
        Choice(
            "mca-2026",
            "民政部国家地名信息库（2026年）",
            other_names=("民政部 2026 年", "民政部"),
        ),
    ),
)
"""Codes of the two systems collide, so a code is never without its system."""

COORDINATE_SYSTEMS = Vocabulary(
    "coordinate-systems",
    "坐标系",
    (
        Choice("wgs-84", "WGS-84", "GPS、天地图", other_names=("GPS、天地图", "GPS", "天地图")),
        Choice(
            "gcj-02",
            "GCJ-02（高德、腾讯地图）",
            other_names=("高德、腾讯地图", "为高德、腾讯地图", "高德", "高德地图", "腾讯地图"),
        ),
        Choice(
            "bd-09",
            "BD-09（百度地图）",
            other_names=("百度地图", "为百度地图", "百度"),
        ),
    ),
    is_fixed=True,
)

# --- evidence -------------------------------------------------------------------------------------

ROLES = Vocabulary(
    "figure-roles",
    "数据性质",
    (
        Choice("outcome", "成效"),
        Choice("scale", "规模"),
        Choice("requirement", "要求"),
        Choice("background", "背景"),
        Choice("comparison", "对照"),
    ),
)

QUALIFIERS = Vocabulary(
    "qualifiers",
    "数值修饰",
    (
        Choice("exact", "确数"),
        Choice("over", "余", "写在数后", mark="余"),
        Choice("about", "约", mark="约"),
        Choice("least", "不少于", mark="不少于"),
        Choice("ordinal", "名次", "写在数前，如 第369位", mark="第", other_names=("第",)),
    ),
    is_fixed=True,
)
"""A qualifier's mark is the word beside the number; that of `over` stands behind it."""

GRADES = Vocabulary(
    "source-grades",
    "来源等级",
    (
        Choice("A", "原始发布或官方数据"),
        Choice("A-", "可靠转载"),
        Choice("B", "仅见转载，只引媒体名，不给链接", other_names=("仅见转载",)),
        Choice("O", "原文，发布者待查", "读到全文，但没有发布者和作者"),
    ),
    is_fixed=True,
)

SOURCE_TYPES = Vocabulary(
    "source-types",
    "文献类型",
    (
        Choice("N", "报纸"),
        Choice("J", "期刊"),
        Choice("R", "报告"),
        Choice("M", "图书"),
        Choice("C", "会议录"),
        Choice("D", "学位论文"),
        Choice("S", "标准、法规"),
        Choice("A", "档案", "公文、党内法规文件", other_names=("公文", "党内法规")),
        Choice("G", "汇编", "文件、法规汇编", other_names=("法规汇编",)),
        Choice("DB", "数据库"),
        Choice("CM", "地图", other_names=("舆图",)),
        Choice("EB", "网上资料"),
        Choice("DS", "数据集"),
        Choice("Z", "其他文献", other_names=("其他",)),
    ),
)
"""Document types after GB/T 7714-2015, appendix B."""
DATASET = "DS"
"""The type of a table of data, such as a list of places."""

BUILT_IN: Mapping[str, Vocabulary] = {
    vocabulary.id: vocabulary
    for vocabulary in (
        CATEGORIES,
        LEVELS,
        SIX_REQUIREMENTS,
        REQUIREMENT_STATES,
        MODULES,
        PRESCRIBED_ITEMS,
        PROCEDURES,
        TRAINEES,
        CLASS_STATES,
        QUESTION_TYPES,
        QUESTION_LEVELS,
        FACULTY_GROUPS,
        FORMS,
        MECHANISM_TYPES,
        ORGANISATION_TYPES,
        COOPERATION_MODELS,
        PROCEEDING_TYPES,
        DISCLOSURE_TYPES,
        WEEKDAYS,
        TOWNSHIP_TYPES,
        VILLAGE_TYPES,
        CODE_SYSTEMS,
        COORDINATE_SYSTEMS,
        ROLES,
        QUALIFIERS,
        GRADES,
        SOURCE_TYPES,
    )
}
"""Every vocabulary by its id."""
