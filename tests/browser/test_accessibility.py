"""No kind of page has a fault that axe-core can find."""

from __future__ import annotations

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, settle
from tests.browser.sites import PageKind, Sites, every_kind


@every_kind
def test_axe_finds_nothing_light_or_dark_wide_or_narrow(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    found = []
    for scheme in ("light", "dark"):
        page = open_page(sites.page(kind), scheme=scheme)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            found += [f"{scheme}, {width} px: {text}" for text in violations(page)]
    assert not found, f"{page.url}\n" + "\n".join(found)
