"""Site folders to test with: the toy, copied and edited, or one written from scratch."""

from __future__ import annotations

import gc
import hashlib
import io
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from casebook_site.base.problems import Problem, render_text
from casebook_site.base.settings import Settings, parse_options
from casebook_site.base.templates import Renderer
from casebook_site.cli.main import main
from casebook_site.engine.loading import Loaded, load
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import Edition, select
from casebook_site.model.scopes import ALL, Scope
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.files import Rendering, rendered
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import plan_site
from casebook_site.outputs.site.sections import GUIDE, RESULTS, sections_of

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
TOY = TESTS / "toy_content"
BROKEN = TESTS / "broken_content"

MKDOCS_YML = """\
site_name: 示例
site_url: https://example.org/sub/path/
docs_dir: content/pages
site_dir: site
use_directory_urls: false
theme:
  name: material
  language: zh
  font: false
plugins:
  - casebook
"""


@dataclass(frozen=True)
class SiteFolder:
    """A folder with mkdocs.yml and content/."""

    root: Path

    # --- contents -------------------------------------------------------------------------------

    def write(self, path: str, text: str | bytes) -> Path:
        """Writes a file below content/."""
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces text in a file of the site's folder; the old text must be there."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new), "utf-8")

    def delete(self, path: str) -> None:
        """Removes a file below content/."""
        (self.root / "content" / path).unlink()

    # --- in this process ------------------------------------------------------------------------

    def settings(self, audience: str = "public", **options: Any) -> Settings:
        """What mkdocs.yml says, without asking MkDocs."""
        return Settings(
            root=self.root,
            site_name="示例案例库",
            site_url="https://example.org/sub/path/",
            site_description="示例",
            site_dir=self.root / "site",
            docs_dir=self.root / "content/pages",
            edit_url="https://example.org/repo/edit/main/",
            options=parse_options({"audience": audience, "workers": 1, **options}),
        )

    def load(self) -> Loaded:
        """The catalog and every problem."""
        return load(self.settings())

    def problems(self) -> list[tuple[str, int, int, str]]:
        """(file below content/, line, column, code) of every problem."""
        return [brief(problem) for problem in self.load().problems]

    def catalog(self) -> Catalog:
        """The catalog of content that has no problem."""
        loaded = self.load()
        assert not loaded.problems, render_text(loaded.problems)
        return loaded.catalog

    def edition(self, audience: Any = "public", scope: Scope = ALL) -> Edition:
        """The edition of content that has no problem."""
        return select(self.catalog(), audience, scope)

    def site(self, audience: Any = "public", scope: Scope = ALL, **options: Any) -> SiteModel:
        """A site over an edition."""
        loaded = self.load()
        assert not loaded.problems, render_text(loaded.problems)
        edition = select(loaded.catalog, audience, scope)
        settings = self.settings(audience, **options)
        return SiteModel(edition, settings, loaded.layouts, synonyms=loaded.synonyms.groups)

    # --- by the doors ---------------------------------------------------------------------------

    def casebook(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs `casebook <command…>` in the site's folder, in this process: no second to start."""
        out, err = io.StringIO(), io.StringIO()
        with (
            chdir(self.root),
            as_it_was(),
            redirect_stdout(out),
            redirect_stderr(err),
            patch.object(sys, "argv", ["casebook", *command]),
            pytest.raises(SystemExit) as end,
        ):
            main()
        code = end.value.code or 0
        assert isinstance(code, int)
        return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())

    def build(self, *options: str) -> Path:
        """Builds with `casebook build`, which must succeed; returns the site."""
        done = self.casebook("build", *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return self.root / ("site-internal" if "internal" in options else "site")

    def run(
        self, *command: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs `python -m <command…>` in the site's folder: for what a process of its own shows."""
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env={**os.environ, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@contextmanager
def as_it_was() -> Iterator[None]:
    """Takes back what a command that owns its process does to it.

    It sends MkDocs' messages to its standard error, and sets all objects aside for good.
    """
    logger = logging.getLogger("mkdocs")
    level, handlers = logger.level, [*logger.handlers]
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.handlers[:] = handlers
        gc.unfreeze()


def brief(problem: Problem) -> tuple[str, int, int, str]:
    """(file below content/, line, column, code)."""
    place = problem.location
    return place.path.removeprefix("content/"), place.line, place.column, problem.code


def toy_copy(root: Path) -> SiteFolder:
    """A copy of the toy that may be edited."""
    shutil.copytree(TOY, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "site*"))
    return SiteFolder(root)


def written(root: Path, files: Mapping[str, str | bytes]) -> SiteFolder:
    """A site folder with the files that are given, by path below content/."""
    folder = SiteFolder(root)
    folder.write("pages/index.md", "# 首页\n")
    (root / "content/records").mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(MKDOCS_YML, "utf-8")
    for path, text in files.items():
        folder.write(path, text)
    return folder


def tree(site: Path) -> dict[str, str]:
    """Path → digest of every file below a folder."""
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


# --- pages without MkDocs -------------------------------------------------------------------------

_PLAIN = PageTemplate.cut(
    "<!doctype html><title>@@casebook:title@@</title>@@casebook:head@@"
    "<ul>@@casebook:toc@@</ul>@@casebook:body@@"
)
PLAIN_SHELLS = {
    f"{folder}/{page}": _PLAIN
    for folder in (*sections_of(program_schema()), GUIDE.folder, RESULTS.folder)
    for page in ("index", "_record")
}


def made(site: SiteModel, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file of a website, in a bare shell."""
    files = plan_site(site, {"index.html": None})
    for artifact in rendered(files, Rendering(renderer, PLAIN_SHELLS)):
        yield artifact.path, artifact.content


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process as Ctrl+C does, or by force; never waits for ever.

    Where these tests run in the background, they and what they start are deaf to Ctrl+C.
    """
    deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    process.send_signal(signal.SIGTERM if deaf else signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
