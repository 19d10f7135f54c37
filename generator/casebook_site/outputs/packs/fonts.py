"""The typefaces of packs: which file stands for 宋体, 黑体, 仿宋 and 楷体.

Fonts come from the packages that are installed with the packs and from the site's own folder of
fonts; what else is on the computer is not looked at, so that every computer sets alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.base.settings import PackOptions, Settings
from casebook_site.outputs.packs.packages import font_folder
from casebook_site.schema.fields import value_of

SONG, HEI, FANG, KAI = "song", "hei", "fang", "kai"

NOTO_SERIF, NOTO_SANS = "Noto Serif SC", "Noto Sans SC"

KNOWN: dict[str, tuple[str, ...]] = {
    SONG: ("SimSun", "宋体", "FZShuSong-Z01S", "FandolSong"),
    HEI: ("SimHei", "黑体", "FandolHei"),
    FANG: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FandolFang R", "FandolFang"),
    KAI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FandolKai", "LXGW WenKai"),
}
"""Role → family names that are taken when a file with one of them is in the folder of fonts."""

FALLBACK = {SONG: NOTO_SERIF, HEI: NOTO_SANS, FANG: NOTO_SERIF, KAI: NOTO_SERIF}
"""What stands in for a role, and for the characters that its own font lacks."""

TITLES = {SONG: "宋体", HEI: "黑体", FANG: "仿宋", KAI: "楷体"}


@dataclass(frozen=True)
class Typefaces:
    """The fonts of one site."""

    folders: tuple[Path, ...]
    families: Mapping[str, tuple[str, ...]]
    """Role → families in the order in which a character is looked for."""
    characters: Mapping[str, frozenset[int]]
    """Role → code points that its families can show together."""
    digest: str
    """Changes when a font file changes."""

    def lacking(self, text: str) -> list[str]:
        """Characters that some role cannot show, each once, in the order of the text."""
        common = frozenset.intersection(*self.characters.values())
        found = dict.fromkeys(text)
        return [char for char in found if ord(char) not in common and not _invisible(char)]


def _invisible(char: str) -> bool:
    return char in "\n\r\t" or char.isspace()


def typefaces(settings: Settings) -> Typefaces:
    """Return the fonts that a site's settings and folder ask for.

    Raises `SettingsError` for a family that is in neither the packages nor the folder.
    """
    own = settings.content_dir / "fonts"
    return _typefaces(settings.options.packs, own if own.is_dir() else None)


def _typefaces(options: PackOptions, own: Path | None) -> Typefaces:
    import typst

    folders = (font_folder(), *([own] if own else []))
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    files: dict[str, tuple[str, int]] = {}
    for info in fonts.fonts():
        if info.path:
            files.setdefault(info.family, (info.path, info.index))
    families = {role: _families(role, options, files) for role in FALLBACK}
    characters = {
        role: frozenset().union(*(_characters(*files[name]) for name in names))
        for role, names in families.items()
    }
    used = sorted({files[name][0] for names in families.values() for name in names})
    digest = hashlib.sha256("".join(map(_file_digest, used)).encode()).hexdigest()
    return Typefaces(folders, families, characters, digest)


def _families(
    role: str, options: PackOptions, files: Mapping[str, tuple[str, int]]
) -> tuple[str, ...]:
    wanted = value_of(options.fonts, role)
    if wanted and wanted not in files:
        hint = did_you_mean(wanted, files)
        raise SettingsError(
            f"packs.fonts 里{TITLES[role]}的字体“{wanted}”找不到。{hint}"
            f"把字体文件放进 content/fonts/；现有：{'、'.join(sorted(files))}。"
        )
    found = wanted or next((name for name in KNOWN[role] if name in files), "")
    return tuple(dict.fromkeys(filter(None, (found, FALLBACK[role]))))


@cache
def _characters(path: str, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


@cache
def _file_digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
