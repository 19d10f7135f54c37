"""What a page weighs on the way to its reader."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.conftest import OpenPage
from tests.browser.sites import PageKind, Sites, every_record_kind


@every_record_kind
def test_a_record_page_with_all_it_loads_is_at_most_150_kb_compressed(
    kind: PageKind, sites: Sites, open_page: OpenPage, requests: list[str]
) -> None:
    page = open_page(sites.page(kind))
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")  # pictures load when seen
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    weights = {}
    for address in requests:
        file = Path(unquote(urlsplit(address).path))
        weights[file.name] = len(gzip.compress(file.read_bytes(), mtime=0))
    assert len(weights) >= 5, weights
    assert sum(weights.values()) <= 150_000, weights
