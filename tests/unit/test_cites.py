"""The numbered marks beside what a record says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casebook_site.outputs.site.records import build_record_page
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]


def test_an_event_and_a_doubt_show_all_their_sources(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/sources/list.yml": "- {id: a, name: 甲报, type: EB, grade: A, publisher: 报社}\n"
            "- {id: b, name: 乙报, type: EB, grade: A, publisher: 报社}\n",
            "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\nsources: [a]\n"
            "doubts:\n- {text: 两说不一, sources: [a, b]}\n"
            "events:\n- {date: 2022-03, title: 成立, sources: [b, a]}\n",
        }
    )
    site = folder.site()
    view = build_record_page(site, site.edition.records["county"]["jia"]).view
    assert [cite.name for cite in view.doubts[0].cites] == ["[1]", "[2]"]
    assert {cite.note for cite in view.events[0].cites} == {"甲报", "乙报"}
