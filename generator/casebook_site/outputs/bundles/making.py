"""One bundle: the website of a scope, with a cover, a page about it, and a self-check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from casebook_site.base.files import Claims
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Settings
from casebook_site.base.templates import Renderer
from casebook_site.maps.layouts import Layouts
from casebook_site.model.catalog import Key
from casebook_site.model.editions import AudienceView, Edition
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.assets import OURS, used_files, without_source_maps
from casebook_site.outputs.bundles.branch_pages import plan_own_pages
from casebook_site.outputs.bundles.contents import BundleContent
from casebook_site.outputs.bundles.forms import ARCHIVE, FORM_TITLES, BundleForm
from casebook_site.outputs.bundles.layout import (
    CHECK,
    MANIFEST,
    SIGNATURE,
    SUMS,
    inner,
    is_wrapping,
    marker,
    refuse_names,
)
from casebook_site.outputs.bundles.manifest import FileEntry, Manifest, Update, in_order, sums
from casebook_site.outputs.bundles.packs import carried
from casebook_site.outputs.bundles.returning import id_line
from casebook_site.outputs.bundles.sharing import Shared
from casebook_site.outputs.bundles.signing import Signer
from casebook_site.outputs.bundles.slimming import FRAME, Slimmer
from casebook_site.outputs.bundles.wrapper import Wrapper
from casebook_site.outputs.packs.making import MadePack, packs_by_record
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.files import OutputFile, Rendering
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import index_file, plan_captured, plan_site
from casebook_site.outputs.site.search import searched_pages
from casebook_site.search.documents import SearchDocument

Files = dict[str, BundleContent]


class Website(NamedTuple):
    """The pages that bundles of one form and place have in common: all but the home page."""

    site: SiteModel
    files: Files
    """Path in the zip → bytes."""
    packs: frozenset[str]
    """Paths of the study packs among them."""


class Bundle(NamedTuple):
    """A bundle that has been made and not yet written."""

    manifest: Manifest
    files: Files
    """Path in the zip → bytes; of an update, only what it changes."""
    packs: int = 0
    """Bytes that the study packs among them take in the zip."""


@dataclass(frozen=True)
class BundleBuilder:
    """All that the bundles of one run share; it is made once."""

    settings: Settings
    visible: AudienceView
    layouts: Layouts
    capture: ThemeCapture
    """Slim, where pages lie side by side in a folder."""
    fixed: Files
    """Files that are the same in every bundle."""
    renderer: Renderer
    synonyms: tuple[tuple[str, ...], ...] = ()
    """What search takes for one another."""
    shared: Shared = field(default_factory=Shared)
    documents: dict[Key, SearchDocument] = field(default_factory=dict)
    """What search knows of records that are the same in every bundle."""
    signer: Signer | None = None
    alone: bool = False
    """Whether the pages become one file."""
    packs: tuple[MadePack, ...] = ()
    """Study packs for bundles to carry."""
    form: BundleForm = ARCHIVE
    websites: dict[Scope, Website] = field(default_factory=dict)
    """The pages made last, which the next bundle may have too."""

    @classmethod
    def over(
        cls,
        settings: Settings,
        visible: AudienceView,
        layouts: Layouts,
        capture: ThemeCapture,
        synonyms: tuple[tuple[str, ...], ...] = (),
        form: BundleForm = ARCHIVE,
    ) -> BundleBuilder:
        """Return a builder with slim pages; the capture is one of the form's pages."""
        slimmer = Slimmer()
        slim = slimmer.capture(capture)
        found = without_source_maps(used_files(capture)) | {FRAME: slimmer.script()}
        left_out = {f"{OURS}{name}" for name in form.site.without_assets}
        fixed = {path: BundleContent(found[path]) for path in sorted(found.keys() - left_out)}
        return cls(settings, visible, layouts, slim, fixed, Renderer(), synonyms, form=form)

    def edition(self, scope: Scope) -> Edition:
        """Return the edition of a scope; raise `SettingsError` if nothing lies in it."""
        require(self.visible, scope)
        return self.visible.edition(scope)

    def bundle(self, scope: Scope, base: Manifest | None = None) -> Bundle:
        """Return the bundle of a scope, or with `base` the update from that version to this one."""
        require(self.visible, scope)
        website = self._website_of(self.form.pages_of(scope, self.visible))
        wrapper = Wrapper(website.site, self.renderer, scope, self.form, alone=self.alone)
        files = {**website.files, **dict(self._home(website.site, wrapper))}
        manifest = wrapper.manifest(files)
        kept: dict[str, FileEntry] = {}
        if base:
            manifest = manifest.model_copy(update={"update": update_of(base, manifest)})
            path = inner(marker(base.version))
            kept[path] = base.files[path]
        signature = self.signer.sign_text(id_line(manifest), manifest) if self.signer else ""
        for path, raw in wrapper.files(manifest, self.capture.templates, signature).items():
            files[path] = BundleContent(raw)
        check = wrapper.check_page(manifest, [*files, *kept, inner(CHECK)])
        files[inner(CHECK)] = BundleContent(check)
        refuse_names(files)
        listed = {path: files[path].entry for path in sorted(files)} | kept
        manifest = manifest.model_copy(update={"files": listed})
        if base and manifest.update:
            new = tuple(path for path in sorted(listed) if base.files.get(path) != listed[path])
            update = manifest.update.model_copy(update={"files": new})
            manifest = manifest.model_copy(update={"update": update})
            files = {path: files[path] for path in new}
        encoded = manifest.encode()
        listing = sums(manifest.files, encoded)
        files |= {MANIFEST: BundleContent(encoded), SUMS: BundleContent(listing)}
        if self.signer:
            files[SIGNATURE] = BundleContent(self.signer.sign(listing, manifest))
        weight = sum(len(files[path].packed.deflated) for path in files.keys() & website.packs)
        return Bundle(manifest, {path: files[path] for path in in_order(files)}, weight)

    def _website_of(self, scope: Scope) -> Website:
        """Return the pages of a scope; those made last are kept."""
        if scope not in self.websites:
            made = self._made_website(scope)
            self.websites.clear()
            self.websites[scope] = made
        return self.websites[scope]

    def _made_website(self, scope: Scope) -> Website:
        packs = self._carried(scope)
        site = SiteModel(
            replace(
                self.visible.edition(scope), pageless=self.form.site.pageless(self.visible.schema)
            ),
            self.settings,
            self.layouts,
            offline=True,
            synonyms=self.synonyms,
            packs=packs_by_record(packs),
            documents=self.documents,
            form=self.form.site,
        )
        files = {inner(path): content for path, content in self._website(site, packs)}
        return Website(site, files, frozenset(inner(pack.path) for pack in packs))

    def _home(self, site: SiteModel, wrapper: Wrapper) -> Iterator[tuple[str, BundleContent]]:
        """Yield the home page, by its path in the zip: it tells of the bundle's own scope."""
        homes = [page for page in self.capture.pages if page.is_home]
        for file in plan_captured(site, ThemeCapture(pages=homes), wrapper.home):
            yield inner(file.path), self._content(site, file)

    def _carried(self, scope: Scope) -> list[MadePack]:
        """Return the packs that the bundle of a scope carries."""
        if not self.packs:
            return []
        keys = carried(self.visible.membership, scope, self.visible.schema)
        return [pack for pack in self.packs if pack.record in keys]

    def _website(
        self, site: SiteModel, packs: Iterable[MadePack]
    ) -> Iterator[tuple[str, BundleContent]]:
        """Yield every file of the website but its home page, by path."""
        claims = Claims()
        for path, content in self.fixed.items():
            claims.claim(path, path)
            yield path, content
        others = [page for page in self.capture.pages if not page.is_home]
        plan = [
            *plan_captured(site, ThemeCapture(pages=others)),
            *(index_file(made) for made in plan_own_pages(site)),
            *plan_site(site, searched_pages(self.capture.pages, site.edition)),
        ]
        for file in plan:
            claims.claim(file.path, file.maker)
            yield file.path, self._content(site, file)
        for pack in packs:
            claims.claim(pack.path, f"资料 {pack.scope}")
            yield pack.path, BundleContent(pack.file.read_bytes())

    def _content(self, site: SiteModel, file: OutputFile) -> BundleContent:
        def rendered() -> bytes:
            return file.render(self._rendering).content

        if file.record:
            return self.shared.get(site, file.record, rendered)
        return BundleContent(rendered())

    @cached_property
    def _rendering(self) -> Rendering:
        return Rendering(self.renderer, self.capture.templates)


