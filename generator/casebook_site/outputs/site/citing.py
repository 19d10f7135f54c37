"""How a page of the site is cited, and whom readers tell of a mistake in it."""

from __future__ import annotations

import re
from urllib.parse import quote

from casebook_site.domain.citation import PageReference
from casebook_site.model.urls import absolute
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.views import CitationView, LinkView
from casebook_site.records import Record

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[- ]?\d{7,8}|1\d{10}|123\d{2})(?:-\d{1,5})?(?!\d)")


def cite(site: SiteModel, record: Record, page: str) -> CitationView:
    """Return how the page of a record is cited."""
    settings = site.settings
    publisher = settings.options.publisher
    address = settings.site_url and absolute(settings.site_url, page)
    reference = PageReference(
        record.name,
        publisher.name or settings.site_name,
        record.updated,
        address,
    )
    return CitationView(
        str(reference),
        address,
        correction(publisher.contact, record.name, address or page),
        site.releases.told(record) if site.releases else "",
    )


def correction(contact: str, name: str, address: str) -> LinkView | None:
    """Return a link to who mends a page: a mail that names it, else a call; None without either.

    `contact`: what the site's settings say, in any words.
    """
    if mail := _MAIL.search(contact):
        subject, body = quote(f"纠错：{name}"), quote(f"{address}\n\n哪里有误，依据是什么：\n")
        return LinkView("写信纠错", f"mailto:{mail[0]}?subject={subject}&body={body}", mail[0])
    if phone := _PHONE.search(contact):
        digits = re.sub(r"\D", "", phone[0])
        return LinkView("打电话纠错", f"tel:{digits}", phone[0])
    return None
