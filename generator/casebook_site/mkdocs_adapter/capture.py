"""What MkDocs and its theme make of pages, caught while MkDocs builds.

MkDocs renders the hand-written pages, and two placeholder pages per section whose texts are slots.
Their HTML, cut at the slots, is what all pages of records are set into.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.meta import get_data

from casebook_site.base.anchors import slug
from casebook_site.base.audience import (
    AUDIENCES,
    audience_named,
    is_internal,
    may_see,
    sees_everything,
)
from casebook_site.base.file_names import file_fault, is_leftover
from casebook_site.base.files import CollisionError
from casebook_site.base.phrases import phrases
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Publisher, Settings
from casebook_site.base.templates import templates_dir
from casebook_site.media.errors import MediaError
from casebook_site.media.publishing import published
from casebook_site.mkdocs_adapter.environment import make_quick
from casebook_site.mkdocs_adapter.theme import (
    GENERATOR,
    INTERNAL_FILES,
    MENU_ENTRY,
    NO_TITLE,
    THEME_SKIP,
    TOC,
    TOC_LINK,
    UNUSED_FILES,
)
from casebook_site.model.urls import asset_path
from casebook_site.outputs.page_template import PageTemplate, ThemeCapture, WrittenPage, slot
from casebook_site.outputs.site.form import WHOLE, SiteForm
from casebook_site.outputs.site.page_tags import site_tags
from casebook_site.outputs.site.sections import (
    BUNDLE,
    DATA,
    GAPS,
    GUIDE,
    RESULTS,
    SiteSection,
    sections_of,
)
from casebook_site.outputs.stylesheets import site_files
from casebook_site.records.evidence import Source
from casebook_site.schema.kinds import Schema

HOME_SOURCE = "index.md"
HOME_TEXT = "---\ntitle: 首页\nlayout: home\n---\n"
"""The home page of a site whose editor has not written one."""

# Other plugins' search must not index slots.
PLACEHOLDER_TEXT = f"---\nsearch:\n  exclude: true\n---\n\n# {slot('title')}\n"
"""The source of a placeholder page."""


FOOTER = (Source.folder, GAPS, DATA)
"""Folders of the lists that the footer of a page leads to, where the website has them."""


@dataclass(frozen=True)
class Placeholder:
    """A page that MkDocs renders for what surrounds our pages."""

    section: SiteSection
    index: bool
    """The section's index (in the navigation), or one of its records (not in it)."""

    @property
    def source(self) -> str:
        """MkDocs' `src_uri`."""
        return f"{self.key}.md"

    @property
    def key(self) -> str:
        """The name by which pages ask for this template."""
        return f"{self.section.folder}/{'index' if self.index else '_record'}"


@dataclass(frozen=True)
class ThemeView:
    """What the theme's templates find under the name `casebook`."""

    shell: bool
    """Whether the page is a placeholder."""
    head: str
    audience: str
    site_name: str
    """As HTML, with the places where a line may break."""
    short_name: str
    """The name in the header of a phone; empty where the whole name stands there."""
    publisher: Publisher
    tags: tuple[tuple[str, str], ...]
    """Name and content of what a government site says on every page."""
    feed: bool
    """Whether there is an Atom feed."""
    updated: str
    offline: bool
    description: str
    """What the site says of itself below its name; a bundle of a place holds less than that."""
    footer: tuple[tuple[str, str], ...]
    """(folder, title) of the lists that the footer leads to."""


