"""What is signed, what is not, and what changed since."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.base.settings import ReviewOptions
from casebook_site.domain.reviewing import before, double_posts, state_of
from casebook_site.domain.text_changes import changed_fields, text_changes
from casebook_site.records.reviews import RecordReview
from casebook_site.schema.dates import PartialDate

NOW, OLD = "a" * 20, "b" * 20
TWO = ReviewOptions(stages=("初审", "复审"), proofs=1, secrecy_check=False)


def review(*signoffs: tuple[str, str, str], **fields: Any) -> RecordReview:
    """A review from (step, post, digest); a step with a ! is refused."""
    return RecordReview.model_validate(
        {
            "signoffs": [
                {
                    "step": step.rstrip("!"),
                    "post": post,
                    "date": "2026-12-01",
                    "digest": digest,
                    "refused": step.endswith("!"),
                    "note": "改",
                }
                for step, post, digest in signoffs
            ],
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("signoffs", "state", "lacking"),
    [
        ([], "open", ("初审", "复审", "一校")),
        ([("初审", "甲", NOW)], "open", ("复审", "一校")),
        ([("初审", "甲", NOW), ("复审", "乙", NOW), ("一校", "甲", NOW)], "signed", ()),
        ([("初审", "甲", OLD), ("复审", "乙", NOW), ("一校", "甲", NOW)], "changed", ("初审",)),
        ([("初审", "甲", NOW), ("复审!", "乙", NOW)], "refused", ("复审", "一校")),
        # What was refused and changed since waits; what was signed again is signed.
        ([("初审!", "甲", OLD)], "open", ("初审", "复审", "一校")),
        ([("初审!", "甲", NOW), ("初审", "甲", NOW)], "open", ("复审", "一校")),
    ],
)
def test_a_record_is_as_far_as_its_least_step(
    signoffs: list[tuple[str, str, str]], state: str, lacking: tuple[str, ...]
) -> None:
    found = state_of(review(*signoffs), NOW, TWO)
    assert (found.state, found.lacking) == (state, lacking)
    assert found.is_signed == (state == "signed")


def test_steps_have_an_order_among_themselves() -> None:
    options = ReviewOptions()
    assert options.steps == ("初审", "复审", "终审", "一校", "二校", "三校", "保密审查")
    assert [before(step, options) for step in options.steps] == [
        "", "初审", "复审", "", "一校", "二校", "",
    ]  # fmt: skip


def test_one_post_holds_no_two_stages_of_one_text() -> None:
    both = review(("初审", "甲", NOW), ("一校", "甲", NOW), ("复审", "甲", NOW))
    assert [*double_posts(both, TWO)] == [(2, 0)]
    apart = review(("初审", "甲", OLD), ("复审", "甲", NOW), ("复审", "甲", NOW))
    assert [*double_posts(apart, TWO)] == []
    assert [*double_posts(both, ReviewOptions(by_post=False))] == []


def test_days_bound_what_is_public() -> None:
    found = state_of(review(embargo="2026-12-05", expires="2027-01-01"), NOW, TWO)
    days = ["2026-12-04", "2026-12-05", "2026-12-31", "2027-01-01"]
    assert [found.is_due(PartialDate.parse(day)) for day in days] == [False, True, True, False]


BEFORE = "【简介】\n果农学技术、看账本。\n【来源】\n日报\n【待补充】\n开放时间\n接待人数"
AFTER = "【简介】\n果农每周学技术、看账本。\n【来源】\n日报\n【待补充】\n开放时间\n【大白话】\n学种果树。"


def test_changes_are_numbered_and_say_what_went_and_came() -> None:
    changes = text_changes(BEFORE, AFTER)
    told = [(c.number, c.field, c.before, c.after) for c in changes]
    assert told == [
        (1, "简介", "果农学技术、看账本。", "果农每周学技术、看账本。"),
        (2, "待补充", "接待人数", ""),
        (3, "大白话", "", "学种果树。"),
    ]
    assert [tuple(piece) for piece in changes[0].pieces] == [
        ("果农", "same"),
        ("每周", "added"),
        ("学技术、看账本。", "same"),
    ]
    assert changed_fields(BEFORE, AFTER) == ("简介", "待补充", "大白话")
    assert text_changes(BEFORE, BEFORE) == ()


def test_numbers_change_as_a_whole_and_other_sentences_are_not_mixed() -> None:
    (change,) = text_changes("【数值】\n共 37974.25 人", "【数值】\n共 37975.25 人")
    assert [piece.text for piece in change.pieces if piece.mark != "same"] == [
        "37974.25",
        "37975.25",
    ]
    (change,) = text_changes("【简介】\n果农学技术。", "【简介】\n每周五开门，先打电话")
    assert [piece.mark for piece in change.pieces] == ["removed", "added"]
