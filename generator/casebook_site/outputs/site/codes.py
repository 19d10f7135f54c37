"""The code on a printed page that leads a phone to the page on the web."""

from __future__ import annotations

from markupsafe import Markup


def code_of(address: str) -> Markup:
    """Return a QR code of level M as an inline drawing; empty for no address."""
    if not address:
        return Markup()
    import segno  # only some pages have a code

    code = segno.make(address, error="m", boost_error=False, mask=4)
    drawn: str = code.svg_inline(
        border=2, svgclass="cb-code", lineclass=None, omitsize=True, dark="#000"
    )
    return Markup(drawn).replace(Markup("<svg "), Markup('<svg aria-hidden="true" '), 1)