class PageCapture:
    """One run of MkDocs. Its methods are what the plugin's hooks call, in MkDocs' order."""

    def __init__(
        self,
        settings: Settings,
        schema: Schema,
        *,
        offline: bool = False,
        form: SiteForm = WHOLE,
    ) -> None:
        """`form`: which sections the website has, and whether it has the hand-written pages."""
        self._settings = settings
        self._offline = offline
        self._form = form
        self._internal = is_internal(settings.options.audience)
        self._schema = schema
        left_out = form.left_out(schema)
        known = (*sections_of(schema).values(), *form.sections)
        self._named = sections = {s.folder: s for s in known if s.folder not in left_out}
        own = [BUNDLE] if offline else [GUIDE, RESULTS] if self._internal else []
        self._placeholders = {
            placeholder.source: placeholder
            for section in (*sections.values(), *own)
            for placeholder in (Placeholder(section, True), Placeholder(section, False))
        }
        self._templates: dict[str, PageTemplate] = {}
        self._pages: list[WrittenPage] = []
        self._html: dict[str, str] = {}

    def configure(self, config: MkDocsConfig) -> None:
        """Put our templates over the theme's, and switch off what is ours to make."""
        own = str(templates_dir() / "theme")
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, own)
        make_quick(config.theme)
        config.theme.static_templates.discard("sitemap.xml")  # ours has no clock in it
        config.use_directory_urls = False
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slug)
        if self._form.menu:
            config.nav = [*self._menu()]

    def _menu(self) -> Iterator[Mapping[str, object]]:
        """Yield the navigation of the form, as MkDocs' setting `nav` has it."""
        yield {"首页": HOME_SOURCE}
        for entry in self._form.menu:
            titled = [
                {self._named[folder].title: f"{folder}/index.md"}
                for folder in self._form.folders_of(entry, self._named)
            ]
            if entry.title:
                yield {entry.title: titled}
            else:
                yield from titled

    def choose_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add style sheets, and two placeholders a section; take out what the audience may not see.

        Raises `CollisionError` if a hand-written page has the place of a placeholder.
        """
        logging.getLogger("mkdocs.commands.build").addFilter(_placeholders_are_quiet)
        for name, text in site_files(self._schema):
            if files.get_file_from_path(path := asset_path(f"casebook/{name}")) is None:
                files.append(File.generated(config, path, content=text))
        for file in list(files):
            _refuse_special(file)
            left = is_leftover(posixpath.basename(file.src_uri))
            if (
                left
                or UNUSED_FILES.match(file.src_uri)
                or self._is_hidden(file)
                or (file.is_documentation_page() and not self._form.has_written_pages)
            ):
                files.remove(file)
        if files.get_file_from_path(HOME_SOURCE) is None:
            files.append(File.generated(config, HOME_SOURCE, content=HOME_TEXT))
        for source, placeholder in self._placeholders.items():
            if (taken := files.get_file_from_path(source)) is not None:
                raise CollisionError(source, taken.src_uri, f"{placeholder.section.title}索引")
            level = InclusionLevel.UNDEFINED if placeholder.index else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, source, content=PLACEHOLDER_TEXT, inclusion=level))
        return files

    def _is_hidden(self, file: File) -> bool:
        """Return whether a file is for the internal edition alone, in any way that MkDocs reads."""
        audience = self._settings.options.audience
        if sees_everything(audience):
            return False
        if not file.is_documentation_page():
            return bool(INTERNAL_FILES.match(file.src_uri))
        _, meta = get_data(file.content_string.removeprefix("\ufeff"))
        written = audience_named(meta["audience"]) if "audience" in meta else AUDIENCES[0]
        return written is None or not may_see(audience, written)

    def arrange(self, nav: Navigation, files: Files, config: MkDocsConfig) -> None:
        """Put the placeholders of records below their sections, which are then shown as active."""
        for placeholder in self._placeholders.values():
            page = _page_of(files, placeholder.source, config)
            if placeholder.index:
                if "title" not in page.__dict__:
                    page.title = placeholder.section.title
                twin = Placeholder(placeholder.section, False)
                _page_of(files, twin.source, config).parent = page.parent
        _name_sections(nav.items, {name: known.title for name, known in self._named.items()})

    def describe(self, page: Page | None) -> ThemeView:
        """Return what the theme's templates need for a page; None for 404.html and its like."""
        placeholder = self._placeholders.get(page.file.src_uri) if page else None
        if page is not None:
            self._prepare(page, placeholder)
        return ThemeView(
            shell=placeholder is not None,
            head=slot("head"),
            audience=self._settings.options.audience,
            site_name=phrases(self._settings.site_name),
            short_name=self._settings.options.short_name,
            publisher=self._settings.options.publisher,
            tags=() if self._offline else site_tags(self._settings),
            feed=bool(self._settings.site_url) and not self._internal and not self._offline,
            updated="" if self._offline else slot("updated"),
            offline=self._offline,
            description="" if self._form.for_branches else self._settings.site_description,
            footer=tuple(
                (folder, self._named[folder].title) for folder in FOOTER if folder in self._named
            ),
        )

    def _prepare(self, page: Page, placeholder: Placeholder | None) -> None:
        """Put slots where the pages of a site differ."""
        if placeholder is None:
            self._html[page.file.dest_uri] = html = page.content or ""
            page.content = slot("body") + (NO_TITLE if "<h1" in html else "")
            if page.meta.get("layout") == "home":
                page.meta["hide"] = ["navigation", "toc", "path"]
        else:
            page.content = slot("body")
            page.toc = _toc_with_slot()
            page.meta.update(title=slot("title"), description=slot("description"))
            page.meta["hide"] = list(placeholder.section.hide)
            page.canonical_url = slot("canonical") if self._settings.site_url else None
            page.edit_url = None
        if self._offline:
            page.canonical_url = None  # a page in a folder has no address

    def take(self, output: str, page: Page) -> None:
        """Keep a rendered page."""
        placeholder = self._placeholders.get(page.file.src_uri)
        output = GENERATOR.sub("", THEME_SKIP.sub("", output))
        if placeholder is None:
            self._pages.append(self._written(output, page))
        else:
            self._templates[placeholder.key] = self._template(output)

    @property
    def _menu_entry(self) -> re.Pattern[str] | None:
        """What finds entries of the menu: bundles keep all of them, for they share their menu."""
        return None if self._offline else MENU_ENTRY

    def _template(self, output: str) -> PageTemplate:
        found = TOC.search(output)
        frame = (found[1], found[2]) if found else ("", "")
        if self._offline:  # each page of a bundle would carry the frame
            output = TOC.sub(lambda toc: toc[1] + slot("toc") + toc[2], output)
            frame = ("", "")
        output = TOC.sub(slot("toc"), output)
        return PageTemplate.cut(
            output, toc_entry=TOC_LINK, toc_frame=frame, menu_entry=self._menu_entry
        )

    def _written(self, output: str, page: Page) -> WrittenPage:
        template = PageTemplate.cut(
            output.replace(NO_TITLE, ""), ["body"], thin=self._offline, menu_entry=self._menu_entry
        )
        path = page.file.dest_uri
        figures = page.meta.get("key_figures") or ()
        return WrittenPage(
            path,
            template,
            self._html[path],
            is_home=page.meta.get("layout") == "home",
            lead=str(page.meta.get("lead", "")),
            key_figures=tuple(str(id) for id in figures),
            source=page.file.src_uri,
            searched_as=_searched_as(page),
        )

    def finished(self, folder: Path) -> ThemeCapture:
        """Return all that was kept, with the files that MkDocs has written to a folder."""
        files = {
            (path := file.relative_to(folder).as_posix()): _published(path, file.read_bytes())
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        if self._offline:
            files.pop("404.html", None)  # only a server shows it
        return ThemeCapture(self._templates, self._pages, files, offline=self._offline)


def _published(path: str, content: bytes) -> bytes:
    """Return a file as it is published: a picture of a page without metadata; the theme's as it is."""
    if path.startswith("assets/"):
        return content
    try:
        return published(content, posixpath.splitext(path)[1][1:])
    except MediaError as error:
        raise SettingsError(
            f"pages/{path}：{error}，拍摄地点等附带信息去不掉。打开它另存一份，再换上。"
        ) from None


def _refuse_special(file: File) -> None:
    """Raise `SettingsError` for a pipe or the like among the pages: MkDocs would wait for it."""
    path = file.abs_src_path
    if path and (fault := file_fault(path)):
        raise SettingsError(f"{path} {fault}，放上文件本身，或移走它。")


def _page_of(files: Files, source: str, config: MkDocsConfig) -> Page:
    file = files.get_file_from_path(source)
    assert file is not None
    return file.page or Page(None, file, config)


def _toc_with_slot() -> TableOfContents:
    """Return a table of contents with one entry, which `TOC` finds in the page."""
    top = AnchorLink("top", "content", 1)
    top.children.append(AnchorLink("slot", "casebook-toc", 2))
    return TableOfContents([top])


def _name_sections(items: Sequence[Any], titles: Mapping[str, str]) -> None:
    """Give Chinese titles to sections of the navigation that MkDocs has named after folders."""
    for item in items:
        if not item.is_section:
            continue
        pages = [child for child in item.children if child.is_page]
        folders = {posixpath.dirname(page.file.src_uri) for page in pages}
        known = [titles[folder] for folder in folders if folder in titles]
        if len(folders) == len(known) == 1 and item.title.isascii():
            item.title = known[0]


def _searched_as(page: Page) -> str:
    """Return the title by which a page is found; empty if it is not to be found."""
    search = page.meta.get("search")
    is_excluded = isinstance(search, dict) and bool(search.get("exclude"))
    return "" if is_excluded or page.meta.get("layout") == "home" else str(page.title or "")


def _placeholders_are_quiet(record: logging.LogRecord) -> bool:
    """Let every message through but that a page is empty, which all are meant to be."""
    text = record.getMessage()
    return not (text.startswith("Page skipped") and text.endswith("Generated empty output."))
