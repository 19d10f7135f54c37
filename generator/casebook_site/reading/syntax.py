"""What libyaml refuses, in Chinese: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

import yaml

Fault = tuple[tuple[int, int], str, str, str]
"""((line, column), code, message, remedy)."""

# In order: the first that is found in libyaml's message counts. All messages of its scanner.c and
# parser.c are covered; a test provokes those that a file can.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或者这一行缩进多了。",
        "值里含冒号就给整个值加引号；同级的字段左边对齐。",
    ),
    (
        "could not find expected ':'",
        "这一行缺少半角冒号。",
        "写作“字段: 值”，冒号用半角，后面空一格。",
    ),
    (
        "did not find expected key",
        "缩进不齐，或引号、括号没有成对。",
        "与上一行同级的字段左边对齐。",
    ),
    ("did not find expected '-' indicator", "列表各项没有对齐。", "每项的 - 左边对齐。"),
    (
        "did not find expected ',' or",
        "方括号或花括号里缺逗号，或没有收尾。",
        "补上半角逗号或右括号。",
    ),
    ("found unexpected end of stream", "引号没有收尾。", "补上右引号。"),
    (
        "found character that cannot start any token",
        "这个符号不能放在值的开头。",
        "给整个值加引号。",
    ),
    ("found undefined alias", "“*”开头会被当作别名。", "给整个值加引号。"),
    ("block sequence entries are not allowed", "“- ”不能写在这里。", "列表另起一行写。"),
    ("found unknown escape character", "双引号里的反斜线写法不对。", "改用单引号。"),
    ("did not find expected alphabetic", "“*”“&”“!”开头会被当作特殊记号。", "给整个值加引号。"),
    ("mapping keys are not allowed", "“? ”开头会被当作特殊记号。", "给整个值加引号。"),
    ("did not find expected node content", "这里的符号多了，或少了一个值。", "检查逗号和括号。"),
    ("did not find expected hexdecimal", "双引号里的 \\x、\\u 后面位数不对。", "改用单引号。"),
    ("found a tab character", "这里有制表符（Tab）。", "换成空格。"),
    ("indentation indicator equal to 0", "“|”“>”后面不能写 0。", "删去这个 0。"),
    ("expected comment or line break", "“|”“>”后面多了文字。", "文字另起一行，缩进两格。"),
    ("found unexpected document indicator", "引号里不能有顶格的 --- 或 ...。", "缩进两格。"),
    ("did not find expected <document start>", "文件里多了一份文档。", "检查顶格的行。"),
    ("directive", "“%”开头会被当作特殊记号。", "给整个值加引号。"),
    ("version number", "“%”开头会被当作特殊记号。", "删去 %YAML 这一行。"),
    ("incompatible YAML document", "%YAML 的版本不认识。", "删去 %YAML 这一行。"),
    ("found unexpected ':'", "方括号或花括号里多了冒号。", "给含冒号的值加引号。"),
    ("unexpected non-alphabetical character", "“%”开头会被当作特殊记号。", "给整个值加引号。"),
    ("tag", "“!”开头会被当作类型标签。", "给整个值加引号。"),
    ("did not find expected '!'", "“!”开头会被当作类型标签。", "给整个值加引号。"),
    ("expected '>'", "“!”开头会被当作类型标签。", "给整个值加引号。"),
    ("URI", "“!”开头会被当作类型标签。", "给整个值加引号。"),
    ("UTF-8 octet", "“!”开头会被当作类型标签。", "给整个值加引号。"),
    ("expected whitespace", "“%”“&”“*”“!”开头会被当作特殊记号。", "给整个值加引号。"),
    ("nesting level", "层次过深。", "记录不需要这样深，检查括号和缩进。"),
    ("<stream-start>", "文件开头读不出来。", "在编辑器里另存为 UTF-8。"),
)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return what libyaml has refused, in Chinese and at the line that is to be changed."""
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if wide := _full_width_sign(text, place[0]):
        return wide
    problem = error.problem or ""
    if "invalid Unicode character escape" in problem:
        return place, "CB106", "双引号里的 \\u 写法不是一个字符。", _escape_remedy(text, place[0])
    for key, message, remedy in _SYNTAX:
        if key in problem:
            return place, "CB106", message, remedy
    return place, "CB106", "YAML 写法有误。", "对照同类文件检查缩进、冒号和引号。"


def full_width_fault(text: str, data: Any) -> Fault | None:
    """Return the fault of a document that is text, since its colons or spaces are full-width."""
    texts = data if isinstance(data, list) else [data]
    if any(isinstance(element, str) for element in texts):
        return _full_width_sign(text, text.count("\n") + 1)
    return None


_WIDE = re.compile(r"^[ \t]*(?:- )?[A-Za-z_]+(?P<sign>：|:[\u3000\u00a0])")


def _full_width_sign(text: str, last: int) -> Fault | None:
    """Return the full-width colon or space after a field's name that is nearest above a line."""
    lines = text.splitlines()[:last]
    for number in range(len(lines), 0, -1):
        if match := _WIDE.match(lines[number - 1]):
            place = (number, match.start("sign") + 1)
            if match["sign"] == "：":
                return place, "CB106", "冒号是全角的“：”。", "改成半角冒号加一个空格。"
            place = (number, place[1] + 1)
            return place, "CB106", "冒号后面是全角或不换行的空格。", "改成一个半角空格。"
    return None


_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def _escape_remedy(text: str, line: int) -> str:
    lines = text.splitlines()
    match = _PAIR.search(lines[line - 1]) if line <= len(lines) else None
    if match is None:
        return "直接写出这个字符。"
    number = 0x10000 + ((int(match[1], 16) - 0xD800) << 10) + int(match[2], 16) - 0xDC00
    return f"直接写出这个字符“{chr(number)}”，或写作 \\U{number:08X}。"
