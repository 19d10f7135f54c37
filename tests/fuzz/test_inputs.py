"""Every kind of input, changed at random: problems and sentences come out, and nothing else.

`make fuzz` runs many: `make fuzz CASEBOOK_FUZZ=100000`, with another CASEBOOK_FUZZ_SEED each time.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from openpyxl import Workbook
from werkzeug.test import run_wsgi_app

from casebook_site.base.problems import UserError
from casebook_site.base.signatures import mismatch
from casebook_site.base.svg import svg_fault
from casebook_site.editing.sheets import SheetError, read_sheets
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.outputs.bundles.verifying import verify
from casebook_site.outputs.packs.typst import typst_templates
from casebook_site.outputs.packs.word_safety import template_environment, template_fault
from casebook_site.webapp.app import WebApp
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.site_routes import SiteRoutes
from tests.folders import REPOSITORY, TOY, SiteFolder, written
from tests.fuzz.mutating import limited, mutations
from tests.unit.test_hostile_zips import bundle
from tests.unit.test_svg import HOSTILE, SOUND

FAULT_OF_THE_PROGRAM = "CB114"


def files(pattern: str) -> list[bytes]:
    """The files of toy and repository that are mutated."""
    found = [path.read_bytes() for root in (TOY, REPOSITORY) for path in sorted(root.glob(pattern))]
    return [content for content in found if len(content) < 6000][:60]


PLACES = {
    "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
    "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
    "records/sources/daily.yml": "name: 报道\ntype: EB\ngrade: A\npublisher: 日报\n",
}


@pytest.mark.parametrize(
    ("pattern", "target"),
    [
        ("content/records/*/*.yml", "records/{folder}/x.yml"),
        ("content/pages/*.md", "pages/x.md"),
        ("content/maps/*.yml", "maps/jia.yml"),
        ("content/search/*.yml", "search/synonyms.yml"),
    ],
)
def test_content(pattern: str, target: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "site", PLACES)
    kinds = sorted(path.name for path in (TOY / "content/records").iterdir())
    for number, content in enumerate(mutations(files(pattern), pattern)):
        file = folder.write(target.format(folder=kinds[number % len(kinds)]), content)
        with limited(content):
            problems = folder.load().problems
        assert FAULT_OF_THE_PROGRAM not in {p.code for p in problems}, content
        file.unlink()


def test_lists_of_packs(toy: SiteFolder) -> None:
    sample = "title: 资料\naudience: public\nforeword: |\n  先读。\nparts: [county/jia, figures, terms]\n"
    for content in mutations([sample.encode()], "lists", 0.3):
        toy.write("packs/x.yml", content)
        with limited(content):
            codes = {p.code for p in toy.load().problems}
        assert FAULT_OF_THE_PROGRAM not in codes, content


def test_settings(toy: SiteFolder) -> None:
    file = toy.root / "mkdocs.yml"
    for content in mutations([file.read_bytes()], "settings", 0.3):
        file.write_bytes(content)
        with limited(content), suppress(UserError, OSError):
            open_site(file)


def test_sheets(tmp_path: Path) -> None:
    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "名称", "释义"])
    sheet.append(["a", 1.5, "=1+1"])
    book.save(content)
    samples = {"xlsx": [content.getvalue()], "csv": ['编号,名称\na,"甲,乙"\n'.encode()]}
    for ending, sample in samples.items():
        for changed in mutations(sample, ending, 2):
            file = tmp_path / f"terms.{ending}"
            file.write_bytes(changed)
            with limited(changed), suppress(SheetError):
                read_sheets(file, frozenset(["编号", "名称"]))


def test_zips(tmp_path: Path) -> None:
    for changed in mutations([bundle()], "zips", 3):
        (tmp_path / "a.zip").write_bytes(changed)
        with limited(changed), suppress(UserError):
            verify(tmp_path / "a.zip")


def test_media() -> None:
    for changed in mutations([*SOUND, *(c for c in HOSTILE.values() if len(c) < 5000)], "svg", 10):
        with limited(changed):
            svg_fault(changed)
            mismatch("png", changed)


def test_word_templates() -> None:
    sample = (typst_templates() / "pack.docx").read_bytes()
    for changed in mutations([sample], "docx", 0.5):
        with limited(changed), suppress(Exception):  # the renderer tells them all alike
            template_fault(changed)
    for tag in mutations(
        [b"{{ title|upper }}{% if unit %}x{% else %}{{ date }}{% endif %}"], "tags", 10
    ):
        with limited(tag), suppress(Exception):
            shown = template_environment().from_string(tag.decode("utf-8", "replace"))
            assert len(shown.render(title="甲", unit="", date="")) <= len(tag) + 10


def test_caches(tmp_path: Path) -> None:
    folder = written(tmp_path / "site", PLACES)
    assert folder.load().problems == ()
    kept = [path for path in (folder.root / ".casebook").rglob("*") if path.is_file()]
    kept = [path for path in kept if path.suffix != ".lock"]
    journal = folder.root / ".casebook/writing.json"
    samples = [json.dumps([["0", "content/a.yml"], [None, "b.yml"]]).encode()]
    for file in [*kept, journal]:
        for changed in mutations(
            samples if file == journal else [file.read_bytes()], file.name, 0.5
        ):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(changed)
            with limited(changed), suppress(UserError):
                assert folder.load().problems == ()


def test_requests(toy: SiteFolder) -> None:
    app = WebApp(site=SiteRoutes(LiveSite(toy.root / "mkdocs.yml", None, lambda _: None)))
    sample = b"/sub/path/index.html?shown=1"
    for changed in mutations([sample, b"/sub/path/media/bing/park-01.png"], "requests", 0.5):
        path, _, query = changed.partition(b"?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.decode("latin-1"),
            "QUERY_STRING": re.sub(r"shown%3D\w*", "", quote_from_bytes(query)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_REFERER": changed.decode("latin-1"),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        with limited(changed):
            body, status, _ = run_wsgi_app(app, environ)
            b"".join(body)
        assert not status.startswith("5"), changed
