"""The sorts and levels of self-test questions; `vocabularies.py` lists both."""

from __future__ import annotations

from casebook_site.schema.choices import Choice, Vocabulary

QUESTION_TYPES = Vocabulary(
    "question-types",
    "题型",
    (
        Choice("single", "单选题"),
        Choice("several", "多选题"),
        Choice("true_false", "判断题"),
        Choice("open", "问答题", other_names=("简答题",)),
    ),
    is_fixed=True,
)
"""Pages and the check reckon with each of them (`domain/quizzes.py`)."""

QUESTION_LEVELS = Vocabulary(
    "question-levels",
    "题目难度",
    (
        Choice("basic", "基础"),
        Choice("deeper", "提高"),
        Choice("applied", "案例判断", "给一个情形，判断怎样做"),
    ),
)
