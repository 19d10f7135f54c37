"""What can be wrong with content, as values.

Reading and rules yield `Problem`s and print nothing; the two doors (`cli`, `plugin`) print.
The whole family of errors that a user can cause:

    UserError
    ├── ContentError     records or pages are wrong; carries every problem
    └── SettingsError    mkdocs.yml or the command line is wrong

Anything else that is raised is a fault of the program and keeps its traceback.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casebook_site.base.characters import shown

CODES: dict[str, str] = {
    "CB101": "文件读不出来",
    "CB102": "文件过大",
    "CB103": "文件不是 UTF-8 编码",
    "CB104": "文件是空的",
    "CB105": "用了制表符",
    "CB106": "YAML 写法有误",
    "CB107": "同一字段写了两次",
    "CB108": "用了锚点、别名或合并键",
    "CB109": "用了类型标签",
    "CB110": "值会被误读，须加引号",
    "CB111": "层次过深",
    "CB112": "一个文件里有几份文档",
    "CB113": "放错了文件夹或文件名不对",
    "CB114": "程序在这个文件上出错",
    "CB201": "缺少必填字段",
    "CB202": "没有这个字段",
    "CB203": "值不合要求",
    "CB204": "值不在可选范围内",
    "CB205": "日期不合要求",
    "CB206": "编号（id）不合要求",
    "CB207": "编号（id）重复",
    "CB208": "代码与代码体系不符",
    "CB301": "链接指向不存在的记录",
    "CB302": "公开内容依赖内部记录",
    "CB303": "正文里的链接有误",
    "CB304": "媒体文件有误",
    "CB305": "曾用编号（former_ids）有误",
    "CB401": "地点上下级不一致",
    "CB402": "龙头村不在成员村之中",
    "CB403": "数据缺少来源或日期",
    "CB404": "培训班不合“5+1+N”流程",
    "CB405": "年度培训时间低于最低要求",
    "CB406": "来源等级与网址、发布者不符",
    "CB408": "日期先后有误",
    "CB409": "互相矛盾的数据未互相指明",
    "CB411": "公开的文字里有个人信息",
    "CB412": "用词、标点或数字写法",
    "CB421": "没有这一审、这一校",
    "CB422": "一个岗位签了同一条的两审",
    "CB423": "签审的记录不在了",
    "CB424": "没有签完，不能公开",
    "CB425": "签审没有写岗位或意见",
    "CB501": "页面引用了不存在的记录",
    "CB502": "页面的页首信息有误",
    "CB503": "页面里有不能用的字符",
    "CB601": "镇街在示意图上没有格子",
    "CB602": "示意图的格子不是本县镇街",
    "CB603": "示意图的两个格子在同一处",
    "CB604": "示意图上一地写了两次",
    "CB605": "县市不在六边形示意图上",
    "CB606": "示意图的县市有误",
    "CB651": "经度和纬度写反了",
    "CB652": "坐标不在中国范围内",
    "CB653": "坐标不在所属县市内",
    "CB654": "坐标系多半写错了",
    "CB671": "一组同义词只有一个词",
    "CB672": "同义词不足两个字",
    "CB673": "一个词写在两处同义词里",
    "CB681": "没有这个词表",
    "CB682": "词表里写了两次",
    "CB683": "词表的颜色不合要求",
    "CB684": "词表的记号不合要求",
    "CB685": "词表少了或多了选项",
    "CB701": "离线包缺文件",
    "CB702": "离线包的文件不符",
    "CB703": "离线包里有多余的文件",
    "CB704": "离线包的签名不符",
    "CB801": "字体里没有这个字",
    "CB802": "图片印不出来",
    "CB901": "表格文件读不出来",
    "CB902": "不认识的工作表或列",
    "CB903": "单元格里是公式或错误值",
    "CB904": "一个名称对应几条记录",
    "CB905": "这一行不知道是哪条记录",
    "CB906": "导出以后，表和文件都改过",
    "CB907": "名册的对应办法没有定完",
}
"""Every problem code with its Chinese title. A code never changes its meaning."""


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file of the content; `line` and `column` count from 1.

    A cell of a spreadsheet has its whole place in `path` (`基层教学点!C5`), and line 0.
    """

    path: str
    """POSIX path relative to the site's folder."""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, and what would be right."""

    location: Location
    code: str
    message: str
    """What is wrong, in Chinese, as one sentence."""
    remedy: str = ""
    """What to do, in Chinese; may be empty where the message says it all."""
    is_advice: bool = field(default=False, compare=False)
    """Whether nothing has to be done: advice stops no build."""
    report: str = field(default="", compare=False)
    """For a fault of the program: where it arose. Goes into the report, not into messages."""

    @property
    def text(self) -> str:
        """Message and remedy as one line."""
        return f"{self.message}{self.remedy}"


class UserError(Exception):
    """The user's mistake: shown without a traceback."""


class ContentError(UserError):
    """The content has problems; all of them are carried."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"内容有 {len(problems)} 处问题。")
        self.problems = tuple(sorted(problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """Return what it is made of: it is sent between processes."""
        return ContentError, (self.problems,)


class SettingsError(UserError):
    """The configuration or a command-line argument is wrong."""


def added_problems(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """Return the problems of `after` that were not there `before`, whatever lines they moved to."""
    known = Counter(map(likeness, before))
    found: list[Problem] = []
    for problem in after:
        if known[likeness(problem)]:
            known[likeness(problem)] -= 1
        else:
            found.append(problem)
    return found


def likeness(problem: Problem) -> tuple[str, str, str, str]:
    """Return what stays of a problem when lines above it, or above what it names, come or go."""
    message = re.sub(r"(?<=\.yml):\d+:\d+", "", problem.message)
    return problem.location.path, problem.code, message, problem.remedy


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` was probably meant to be, or None."""
    found = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return a Chinese sentence that proposes the nearest choice; empty when nothing is near."""
    best = nearest(word, choices)
    return f"是不是“{best}”？" if best else ""


def render_text(problems: Iterable[Problem]) -> str:
    """One line a problem: `file:line:column: code message`."""
    return "\n".join(shown(f"{p.location}: {p.code} {p.text}") for p in problems)


def render_json(problems: Sequence[Problem]) -> str:
    """Return a JSON object with `count`, without advice, and `problems`, for programs."""
    rows = [
        {
            "file": p.location.path,
            "line": p.location.line,
            "column": p.location.column,
            "code": p.code,
            "title": CODES[p.code],
            "message": p.message,
            "remedy": p.remedy,
            "level": "advice" if p.is_advice else "error",
        }
        for p in problems
    ]
    count = sum(not p.is_advice for p in problems)
    return json.dumps({"count": count, "problems": rows}, ensure_ascii=False, indent=2)


def render_github(problems: Iterable[Problem]) -> str:
    """GitHub workflow commands, one `::error` a problem, and `::notice` for advice.

    Escapes as the workflow-command syntax asks: %, CR and LF in messages; also `:` and `,`
    in properties.
    """
    return "\n".join(
        f"::{'notice' if p.is_advice else 'error'} file={_property(p.location.path)},"
        f"line={p.location.line},col={p.location.column},title={_property(p.code + ' ' + CODES[p.code])}"
        f"::{_message(p.text)}"
        for p in problems
    )


def _message(text: str) -> str:
    return shown(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


RENDERERS = {"text": render_text, "json": render_json, "github": render_github}
"""The formats of `casebook check --format`."""
