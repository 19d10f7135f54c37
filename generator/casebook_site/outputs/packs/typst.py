"""Typst: a document in, the bytes of a PDF out. The one place that knows Typst.

The PDF is tagged and made after PDF/UA-1, which Typst itself checks; its dates are those of the
content, so the same document has the same bytes.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casebook_site.base.files import write_atomically
from casebook_site.base.palette import on_paper
from casebook_site.base.problems import SettingsError
from casebook_site.base.templates import templates_dir
from casebook_site.outputs.packs.document import PackDocument
from casebook_site.outputs.packs.fonts import Typefaces
from casebook_site.schema.choices import Vocabulary

TEMPLATE = "pack.typ"
PIXELS_PER_INCH = 220
"""For drawings that Word cannot show as they are."""


class UnreadablePicture(Exception):
    """A picture of the document is damaged."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


_worked_in: set[int] = set()


def has_worked_here() -> bool:
    """Whether Typst has worked in this process: its threads would be missing in a forked one."""
    return os.getpid() in _worked_in


@contextmanager
def workplace() -> Iterator[Path]:
    """Yield a folder with the templates for renderers; several processes may share it."""
    with TemporaryDirectory(prefix="casebook-packs-") as name:
        folder = Path(name)
        shutil.copytree(typst_templates(), folder / "templates")
        (folder / "files").mkdir()
        yield folder


class TypstRenderer:
    """Typst with the fonts of one site, at work in a folder from `workplace`."""

    def __init__(self, faces: Typefaces, folder: Path, categories: Vocabulary) -> None:
        import typst

        _worked_in.add(os.getpid())
        self.faces = faces
        self._categories = categories
        self._root = folder
        self._typst = typst.Compiler(
            root=str(self._root),
            font_paths=typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(folder) for folder in faces.folders],
            ),
            ignore_system_fonts=True,
        )
        self._whole: set[str] = set()
        self._pngs: dict[str, bytes] = {}

    def pdf(self, document: PackDocument) -> bytes:
        """Return the document as PDF; raise `SettingsError` when the template is at fault."""
        for name, content in document.files.items():
            self._place(name, content)
        data = as_data(document) | {
            "fonts": self.faces.families,
            "colours": on_paper(),
            "categories": {
                choice.id: {"mark": choice.mark, "colour": choice.colour}
                for choice in self._categories.choices
            },
        }
        self.check_pictures(document)
        made = self._compile(
            str(self._root / "templates" / TEMPLATE),
            format="pdf",
            sys_inputs={"pack": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=document.created,
        )
        assert isinstance(made, bytes)
        return made

    def check_pictures(self, document: PackDocument) -> None:
        """Raise `UnreadablePicture` for a picture that cannot be read."""
        import typst

        for name, content in document.files.items():
            if name in self._whole:
                continue
            self._place(name, content)
            try:
                self._typst.compile(f'#image("/files/{name}")'.encode(), format="svg")
            except typst.TypstError:
                raise UnreadablePicture(name) from None
            self._whole.add(name)

    def png(self, name: str, content: bytes) -> bytes:
        """Return a drawing as PNG."""
        if name not in self._pngs:
            self._place(name, content)
            source = (
                "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
                f'#image("/files/{name}")'
            )
            made = self._compile(source.encode(), format="png", ppi=PIXELS_PER_INCH)
            assert isinstance(made, bytes)
            self._pngs[name] = made
        return self._pngs[name]

    def _place(self, name: str, content: bytes) -> None:
        file = self._root / "files" / name
        if not file.exists():
            write_atomically(file, content)

    def _compile(self, source: str | bytes, **options: Any) -> Any:
        import typst

        try:
            return self._typst.compile(source, **options)
        except typst.TypstError as error:
            raise SettingsError(f"PDF 排版出错：{error.diagnostic or error.message}") from None


def as_data(document: PackDocument) -> dict[str, Any]:
    """Return the document as plain data for the template, without the pictures' bytes."""
    bare = dataclasses.replace(document, files={}, records=())
    return dataclasses.asdict(bare)


def typst_templates() -> Path:
    """Return the folder of the Typst templates."""
    return templates_dir() / "packs"
