"""What packs need and the rest does not: optional packages, and how to get them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from casebook_site.base.problems import SettingsError

FONTS = ("pylopdf-fonts-zh-cn", "pylopdf_fonts_zh_cn")
"""Noto Sans SC and Noto Serif SC under the SIL Open Font License; only the files are used."""

MODULES = {
    "typst": "typst",
    "docxtpl": "docxtpl",
    "docx": "python-docx",
    "segno": "segno",
    "fontTools": "fonttools",
}
"""Module → package."""


def require_packages() -> None:
    """Raise `SettingsError` with the line that installs what is missing."""
    if missing := missing_packages():
        raise SettingsError(
            f"做 PDF 和 Word 资料还要装 {'、'.join(missing)}：在本项目里运行 make packs，"
            f"或 pip install {' '.join(missing)}。"
        )


def missing_packages() -> list[str]:
    """Names of the packages that packs need and that are not installed."""
    missing = [package for module, package in MODULES.items() if find_spec(module) is None]
    return missing + ([] if _fonts() else [FONTS[0]])


def font_folder() -> Path:
    """Return the folder of the fonts that are always there."""
    folder = _fonts()
    assert folder is not None  # `require_packages` has asked
    return folder


@cache
def _fonts() -> Path | None:
    try:
        folder = Path(str(distribution(FONTS[0]).locate_file(FONTS[1])))
    except PackageNotFoundError:
        return None
    return folder if folder.is_dir() else None
