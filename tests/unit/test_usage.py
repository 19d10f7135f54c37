"""Mistakes in a command line are told in Chinese, with what to write instead."""

from __future__ import annotations

import re

import pytest

from tests.folders import TOY, SiteFolder


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("build --strct", "没有“--strct”这个选项。是不是“--strict”？用法见 casebook build -h。"),
        ("--nothing", "没有“--nothing”这个选项。用法见 casebook -h。"),
        ("bild", "没有“bild”这个命令。是不是“build”？可写：build、bundle、"),
        ("build --audience secret", "--audience 不能写成“secret”。可写：public、internal。"),
        ("import", "没有写 BOOK。用法见 casebook import -h。"),
        ("build more", "多写了“more”。"),
        ("build more and", "多写了“more and”。"),
        ("build --site-dir", "选项 --site-dir 后面要写一个值。"),
        ("build --clean=3", "选项 --clean 后面不写值。"),
        ("pack all --copies 0", "--copies 不能写成“0”。写 1—999 的整数。"),
        ("pack all --copies x", "--copies 不能写成“x”。写 1—999 的整数。"),
        ("bundle all --since nosuch", "--since 不能写成“nosuch”。那里没有这个文件或文件夹"),
    ],
)
def test_a_mistake_is_one_sentence_in_chinese(command: str, told: str) -> None:
    done = SiteFolder(TOY).casebook(*command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"错误：{told}")
    assert not re.search("Error|Usage|Try|Missing|Invalid", done.stderr)


def test_no_command_at_all_shows_the_help() -> None:
    done = SiteFolder(TOY).casebook()
    assert done.returncode == 2
    assert "casebook check" in done.stderr
