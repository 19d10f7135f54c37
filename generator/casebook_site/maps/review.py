"""Who may see county boundaries: the public, once the map has been reviewed; insiders, with a mark.

By the regulation on maps (《地图管理条例》, 国务院令第664号) a map shown to the public is reviewed first, and
carries the number of its review (审图号). The number belongs to the drawn map, not to the data.
"""

from __future__ import annotations

from casebook_site.base.audience import Audience, is_internal
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import MapOptions
from casebook_site.maps.packages import missing_packages
from casebook_site.schema.dates import PartialDate

UNREVIEWED = "未经审核，仅供内部参考"


def is_drawn(options: MapOptions, audience: Audience) -> bool:
    """Whether an edition for `audience` has the geographic map.

    Raises `SettingsError` where it is asked for and must not, or cannot, be drawn.
    """
    if not options.geographic:
        return False
    if not is_internal(audience) and not options.review_number:
        raise SettingsError(
            "公开版要画带县界的地图（map.geographic: true），却没有审图号。"
            "向公众展示带行政区域界线的地图须先送审：把审图号写进 mkdocs.yml 的 casebook → map → "
            "review_number，并写 review_source（来源）和 review_date（日期）；"
            "没有审图号就删去 geographic: true，公开版有不画界线的示意图；"
            "只给内部看，就用 casebook build --audience internal。"
        )
    if missing := missing_packages():
        raise SettingsError(
            f"带县界的地图（map.geographic: true）要用的程序包没有安装：{'、'.join(missing)}。"
            "运行 make geographic 安装，或删去 geographic: true。"
        )
    return True


def notices(options: MapOptions) -> tuple[str, ...]:
    """Return the sentences that must stand on the map."""
    if not options.review_number:
        return (UNREVIEWED,)
    date = PartialDate.parse(options.review_date).chinese if options.review_date else ""
    parts = (
        f"审图号：{options.review_number}",
        f"来源：{options.review_source}" if options.review_source else "",
        f"日期：{date}" if date else "",
    )
    return tuple(part for part in parts if part)
