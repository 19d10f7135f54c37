"""Data for other programs: JSON, CSV, JSON Schema, data package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import jsonschema
import pytest

from casebook_site.base.templates import Renderer
from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import select
from casebook_site.outputs.site.model import SiteModel
from casebook_site.records import FOLDERS, KINDS
from casebook_site.schema.fields import audience_of
from tests.folders import TOY, SiteFolder, made

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def editions(toy_catalog: Catalog, renderer: Renderer) -> dict[str, Files]:
    """Path → bytes of everything made from the toy, for each audience."""
    return {
        audience: dict(
            made(
                SiteModel(select(toy_catalog, audience), SiteFolder(TOY).settings(audience)),
                renderer,
            )
        )
        for audience in ("public", "internal")
    }


@pytest.fixture(params=["public", "internal"])
def files(editions: dict[str, Files], request: pytest.FixtureRequest) -> Files:
    """Path → bytes of everything made from the toy."""
    return editions[request.param]


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV file with a byte order mark."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# --- JSON ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_published_record_keeps_to_the_published_schema(files: Files, kind: str) -> None:
    folder = KINDS[kind].folder
    schema = json.loads(files[f"data/schema/{kind}.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    rows = json.loads(files[f"data/{folder}.json"])
    assert rows
    for row in rows:
        validator.validate(row)
        own = files.get(f"{folder}/{row['id']}.json")
        if own is not None:
            assert json.loads(own) == row


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_refuse_what_the_models_refuse(files: Files, kind: str) -> None:
    schema = json.loads(files[f"data/schema/{kind}.json"])
    row = json.loads(files[f"data/{KINDS[kind].folder}.json"])[0]
    validator = jsonschema.Draft202012Validator(schema)
    assert not validator.is_valid({**row, "unknown": 1})
    assert not validator.is_valid({**row, "name": 12})
    assert not validator.is_valid({k: v for k, v in row.items() if k != "name"})


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_describe_fields_in_chinese(files: Files, kind: str) -> None:
    schema = json.loads(files[f"data/schema/{kind}.json"])
    assert schema["title"] == KINDS[kind].kind_title
    for name, described in schema["properties"].items():
        if name not in ("kind", "url"):
            assert described["title"]
            assert described["description"]


def test_public_schemas_do_not_know_internal_fields(editions: dict[str, Files]) -> None:
    for kind, model in KINDS.items():
        for audience, files in editions.items():
            properties = json.loads(files[f"data/schema/{kind}.json"])["properties"]
            for name, info in model.model_fields.items():
                if audience_of(info) == "internal":
                    assert (name in properties) == (audience == "internal"), (kind, name)
        assert "Contact" not in editions["public"][f"data/schema/{kind}.json"].decode()


def test_json_keeps_chinese_and_whole_structure(editions: dict[str, Files]) -> None:
    row = json.loads(editions["public"]["counties/jia.json"])
    assert "甲县" in editions["public"]["counties/jia.json"].decode()
    assert row["kind"] == "county"
    assert row["url"] == "https://example.org/sub/path/counties/jia.html"
    assert row["codes"][0] == {"system": "nbs-2023", "value": "990101"}
    assert row["events"] == [{"date": "2019-05", "title": "甲县开始试点", "sources": ["daily"]}]
    assert "remarks" not in row
    assert "audience" not in row


def test_everything_published_as_json_parses(files: Files) -> None:
    for path, content in files.items():
        if path.endswith(".json"):
            json.loads(content)


# --- CSV ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_csv_has_a_row_for_each_record_under_the_fields_of_the_data_package(
    files: Files, kind: str
) -> None:
    folder = KINDS[kind].folder
    header, *rows = rows_of(files[f"data/{folder}.csv"])
    package = json.loads(files["data/datapackage.json"])
    (resource,) = (r for r in package["resources"] if r["name"] == folder)
    fields = [field["name"] for field in resource["schema"]["fields"]]
    assert header == fields
    assert len(set(fields)) == len(fields)
    assert resource["path"] == f"{folder}.csv"
    assert len(rows) == len(json.loads(files[f"data/{folder}.json"]))
    assert all(len(row) == len(header) for row in rows)


def test_the_data_package_lists_every_csv_file(files: Files) -> None:
    package = json.loads(files["data/datapackage.json"])
    listed = {f"data/{resource['path']}" for resource in package["resources"]}
    assert listed == {path for path in files if path.endswith(".csv")}
    assert {resource["name"] for resource in package["resources"]} >= FOLDERS.keys()


def test_numbers_of_the_package_are_numbers_in_the_file(files: Files) -> None:
    package = json.loads(files["data/datapackage.json"])
    for resource in package["resources"]:
        header, *rows = rows_of(files[f"data/{resource['path']}"])
        for column, field in enumerate(resource["schema"]["fields"]):
            if field["type"] == "number":
                for row in rows:
                    assert row[column] == "" or float(row[column]) is not None, (
                        header[column],
                        row,
                    )


def test_csv_ends_lines_as_excel_does(files: Files) -> None:
    content = files["data/terms.csv"].decode("utf-8-sig")
    assert content.endswith("\r\n")
    assert content.count("\r\n") == len(json.loads(files["data/terms.json"])) + 1


def test_csv_shows_names_where_records_link(editions: dict[str, Files]) -> None:
    header, *rows = rows_of(editions["public"]["data/joint-committees.csv"])
    row = next(row for row in rows if "丙镇子村联村党委" in row)
    cells = dict(zip(header, row, strict=True))
    assert cells["县市"] == "甲县"
    assert cells["成员村"] == "子村；丑村"
    assert cells["永久地址"].endswith("/joint-committees/bing-lian-cun.html")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+8610",
        "-x",
        "@SUM(A1)",
        "＝1＋1",
        "＋8610",
        "－x",
        "＠SUM(A1)",
        '=HYPERLINK(\\"http://x\\")',
        "\\t=1",
        "\\r=1",
    ],
)
def test_no_cell_begins_like_a_formula(
    site_folder: MakeFolder, renderer: Renderer, text: str
) -> None:
    folder = site_folder(
        {
            "records/terms/a.yml": f'name: "{text}"\ndefinition: "{text}"\naliases: ["{text}", 乙]\n'
            f'tags: [甲, "{text}"]\n'
        }
    )
    files = dict(made(folder.site(), renderer))
    _, row = rows_of(files["data/terms.csv"])
    assert not [cell for cell in row if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]


def test_cells_with_quotes_commas_and_lines_read_back(
    site_folder: MakeFolder, renderer: Renderer
) -> None:
    definition = '第一行，"引"\n第二行;'
    text = json.dumps({"name": '甲,"乙"', "definition": definition}, ensure_ascii=False)
    files = dict(made(site_folder({"records/terms/a.yml": text}).site(), renderer))
    header, row = rows_of(files["data/terms.csv"])
    cells: dict[str, Any] = dict(zip(header, row, strict=True))
    assert cells["名称"] == '甲,"乙"'
    assert cells["释义"] == definition


# --- sites without an address -------------------------------------------------------------------


def test_a_site_without_address_publishes_paths(
    site_folder: MakeFolder, renderer: Renderer
) -> None:
    folder = site_folder({"records/terms/a.yml": "name: 甲\ndefinition: 释义。\n"})
    site = folder.site()
    bare = SiteModel(site.edition, site.settings.model_copy(update={"site_url": ""}))
    files = dict(made(bare, renderer))
    assert json.loads(files["terms/a.json"])["url"] == "terms/a.html"
    assert "sitemap.xml" not in files
    assert "feed.xml" not in files
    assert b"ld+json" not in files["terms/a.html"]


def test_a_site_without_records_has_its_pages(site_folder: MakeFolder, renderer: Renderer) -> None:
    files = dict(made(site_folder({}).site(), renderer))
    assert "terms/index.html" in files
    assert json.loads(files["data/datapackage.json"])["resources"] == []
