"""What templates receive of charts."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from casebook_site.outputs.site.link_views import LinkView


class BarView(NamedTuple):
    """One row of a chart: a name, a number, and its bar."""

    link: LinkView
    value: str
    unit: str
    drawing: Markup
    """Empty where there is no number."""
    note: str = ""
    is_here: bool = False
    """Whether it is what the page is about."""


class ChartView(NamedTuple):
    """Bars under a title that says what they show."""

    title: str
    bars: tuple[BarView, ...]
    note: str = ""
