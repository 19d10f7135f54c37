"""Sign-offs are of steps that the site has, by posts of which none holds two stages, of records that are there.

Right: `{step: 初审, post: 组织科, …}`, then `{step: 复审, post: 党建办, …}`.
Wrong: a step that mkdocs.yml does not know; one post for 初审 and 复审 of one text; a refusal
without a note; a file of a record that is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebook_site.base.problems import Problem, did_you_mean
from casebook_site.base.settings import ReviewOptions
from casebook_site.domain.reviewing import double_posts
from casebook_site.model.catalog import Catalog
from casebook_site.model.review_book import ReviewBook
from casebook_site.reading.reviews import WrittenReview
from casebook_site.rules.rule import CheckInput
from casebook_site.schema.dates import PartialDate


def check_reviews(
    reviews: Iterable[WrittenReview], options: ReviewOptions, given: CheckInput
) -> Iterator[Problem]:
    """Yield every problem of the reviews."""
    for written in reviews:
        yield from _check_record(written, given)
        yield from _check_dates(written)
        yield from _check_signoffs(written, options)


def _check_record(written: WrittenReview, given: CheckInput) -> Iterator[Problem]:
    key = written.key
    if given.lacks(key):
        title = given.catalog.schema[key.kind].title
        hint = did_you_mean(key.id, given.catalog.records[key.kind])
        yield Problem(
            written.locate(),
            "CB423",
            f"没有编号为“{key.id}”的{title}，签审留在这里。",
            hint or "记录改了编号，文件名跟着改；记录删了，这个文件也删去。",
        )


def _check_dates(written: WrittenReview) -> Iterator[Problem]:
    review = written.review
    if review.embargo and review.expires and not review.embargo.is_before(review.expires):
        yield Problem(
            written.locate("expires"),
            "CB408",
            f"撤下之日（expires）{review.expires.chinese}不晚于公开之日（embargo）{review.embargo.chinese}。",
            "核对两个日期。",
        )


def _check_signoffs(written: WrittenReview, options: ReviewOptions) -> Iterator[Problem]:
    signoffs = written.review.signoffs
    for number, signoff in enumerate(signoffs):
        if signoff.step not in options.steps:
            known = "、".join(options.steps)
            yield Problem(
                written.locate("signoffs", number, "step"),
                "CB421",
                f"没有“{signoff.step}”。",
                did_you_mean(signoff.step, options.steps) or f"mkdocs.yml 里有 {known}。",
            )
        if options.by_post and signoff.post is None:
            yield Problem(
                written.locate("signoffs", number),
                "CB425",
                f"“{signoff.step}”没有写岗位（post）。",
                "写哪个岗位签的，如 post: 组织科。",
            )
        if signoff.refused and signoff.note is None:
            yield Problem(
                written.locate("signoffs", number),
                "CB425",
                f"“{signoff.step}”退回，没有写意见（note）。",
                "写为什么退回、要改什么。",
            )
    for number, earlier in double_posts(written.review, options):
        post, other = signoffs[number].post, signoffs[earlier].step
        yield Problem(
            written.locate("signoffs", number, "post"),
            "CB422",
            f"“{post}”已经签了{other}，又签{signoffs[number].step}。",
            "换一个岗位来签。",
        )


def unsigned(book: ReviewBook, catalog: Catalog, today: PartialDate) -> Iterator[Problem]:
    """Yield a problem for each record that the public would see today although it is not signed."""
    if book.options.unsigned == "leave_out":
        return
    for key, state in book.items():
        if state.is_signed or not state.is_due(today):
            continue
        signed = state.last_signed
        since = f"，{signed.date.chinese}签后改过" if state.state == "changed" and signed else ""
        refused = "，已退回" if state.state == "refused" else ""
        yield Problem(
            catalog.origins[key].locate(("name",)),
            "CB424",
            f"{book.texts.public.records[key.kind][key.id].name}没有签完{since}{refused}：缺{'、'.join(state.lacking)}。",
            f"用 casebook review show {key} 看改了什么，再签。",
        )
