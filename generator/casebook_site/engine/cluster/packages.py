"""What a cluster needs and the rest does not: optional packages, and how to get them."""

from __future__ import annotations

from importlib.util import find_spec

from casebook_site.base.problems import SettingsError

PACKAGES = ("distributed", "fsspec")


def require_packages() -> None:
    """Raise `SettingsError` with the line that installs what is missing."""
    if missing := [package for package in PACKAGES if find_spec(package) is None]:
        raise SettingsError(
            f"在集群上构建还要装 {'、'.join(missing)}：在本项目里运行 make cluster，"
            f"或 pip install {' '.join(missing)}。"
        )
