"""The workshops beside the website's: what bundles and packs are made with, opened when asked for.

Apart from `pipeline`, so that a build or a check without them does not load them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casebook_site.base.audience import is_internal
from casebook_site.base.settings import Settings
from casebook_site.engine.loading import Loaded
from casebook_site.mkdocs_adapter.config import MkDocsSite
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.editions import AudienceView, select
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.forms import BundleForm
from casebook_site.outputs.bundles.making import BundleBuilder
from casebook_site.outputs.bundles.packs import carried
from casebook_site.outputs.packs.builder import PackBuilder
from casebook_site.outputs.packs.fonts import typefaces
from casebook_site.outputs.packs.making import MadePack, clear_store, make_all
from casebook_site.outputs.packs.packages import require_packages
from casebook_site.outputs.packs.scopes import ready_made


def audience_view(loaded: Loaded, settings: Settings) -> AudienceView:
    """Return what the settings' audience may see; raise `ContentError` with every problem."""
    loaded.released(settings.options.audience)
    return AudienceView(loaded.catalog, settings.options.audience)


def bundle_builder(
    loaded: Loaded, site: MkDocsSite, form: BundleForm, visible: AudienceView | None = None
) -> BundleBuilder:
    """Return what bundles of a form are made with; raise `ContentError` with every problem."""
    visible = visible or audience_view(loaded, site.settings)
    capture = site.capture(visible.schema, offline=True, form=form.site)
    groups = loaded.synonyms.groups
    return BundleBuilder.over(site.settings, visible, loaded.layouts, capture, groups, form)


def pack_builder(loaded: Loaded, settings: Settings) -> PackBuilder:
    """Return what packs of the settings' edition are made with.

    Raises `ContentError` with every problem of the content, `SettingsError` when packages or fonts
    are missing.
    """
    loaded.released(settings.options.audience)
    require_packages()
    public = select(loaded.catalog, "public")
    audience = settings.options.audience
    edition = select(loaded.catalog, audience) if is_internal(audience) else public
    lookups = EditionIndex(edition, settings, loaded.layouts)
    lists = {written.id: written for written in loaded.lists}
    return PackBuilder(lookups, public, loaded.catalog, typefaces(settings), lists)


def make_site_packs(loaded: Loaded, settings: Settings) -> list[MadePack]:
    """Every pack that stands beside a page of the site; only changed ones are made again."""
    builder = pack_builder(loaded, settings)
    store = settings.packs_store
    packs = make_all(builder, ready_made(builder.lookups.edition), store, workers=settings.workers)
    clear_store(store, packs)
    return packs


def with_packs(builder: BundleBuilder, loaded: Loaded, scopes: Iterable[Scope]) -> BundleBuilder:
    """Return the same builder, with the packs that bundles of these scopes carry.

    Raises as `pack_builder`, and `ContentError` for what a pack cannot print.
    """
    settings = builder.settings
    opened = pack_builder(loaded, settings)
    membership, schema = builder.visible.membership, loaded.catalog.schema
    pages = {builder.form.pages_of(scope, builder.visible) for scope in scopes}
    keys = {key for scope in pages for key in carried(membership, scope, schema)}
    wanted = [scope for scope in ready_made(opened.lookups.edition) if scope.key(schema) in keys]
    packs = make_all(opened, wanted, settings.packs_store, workers=settings.workers)
    return replace(builder, packs=tuple(packs), websites={})
