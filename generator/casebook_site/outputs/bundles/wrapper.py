"""What a bundle has beside the website: cover, home, the page about it, self-check, news."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import TypeVar

from markupsafe import Markup

from casebook_site.base.stylesheets import page_style
from casebook_site.base.templates import Renderer, Template, templates_dir
from casebook_site.domain.quizzes import questions_of
from casebook_site.model.editions import has_page
from casebook_site.model.scopes import ALL, Scope
from casebook_site.model.urls import HOME, index_path, record_path, relative
from casebook_site.outputs.bundles.branch_home import (
    BRANCH_HOME,
    branch_home,
    branch_ways,
    news_page,
)
from casebook_site.outputs.bundles.contents import BundleContent
from casebook_site.outputs.bundles.forms import BundleForm
from casebook_site.outputs.bundles.layout import (
    ABOUT,
    CHECK,
    COPY,
    COVER,
    FOLDER,
    NEWS,
    RETURN,
    UPDATE_NOTE,
    UPDATES,
    follower,
    inner,
    marker,
)
from casebook_site.outputs.bundles.manifest import Manifest, version_of
from casebook_site.outputs.bundles.naming import scope_title
from casebook_site.outputs.bundles.returning import RETURN_PAGE, return_view
from casebook_site.outputs.bundles.wrapper_views import (
    ABOUT_PAGE,
    CHECK_PAGE,
    COVER_PAGE,
    INTRO,
    NEWS_PAGE,
    NOTE,
    AboutView,
    BundleIntro,
    CheckView,
    CoverView,
    NewsView,
)
from casebook_site.outputs.page_template import PageTemplate, WrittenPage
from casebook_site.outputs.site.files import render_page
from casebook_site.outputs.site.home import HOME_PAGE, build_home
from casebook_site.outputs.site.model import SiteModel, script_json
from casebook_site.outputs.site.pages import LIST, IndexBody, IndexView, index_page
from casebook_site.outputs.site.sections import BUNDLE, MAP, SELF_TESTS
from casebook_site.outputs.site.views import LinkView
from casebook_site.records import Record
from casebook_site.schema.kinds import Kind, Schema

BodyT = TypeVar("BodyT", bound=IndexBody)


def covered(schema: Schema) -> list[Kind]:
    """Return the kinds that the cover and the home page lead to, in their order."""
    listed = [kind for kind in schema if kind.home.cover_rank is not None]
    return sorted(listed, key=lambda kind: kind.home.cover_rank or 0)


SCRIPTS = ("bundle/age.js", "bundle/branch.js", "bundle/return-file.js", "bundle/return.js")
"""Scripts of pages that a bundle for a branch has, by their paths in it and below our templates."""


class Wrapper:
    """Makes the files that wrap the website of one edition."""

    def __init__(
        self,
        site: SiteModel,
        renderer: Renderer,
        scope: Scope,
        form: BundleForm,
        *,
        alone: bool = False,
    ) -> None:
        """`scope`: of the bundle, which lies in that of the site; `alone`: the pages become one file."""
        self._alone = alone
        self._site = site
        self._scope = scope
        self._form = form
        self._renderer = renderer
        self._title = scope_title(site.edition, scope) or site.settings.site_name

    @property
    def _date(self) -> str:
        newest = self._site.newest
        return newest.chinese if newest else "未注明"

    def manifest(self, website: Mapping[str, BundleContent]) -> Manifest:
        """Return the manifest of the website's files."""
        site = self._site
        listed = {path: content.entry for path, content in website.items()}
        return Manifest(
            edition=site.edition.audience,
            form=self._form.name,
            scope=str(self._scope),
            title=self._title,
            site_name=site.settings.site_name,
            site_url=site.settings.site_url,
            date=site.newest.iso if site.newest else "",
            version=version_of(listed),
            counts={kind: len(held) for kind, held in site.edition.records.items() if held},
            files=listed,
        )

    def files(
        self, manifest: Manifest, templates: Mapping[str, PageTemplate], signature: str = ""
    ) -> dict[str, bytes]:
        """Return everything but the self-check, by path in the zip; `signature`: of the bundle's id."""
        cover = self._cover(manifest)
        mark = f"casebookVersions = (window.casebookVersions || []).concat({manifest.version!r});\n"
        files = {
            COVER: cover,
            COPY: cover,
            inner(marker(manifest.version)): mark.encode(),
            inner(ABOUT): self._page(
                ABOUT, f"关于这个{BUNDLE.title}", ABOUT_PAGE, self._about(manifest), templates
            ),
        }
        if self._form.site.for_branches and not self._alone:
            files |= self._for_branches(manifest, templates, signature)
        if manifest.update:
            files[inner(UPDATES)] = self._page(
                UPDATES, "新增与更新", NEWS_PAGE, self._news(manifest), templates
            )
            note = self._renderer.render(NOTE, manifest)
            # Old editors of Windows know UTF-8 by its mark alone, and want CRLF.
            gone_on = (
                f"casebookLater = (window.casebookLater || []).concat({manifest.update.base!r});\n"
            )
            files[inner(follower(manifest.update.base))] = gone_on.encode()
            files[UPDATE_NOTE] = b"\xef\xbb\xbf" + note.replace("\n", "\r\n").encode()
        return files

    def _for_branches(
        self, manifest: Manifest, templates: Mapping[str, PageTemplate], signature: str
    ) -> dict[str, bytes]:
        """Return what a branch has besides: what its home page knows of today, and what is taken back."""
        view = return_view(self._site, manifest, signature)
        return {
            **{inner(path): (templates_dir() / path).read_bytes() for path in SCRIPTS},
            inner(NEWS): self._page(NEWS, "最近更新", LIST, news_page(self._site, NEWS), templates),
            inner(RETURN): self._page(RETURN, "带回去", RETURN_PAGE, view, templates),
        }

    # --- pages ----------------------------------------------------------------------------------

    def home(self, page: WrittenPage, intro: str) -> str:
        """Return the home page: of a scope it begins with what the bundle holds."""
        if self._form.site.for_branches:
            own = branch_home(self._site, self._scope, self._title, self._returns(HOME))
            return self._renderer.render(BRANCH_HOME, own)
        whole = self._scope == ALL
        site_name = self._site.settings.site_name
        if not whole:
            intro = self._renderer.render(INTRO, BundleIntro(self._links(HOME)))
        view = build_home(
            self._site,
            site_name if whole else self._title,
            page.lead if whole else f"《{site_name}》的离线包，只收与{self._title}有关的内容。",
            intro,
            page.key_figures if whole else (),
        )
        return self._renderer.render(HOME_PAGE, view)

    def _returns(self, page: str) -> tuple[LinkView, ...]:
        """Return the way to what is taken back; none in a single file, which runs no scripts of pages."""
        link = LinkView("带回去", relative(RETURN, page), "答题、评课、意见")
        return () if self._alone else (link,)

    def _links(self, page: str) -> tuple[LinkView, ...]:
        """Return the scope's own page, then lists with the number of their records."""
        if self._form.site.for_branches:
            return (*branch_ways(self._site, page), *self._returns(page))
        edition = self._site.edition
        own = edition.resolve(*self._scope.key)
        links = [LinkView(own.name, relative(own.path, page))] if own and own.path else []
        for kind in covered(edition.schema):
            records = edition.records[kind.name].values()
            if held := sum(has_page(edition, record) for record in records):
                address = relative(index_path(kind.folder), page)
                links.append(LinkView(kind.title, address, f"{held}条"))
        if asked := sum(len(questions_of(record)) for record in edition):
            links.append(LinkView("自测题", relative(index_path(SELF_TESTS), page), f"{asked}题"))
        return (*links, LinkView("地图", relative(index_path(MAP), page)))

    def _cover(self, manifest: Manifest) -> bytes:
        links = tuple(
            link._replace(href=f"{FOLDER}/{link.href}") for link in self._links(HOME) if link.href
        )
        found = inner(marker(manifest.version))
        style = page_style("plain")
        view = CoverView(manifest, FOLDER, links, found, self._date, self._shown(manifest), style)
        return self._renderer.render(COVER_PAGE, view).encode()

    def _shown(self, manifest: Manifest) -> str:
        """Return the version as pages say it; empty for a branch, which has it in the self-check."""
        return "" if self._form.site.for_branches else manifest.version

    def _page(
        self,
        path: str,
        title: str,
        template: Template[IndexView[BodyT]],
        body: BodyT,
        templates: Mapping[str, PageTemplate],
    ) -> bytes:
        trail = (LinkView("首页", relative(HOME, path)), LinkView(title))
        view = IndexView(path=trail, title=title, lead="", body=body)
        page = index_page(template, view, self._site.head(title, BUNDLE.lead, path))
        return render_page(page, self._renderer, templates[f"{BUNDLE.folder}/_record"])

    def _about(self, manifest: Manifest) -> AboutView:
        counts = tuple(
            LinkView(
                self._site.schema[kind].title,
                relative(index_path(self._site.schema[kind].folder), ABOUT),
                str(count),
            )
            for kind, count in manifest.counts.items()
            if self._site.schema[kind].folder not in self._site.left_out
        )
        return AboutView(
            manifest,
            counts,
            self._date,
            self._shown(manifest),
            len(manifest.files),
            "" if self._alone else relative(CHECK, ABOUT),
            relative(UPDATES, ABOUT) if manifest.update else "",
            len(self._site.packs),
        )

    def _news(self, manifest: Manifest) -> NewsView:
        update = manifest.update
        assert update is not None
        pages = {
            inner(record_path(record.folder, record.id)): record
            for record in self._site.paged_records()
        }

        def links(paths: Iterable[str]) -> tuple[LinkView, ...]:
            return tuple(_news_link(pages[path], path) for path in paths if path in pages)

        added, changed = links(update.added), links(update.changed)
        others = len(update.added) + len(update.changed) - len(added) - len(changed)
        deleted = tuple(map(self._name_of, update.deleted))
        return NewsView(manifest, added, changed, tuple(filter(None, deleted)), others)

    def _name_of(self, path: str) -> str:
        """Return the name of a record that is no longer in the bundle; empty for any other file."""
        folder, _, name = path.removeprefix(f"{FOLDER}/").partition("/")
        stem, ending = posixpath.splitext(name)
        kind = self._site.schema.by_folder.get(folder)
        if ending != ".html" or kind is None or stem.startswith(("index", "by-")):
            return ""
        target = self._site.edition.resolve(kind.name, stem)
        return f"{kind.title}“{target.name if target else stem}”"

    def check_page(self, manifest: Manifest, paths: Iterable[str]) -> bytes:
        """Return the self-check, which depends on no other file."""
        folders: dict[str, list[str]] = {}
        for path in sorted(paths):
            folder, _, name = path.rpartition("/")
            folders.setdefault(folder, []).append(name)
        base = manifest.update.base if manifest.update else ""
        expected = {
            "version": manifest.version,
            "base": base,
            "later": inner(follower(manifest.version)),
            "folders": folders,
        }
        view = CheckView(manifest, self._date, Markup(script_json([expected])), page_style("plain"))
        return self._renderer.render(CHECK_PAGE, view).encode()


def _news_link(record: Record, path: str) -> LinkView:
    address = relative(path.removeprefix(f"{FOLDER}/"), UPDATES)
    return LinkView(record.name, address, record.kind_title)
