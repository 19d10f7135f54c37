"""Addresses of the public site in packs, and the codes by which telephones open them."""

from __future__ import annotations

import io
from functools import lru_cache

from casebook_site.base.palette import on_paper
from casebook_site.model.editions import Edition
from casebook_site.model.urls import absolute


def public_addresses(edition: Edition, site_url: str) -> dict[tuple[str, str], str]:
    """(kind, id) → address of each page of the public site; empty where it has no address."""
    if not site_url:
        return {}
    return {
        (record.kind, record.id): absolute(site_url, target.path)
        for record in edition
        if (target := edition.resolve(record.kind, record.id)) and target.path
    }


@lru_cache(maxsize=20_000)
def code_svg(address: str) -> bytes:
    """Return a QR code of level M; the packs of a county and of its points ask for the same ones.

    Readers take any of the eight masks. Trying all of them takes four times as long as the rest,
    and for two of three addresses the best is the one that is given here.
    """
    import segno

    drawn = io.BytesIO()
    code = segno.make(address, error="m", boost_error=False, mask=4)
    colours = on_paper()
    code.save(drawn, kind="svg", border=2, dark=colours["ink"], light=colours["white"])
    return drawn.getvalue()
