"""The only place that makes a path or an address.

Paths are POSIX, relative to the root of the site, ASCII. Every page lies in a section folder of
depth one (or at the root), so page-relative links are short and one shell fits a whole section.
"""

from __future__ import annotations

from urllib.parse import quote

HOME = "index.html"


def record_path(folder: str, id: str) -> str:
    """Return the path of a record's page, given its kind's folder: `teaching-points/park.html`."""
    return f"{folder}/{id}.html"


def record_data_path(folder: str, id: str) -> str:
    """Return the path of a record's JSON, beside its page."""
    return f"{folder}/{id}.json"


def pack_path(folder: str, id: str, format: str, paper: str = "") -> str:
    """Return the path of a record's study pack: `courses/general.pdf`, `courses/general.test.pdf`.

    `format` is `pdf` or `docx`; `paper` is `test` or `answers` for its self-test, without and with
    the answers. An id has no dot, so no other record's pack is called so.
    """
    return f"{folder}/{id}{f'.{paper}' if paper else ''}.{format}"


def index_path(section: str, page: int = 1, part: str = "") -> str:
    """Page `page` (from 1) of an index; `part` names a sub-list such as a letter or a tag."""
    stem = part or "index"
    return f"{section}/{stem}.html" if page == 1 else f"{section}/{stem}-{page}.html"


def data_path(name: str) -> str:
    """Return the path of a download: `data/teaching-points.csv`."""
    return f"data/{name}"


def schema_path(kind: str) -> str:
    """Return the path of a kind's JSON Schema."""
    return f"data/schema/{kind}.json"


def media_path(file: str) -> str:
    """Return the path of a record's photo or file."""
    return f"media/{file}"


def photo_path(file: str, width: int) -> str:
    """Return the path of a photo in one width: `media/juzhen/park-01.jpg-480.webp`."""
    return f"{media_path(file)}-{width}.webp"


def layer_path(name: str) -> str:
    """Return the path of a map layer, a script: `map/layer-points-yiyuan.js`."""
    return f"map/layer-{name}.js"


def search_path(name: str) -> str:
    """Return the path of a file of the search index: `search/pieces-1f.js`."""
    return f"search/{name}.js"


def asset_path(name: str) -> str:
    """Return the path of an asset of ours, beside those of the theme."""
    return f"assets/{name}"


def relative(target: str, page: str) -> str:
    """Return the address of `target` as a link on `page`, both paths in the site."""
    base, slash, _ = page.rpartition("/")
    if not slash:
        link = target
    elif target.startswith(base + slash):
        link = target[len(base) + 1 :]
    else:
        link = "../" * page.count("/") + target
    return link if link.isascii() else quote(link)


def absolute(site_url: str, path: str) -> str:
    """Return the permanent address of a path, or the path if the site has no address."""
    if path == HOME:
        path = ""
    return site_url + (path if path.isascii() else quote(path))
