"""Whether a bundle is whole: a zip as it was sent, or the folder it was unpacked into."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from casebook_site.base.problems import Location, Problem
from casebook_site.base.system_errors import reason_of
from casebook_site.outputs.bundles.layout import MANIFEST, SIGNATURE, SUMS, name_fault
from casebook_site.outputs.bundles.manifest import (
    UNLISTED,
    FileEntry,
    Manifest,
    NotABundle,
    parse_manifest,
    sums,
)
from casebook_site.outputs.bundles.signing import signature_fault
from casebook_site.outputs.bundles.zips import LARGEST_FILE, SafeZip


@dataclass(frozen=True)
class Verification:
    """What is wrong with a bundle, and what it says that it is."""

    manifest: Manifest
    problems: tuple[Problem, ...]
    leftover: tuple[str, ...] = ()
    """Files in the folder that the bundle does not list: of an older version, or the reader's own."""


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a zip; raise `NotABundle`."""
    with SafeZip(path) as archive:
        return parse_manifest(_manifest_bytes(archive.entries, archive.read, path))


def verify(path: Path, key: Path | None = None) -> Verification:
    """Check a zip or an unpacked folder; raise `NotABundle` for what is neither.

    `key`: a public key, by whose owner the bundle must be signed.
    """
    if path.is_dir():
        return _verify_folder(path, key)
    with SafeZip(path) as archive:
        held = archive.entries
        verdict = _verify(path, held, archive.read, key=key)
        expected = _in_zip(verdict.manifest)
        strangers = sorted(held.keys() - expected - set(UNLISTED))
    extra = [_problem(name, "CB703", "清单里没有这个文件。") for name in strangers]
    return Verification(verdict.manifest, (*verdict.problems, *extra))


def _verify_folder(folder: Path, key: Path | None) -> Verification:
    """Check a folder without following links out of it; a link counts as missing."""
    held = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }

    def read(name: str) -> bytes:
        try:
            file = folder / name
            if file.stat().st_size > LARGEST_FILE:
                return b""
            return file.read_bytes()
        except OSError as error:
            raise NotABundle(f"{name} 读不出来：{reason_of(error)}。") from None

    verdict = _verify(folder, held, read, whole=True, key=key)
    listed = {*verdict.manifest.files, *UNLISTED}
    return Verification(verdict.manifest, verdict.problems, tuple(sorted(held - listed)))


def _manifest_bytes(held: Collection[str], read: Callable[[str], bytes], path: Path) -> bytes:
    if MANIFEST not in held:
        raise NotABundle(f"{path.name} 里没有 {MANIFEST}，不是本程序做的离线包，或者不完整。")
    return read(MANIFEST)


def _in_zip(manifest: Manifest) -> set[str]:
    """Return the paths that the zip must hold: for an update, only those that are new in it."""
    if manifest.update is None:
        return set(manifest.files)
    return set(manifest.update.files)


def _verify(
    path: Path,
    held: Collection[str],
    read: Callable[[str], bytes],
    *,
    whole: bool = False,
    key: Path | None = None,
) -> Verification:
    encoded = _manifest_bytes(held, read, path)
    manifest = parse_manifest(encoded)
    faults = [name for name in manifest.files if name_fault(name)]
    if faults:
        raise NotABundle(f"清单里有不安全的文件名：{'；'.join(faults[:5])}。")
    problems = []
    wanted = set(manifest.files) if whole else _in_zip(manifest)
    for name in sorted(wanted):
        if name not in held:
            problems.append(_problem(name, "CB701", "缺这个文件。"))
            continue
        try:
            fault = _fault(read(name), manifest.files[name])
        except NotABundle as error:
            fault = str(error)
        if fault:
            problems.append(_problem(name, "CB702", fault))
    if key:
        signature = read(SIGNATURE) if SIGNATURE in held else b""
        signed = read(SUMS) if SUMS in held else b""
        fault = signature_fault(key, signed, signature) if signature else "没有签名。"
        problems += [_problem(SIGNATURE, "CB704", fault)] if fault else []
    if SUMS not in held:
        problems.append(_problem(SUMS, "CB701", "缺这个文件。"))
    elif read(SUMS) != sums(manifest.files, encoded):
        problems.append(_problem(SUMS, "CB702", "与清单 manifest.json 对不上。"))
    return Verification(manifest, tuple(problems))


def _fault(content: bytes, entry: FileEntry) -> str:
    if len(content) != entry.size:
        return f"大小不符：应为 {entry.size} 字节，实为 {len(content)} 字节。"
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        return "内容与清单不符，已损坏或被改动。"
    return ""


def _problem(name: str, code: str, message: str) -> Problem:
    return Problem(Location(name), code, message, "请重新要一份完整的离线包。")
