"""The MkDocs door: hooks in, calls with plain values out."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from mkdocs.utils.templates import TemplateContext

from casebook_site.base.artifacts import MARK, CollisionError, Publication, Writer
from casebook_site.base.audience import (
    AUDIENCES,
    audience_named,
    is_internal,
    may_see,
    sees_everything,
)
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.problems import ContentError, Problem, SettingsError, UserError, render_text
from casebook_site.base.rendering import templates_dir
from casebook_site.base.settings import Options, parse_options
from casebook_site.engine.incremental.recording import Recording
from casebook_site.engine.pipeline import load, write_site
from casebook_site.kinds import program_schema
from casebook_site.maps.layouts import Layouts
from casebook_site.maps.review import is_drawn
from casebook_site.mkdocs_adapter.capture import (
    HOME_TEXT,
    TITLED,
    Placeholder,
    files_in,
    home_options,
    name_sections,
    placeholder_text,
    placeholders_are_quiet,
    searched_as,
    settings_of,
    strict_warnings,
    toc_with_slot,
)
from casebook_site.model.catalog import Catalog, Key
from casebook_site.model.editions import Edition, select
from casebook_site.outputs.page_template import PageTemplate, ThemeCapture, WrittenPage, slot
from casebook_site.outputs.site.files import site_renderer
from casebook_site.outputs.site.hand_written import home_html, link_records
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.search import SearchedPage
from casebook_site.outputs.site.sections import BUNDLE, GUIDE

if TYPE_CHECKING:
    from casebook_site.engine.cluster.building import Cluster
    from casebook_site.outputs.packs.making import MadePack

log = logging.getLogger("mkdocs.plugins.casebook")

UNUSED_ASSETS = re.compile(r"assets/javascripts/(?:lunr|workers)/|sitemap\.xml$|.*\.map$")
"""Theme files that these pages do not load, and the sitemap, which is ours."""

INTERNAL_ASSETS = re.compile(r"assets/casebook/planner\.")
"""What only pages of the internal edition load."""


class CasebookPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """`plugins: [casebook]` in mkdocs.yml."""

    def __init__(self) -> None:
        self.options = Options()
        self.raise_user_errors = False
        """Set by the `casebook` command, which shows them itself."""
        self.frame: ThemeCapture | None = None
        """Set where no site is to be written but its frame kept, for bundles and the preview."""
        self.cluster: Cluster | None = None
        """Set where pages of records are made elsewhere."""
        self.order: Mapping[str, str] | None = None
        """What the command was asked for; set where a later build may go on from this one."""
        self.site_dir_given = False
        """Set where the command line names the folder; else an internal edition gets its own."""
        self.problems: tuple[Problem, ...] = ()
        self._serving = False
        self._edition: Edition | None = None
        self._layouts = Layouts()
        self._synonyms: tuple[tuple[str, ...], ...] = ()
        self._packs: list[MadePack] = []
        self._packs_by_record: dict[Key, tuple[tuple[str, str], ...]] = {}
        self._publication: Publication | None = None
        self._recording: Recording | None = None

    # --- options and start ----------------------------------------------------------------------

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Checks the options with the generator's own model; MkDocs reports the error."""
        self.config = options
        try:
            self.options = parse_options(dict(options))
        except SettingsError as error:
            return [("casebook", error)], []
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Being there makes MkDocs keep this instance over all builds of `mkdocs serve`.

        And over further commands of the process, whose site may be another.
        """
        self._serving = command == "serve"
        self._edition, self._layouts, self._synonyms, self._packs = None, Layouts(), (), []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Loads the content; a build that has problems ends here, a preview goes on."""
        if is_internal(self.options.audience) and not (self._serving or self.site_dir_given):
            site = Path(config.site_dir)
            config.site_dir = str(site.with_name(f"{site.name}-internal"))
        self._settings = settings_of(config, self.options)
        with _Guard(self):
            is_drawn(self.options.map, self.options.audience)  # refuses before anything is built
            if self.frame is None:
                self._record(config)
                self._load()
                if self.options.packs.build and not self._serving:  # too slow for a preview
                    self._make_packs()
        config.theme.dirs.insert(
            1 if config.theme.custom_dir else 0, str(templates_dir() / "theme")
        )
        config.theme.static_templates.discard("sitemap.xml")  # ours has no clock in it
        config.use_directory_urls = False
        edition = self._edition or select(Catalog.empty(program_schema()))
        self._desk = SiteModel(
            edition,
            self._settings,
            self._layouts,
            synonyms=self._synonyms,
            packs=self._packs_by_record,
            notes=self._recording.notes if self._recording else None,
        )
        self._renderer = site_renderer()
        self._shells: dict[str, PageTemplate] = {}
        self._sections = dict(self._desk.sections)
        self._pages: dict[str, str] = {}
        self._searched: dict[str, SearchedPage | None] = {}
        self._site_dir = config.site_dir
        if not self._serving and self.frame is None:
            with _Guard(self):
                self._publication = Publication(Path(config.site_dir))
                keep = (self._settings.root, self._settings.content_dir, self._settings.docs_dir)
                self._publication.refuse_others(keep)
                config.site_dir = str(self._publication.begin())
        return config

    def _record(self, config: MkDocsConfig) -> None:
        """Begins the notes for the next build, before anything is read."""
        self._recording = None
        if self.order and not (self.options.packs.build or self.cluster):
            self._recording = Recording.of(config, self._settings, self.order)

    @no_garbage_collection()
    def _load(self) -> None:
        loaded = load(self._settings)
        self.problems = loaded.problems
        self._loaded = loaded
        if not loaded.problems:
            self._edition = select(loaded.catalog, self._settings.options.audience)
            self._layouts = loaded.layouts
            self._synonyms = loaded.synonyms.groups
        elif not self._serving:
            raise ContentError(loaded.problems)
        else:
            log.error("内容有 %d 处问题：\n%s", len(loaded.problems), render_text(loaded.problems))

    def _make_packs(self) -> None:
        from casebook_site.engine.builders import make_site_packs
        from casebook_site.outputs.packs.making import packs_by_record  # few builds make packs

        self._packs = make_site_packs(self._loaded, self._settings)
        self._packs_by_record = packs_by_record(self._packs)

    # --- pages ----------------------------------------------------------------------------------

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds two placeholders a section; takes out what this audience may not see."""
        logging.getLogger("mkdocs.commands.build").addFilter(placeholders_are_quiet)
        for file in list(files):
            if UNUSED_ASSETS.match(file.src_uri) or self._is_hidden(file):
                files.remove(file)
        if files.get_file_from_path("index.md") is None:
            files.append(File.generated(config, "index.md", content=HOME_TEXT))
        if self._offline:
            self._sections[BUNDLE.folder] = BUNDLE
        elif is_internal(self.options.audience):
            self._sections[GUIDE.folder] = GUIDE
        self._placeholders = {
            placeholder.source: placeholder
            for section in self._sections.values()
            for placeholder in (
                Placeholder(section.folder, section.title, True),
                Placeholder(section.folder, section.title, False),
            )
        }
        for source, placeholder in self._placeholders.items():
            if (taken := files.get_file_from_path(source)) is not None:
                with _Guard(self):
                    raise CollisionError(source, taken.src_uri, f"{placeholder.title}索引")
            else:
                files.append(
                    File.generated(
                        config,
                        source,
                        content=placeholder_text(),
                        inclusion=InclusionLevel.UNDEFINED
                        if placeholder.index
                        else InclusionLevel.NOT_IN_NAV,
                    )
                )
        self._taken = {
            file.dest_uri: file.src_uri for file in files if file.src_uri not in self._placeholders
        }
        return files

    def _is_hidden(self, file: File) -> bool:
        """Whether a file is for the internal edition alone.

        A page says so in any way that MkDocs reads.
        """
        if sees_everything(self.options.audience):
            return False
        if not file.is_documentation_page():
            return bool(INTERNAL_ASSETS.match(file.src_uri))
        _, meta = get_data(file.content_string.removeprefix("\ufeff"))
        written = audience_named(meta["audience"]) if "audience" in meta else AUDIENCES[0]
        return written is None or not may_see(self.options.audience, written)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Puts the record placeholders below their sections, which are then shown as active."""
        for placeholder in self._placeholders.values():
            file = files.get_file_from_path(placeholder.source)
            assert file is not None
            page = file.page or Page(None, file, config)
            if placeholder.index:
                if "title" not in page.__dict__:
                    page.title = placeholder.title
                twin = files.get_file_from_path(f"{placeholder.section}/_record.md")
                assert twin is not None
                (twin.page or Page(None, twin, config)).parent = page.parent
        name_sections(nav.items, {name: known.title for name, known in self._desk.sections.items()})
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Slots for placeholders; record links and the generated home page for written ones."""
        if page.file.src_uri in self._placeholders:
            page.toc = toc_with_slot()
            return slot("body")
        self._pages[page.file.dest_uri] = html
        if self.frame is not None:
            return slot("body") + (TITLED if "<h1" in html else "")
        html = link_records(html, page.file.dest_uri, self._desk.edition)
        title = searched_as(page)
        self._searched[page.file.dest_uri] = SearchedPage(title, html) if title else None
        if page.meta.get("layout") == "home":
            lead, key_figures = home_options(page)
            return home_html(self._desk, self._renderer, lead, html, key_figures)
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What the theme's templates need of ours."""
        shell = page.file.src_uri in self._placeholders
        if page.meta.get("layout") == "home":
            page.meta["hide"] = ["navigation", "toc", "path"]
        if shell:
            page.meta.update(title=slot("title"), description=slot("description"))
            page.meta["hide"] = list(self._sections[posixpath.dirname(page.file.src_uri)].hide)
            page.canonical_url = slot("canonical") if self._settings.site_url else None
            page.edit_url = None
        if self._offline:
            page.canonical_url = None  # a page in a folder has no address
        view: dict[str, Any] = {"casebook": self._theme_view(page, shell=shell)}
        context.update(view)  # type: ignore[typeddict-item]
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The 404 page needs the same."""
        view: dict[str, Any] = {"casebook": self._theme_view(None, shell=False)}
        context.update(view)  # type: ignore[typeddict-item]
        return context

    def _theme_view(self, page: Page | None, *, shell: bool) -> dict[str, Any]:
        return {
            "shell": shell,
            "head": slot("head"),
            "audience": self.options.audience,
            "publisher": self.options.publisher,
            "problems": self.problems,
            "stale": self._edition is not None,
            "feed": bool(self._settings.site_url)
            and not is_internal(self.options.audience)
            and not self._offline,
            "sections": self._desk.sections,
            "updated": self._updated(),
            "offline": self._offline,
        }

    @property
    def _offline(self) -> bool:
        return self.frame is not None and self.frame.offline

    def _updated(self) -> str:
        if self._offline:
            return ""  # a bundle says it on its cover, so that pages of all bundles are alike
        if self.frame is not None:
            return slot("updated")
        return self._desk.newest.chinese if self._desk.newest else ""

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keeps the placeholders' HTML as shells; MkDocs writes nothing for an empty answer."""
        placeholder = self._placeholders.get(page.file.src_uri)
        if placeholder is None:
            if self.frame is None:
                return output
            self.frame.pages.append(self._written(output, page))
            return ""
        self._shells[placeholder.key] = PageTemplate.cut(output)
        return ""

    def _written(self, output: str, page: Page) -> WrittenPage:
        path = page.file.dest_uri
        shell = PageTemplate.cut(output.replace(TITLED, ""), ["body"], thin=self._offline)
        is_home = page.meta.get("layout") == "home"
        options = home_options(page)
        return WrittenPage(path, shell, self._pages[path], is_home, *options, searched_as(page))

    # --- end ------------------------------------------------------------------------------------

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamps all pages, then swaps the new site in if strict mode has counted no warning."""
        if self.frame is not None:
            self.frame.shells = self._shells
            self.frame.files = files_in(Path(config.site_dir))
            if self._offline:
                self.frame.files.pop(MARK, None)  # only a server shows it
            return
        writer = Writer(Path(config.site_dir))
        if self._publication:
            self._publication.keep_age()
            writer = self._publication.writer()
        with _Guard(self):
            write_site(
                self._desk,
                self._shells,
                self._renderer,
                writer,
                self._searched,
                self._taken,
                self._packs,
                self.cluster,
            )
        config.site_dir = self._site_dir
        if self._publication is None:
            return
        if strict_warnings(logging.getLogger("mkdocs").handlers):
            self._publication.abandon()
        else:
            self._publication.publish()
            if self._recording:
                self._recording.keep(self._desk, self._loaded.catalog, self._shells)
        self._publication = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leaves the old site as it was."""
        self.abandon()

    def on_shutdown(self) -> None:
        """Nothing half-made stays."""
        self.abandon()

    def abandon(self) -> None:
        """Throws away what was staged."""
        if self._publication:
            self._publication.abandon()
            self._publication = None

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watches the records, the media, the layouts, the lists of packs and the templates too."""
        settings = self._settings
        folders = (
            settings.records_dir,
            settings.media_dir,
            settings.maps_dir,
            settings.search_dir,
            settings.packs_dir,
            templates_dir(),
        )
        for folder in folders:
            if folder.is_dir():
                server.watch(str(folder))
        return server


class _Guard:
    """Turns a user's mistake into MkDocs' own error, unless our command line shows it itself."""

    def __init__(self, plugin: CasebookPlugin) -> None:
        self._plugin = plugin

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, UserError) or self._plugin.raise_user_errors:
            return
        detail = "\n" + render_text(error.problems) if isinstance(error, ContentError) else ""
        raise PluginError(f"{error}{detail}") from None
