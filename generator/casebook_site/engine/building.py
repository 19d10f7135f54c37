"""From a request to a published site."""

from __future__ import annotations

from pathlib import Path

from casebook_site.base.inputs import input_paths
from casebook_site.base.today import today
from casebook_site.engine.cluster.building import Cluster
from casebook_site.engine.pipeline import build_site
from casebook_site.engine.request import BuildRequest
from casebook_site.engine.unchanged import InputNote
from casebook_site.mkdocs_adapter.config import MkDocsSite, open_site


def build_request(request: BuildRequest) -> Path:
    """Build what is asked for, and note what it was built from; return the folder of the site.

    Raises `ContentError` or `SettingsError`, after which the old site stands as it was.
    """
    cluster = Cluster.parse(request.executor, request.blobs)
    opened = opened_site(request)
    inputs = input_paths(opened.settings)
    if opened.theme_folder:
        inputs.append(opened.theme_folder)
    note = InputNote.of(inputs)
    site = build_site(opened.settings, opened.capture, cluster=cluster)
    if opened.is_pure:
        note.keep(request, site, today().isoformat() if opened.settings.options.review else "")
    return site


def opened_site(request: BuildRequest) -> MkDocsSite:
    """Return the configured site that a request is about."""
    return open_site(
        request.config_file,
        audience=request.audience,
        site_dir=request.site_dir,
        packs=request.packs,
        strict=request.strict,
    )
