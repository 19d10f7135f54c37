"""Many bundles: in parallel, each zip whole or not there, and an interrupted run goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from casebook_site import __version__
from casebook_site.base.audience import Audience, is_internal
from casebook_site.base.faults import reported
from casebook_site.base.inputs import content_paths, digest_of, program_digest
from casebook_site.base.parallel import batches, map_batches, settled_memory
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.forms import FormName, usual_form
from casebook_site.outputs.bundles.making import BundleBuilder
from casebook_site.outputs.bundles.manifest import Manifest, NotABundle
from casebook_site.outputs.bundles.single import write_single
from casebook_site.outputs.bundles.verifying import verify
from casebook_site.outputs.bundles.zim import write_zim
from casebook_site.outputs.bundles.zips import write_zip
from casebook_site.schema.kinds import Schema

AT_ONCE = 60
"""Bundles of equal pages that a process makes before it asks for more."""

ROUND = 24
"""Sets of pages that a process makes before a fresh one takes its place: each record that a process reads becomes
a copy of its own (reading counts references), and in the end each would hold all records."""


Ending = Literal["zip", "zim", "html"]
"""What a bundle is written as: the ending of the file."""


@dataclass(frozen=True)
class BundleJob:
    """One bundle to make."""

    scope: Scope
    target: Path
    base: Manifest | None = None
    """What is there already, for an update."""
    ending: Ending = "zip"


@dataclass(frozen=True)
class BundleResult:
    """A bundle that is in its place, or why there is none."""

    job: BundleJob
    size: int = 0
    """Bytes of the file; 0 where none was made."""
    version: str = ""
    empty: bool = False
    """Whether the scope has nothing of its own."""
    packs: int = 0
    """Bytes of the study packs in it."""
    kept: bool = False
    """Whether an interrupted run had made it already."""


def bundle_name(scope: Scope, audience: Audience, form: FormName, schema: Schema) -> str:
    """`township-lunzhen`; with the form where it is not the usual one, with `-internal` likewise."""
    stem = str(scope).replace(":", "-")
    stem += "" if form == usual_form(scope, schema) else f"-{form}"
    return f"{stem}-internal" if is_internal(audience) else stem


def jobs_for(
    builder: BundleBuilder,
    scopes: Sequence[Scope],
    out: Path,
    since: Path | None = None,
    ending: Ending = "zip",
) -> list[BundleJob]:
    """Return what to make for scopes, each once; `since`: an old zip, or a folder of them.

    Raise `SettingsError` for an unknown scope, `NotABundle` for an old zip that is none.
    """
    if since and ending != "zip":
        raise SettingsError("更新包只有 zip 一种，--since 不能与 --single、--format zim 同用。")
    jobs = []
    for scope in dict.fromkeys(scopes):
        name = bundle_name(
            scope, builder.visible.audience, builder.form.name, builder.visible.schema
        )
        base = None
        if since:
            base = read_base(since / f"{name}.zip" if since.is_dir() else since)
            name = f"{name}-update-from-{base.version}"
        jobs.append(BundleJob(scope, out / f"{name}.{ending}", base, ending))
    return jobs


def read_base(path: Path) -> Manifest:
    """Return the manifest of an old zip that is whole; raise `NotABundle` for any other."""
    verdict = verify(path)
    if verdict.problems:
        raise NotABundle(
            f"旧包 {path.name} 已损坏（{verdict.problems[0].message}），不能据它更新。"
        )
    return verdict.manifest


def run(builder: BundleBuilder, jobs: Sequence[BundleJob], out: Path) -> Iterator[BundleResult]:
    """Make and write bundles; yield each when its file is in its place.

    A run that was killed leaves whole files and a journal. The same run started again keeps what
    the journal names, as long as nothing has changed that bundles are made from.
    """
    with reported(builder.settings.cache_dir):
        yield from _run(builder, jobs, out)


def _run(builder: BundleBuilder, jobs: Sequence[BundleJob], out: Path) -> Iterator[BundleResult]:
    journal = Journal(out, fingerprint(builder, jobs))
    with closing(journal):
        yield from _made(builder, jobs, journal)
        journal.remove()


def _made(
    builder: BundleBuilder, jobs: Sequence[BundleJob], journal: Journal
) -> Iterator[BundleResult]:
    """Yield the bundles of a run: those that its journal names, and those made now."""
    kept = {job.target.name for job in jobs if journal.has(job.target)}
    for job in jobs:
        if job.target.name in kept:
            yield BundleResult(job, job.target.stat().st_size, kept=True)
    waiting = [job for job in jobs if job.target.name not in kept]
    workers = builder.settings.workers
    for job in waiting[:1]:
        # Here, so that all processes begin with the pages that bundles have in common.
        done = _done(builder, job)
        journal.note(done)
        yield done
    with settled_memory():
        for some in batches(_with_equal_pages(builder, waiting[1:]), ROUND * workers):
            made = map_batches(
                _make_and_write,
                some,
                size=1,
                workers=workers,
                initializer=_prepare,
                initargs=(builder,),
            )
            for batch in made:
                for done in batch:
                    journal.note(done)
                    yield done


_builder: BundleBuilder


def _prepare(builder: BundleBuilder) -> None:
    """Keep what a worker process needs; it is inherited, not sent."""
    global _builder
    _builder = builder


def _with_equal_pages(
    builder: BundleBuilder, jobs: Iterable[BundleJob]
) -> Iterator[list[BundleJob]]:
    """Yield jobs that one process shall make: those that follow each other and have equal pages."""
    visible, form = builder.visible, builder.form
    for _, some in groupby(jobs, lambda job: form.pages_of(job.scope, visible)):
        yield from batches(some, AT_ONCE)


def _make_and_write(groups: list[list[BundleJob]]) -> list[BundleResult]:
    return [_done(_builder, job) for jobs in groups for job in jobs]


def _done(builder: BundleBuilder, job: BundleJob) -> BundleResult:
    if not builder.visible.membership.own(job.scope):
        return BundleResult(job, empty=True)
    if job.ending == "html":
        manifest = write_single(builder, job.scope, job.target)
        return BundleResult(job, job.target.stat().st_size, manifest.version)
    bundle = builder.bundle(job.scope, job.base)
    if job.ending == "zim":
        write_zim(job.target, bundle)
    else:
        write_zip(job.target, bundle.files.items(), bundle.manifest.day)
    size = job.target.stat().st_size
    return BundleResult(job, size, bundle.manifest.version, packs=bundle.packs)


# --- going on after a kill ------------------------------------------------------------------------


class Journal:
    """Which files an unfinished run has put in their places, with their digests; gone in the end."""

    def __init__(self, out: Path, fingerprint: str) -> None:
        self._path = out / ".casebook-bundles"
        self._digests: dict[str, str] = {}
        try:
            out.mkdir(parents=True, exist_ok=True)
            for unfinished in out.glob(".*.part"):
                unfinished.unlink()
            if self._path.is_symlink():  # a folder from elsewhere: what it leads to is not ours
                self._path.unlink()
            if self._path.is_file():
                first, *lines = self._path.read_text("utf-8", "replace").split("\n")
                # The last line may have been cut off by the kill.
                noted = [line.partition(" ") for line in lines[:-1] if first == fingerprint]
                self._digests = {name: digest for digest, _, name in noted}
            self._file = self._path.open("w", encoding="utf-8", newline="\n")
            known = sorted(self._digests.items())
            self._write(fingerprint, *(f"{digest} {name}" for name, digest in known))
        except OSError as error:
            raise SettingsError(f"写不了文件夹 {out}：{reason_of(error)}。") from None

    def _write(self, *lines: str) -> None:
        self._file.write("".join(f"{line}\n" for line in lines))
        self._file.flush()

    def has(self, target: Path) -> bool:
        """Return whether a file is the one that the unfinished run had made."""
        known = self._digests.get(target.name)
        return known is not None and target.is_file() and known == _digest_of(target)

    def note(self, done: BundleResult) -> None:
        """Record that a file is in its place."""
        if done.size:
            self._write(f"{_digest_of(done.job.target)} {done.job.target.name}")

    def close(self) -> None:
        """Let go of the file; what it says stays for the next run."""
        self._file.close()

    def remove(self) -> None:
        """Remove the journal of a run that has finished."""
        self.close()
        with suppress(OSError):
            self._path.unlink()


def _digest_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def fingerprint(builder: BundleBuilder, jobs: Sequence[BundleJob]) -> str:
    """Return a digest of all that the bundles of a run are made from."""
    asked = [
        __version__,
        builder.visible.audience,
        builder.form.name,
        builder.settings.model_dump_json(exclude={"options": {"workers"}}),
        builder.signer.public_key if builder.signer else "",
        *(job.base.version if job.base else "" for job in jobs),
        *(f"{pack.path} {pack.file.name}" for pack in builder.packs),
        program_digest(),
        digest_of(content_paths(builder.settings)),
    ]
    digest = hashlib.sha256("\0".join(map(str, asked)).encode())
    # What MkDocs and its other plugins have made of theme and pages.
    for key, template in sorted(builder.capture.templates.items()):
        digest.update(key.encode() + b"".join(template.pieces))
    for page in builder.capture.pages:
        digest.update(page.html.encode() + b"".join(page.template.pieces))
    for content in builder.fixed.values():
        digest.update(content.raw)
    return digest.hexdigest()
