"""Keep every kind of output of one commit, and compare it with another's, byte for byte.

    python -m scripts.reference_outputs make FOLDER [--casebook PROGRAM]
    python -m scripts.reference_outputs compare OLD NEW [--diff]

`make` runs the `casebook` command over copies of the real content, the toy and the folder that is
wrong in every way. `compare` names each file, and each member of an archive, that differs, and
ends with status 1 where one does.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOOKS = {
    "real": ROOT,
    "toy": ROOT / "tests" / "toy_content",
    "broken": ROOT / "tests" / "broken_content",
}
"""Name → folder with `mkdocs.yml` and `content/`."""

RUNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "real": (
        ("build", "--site-dir", "OUT/site"),
        ("build", "--audience", "internal", "--site-dir", "OUT/site-internal"),
        ("bundle", "county:yucheng", "township:lunzhen", "--out", "OUT/bundles"),
        ("bundle", "county:yiyuan", "--audience", "internal", "--out", "OUT/bundles-internal"),
        ("bundle", "township:lunzhen", "--single", "--out", "OUT/single"),
        ("pack", "county:yiyuan", "--format", "pdf", "--format", "docx", "--out", "OUT/packs"),
        ("pack", "category:industry", "--format", "docx", "--out", "OUT/packs"),
        ("export", "--out", "OUT/all.xlsx"),
        ("export", "--kind", "village", "--out", "OUT/villages.csv"),
        ("schema",),
        ("check", "--format", "json"),
    ),
    "toy": (
        ("build", "--site-dir", "OUT/site"),
        ("build", "--audience", "internal", "--packs", "--site-dir", "OUT/site-internal"),
        ("bundle", "all", "--each", "county", "--each", "township", "--out", "OUT/bundles"),
        ("bundle", "all", "--packs", "--audience", "internal", "--out", "OUT/bundles-internal"),
        ("bundle", "county:jia", "--single", "--out", "OUT/single"),
        (
            "pack",
            "county:jia",
            "--audience",
            "internal",
            "--format",
            "pdf",
            "--format",
            "docx",
            "--out",
            "OUT/packs",
        ),
        (
            "pack",
            "county:jia",
            "--test",
            "--format",
            "pdf",
            "--format",
            "docx",
            "--out",
            "OUT/tests",
        ),
        ("export", "--out", "OUT/all.xlsx"),
        ("export", "--template", "--out", "OUT/template.xlsx"),
        ("schema",),
        ("check", "--format", "json"),
    ),
    "broken": (("check", "--format", "json"), ("check", "--format", "text"), ("build",)),
}
"""Name → commands; `OUT` is the folder for what they make."""


def make(folder: Path, program: str) -> None:
    """Write all outputs below `folder`, which must not exist yet."""
    folder.mkdir(parents=True)
    for name, book in BOOKS.items():
        work, out = folder / f"{name}.work", folder / name
        work.mkdir()
        out.mkdir()
        shutil.copytree(book / "content", work / "content")
        shutil.copy(book / "mkdocs.yml", work)
        for number, run in enumerate(RUNS[name]):
            arguments = [part.replace("OUT", str(out)) for part in run]
            done = subprocess.run(
                [program, *arguments], cwd=work, capture_output=True, text=True, check=False
            )
            said = f"{done.stdout}\n{done.returncode}\n".replace(str(folder), "FOLDER")
            (out / f"{number:02}-{run[0]}.txt").write_text(said, "utf-8")
            print(
                name, *run, "→", done.returncode, done.stderr[-300:] if done.returncode > 1 else ""
            )
        for extra in (".vscode", ".casebook/schema", "schema"):
            if (work / extra).is_dir():
                shutil.copytree(work / extra, out / extra.replace("/", "-").lstrip("."))
        shutil.rmtree(work)


def contents(file: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the members of an archive, or the file itself under an empty name."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    else:
        yield "", file.read_bytes()


def compare(old: Path, new: Path, *, diff: bool) -> int:
    """Print what differs between two folders of `make`; return how many files do."""
    names = sorted(
        {
            str(file.relative_to(top))
            for top in (old, new)
            for file in top.rglob("*")
            if file.is_file()
        }
    )
    differing = 0
    for name in names:
        before, after = old / name, new / name
        if not before.exists() or not after.exists():
            print("only old:" if before.exists() else "only new:", name)
            differing += 1
        elif before.read_bytes() != after.read_bytes():
            differing += 1
            print("differs:", name)
            _show(dict(contents(before)), dict(contents(after)), diff=diff)
    print(f"{len(names)} files, {differing} differ")
    return differing


def _show(before: dict[str, bytes], after: dict[str, bytes], *, diff: bool) -> None:
    for member in sorted(before.keys() | after.keys()):
        one, other = before.get(member), after.get(member)
        if one == other:
            continue
        if member:
            print("   ", member, "added" if one is None else "removed" if other is None else "")
        if diff and one is not None and other is not None:
            try:
                lines = difflib.unified_diff(
                    one.decode().splitlines(), other.decode().splitlines(), lineterm="", n=0
                )
            except UnicodeDecodeError:
                print("       ", hashlib.sha256(one).hexdigest(), hashlib.sha256(other).hexdigest())
            else:
                for line in list(lines)[2:14]:
                    print("       ", line[:300])


def main() -> None:
    """Run `make` or `compare`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("--casebook", default=str(ROOT / ".venv/bin/casebook"))
    comparing = verbs.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--diff", action="store_true")
    asked = parser.parse_args()
    if asked.verb == "make":
        make(asked.folder.resolve(), asked.casebook)
    else:
        sys.exit(1 if compare(asked.old, asked.new, diff=asked.diff) else 0)


if __name__ == "__main__":
    main()
