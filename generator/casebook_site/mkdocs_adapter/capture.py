"""MkDocs and its theme, used as a shell around pages.

MkDocs renders two placeholder pages per section; their HTML, cut at the slots, is the section's
shells. Apart from `plugin.py` this is the only module that knows MkDocs.
"""

from __future__ import annotations

import logging
import os
import posixpath
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Options, Settings, parse_options
from casebook_site.outputs.page_template import ThemeCapture, slot


@dataclass(frozen=True)
class Placeholder:
    """A page that MkDocs renders for its shell."""

    section: str
    """Folder of the section."""
    title: str
    """Chinese title of the section."""
    index: bool
    """The section's index (in the navigation), or one of its records (not in it)."""

    @property
    def source(self) -> str:
        """MkDocs' `src_uri`."""
        return f"{self.section}/{'index' if self.index else '_record'}.md"

    @property
    def key(self) -> str:
        """The name by which pages ask for this shell."""
        return self.source.removesuffix(".md")


def settings_of(config: Any, options: Options) -> Settings:
    """What the generator needs to know, from MkDocs' configuration."""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    url = config.site_url or ""
    return Settings(
        root=root,
        site_name=config.site_name,
        site_url=url if url.endswith("/") or not url else url + "/",
        site_description=config.site_description or "",
        site_dir=Path(config.site_dir).resolve(),
        docs_dir=Path(config.docs_dir).resolve(),
        edit_url=_edit_url(config, root),
        options=options,
    )


def _edit_url(config: Any, root: Path) -> str:
    """Where files under the site's folder are edited: `edit_uri` without the pages' own folder."""
    if not config.edit_uri:
        return ""
    base = urljoin(posixpath.join(config.repo_url or "", ""), config.edit_uri)
    docs = Path(config.docs_dir).resolve()
    pages = docs.relative_to(root).as_posix() + "/" if docs.is_relative_to(root) else ""
    return base.removesuffix(pages) if pages and base.endswith(pages) else ""


def run_mkdocs(config: Any) -> None:
    """Builds a loaded MkDocs configuration."""
    from mkdocs.commands.build import build

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's documented switch
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def frame_of(config: Any, *, offline: bool = True) -> ThemeCapture:
    """What MkDocs gives to editions: a run of it whose output is thrown away."""
    plugin = config.plugins["casebook"]
    plugin.frame = frame = ThemeCapture(offline=offline)
    with TemporaryDirectory(prefix="casebook-") as folder:
        config.site_dir = folder
        try:
            run_mkdocs(config)
        finally:
            plugin.frame = None  # MkDocs keeps the plugin for its next configuration
    return frame


def load_config(config_file: Path, *, audience: str | None = None, **overrides: Any) -> Any:
    """MkDocs' configuration object; raises `SettingsError` for whatever MkDocs refuses.

    `audience` wins over the configured one.
    """
    import mkdocs.config
    from mkdocs.exceptions import Abort, ConfigurationError

    if not config_file.is_file():
        raise SettingsError(f"找不到配置文件 {config_file}。用 -f 指明 mkdocs.yml 的位置。")
    quiet = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(quiet)
    try:
        config = mkdocs.config.load_config(str(config_file), **overrides)
    except (ConfigurationError, Abort) as error:
        detail = "；".join(quiet.lines) or str(error)
        raise SettingsError(f"配置文件 {config_file.name} 有误：{detail}") from None
    finally:
        logger.removeHandler(quiet)
    if "casebook" not in config.plugins:
        raise SettingsError(
            f"{config_file.name} 的 plugins 里没有 casebook，加上一行“- casebook”。"
        )
    if audience:
        plugin: Any = config.plugins["casebook"]
        plugin.config = {**dict(plugin.config), "audience": audience}
        plugin.options = parse_options(dict(plugin.config))
    return config


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def log_to_stderr(*, verbose: bool) -> None:
    """Sends MkDocs' messages to standard error, as the `mkdocs` command does."""
    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.INFO if verbose else logging.WARNING)


def strict_warnings(handlers: Sequence[logging.Handler]) -> int:
    """How many warnings MkDocs' strict mode has counted so far."""
    from mkdocs.utils import CountHandler

    return sum(
        count
        for handler in handlers
        if isinstance(handler, CountHandler)
        for _, count in handler.get_counts()
    )


# --- pages of MkDocs ----------------------------------------------------------------------------


def files_in(folder: Path) -> dict[str, bytes]:
    """What MkDocs has written: path → bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


TITLED = "<!-- <h1 -->"
"""Keeps the theme from adding a title to a page that has one behind its slot."""

HOME_TEXT = "---\ntitle: 首页\nlayout: home\n---\n"
"""The home page of a site whose editor has not written one."""


def placeholder_text() -> str:
    """The source of a placeholder page."""
    # Other plugins' search must not index slots.
    return f"---\nsearch:\n  exclude: true\n---\n\n# {slot('title')}\n"


def toc_with_slot() -> Any:
    """A contents list with one entry, which `PageTemplate.cut` makes the slot."""
    from mkdocs.structure.toc import AnchorLink, TableOfContents

    top = AnchorLink("top", "content", 1)
    top.children.append(AnchorLink("slot", "casebook-toc", 2))
    return TableOfContents([top])


def name_sections(items: Sequence[Any], titles: Mapping[str, str]) -> None:
    """Chinese titles, by folder, for sections of the navigation that MkDocs has named after folders."""
    for item in items:
        if not item.is_section:
            continue
        pages = [child for child in item.children if child.is_page]
        folders = {posixpath.dirname(page.file.src_uri) for page in pages}
        known = [titles[folder] for folder in folders if folder in titles]
        if len(folders) == len(known) == 1 and item.title.isascii():
            item.title = known[0]


def searched_as(page: Any) -> str:
    """The title by which a page is found; empty for the home page, and where the page says so."""
    search = page.meta.get("search")
    is_excluded = isinstance(search, dict) and bool(search.get("exclude"))
    return "" if is_excluded or page.meta.get("layout") == "home" else str(page.title or "")


def home_options(page: Any) -> tuple[str, tuple[str, ...]]:
    """Lead and figures that a home page's front matter names."""
    figures = page.meta.get("key_figures") or ()
    return str(page.meta.get("lead", "")), tuple(str(id) for id in figures)


def placeholders_are_quiet(record: logging.LogRecord) -> bool:
    """Lets every message through but that a placeholder is empty, which it is meant to be."""
    text = record.getMessage()
    return not (text.startswith("Page skipped") and text.endswith("Generated empty output."))
