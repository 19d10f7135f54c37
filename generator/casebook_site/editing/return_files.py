"""Return files: what a bundle has counted on a machine without network, and how they are read.

Everybody may hand one in, so nothing in them is believed: each is small, has exactly the fields of its
model, and is read without harm whatever it holds. A digest tells a file that was changed; it does
not say who wrote it, as everything that a bundle knows its reader knows too. That a file comes
from a bundle of ours its signed id can tell (`SignedBundle`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from casebook_site.base.audience import Audience
from casebook_site.base.characters import forbidden_in
from casebook_site.base.file_names import file_fault, is_leftover
from casebook_site.base.system_errors import reason_of

RETURN_FORMAT = "casebook-return-1"
ENDING = ".json"
LARGEST = 300_000
"""Bytes of a return file; one with a hundred remarks has 60,000."""
MOST_FILES = 20_000
"""Files of a folder that are read."""
_MOST = 100_000
"""The largest count that a file may state."""


class DamagedReturn(Exception):
    """A file that is no return file, or was changed; the message says why."""


def _printable(text: str) -> str:
    """Return the text; raise `ValueError` for characters that no text may hold."""
    if forbidden_in(text) or re.search("[\ud800-\udfff]", text):
        raise ValueError("forbidden character")
    return text


class _ReturnModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_Count = Annotated[int, Field(ge=0, le=_MOST)]
_Name = Annotated[str, Field(max_length=300), AfterValidator(_printable)]
_Words = Annotated[str, Field(max_length=1_000), AfterValidator(_printable)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,120}$")]
_Date = Annotated[str, Field(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$")]


class SignedBundle(_ReturnModel):
    """The bundle that a file comes from, as the bundle states it."""

    scope: Annotated[str, Field(pattern=r"^[a-z-]{1,40}(:[a-z0-9_-]{1,120})?$")]
    edition: Audience
    form: Literal["branch", "archive"]
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    date: _Date
    site: _Name
    signature: Annotated[str, Field(max_length=1_000), AfterValidator(_printable)] = ""
    """Of `line`, as minisign makes it; empty in a bundle that is not signed."""

    @property
    def line(self) -> str:
        """What is signed: exactly one bundle of ours."""
        return bundle_line(self.scope, self.edition, self.form, self.version)


def bundle_line(scope: str, edition: str, form: str, version: str) -> str:
    """Return the line that names one bundle, for its signature."""
    return f"casebook-bundle {scope} {edition} {form} {version}\n"


class QuizTotal(_ReturnModel):
    """How many questions of a record were answered on a machine, and how many right."""

    record: Annotated[str, Field(pattern=r"^[a-z-]{1,40}/[a-z0-9_-]{1,120}$")]
    answered: _Count
    right: _Count

    @model_validator(mode="after")
    def _right_are_answered(self) -> QuizTotal:
        if self.right > self.answered:
            raise ValueError("more right than answered")
        return self


class ItemCounts(_ReturnModel):
    """What listeners thought of one item of a class."""

    name: _Name
    very: _Count
    fairly: _Count
    fair: _Count
    poor: _Count

    @property
    def answers(self) -> int:
        """How many answered."""
        return self.very + self.fairly + self.fair + self.poor


class ClassReturn(_ReturnModel):
    """The questionnaires of a class that were filled in on a machine."""

    id: _Id
    returned: _Count
    items: Annotated[tuple[ItemCounts, ...], Field(max_length=60, strict=False)]
    remarks: Annotated[tuple[_Words, ...], Field(max_length=200, strict=False)]

    @model_validator(mode="after")
    def _nobody_answers_twice(self) -> ClassReturn:
        names = [item.name for item in self.items]
        if len({*names}) < len(names) or any(item.answers > self.returned for item in self.items):
            raise ValueError("more answers than questionnaires")
        return self


class Note(_ReturnModel):
    """A remark on a page, or a correction."""

    page: _Name
    text: _Words


class Return(_ReturnModel):
    """All that a machine hands in; totals since the bundle was opened there first."""

    bundle: SignedBundle
    machine: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """A random number that tells one machine's files from another's; it says nothing of a person."""
    number: Annotated[int, Field(ge=1, le=_MOST)]
    """Grows with each file that the machine saves: the last one holds all that the others held."""
    made: _Date
    quiz: Annotated[tuple[QuizTotal, ...], Field(max_length=2_000, strict=False)]
    classes: Annotated[tuple[ClassReturn, ...], Field(max_length=500, strict=False)]
    notes: Annotated[tuple[Note, ...], Field(max_length=500, strict=False)]


class _Envelope(_ReturnModel):
    format: Literal["casebook-return-1"]
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    payload: str
    """A `Return` as JSON; the digest is of these very characters."""


def digest_of(payload: str) -> str:
    """Return the digest of the inner text of a return file."""
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()


def parse_return(content: bytes) -> tuple[Return, str]:
    """Return what a file hands in and its digest; raise `DamagedReturn` for any other file."""
    if len(content) > LARGEST:
        raise DamagedReturn(f"有 {len(content) / 1000:,.0f} KB，太大，不是回执文件")
    try:
        envelope = _Envelope.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValidationError, ValueError):
        raise DamagedReturn("不是回执文件，或者没有存完整") from None
    if digest_of(envelope.payload) != envelope.digest:
        raise DamagedReturn("内容与校验码不符，存好以后被改动过")
    try:
        return Return.model_validate_json(envelope.payload), envelope.digest
    except (ValidationError, ValueError):
        raise DamagedReturn("里面的数不合格式，不是离线包存出来的") from None


def read_return(file: Path) -> tuple[Return, str]:
    """Return what a file on disk hands in; raise `DamagedReturn` where it cannot be read."""
    if fault := file_fault(file):
        raise DamagedReturn(fault)
    try:
        if file.stat().st_size > LARGEST:
            raise DamagedReturn(f"有 {file.stat().st_size / 1000:,.0f} KB，太大，不是回执文件")
        content = file.read_bytes()
    except OSError as error:
        raise DamagedReturn(f"读不出来：{reason_of(error)}") from None
    return parse_return(content)


def return_files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and the folders in it that may be return files, by name."""
    for file in sorted(folder.rglob(f"*{ENDING}")):
        inside = file.relative_to(folder).parts
        if not any(is_leftover(part) or part.startswith(".") for part in inside):
            yield file
