"""A Word pack in LibreOffice.

Slow tier: LibreOffice is one more program to install.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.build.packs.making import codes, document_of, pdf_text, reader, toy_builder, toy_file


def test_libreoffice_opens_the_file_and_shows_all_of_it(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.fail(
            "LibreOffice was not found. On Debian this mends it:\n"
            "    sudo apt-get install --no-install-recommends libreoffice-writer-nogui",
            pytrace=False,
        )
    file = tmp_path / "class.docx"
    file.write_bytes(toy_file("class:spring", "internal", "docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=120)
    content = (tmp_path / "class.pdf").read_bytes()
    text = re.sub(r"\s", "", pdf_text(content))
    for heading in document_of(toy_builder("internal"), "class:spring").headings:
        assert re.sub(r"\s", "", heading.text) in text
    pages = reader(content).pages
    assert all("内部资料" in page.extract_text() for page in pages)
    assert "https://example.org/sub/path/teaching-points/zi-park.html" in codes(content)
    assert 8 <= len(pages) <= 24
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
