"""Return files of a folder: added up, and written into the records of the classes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Settings
from casebook_site.domain.results import came_to
from casebook_site.editing.collected import Collected, collect, evaluations
from casebook_site.editing.files import FileChange
from casebook_site.editing.record_files import file_changes, written_records
from casebook_site.editing.return_files import MOST_FILES, SignedBundle, return_files
from casebook_site.engine.loading import Loaded, write_changed
from casebook_site.model.catalog import Key
from casebook_site.outputs.bundles.signing import signature_fault
from casebook_site.records.teaching import TrainingClass


def collected(loaded: Loaded, folder: Path, key: Path | None) -> Collected:
    """Return the sum of a folder's return files; with `key`, of those from bundles that it signed."""
    files = [*islice(return_files(folder), MOST_FILES + 1)]
    if len(files) > MOST_FILES:
        raise SettingsError(f"{folder} 里的文件超过 {MOST_FILES:,} 个，分几个文件夹收。")
    return collect(loaded.catalog, folder, files, _doubt(key))


def _doubt(key: Path | None) -> Callable[[SignedBundle], str]:
    known: dict[tuple[str, str], str] = {}

    def fault(bundle: SignedBundle) -> str:
        if key is None:
            return ""
        if not bundle.signature:
            return "离线包没有签名，不知是不是本单位发的。"
        asked = (bundle.line, bundle.signature)
        if asked not in known:
            is_false = signature_fault(key, bundle.line.encode(), bundle.signature.encode())
            known[asked] = (
                "离线包的签名不是这把公钥的主人签的，多半不是本单位发的。" if is_false else ""
            )
        return known[asked]

    return fault


def write_evaluations(
    settings: Settings, loaded: Loaded, made: Collected, folder: Path, *, replace: bool
) -> tuple[list[FileChange], list[str]]:
    """Write the evaluations of classes into their records; return the changes, and who was left out.

    A record that has another evaluation keeps it, unless `replace`.
    """
    written = written_records(loaded.catalog)
    wanted: dict[Key, dict[str, Any]] = {}
    left = []
    for key, evaluation in evaluations(loaded.catalog, made.classes):
        data = dict(written[key].data)
        before = data.get("evaluation")
        name = str(data["name"])
        if (
            evaluation["returned"]
            > (there := came_to(loaded.catalog.of(TrainingClass)[key.id]))
            > 0
        ):
            left.append(
                f"“{name}”收回 {evaluation['returned']} 份，多于到课的 {there} 人，没有写。"
            )
        elif before and before != evaluation and not replace:
            left.append(f"“{name}”已经有评教结果，没有改；要换成这次的，加 --replace。")
        elif before != evaluation:
            wanted[key] = {**data, "evaluation": evaluation}
    changes = file_changes(written, wanted, settings, loaded.catalog.schema)
    if changes:
        write_changed(settings, changes, loaded, f"收回执 {folder.name}")
    return changes, left
