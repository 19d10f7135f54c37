"""The cache of parsed files: it saves time, and can do nothing else."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from casebook_site.kinds import program_schema
from casebook_site.reading import files, parse_cache
from casebook_site.reading.parse_cache import ParseCache, digest_of
from casebook_site.reading.records import Reading, read_records
from casebook_site.reading.sound import sound_data
from tests.folders import SiteFolder


def read(toy: SiteFolder) -> Reading:
    records = toy.root / "content/records"
    return read_records(
        records, toy.root, program_schema(), cache_dir=toy.root / ".casebook/parsed"
    )


def cache_files(toy: SiteFolder) -> list[Path]:
    return sorted((toy.root / ".casebook/parsed").iterdir())


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed."""
    texts: list[str] = []

    def told(text: str) -> Any:
        texts.append(text)
        return sound_data(text)

    monkeypatch.setattr(files, "sound_data", told)
    return texts


def test_a_warm_start_parses_nothing(toy: SiteFolder, parsed: list[str]) -> None:
    cold = read(toy)
    assert parsed
    parsed.clear()
    assert read(toy) == cold
    assert not parsed


def test_only_a_changed_file_is_parsed_again(toy: SiteFolder, parsed: list[str]) -> None:
    read(toy)
    parsed.clear()
    file = next((toy.root / "content/records/terms").glob("*.yml"))
    text = file.read_text("utf-8") + "\n# 改过\n"
    file.write_text(text, "utf-8")
    read(toy)
    assert parsed == [text]


def test_the_bytes_count_and_not_the_time(toy: SiteFolder) -> None:
    file = toy.write("records/terms/zz.yml", "name: 甲\ndefinition: 一。\n")
    read(toy)
    before = file.stat()
    file.write_text("name: 乙\ndefinition: 一。\n", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    names = {entry.record.name for entry in read(toy).entries if entry.record.id == "zz"}
    assert names == {"乙"}


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "folder", "deleted"])
def test_damage_does_no_harm(toy: SiteFolder, damage: str) -> None:
    cold = read(toy)
    (file,) = cache_files(toy)
    content = file.read_bytes()
    if damage in ("folder", "deleted"):
        file.unlink()
        if damage == "folder":
            file.mkdir()
    else:
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        file.write_bytes({"cut": content[:-1], "flipped": flipped, "empty": b""}[damage])
    assert read(toy) == cold
    assert read(toy) == cold


def test_a_file_with_problems_is_parsed_each_time(toy: SiteFolder, parsed: list[str]) -> None:
    toy.write("records/terms/twice.yml", "name: 甲\nname: 乙\n")
    first = read(toy)
    parsed.clear()
    assert read(toy).problems == first.problems
    assert len(parsed) == 1


def test_what_is_gone_does_not_stay_in_the_cache(toy: SiteFolder) -> None:
    file = toy.write("records/terms/zz.yml", "name: 甲\ndefinition: 一。\n")
    digest = digest_of(file.read_bytes())
    read(toy)
    (cache,) = cache_files(toy)
    assert ParseCache(cache).get(digest) is not None
    file.unlink()
    read(toy)
    assert ParseCache(cache).get(digest) is None


class Hostile:
    """Runs a command where it is read by an ordinary unpickler."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def test_a_cache_from_elsewhere_runs_no_code(toy: SiteFolder, tmp_path: Path) -> None:
    cold = read(toy)
    (file,) = cache_files(toy)
    payload = pickle.dumps({b"": Hostile(tmp_path / "hacked")})
    file.write_bytes(parse_cache._seal(payload) + payload)
    assert read(toy) == cold
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize(
    "payload",
    ["[" * 100_000, '{"a": {"\\u0000date": "no"}}', '{"a": {"\\u0000date": 1}}', "[1]", "1"],
)
def test_a_sealed_cache_that_holds_something_else_is_as_good_as_deleted(
    toy: SiteFolder, payload: str
) -> None:
    cold = read(toy)
    (file,) = cache_files(toy)
    raw = payload.encode()
    file.write_bytes(parse_cache._seal(raw) + raw)
    assert read(toy) == cold


def test_every_value_that_yaml_knows_survives(tmp_path: Path) -> None:
    data = sound_data(
        "文: 中文，“引号”\n日: 2024-05-01\n'2024-05-01': [1, -2.50, 0.1, true, ~, '', {甲: 2024-1-2}]\n"
        "many: |\n  一行\n  二行\n表: '表情😀'\n"
    )
    cache = ParseCache(tmp_path / "0.json")
    cache.put("a", data)
    cache.save()
    found = ParseCache(tmp_path / "0.json").get("a")
    assert found == data
    assert repr(found) == repr(data)


def test_a_folder_that_cannot_be_written_is_no_error(toy: SiteFolder) -> None:
    toy.root.joinpath(".casebook").write_text("a file in its place")
    assert read(toy).entries
