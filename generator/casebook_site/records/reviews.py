"""What has been signed of a record before it is published: one file a record in `content/reviews/`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Flag, Part, Text, field

Digest = Annotated[str, Field(strict=True, pattern=r"^[0-9a-f]{20}$")]


class SignOff(Part):
    """A stage, a proof or the secrecy check, signed or refused by a post."""

    step: Text = field("审次", "哪一审、哪一校，如 初审、一校、保密审查。")
    post: Text | None = field("岗位", "签审的岗位，不写人名，如 组织科。", default=None)
    date: PartialDate = field("日期", "哪一天签的。")
    digest: Digest = field("所签内容", "由程序写，签的是哪一稿。")
    refused: Flag = field("退回", "退回就写 true，note 里写意见。", default=False)
    note: Text | None = field("意见", "签审的意见；退回必须写。", default=None)


class SignedText(Part):
    """The text of a record as it was signed, so that changes can be shown."""

    digest: Digest = field("所签内容", "由程序写，是哪一稿。")
    text: Text = field("原文", "由程序写，签的时候页面上的文字。")


class RecordReview(Part):
    """The review of one record."""

    embargo: PartialDate | None = field("公开之日", "在这一天以前不公开。", default=None)
    expires: PartialDate | None = field("撤下之日", "从这一天起不再公开。", default=None)
    signoffs: tuple[SignOff, ...] = field("签审", "按先后，一次一项，只加不改。", default=())
    texts: tuple[SignedText, ...] = field("所签原文", "由程序写，不要改。", default=())

    def text_of(self, digest: str) -> str | None:
        """Return the text that was signed under a digest; None if it is not kept."""
        return next((kept.text for kept in self.texts if kept.digest == digest), None)
