"""Fixtures: the form of a copy of the toy."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest

from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.server import form_server
from tests.build.forms.served import ServedForms
from tests.folders import TOY, toy_copy, tree


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedForms]:
    """The form of a copy of the toy, which nobody watches for changes."""
    folder = toy_copy(tmp_path_factory.mktemp("forms").resolve() / "toy")
    editor = RecordEditor(LiveSite(folder.root / "mkdocs.yml", None, lambda _: None))
    server, access = form_server(editor, 0)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield ServedForms(folder, server, access, editor)
    server.shutdown()
    server.server_close()
    editor.close()


@pytest.fixture
def site(started: ServedForms) -> Iterator[ServedForms]:
    """The same for each test: what a test has changed is put back."""
    yield started
    records, content = started.folder.root / "content/records", started.editor.site.content
    shutil.rmtree(started.folder.root / "content/maps", ignore_errors=True)
    if tree(records) != tree(TOY / "content/records"):
        shutil.rmtree(records)
        shutil.copytree(TOY / "content/records", records)
        content.read_all()
        content.link()
        content.check()
