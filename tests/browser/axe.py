"""axe-core, which looks for faults that keep people out."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "resultTypes": ["violations"],
    # WCAG 2.2, 2.5.8; axe leaves it out unless asked.
    "rules": {"target-size": {"enabled": True}},
    # Reads the style sheets again, which a page opened from a folder may not.
    "preload": False,
}


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it stands, one text for each element."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {Axe().axe_script} }} }}")
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", OPTIONS)
    return [
        f"{violation['id']}: {node['html']}\n    {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
