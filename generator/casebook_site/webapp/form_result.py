"""What has become of a form that was sent."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from wtforms import Form

from casebook_site.base.problems import ContentError, UserError
from casebook_site.base.system_errors import reason_of
from casebook_site.model.catalog import Key
from casebook_site.webapp.sessions import GoneError
from casebook_site.webapp.validation import ValidationResult


@dataclass(frozen=True)
class FormRefusal:
    """Why a form could be neither checked nor saved, though nothing may be wrong with it."""

    status: HTTPStatus
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FormResult:
    """What a form would do, or has done."""

    form: Form
    """As it was sent, or as it has to be looked at again."""
    verdict: ValidationResult
    key: Key
    saved: bool = False
    theirs: Mapping[str, str] = field(default_factory=dict)
    """Name of a field that was also changed in the file meanwhile → what stands there."""
    stale: bool = False
    refusal: FormRefusal | None = None
    session: str = ""
    """Name of the window that the form has now, if it is another one."""


def refusal_of(error: Exception) -> FormRefusal:
    """Return what is said of an error; one that nobody expected is also printed for the terminal."""
    if isinstance(error, ContentError):
        lines = (f"{problem.location}：{problem.text}" for problem in error.problems)
        return FormRefusal(
            HTTPStatus.CONFLICT, ("这条记录的文件现在读不出来。先把文件改好，再按“保存”：", *lines)
        )
    if isinstance(error, UserError):
        gone = isinstance(error, GoneError)
        return FormRefusal(HTTPStatus.NOT_FOUND if gone else HTTPStatus.CONFLICT, (str(error),))
    if isinstance(error, OSError):
        text = f"文件读不出来或写不进去（{reason_of(error)}）。处理好以后再按“保存”。"
        return FormRefusal(HTTPStatus.INTERNAL_SERVER_ERROR, (text,))
    traceback.print_exception(error)
    return FormRefusal(HTTPStatus.INTERNAL_SERVER_ERROR, ("程序出错了。终端里有说明。",))