def require(visible: AudienceView, scope: Scope) -> None:
    """Raise `SettingsError` for a scope that is unknown or has nothing of its own."""
    visible.membership.check(scope)
    if not visible.membership.own(scope):
        raise SettingsError(f"“{scope}”的范围里还没有收录任何内容，不做离线包。换一个大些的范围。")


def update_of(base: Manifest, manifest: Manifest) -> Update:
    """Return what changes between two versions; raise `SettingsError` if nothing does."""
    if (base.scope, base.edition) != (manifest.scope, manifest.edition):
        raise SettingsError(
            f"旧包是“{base.scope}”的{base.edition}版，与要做的“{manifest.scope}”"
            f"{manifest.edition}版对不上。"
        )
    if base.form != manifest.form:
        raise SettingsError(
            f"旧包是{FORM_TITLES[base.form]}，要做的是{FORM_TITLES[manifest.form]}，不能互相更新。"
            f"加 --for {base.form} 再做，或者发一份完整的新包。"
        )
    if base.version == manifest.version:
        raise SettingsError(f"“{manifest.scope}”的内容与旧包相同，不用更新。")
    old = {path: entry for path, entry in base.files.items() if not is_wrapping(path)}
    new = manifest.files
    return Update(
        base=base.version,
        base_date=base.date,
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(p for p in new.keys() & old.keys() if new[p] != old[p])),
        deleted=tuple(sorted(old.keys() - new.keys())),
    )
