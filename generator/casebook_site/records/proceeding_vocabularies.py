"""How a matter is decided and what is disclosed; `vocabularies.py` lists all of them."""

from __future__ import annotations

from casebook_site.schema.choices import Choice, Vocabulary

PROCEEDING_TYPES = Vocabulary(
    "proceeding-types",
    "议事方式",
    (
        Choice("joint_meeting", "联席会议"),
        Choice("four_deliberations", "四议两公开"),
        Choice("task_force", "专项攻坚"),
        Choice("open_meeting", "板凳会、广场会"),
        Choice("other", "其他"),
    ),
)

DISCLOSURE_TYPES = Vocabulary(
    "disclosure-types",
    "公开类别",
    (Choice("party", "党务"), Choice("village", "村务"), Choice("finance", "财务")),
)
"""三务."""

WEEKDAYS = Vocabulary(
    "weekdays",
    "星期",
    (
        Choice("monday", "周一"),
        Choice("tuesday", "周二"),
        Choice("wednesday", "周三"),
        Choice("thursday", "周四"),
        Choice("friday", "周五"),
        Choice("saturday", "周六"),
        Choice("sunday", "周日"),
    ),
)
