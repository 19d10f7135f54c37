"""三审三校: what of a record is signed, what is not, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casebook_site.base.settings import ReviewOptions
from casebook_site.records.reviews import RecordReview, SignOff
from casebook_site.schema.dates import PartialDate

StepState = Literal["signed", "open", "changed", "refused"]
"""`changed`: it was signed, and then the record was changed."""

STATE_TITLES: Mapping[StepState, str] = {
    "signed": "已签",
    "open": "待签",
    "changed": "签后改过",
    "refused": "退回",
}
"""What states are called. A record is in the first state, from the bottom, that any step is in."""

_WORST_FIRST: tuple[StepState, ...] = ("refused", "changed", "open", "signed")


@dataclass(frozen=True)
class ReviewStep:
    """A step of the review of one record."""

    title: str
    state: StepState
    last: SignOff | None
    """The last sign-off of this step, whatever it was of."""

    @property
    def chinese(self) -> str:
        """Return `初审 已签（组织科，2026年12月1日）`."""
        said = f"{self.title} {STATE_TITLES[self.state]}"
        if self.last is None:
            return said
        note = f"：{self.last.note}" if self.state == "refused" and self.last.note else ""
        by = "，".join(filter(None, (self.last.post, self.last.date.chinese)))
        return f"{said}（{by}）{note}"


@dataclass(frozen=True)
class ReviewState:
    """How far the review of a record is."""

    digest: str
    """Of the record as it is."""
    steps: tuple[ReviewStep, ...]
    embargo: PartialDate | None = None
    expires: PartialDate | None = None

    @property
    def state(self) -> StepState:
        """The state of the whole."""
        states = {step.state for step in self.steps}
        return next(state for state in _WORST_FIRST if state in states)

    @property
    def is_signed(self) -> bool:
        """Whether everything is signed as it stands."""
        return self.state == "signed"

    @property
    def lacking(self) -> tuple[str, ...]:
        """The titles of the steps that are not signed as the record stands."""
        return tuple(step.title for step in self.steps if step.state != "signed")

    @property
    def last_signed(self) -> SignOff | None:
        """The last sign-off that was no refusal; None if there is none."""
        signed = [step.last for step in self.steps if step.last and not step.last.refused]
        return max(reversed(signed), key=lambda signoff: signoff.date, default=None)

    def is_due(self, today: PartialDate) -> bool:
        """Return whether a day lies between embargo and expiry."""
        begun = self.embargo is None or not today.is_before(self.embargo)
        return begun and (self.expires is None or today.is_before(self.expires))

    def step(self, title: str) -> ReviewStep | None:
        """Return the step of a title; None if there is no such step."""
        return next((step for step in self.steps if step.title == title), None)


def state_of(review: RecordReview | None, digest: str, options: ReviewOptions) -> ReviewState:
    """Return how far a review is, of a record that has a digest now."""
    last = {signoff.step: signoff for signoff in review.signoffs} if review else {}
    steps = tuple(_step(title, last.get(title), digest) for title in options.steps)
    if review is None:
        return ReviewState(digest, steps)
    return ReviewState(digest, steps, review.embargo, review.expires)


def _step(title: str, last: SignOff | None, digest: str) -> ReviewStep:
    if last is None:
        return ReviewStep(title, "open", None)
    if last.digest == digest:
        return ReviewStep(title, "refused" if last.refused else "signed", last)
    # What was refused and then changed waits to be signed, as what was never signed does.
    return ReviewStep(title, "open" if last.refused else "changed", last)


def double_posts(review: RecordReview, options: ReviewOptions) -> Iterator[tuple[int, int]]:
    """Yield (number of a sign-off, number of an earlier one) where one post holds two stages of one text."""
    if not options.by_post:
        return
    seen: dict[tuple[str, str], list[int]] = {}
    for number, signoff in enumerate(review.signoffs):
        if signoff.post is None or signoff.refused or signoff.step not in options.stages:
            continue
        earlier = seen.setdefault((signoff.post, signoff.digest), [])
        for other in earlier:
            if review.signoffs[other].step != signoff.step:
                yield number, other
                break
        earlier.append(number)


def before(step: str, options: ReviewOptions) -> str:
    """Return the step that must be signed before one: each stage after the last, each proof too."""
    for row in (options.stages, options.proof_steps):
        if step in row[1:]:
            return row[row.index(step) - 1]
    return ""
