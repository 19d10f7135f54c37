"""The day on which the program runs: asked only where something is signed, published or withdrawn on a day."""

from __future__ import annotations

import datetime
import os

from casebook_site.base.problems import SettingsError


def today() -> datetime.date:
    """Return the day, or that of `SOURCE_DATE_EPOCH` (seconds since 1970), so that a run can be repeated.

    Raise `SettingsError` where that is no number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SettingsError(
            f"环境变量 SOURCE_DATE_EPOCH“{given}”不是 1970 年以来的秒数。"
        ) from None
