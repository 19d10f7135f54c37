"""Schemas, skeletons and new ids of records."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click import shell_completion

from casebook_site.base.workplace import WORKPLACE
from casebook_site.cli import main
from casebook_site.editing import files
from casebook_site.editing.files import FileChange, StaleFileError, commit, finish_interrupted
from casebook_site.editing.skeletons import skeleton
from casebook_site.reading.parsing import parse
from casebook_site.records import FOLDERS, KINDS
from casebook_site.records.places import Township
from casebook_site.schema.json_schema import file_schema
from tests.folders import REPOSITORY, TOY, SiteFolder, tree
from tests.webpages import broken_links


def as_json(value: Any) -> Any:
    """YAML's dates as the schema's text."""
    return json.loads(json.dumps(value, default=datetime.date.isoformat))


@pytest.mark.parametrize("root", [REPOSITORY, TOY], ids=["content", "toy"])
def test_every_record_file_follows_its_schema(root: Path) -> None:
    for folder, model in FOLDERS.items():
        schema = file_schema(model)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for file in (root / "content/records" / folder).rglob("*.yml"):
            validator.validate(as_json(parse(file.read_text("utf-8")).data))


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_asks_for_nothing_but_links_to_fill_in(kind: str) -> None:
    text = skeleton(KINDS[kind])
    parsed = parse(text)
    assert not parsed.faults
    KINDS[kind].model_validate({"id": "village" if kind == "category" else "x", **parsed.data})
    whole = parse(re.sub(r"(?m)^# (?=[a-z_]+:| )", "", text))
    assert not whole.faults
    assert {"id", *whole.data} == {*KINDS[kind].model_fields}


def test_new_writes_a_file_once(toy: SiteFolder) -> None:
    done = toy.casebook("new", "county", "bing-xian")
    assert done.returncode == 0, done.stderr
    text = (toy.root / "content/records/counties/bing-xian.yml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../.vscode/schema/county.json\n")
    assert toy.casebook("new", "county", "bing-xian").returncode == 2
    assert toy.casebook("new", "county", "jia").returncode == 2
    assert toy.casebook("new", "county", "../up").returncode == 2


def test_schema_writes_settings_for_the_editor(toy: SiteFolder) -> None:
    toy.casebook("schema")
    settings = json.loads((toy.root / ".vscode/settings.json").read_text("utf-8"))
    for path in settings["yaml.schemas"]:
        assert (toy.root / path).is_file()


def test_a_new_id_is_followed_everywhere(toy: SiteFolder) -> None:
    before = toy.catalog()
    toy.write("pages/more.md", "# 又一页\n\n见[甲县](record:county/jia)。\n")
    done = toy.casebook("rename", "county", "jia", "jia-county")
    assert done.returncode == 0, done.stdout + done.stderr
    after = toy.catalog()
    assert len(after) == len(before)
    assert after.records["county"]["jia-county"].former_ids[-1] == "jia"
    assert "record:county/jia-county)" in (toy.root / "content/pages/more.md").read_text("utf-8")
    for file in (toy.root / "content").rglob("*"):
        if file.suffix in (".yml", ".md"):
            text = file.read_text("utf-8")
            assert not re.search(r"county: jia$|county/jia\b(?!-)", text, re.MULTILINE), file
    site = toy.build()
    assert "jia-county.html" in (site / "counties/jia.html").read_text("utf-8")


def test_maps_and_lists_of_packs_follow_a_new_id(toy: SiteFolder) -> None:
    catalog = toy.catalog()
    towns = [
        town.id
        for town in catalog.records["township"].values()
        if isinstance(town, Township) and town.county == "jia"
    ]
    tiles = "".join(
        f"  - {{township: {id}, column: {n}, row: 0}} # {id}\n" for n, id in enumerate(towns)
    )
    toy.write("maps/jia.yml", f"kind: tiles\ncounty: jia\ncells:\n{tiles}")
    toy.write("packs/day.yml", "title: 一天\nparts:\n  - county/jia # 先看\n  - terms\n")
    assert toy.problems() == []
    for kind, old in (("county", "jia"), ("township", towns[0])):
        done = toy.casebook("rename", kind, old, f"{old}-new")
        assert done.returncode == 0, done.stdout + done.stderr
    layout = (toy.root / "content/maps/jia.yml").read_text("utf-8")
    assert "county: jia-new\n" in layout
    assert f"{{township: {towns[0]}-new, column: 0, row: 0}} # {towns[0]}\n" in layout
    assert "  - county/jia-new # 先看\n" in (toy.root / "content/packs/day.yml").read_text("utf-8")
    assert toy.problems() == []


def test_a_record_in_a_list_gets_a_new_id_where_it_stands(toy: SiteFolder) -> None:
    file = toy.root / "content/records/teaching-points/others.yml"
    before = file.read_text("utf-8")
    done = toy.casebook("rename", "teaching-point", "law-base", "law")
    assert done.returncode == 0, done.stdout + done.stderr
    changed = [new for new, old in zip(file.read_text("utf-8").split("\n"), before.split("\n"), strict=True) if new != old]  # fmt: skip
    assert len(changed) == 1
    assert "id: law" in changed[0]


def test_a_new_site_builds_at_once_and_takes_no_place_that_is_used(tmp_path: Path) -> None:
    here = SiteFolder(tmp_path)
    assert here.casebook("new", "site", "mine").returncode == 0
    site = SiteFolder(tmp_path / "mine")
    assert site.problems() == []
    assert len(site.catalog().records["teaching-point"]) == 3
    assert broken_links(site.build("--strict"), "/") == []
    assert here.casebook("new", "site", "mine").returncode == 2


def test_programs_get_one_json_value(toy: SiteFolder) -> None:
    def answer(*command: str) -> Any:
        done = toy.casebook(*command, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    file = "content/records/counties/bing-xian.yml"
    assert answer("new", "county", "bing-xian") == {
        "kind": "county",
        "id": "bing-xian",
        "file": file,
    }
    (toy.root / file).unlink()
    assert answer("new", "site", "mine") == {"kind": "site", "folder": "mine"}
    shown = answer("rename", "county", "jia", "jia-county", "--dry-run")
    assert not shown["written"]
    assert {row["action"] for row in shown["files"]} == {"added", "changed", "removed"}
    assert answer("check") == {"count": 0, "problems": []}
    done = answer("rename", "county", "jia", "jia-county")
    assert done == {**shown, "written": True}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(shell: str) -> None:
    completion = shell_completion.get_completion_class(shell)
    assert completion is not None
    found = completion(main.cli, {}, "casebook", "_CASEBOOK_COMPLETE").get_completions([], "ren")
    assert [item.value for item in found] == ["rename"]


def test_doctor_says_what_is_there(tmp_path: Path) -> None:
    done = SiteFolder(tmp_path).casebook("doctor", "--json")
    assert done.returncode == 0
    found = {one["name"]: one["found"] for one in json.loads(done.stdout)}
    assert found["openpyxl"]


# --- all or nothing -------------------------------------------------------------------------------


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("theirs")
    changes = [
        FileChange(tmp_path / "b", None, b"new"),
        FileChange(tmp_path / "a", b"old", b"ours"),
    ]
    with pytest.raises(StaleFileError):
        commit(tmp_path, changes)
    assert (tmp_path / "a").read_text() == "theirs"
    assert not (tmp_path / "b").exists()


def test_a_kill_leaves_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def dies_at(count: int) -> Any:
        left = iter(range(count))

        def replace(self: Path, target: Path) -> Path:
            if next(left, None) is None:
                raise Killed
            self.rename(target)
            return target

        return replace

    old, new = {"a": b"1", "b": b"2"}, {"a": b"10", "b": b"20", "c/d": b"30"}
    for count in range(5):
        root = tmp_path / str(count)
        root.mkdir()
        for name, content in old.items():
            (root / name).write_bytes(content)
        changes = [FileChange(root / name, old.get(name), content) for name, content in new.items()]
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", dies_at(count))
            try:
                commit(root, changes)
            except Killed:
                assert count < 4
        finish_interrupted(root)
        left = _contents(root)
        assert left in (old, new)
        assert (left == new) == (count > 0)


def _contents(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and WORKPLACE not in file.parts
    }


def test_trying_a_change_out_leaves_the_content_alone(toy: SiteFolder) -> None:
    before = tree(toy.root / "content")
    settings = toy.settings()
    file = toy.root / "content/records/counties/jia.yml"
    with files.staged(settings, [FileChange(file, file.read_bytes(), b"name: x\n")]) as copy:
        assert (copy.records_dir / "counties/jia.yml").read_bytes() == b"name: x\n"
    assert tree(toy.root / "content") == before
