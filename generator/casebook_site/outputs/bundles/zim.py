"""A bundle as a ZIM file, which Kiwix opens on phones, with its full-text index.

The library is optional: `make bundles`. It writes a random identifier into each file, so two files
of one bundle have equal contents and not equal bytes.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from casebook_site.base.audience import is_internal
from casebook_site.base.problems import SettingsError
from casebook_site.base.templates import templates_dir
from casebook_site.model.urls import HOME
from casebook_site.outputs.bundles.layout import COPY, MANIFEST, SUMS, inner
from casebook_site.outputs.bundles.making import Bundle
from casebook_site.outputs.bundles.zips import write_beside

MAIN = inner(HOME)
ICON_SIZE = 48
_LEFT_OUT = (COPY, MANIFEST, SUMS)


def _libzim() -> tuple[Any, Any]:
    try:
        from libzim import reader, writer
    except ImportError:
        raise SettingsError("ZIM 格式要用 libzim，还没有装。在仓库里运行 make bundles。") from None
    return reader, writer


def write_zim(target: Path, bundle: Bundle) -> None:
    """Write the pages of a bundle as a ZIM file, and read it back before it takes its place."""
    reader, _ = _libzim()

    def fill(beside: Path) -> None:
        # The library refuses to write over anything.
        beside.unlink(missing_ok=True)
        _write(beside, bundle)
        archive = reader.Archive(str(beside))
        if not archive.check() or archive.main_entry.get_item().path != MAIN:
            raise OSError(f"{target.name} does not read back")

    write_beside(target, fill)


def _write(path: Path, bundle: Bundle) -> None:
    _, writer = _libzim()
    pages = {name: c.raw for name, c in bundle.files.items() if name not in _LEFT_OUT}
    with writer.Creator(str(path)).config_indexing(True, "zho") as creator:
        creator.set_mainpath(MAIN)
        for name, content in pages.items():
            creator.add_item(_item(writer, name, content))
        creator.add_illustration(ICON_SIZE, (templates_dir() / "bundle/icon.png").read_bytes())
        for key, value in _metadata(bundle).items():
            creator.add_metadata(key, value)


def _item(writer: Any, name: str, content: bytes) -> Any:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"

    class ZimItem(writer.Item):  # type: ignore[misc]
        """One file; the library asks it for its parts."""

        def get_path(self) -> str:
            return name

        def get_title(self) -> str:
            return _title(content) if kind == "text/html" else ""

        def get_mimetype(self) -> str:
            return kind

        def get_contentprovider(self) -> Any:
            return writer.StringProvider(content)

        def get_hints(self) -> dict[Any, int]:
            return {writer.Hint.FRONT_ARTICLE: int(kind == "text/html")}

    return ZimItem()


def _title(page: bytes) -> str:
    text = page.decode()
    return text.partition("<title>")[2].partition("</title>")[0].partition(" - ")[0]


def _metadata(bundle: Bundle) -> dict[str, str]:
    """Return the openZIM metadata that Kiwix lists; it limits title and description."""
    manifest = bundle.manifest
    mark = "（内部资料）" if is_internal(manifest.edition) else ""
    year, month, day = manifest.day
    return {
        "Name": f"casebook_zh_{manifest.scope.replace(':', '-')}",
        "Title": f"{manifest.title}{mark}"[:30],
        "Description": f"《{manifest.site_name}》离线包：{manifest.title}{mark}"[:80],
        "Language": "zho",
        "Creator": manifest.site_name,
        "Publisher": manifest.site_name,
        "Date": f"{year:04}-{month:02}-{day:02}",
        "Scraper": "casebook",
        "Tags": f"_ftindex:yes;version:{manifest.version}",
    }
