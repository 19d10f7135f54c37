"""No kind of page has a fault that axe-core can find."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, Scheme, settle
from tests.browser.sites import PageKind, Sites, every_layout, every_template

Look = tuple[Scheme, int]

TELLING: list[Look] = [("dark", 390)]
"""The look in which most faults were found: little room, and colours that are chosen second."""
BOTH: list[Look] = [("light", 1280), ("dark", 390)]
"""Each width and each scheme once."""


def faults(page: Page, looks: Sequence[Look]) -> list[str]:
    """What axe finds on a page in each look; the page stands in the first scheme."""
    found, shown = [], looks[0][0]
    for scheme, width in looks:
        if scheme != shown:
            page.emulate_media(color_scheme=scheme)
            page.reload()  # the page chooses its colours while it loads
            shown = scheme
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        found += [f"{page.url}, {scheme}, {width} px: {text}" for text in violations(page)]
    return found


@every_template
def test_axe_finds_nothing_on_a_short_page(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    found = faults(open_page(sites.short_page(kind)), TELLING)
    assert not found, "\n".join(found)


@pytest.mark.slow
@every_layout
def test_axe_finds_nothing_light_or_dark_wide_or_narrow(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    found = faults(open_page(sites.page(kind)), BOTH)
    assert not found, "\n".join(found)
