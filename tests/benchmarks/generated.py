"""A content folder of any size, the same for the same seed: plausible, whole, and found right by `check`.

Most records are teaching points with a page of prose; the rest stands in the proportions of a region
with a county for every 500 records. Records are written as they are made: a million of them take
no more memory than a thousand.
"""

from __future__ import annotations

import argparse
import random
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from casebook_site.kinds import program_schema
from casebook_site.outputs.site.sections import sections_of
from tests.benchmarks import kinds
from tests.benchmarks.prose import sentence
from tests.benchmarks.region import Counts, Region

REPOSITORY = Path(__file__).parents[2]


class _Dumper(yaml.CSafeDumper):
    """Texts of several lines as `|` blocks, as editors write them."""


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if text.count("\n") else None
    )


_Dumper.add_representer(str, _represent_text)


def _yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def write_site(folder: Path, count: int, seed: int = 1, towns: int = 0) -> Path:
    """Writes a whole site of `count` records below `folder`; returns its mkdocs.yml.

    `towns`: how many townships; 0 for two in a hundred records.
    """
    region = Region(Counts.of(count, towns), seed)
    records = folder / "content" / "records"
    for (name, group), entries in groupby(kinds.entries(region), lambda e: (e[0], e[2])):
        (records / name).mkdir(parents=True, exist_ok=True)
        if group:
            together = [record for _, record, _ in entries]
            (records / name / f"{group}.yml").write_text(_yaml(together), "utf-8")
            continue
        for _, record, _ in entries:
            alone = {key: value for key, value in record.items() if key != "id"}
            (records / name / f"{record['id']}.yml").write_text(_yaml(alone), "utf-8")
    return _write_configuration(folder, region)


def _write_configuration(folder: Path, region: Region) -> Path:
    """The repository's own mkdocs.yml, with a page of text for every written page that it names."""
    config = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))
    pages, rng = folder / config["docs_dir"], random.Random(region.seed)
    for path in nav_pages(config["nav"]):
        if path.partition("/")[0] in sections_of(program_schema()):
            continue
        page = pages / path
        page.parent.mkdir(parents=True, exist_ok=True)
        text = "# 说明\n\n" + "\n\n".join(sentence(rng, "本站") + "。" for _ in range(8)) + "\n"
        if path == "index.md":
            figures = [region.ref("figures", number).id for number in range(6)]
            home = {"layout": "home", "lead": "一个示例站。", "key_figures": figures}
            text = f"---\n{_yaml(home)}---\n\n{text}"
        page.write_text(text, "utf-8")
    file = folder / "mkdocs.yml"
    file.write_text(_yaml(config), "utf-8")
    return file


def nav_pages(nav: Any) -> list[str]:
    """The paths that a navigation names, in order."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [path for part in parts for path in nav_pages(part)]


def main() -> None:
    """`python -m tests.benchmarks.generated FOLDER COUNT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, help="number of records, 300 or more")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(write_site(options.folder, options.count, options.seed))


if __name__ == "__main__":
    main()
