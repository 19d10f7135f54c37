"""What is asked for, as a value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from casebook_site.base.audience import Audience


@dataclass(frozen=True)
class BuildRequest:
    """A website to build. Two equal requests over equal inputs give equal folders."""

    config_file: Path
    audience: Audience | None = None
    """None: as the configuration says."""
    site_dir: Path | None = None
    """None: as the configuration says; an internal edition then gets a folder of its own."""
    packs: bool = False
    """Whether study packs are made although the configuration does not ask for them."""
    strict: bool = False
    """Whether a warning of MkDocs is a failure."""
    executor: str = "local"
    """`local` or `dask://HOST:PORT`."""
    blobs: str = ""
    """Address of the files that a cluster shares; empty for a folder beside the site."""

    @property
    def key(self) -> str:
        """A text that is equal for equal requests."""
        return json.dumps([str(value) for value in vars(self).values()])
