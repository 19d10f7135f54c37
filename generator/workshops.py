"""The workshops beside the website's: what bundles and packs are made with, opened when asked for.

Apart from `pipeline`, so that a build or a check without them does not load them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.bundles.making import Workshop
from generator.bundles.packs import carried
from generator.editions import Visible, select
from generator.lookups import Lookups
from generator.packs.fonts import typefaces
from generator.packs.making import MadePack, clear_store, make_all
from generator.packs.packages import require_packages
from generator.packs.scopes import ready_made
from generator.packs.workshop import Workshop as PackWorkshop
from generator.pipeline import Loaded
from generator.problems import ContentError
from generator.scopes import Scope
from generator.settings import Settings
from generator.shell import Frame


def workshop_of(loaded: Loaded, settings: Settings, frame: Frame) -> Workshop:
    """What the bundles of a run are made with; raises `ContentError` with every problem."""
    if loaded.problems:
        raise ContentError(loaded.problems)
    visible = Visible(loaded.catalog, settings.options.audience)
    return Workshop.over(settings, visible, loaded.layouts, frame, loaded.synonyms.groups)


def open_workshop(loaded: Loaded, settings: Settings) -> PackWorkshop:
    """What packs of the settings' edition are made with.

    Raises `ContentError` with every problem of the content, `SettingsError` when packages or fonts
    are missing.
    """
    if loaded.problems:
        raise ContentError(loaded.problems)
    require_packages()
    public = select(loaded.catalog, "public")
    audience = settings.options.audience
    edition = public if audience == "public" else select(loaded.catalog, audience)
    lookups = Lookups(edition, settings, loaded.layouts)
    lists = {written.id: written for written in loaded.lists}
    return PackWorkshop(lookups, public, loaded.catalog, typefaces(settings), lists)


def make_site_packs(loaded: Loaded, settings: Settings) -> list[MadePack]:
    """Every pack that stands beside a page of the site; only changed ones are made again."""
    workshop = open_workshop(loaded, settings)
    store = settings.packs_store
    packs = make_all(
        workshop, ready_made(workshop.lookups.edition), store, workers=settings.workers
    )
    clear_store(store, packs)
    return packs


def with_packs(workshop: Workshop, loaded: Loaded, scopes: Iterable[Scope]) -> Workshop:
    """The same workshop, with the packs that bundles of these scopes carry.

    Raises as `open_workshop`, and `ContentError` for what a pack cannot print.
    """
    settings = workshop.settings
    opened = open_workshop(loaded, settings)
    membership = workshop.visible.membership
    keys = {key for scope in scopes for key in carried(membership, scope)}
    wanted = [scope for scope in ready_made(opened.lookups.edition) if scope.key in keys]
    packs = make_all(opened, wanted, settings.packs_store, workers=settings.workers)
    return replace(workshop, packs=tuple(packs))
