"""What a site builder may set, under `plugins: - casebook:` in mkdocs.yml."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from casebook_site.base.audience import Audience
from casebook_site.base.numerals import chinese_number
from casebook_site.base.phrases import ONE_LINE
from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.base.workplace import WORKPLACE

_CONFIG = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Publisher(BaseModel):
    """What a government site must show in its footer; empty fields are not shown."""

    model_config = _CONFIG

    name: str = Field("", title="主办单位")
    contact: str = Field("", title="联系方式")
    icp: str = Field("", title="ICP备案号")
    police: str = Field("", title="公安备案号")
    site_code: str = Field("", title="网站标识码")


class MapOptions(BaseModel):
    """Whether to draw county boundaries, and the number that allows to show them to the public.

    What the number is, and who may do without, stands in `maps/review.py`.
    """

    model_config = _CONFIG

    geographic: bool = Field(False, title="画带县界的地图")
    review_number: str = Field("", title="审图号", description="如 鲁SG（2024）001号。")
    review_source: str = Field("", title="地图来源", description="审核时所报的底图来源。")
    review_date: str = Field("", title="审核日期", description="年、年月或年月日。")

    @field_validator("review_number", "review_source", mode="after")
    @classmethod
    def _strip(cls, value: str) -> str:
        """Return a number of spaces is no number."""
        return value.strip()

    @field_validator("review_date", mode="before")
    @classmethod
    def _date_as_text(cls, value: Any) -> Any:
        """YAML reads `2024-05-01` as a date, and `2024` as a number."""
        if isinstance(value, datetime.date):
            return value.isoformat()
        text = str(value) if isinstance(value, int) else value
        if isinstance(text, str) and (text := text.strip()) and not _is_date(text):
            raise ValueError("写作 2024、2024-05 或 2024-05-01")
        return text


class PackFonts(BaseModel):
    """Families for packs, by their role; empty takes what is found, or the fall-back."""

    model_config = _CONFIG

    song: str = Field("", title="宋体")
    hei: str = Field("", title="黑体")
    fang: str = Field("", title="仿宋")
    kai: str = Field("", title="楷体")


class PackOptions(BaseModel):
    """Study packs in PDF and Word."""

    model_config = _CONFIG

    build: bool = Field(False, title="构建网站时一并做好，放在页面旁边")
    unit: str = Field("", title="封面上的单位", description="不写用主办单位。")
    word_template: str = Field(
        "", title="本单位的 Word 模板", description="相对 mkdocs.yml 的路径；不写用自带的。"
    )
    fonts: PackFonts = Field(default_factory=lambda: PackFonts(), title="字体")


class AllowedText(BaseModel):
    """A number or an address of a person that may be public all the same."""

    model_config = _CONFIG

    text: str = Field(title="号码或地址", description="与公开的文字里写的一样。")
    reason: str = Field(title="理由", description="谁同意，为什么要公开。", min_length=2)
    date: str = Field(title="日期", description="何时定的，加引号。", min_length=4)


class ReviewOptions(BaseModel):
    """What a record needs before the public sees it (三审三校); a site without it reviews nothing."""

    model_config = _CONFIG

    stages: tuple[str, ...] = Field(("初审", "复审", "终审"), title="各审的名称，按先后")
    proofs: int = Field(3, ge=0, le=9, title="校对几次")
    secrecy_check: bool = Field(True, title="要不要保密审查")
    by_post: bool = Field(True, title="每次签审写岗位，一个岗位不签同一条的两审")
    unsigned: Literal["refuse", "leave_out"] = Field(
        "refuse", title="没签完的：refuse 不出公开版，leave_out 不放进公开版"
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        """Refuse two steps of one name: nobody could say which of them was signed."""
        names = self.steps
        if not names or len(set(names)) < len(names) or not all(map(str.strip, names)):
            raise ValueError("各审各校都要有名称，名称不能重复，也不能一样都没有")
        return self

    @property
    def proof_steps(self) -> tuple[str, ...]:
        """The titles of the proofs: 一校, 二校, 三校."""
        return tuple(f"{chinese_number(number + 1)}校" for number in range(self.proofs))

    @property
    def steps(self) -> tuple[str, ...]:
        """Everything that is signed, in the order of signing."""
        return (*self.stages, *self.proof_steps, *((SECRECY,) if self.secrecy_check else ()))


SECRECY = "保密审查"
"""The title of the check that no secret is published, which has no rank among the stages."""


class Options(BaseModel):
    """The plugin's options, as they stand in mkdocs.yml."""

    model_config = _CONFIG

    short_name: str = Field(
        "", title="短站名", description="手机上页眉里的站名，最多 8 个字。", max_length=ONE_LINE
    )
    content_dir: str = Field("content", title="内容文件夹", description="相对 mkdocs.yml。")
    audience: Audience = Field("public", title="可见范围")
    workers: int = Field(0, ge=0, title="并行进程数", description="0 为处理器核数。")
    page_size: int = Field(100, ge=10, le=1000, title="索引每页条数")
    stale_after_years: int = Field(
        5, ge=1, title="陈旧年限", description="数据比全站最新日期早这么多年即列入待补充。"
    )
    publisher: Publisher = Field(default_factory=lambda: Publisher(), title="主办单位信息")
    allowed_personal_data: tuple[AllowedText, ...] = Field((), title="可公开的号码")
    review: ReviewOptions | None = Field(None, title="公开前的审校")
    map: MapOptions = Field(default_factory=lambda: MapOptions(), title="带县界的地图")
    packs: PackOptions = Field(default_factory=lambda: PackOptions(), title="学习资料")


