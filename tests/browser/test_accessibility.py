"""No kind of page has a fault that axe-core can find."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OpenPage, settle
from tests.browser.sites import PageKind, Sites, every_kind

pytestmark = pytest.mark.browser

OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
    "iframes": False,
    # Reads the style sheets again, which a page opened from a folder may not.
    "preload": False,
}


@every_kind
def test_axe_finds_nothing_light_or_dark_wide_or_narrow(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    found = []
    for scheme in ("light", "dark"):
        page = open_page(sites.page(kind), scheme=scheme)
        page.evaluate(Axe().axe_script)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            answer = page.evaluate("options => axe.run(options)", OPTIONS)
            found += [
                f"{violation['id']} ({scheme}, {width} px): {node['html']}\n"
                f"    {node['failureSummary']}"
                for violation in answer["violations"]
                for node in violation["nodes"]
            ]
    assert not found, f"{page.url}\n" + "\n".join(found)
