"""One bundle: the website of a scope, with a cover, a page about it, and a self-check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.artifacts import Claims
from generator.bundles.assets import used_files, without_source_maps
from generator.bundles.contents import Content
from generator.bundles.layout import (
    CHECK,
    MANIFEST,
    SIGNATURE,
    SUMS,
    inner,
    is_wrapping,
    marker,
    refuse_names,
)
from generator.bundles.manifest import FileEntry, Manifest, Update, in_order, sums
from generator.bundles.packs import carried
from generator.bundles.sharing import Shared
from generator.bundles.signing import Signer
from generator.bundles.slimming import FRAME, Slimmer
from generator.bundles.wrapper import Wrapper
from generator.catalog import Key
from generator.editions import Edition, Visible
from generator.maps.layouts import Layouts
from generator.packs.making import MadePack, packs_by_record
from generator.problems import SettingsError
from generator.rendering import Renderer
from generator.scopes import Scope
from generator.search.documents import Document
from generator.settings import Settings
from generator.shell import Frame, WrittenPage
from generator.site.making import Planned, make, site_renderer
from generator.site.outputs import plan_site
from generator.site.pages import Desk
from generator.site.search import searched_pages
from generator.site.written import link_records

Files = dict[str, Content]


class Bundle(NamedTuple):
    """A bundle that has been made and not yet written."""

    manifest: Manifest
    files: Files
    """Path in the zip → bytes; of an update, only what it changes."""
    packs: int = 0
    """Bytes that the study packs among them take in the zip."""


@dataclass(frozen=True)
class Workshop:
    """All that the bundles of one run share; it is made once."""

    settings: Settings
    visible: Visible
    layouts: Layouts
    frame: Frame
    """Slim, where pages lie side by side in a folder."""
    fixed: Files
    """Files that are the same in every bundle."""
    renderer: Renderer
    synonyms: tuple[tuple[str, ...], ...] = ()
    """What search takes for one another."""
    shared: Shared = field(default_factory=Shared)
    documents: dict[Key, Document] = field(default_factory=dict)
    """What search knows of records that are the same in every bundle."""
    signer: Signer | None = None
    alone: bool = False
    """Whether the pages become one file."""
    packs: tuple[MadePack, ...] = ()
    """Study packs for bundles to carry."""

    @classmethod
    def over(
        cls,
        settings: Settings,
        visible: Visible,
        layouts: Layouts,
        frame: Frame,
        synonyms: tuple[tuple[str, ...], ...] = (),
    ) -> Workshop:
        """A workshop with slim pages."""
        slimmer = Slimmer()
        slim = slimmer.frame(frame)
        found = without_source_maps(used_files(frame)) | {FRAME: slimmer.script()}
        fixed = {path: Content(found[path]) for path in sorted(found)}
        return cls(settings, visible, layouts, slim, fixed, site_renderer(), synonyms)

    def edition(self, scope: Scope) -> Edition:
        """The edition of a scope; raises `SettingsError` for one that holds nothing of its own."""
        edition = self.visible.edition(scope)
        if not self.visible.membership.own(scope):
            raise SettingsError(
                f"“{scope}”的范围里还没有收录任何内容，不做离线包。换一个大些的范围。"
            )
        return edition

    def make(self, scope: Scope, base: Manifest | None = None) -> Bundle:
        """The bundle of a scope, or with `base` the update from that version to this one."""
        packs = self._carried(scope)
        desk = Desk(
            self.edition(scope),
            self.settings,
            self.layouts,
            offline=True,
            synonyms=self.synonyms,
            packs=packs_by_record(packs),
            documents=self.documents,
        )
        wrapper = Wrapper(desk, self.renderer, alone=self.alone)
        files = {inner(path): content for path, content in self._website(desk, wrapper, packs)}
        manifest = wrapper.manifest(files)
        kept: dict[str, FileEntry] = {}
        if base:
            manifest = manifest.model_copy(update={"update": update_of(base, manifest)})
            path = inner(marker(base.version))
            kept[path] = base.files[path]
        for path, raw in wrapper.files(manifest, self.frame.shells).items():
            files[path] = Content(raw)
        check = wrapper.check_page(manifest, [*files, *kept, inner(CHECK)])
        files[inner(CHECK)] = Content(check)
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
        files |= {MANIFEST: Content(encoded), SUMS: Content(listing)}
        if self.signer:
            files[SIGNATURE] = Content(self.signer.sign(listing, manifest))
        paths = files.keys() & {inner(pack.path) for pack in packs}
        weight = sum(len(files[path].packed.deflated) for path in paths)
        return Bundle(manifest, {path: files[path] for path in in_order(files)}, weight)

    def _carried(self, scope: Scope) -> list[MadePack]:
        """The packs that the bundle of a scope carries."""
        if not self.packs:
            return []
        keys = carried(self.visible.membership, scope)
        return [pack for pack in self.packs if pack.scope.key in keys]

    def _website(
        self, desk: Desk, wrapper: Wrapper, packs: Iterable[MadePack]
    ) -> Iterator[tuple[str, Content]]:
        """Every file of the website, by path."""
        claims = Claims()
        for path, content in self.fixed.items():
            claims.claim(path, path)
            yield path, content
        for page in self.frame.pages:
            claims.claim(page.path, page.path)
            yield page.path, Content(self._written(desk, wrapper, page))
        for planned in plan_site(desk, searched_pages(self.frame.pages, desk.edition)):
            claims.claim(planned.path, planned.maker)
            yield planned.path, self._content(desk, planned)
        for pack in packs:
            claims.claim(pack.path, f"资料 {pack.scope}")
            yield pack.path, Content(pack.file.read_bytes())

    def _content(self, desk: Desk, planned: Planned) -> Content:
        def made() -> bytes:
            return make(planned, self.renderer, self.frame.shells).content

        return self.shared.get(desk, planned.record, made) if planned.record else Content(made())

    def _written(self, desk: Desk, wrapper: Wrapper, page: WrittenPage) -> bytes:
        """A hand-written page of this edition."""
        body = link_records(page.html, page.path, desk.edition)
        if page.is_home:
            body = wrapper.home(page, body)
        return page.shell.fill({"body": body})


def update_of(base: Manifest, manifest: Manifest) -> Update:
    """What changes from one version to another; raises where there is nothing to update."""
    if (base.scope, base.edition) != (manifest.scope, manifest.edition):
        raise SettingsError(
            f"旧包是“{base.scope}”的{base.edition}版，与要做的“{manifest.scope}”"
            f"{manifest.edition}版对不上。"
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