class Settings(BaseModel):
    """All that the generator needs to know about one site; no MkDocs object in it."""

    model_config = _CONFIG

    root: Path
    """Folder of mkdocs.yml; problems name files relative to it."""
    config_file: Path | None = None
    site_name: str
    site_url: str = ""
    """Address of the published site with a trailing slash, or empty."""
    site_description: str = ""
    site_dir: Path
    docs_dir: Path
    edit_url: str = ""
    """Address of the repository's edit view for files under `root`, or empty."""
    options: Options = Field(default_factory=Options)

    @property
    def content_dir(self) -> Path:
        """Folder that holds records/, pages/ and media/."""
        return self.root / self.options.content_dir

    @property
    def records_dir(self) -> Path:
        """Folder of the YAML records."""
        return self.content_dir / "records"

    @property
    def imports_dir(self) -> Path:
        """How offices' own lists become records: one file a list."""
        return self.content_dir / "imports"

    @property
    def maps_dir(self) -> Path:
        """Folder of the layouts of the schematic map."""
        return self.content_dir / "maps"

    @property
    def wording_file(self) -> Path:
        """File that says how the site writes."""
        return self.content_dir / "wording.yml"

    @property
    def search_dir(self) -> Path:
        """Folder of the synonyms that search knows."""
        return self.content_dir / "search"

    @property
    def vocabularies_dir(self) -> Path:
        """Folder of the site's own vocabularies."""
        return self.content_dir / "vocabularies"

    @property
    def packs_dir(self) -> Path:
        """Folder of the lists of packs."""
        return self.content_dir / "packs"

    @property
    def reviews_dir(self) -> Path:
        """Folder of the sign-offs of records."""
        return self.content_dir / "reviews"

    @property
    def releases_dir(self) -> Path:
        """Folder of the manifests of releases."""
        return self.content_dir / "releases"

    @property
    def cache_dir(self) -> Path:
        """Folder of what may be kept from build to build, and thrown away at any time."""
        return self.root / WORKPLACE

    @property
    def pinyin_file(self) -> Path:
        """File of the pinyin that was asked for."""
        return self.cache_dir / "pinyin.json"

    @property
    def packs_store(self) -> Path:
        """Folder of the packs that were made, apart for each audience."""
        return self.cache_dir / "packs" / self.options.audience

    @property
    def media_dir(self) -> Path:
        """Folder of photos and files."""
        return self.content_dir / "media"

    @property
    def workers(self) -> int:
        """Number of processes to use."""
        return self.options.workers or os.cpu_count() or 1


def parse_options(data: dict[str, Any]) -> Options:
    """Return the options, or `SettingsError` that says in Chinese which one is wrong."""
    try:
        return Options.model_validate(data)
    except ValidationError as error:
        lines = [_sentence(dict(e)) for e in error.errors(include_url=False)]
        raise SettingsError("mkdocs.yml 里 casebook 插件的设置有误：" + "；".join(lines)) from None


def with_packs(options: Options) -> Options:
    """Return the same options, with packs made beside the pages."""
    packs = options.packs.model_copy(update={"build": True})
    return options.model_copy(update={"packs": packs})


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    try:
        return datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :]).year >= 1900
    except ValueError:
        return False


_INNER: dict[str, type[BaseModel]] = {
    "publisher": Publisher,
    "map": MapOptions,
    "packs": PackOptions,
    "review": ReviewOptions,
}


def _sentence(error: dict[str, Any]) -> str:
    name = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        known = _INNER.get(name.partition(".")[0], Options) if "." in name else Options
        return f"没有“{name}”这一项。" + did_you_mean(name.split(".")[-1], known.model_fields)
    if error["type"] == "string_too_long":
        most = error["ctx"]["max_length"]
        return f"“{name}”有 {len(error['input'])} 个字，最多 {most} 个"
    return f"“{name}”的值 {error['input']!r} 不合要求（{error['msg']}）"
