"""Who is answered. All that is asked here is in the request, so that it holds without a socket too."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from werkzeug.wrappers import Request

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names of this machine, as a `Host` header has them."""


class RefusalError(Exception):
    """A request that gets no page: its status, and what to say."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


def require_readable(request: Request) -> None:
    """Raise `RefusalError` for a request whose address or referer is none."""
    try:
        readable = request.environ.get("PATH_INFO", "").startswith("/")
        urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        readable = False
    if not readable:
        raise RefusalError(HTTPStatus.BAD_REQUEST, "请求读不懂。")


def local_names(host: str) -> frozenset[str]:
    """Return the names by which a server at `host` is asked on this machine; none if others may ask too."""
    bare = host.removeprefix("[").removesuffix("]")
    try:
        local = ip_address(bare).is_loopback
    except ValueError:
        local = host in LOOPBACK
    return LOOPBACK | {host} if local else frozenset()


def require_name(request: Request, names: Collection[str]) -> None:
    """Raise `RefusalError` where another name led a browser to this machine (DNS rebinding)."""
    if request.headers.get("Host", "").rpartition(":")[0] not in names:
        raise RefusalError(HTTPStatus.FORBIDDEN, "地址不对：请用终端里显示的网址。")


@dataclass(frozen=True)
class FormAccess:
    """Whoever knows the token may read and write, from pages of this origin alone."""

    origin: str
    """Scheme, host and port: `http://127.0.0.1:8123`."""
    token: str
    """The first step of every path; nobody can guess it."""

    @classmethod
    def of(cls, origin: str) -> FormAccess:
        """Return the access to an origin with a new token."""
        return cls(origin, secrets.token_urlsafe(18))

    @property
    def base(self) -> str:
        """Path of the first page."""
        return f"/{self.token}/"

    @property
    def address(self) -> str:
        """Address of the first page."""
        return self.origin + self.base

    def path_of(self, request: Request) -> str:
        """Return the path behind the token, with a slash before it; raise `RefusalError` for strangers."""
        if request.headers.get("Host") != urlsplit(self.origin).netloc:
            raise RefusalError(HTTPStatus.FORBIDDEN, "地址不对：请用终端里显示的网址。")
        origin = request.headers.get("Origin") or _origin_of_referer(request)
        if origin != self.origin and (origin or request.method == "POST"):
            raise RefusalError(HTTPStatus.FORBIDDEN, "别的网页不能读写这里的记录。")
        if not self.knows(request):
            raise RefusalError(HTTPStatus.FORBIDDEN, "网址不全或已过期：请用终端里最新显示的网址。")
        return "/" + request.path.removeprefix(self.base)

    def knows(self, request: Request) -> bool:
        """Return whether the path begins with the token."""
        token, slash, _ = request.environ["PATH_INFO"].removeprefix("/").partition("/")
        same = secrets.compare_digest(token.encode(), self.token.encode())
        return same and bool(slash)


def _origin_of_referer(request: Request) -> str:
    """Return what old browsers tell in place of `Origin` when they send a form; empty for none."""
    address = urlsplit(request.headers.get("Referer", "") if request.method == "POST" else "")
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""
