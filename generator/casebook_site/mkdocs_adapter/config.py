"""A site as it is configured in `mkdocs.yml`: read by MkDocs, handed on as plain values."""

from __future__ import annotations

import logging
import posixpath
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from casebook_site.base.audience import Audience, is_internal
from casebook_site.base.characters import forbidden_in, with_names
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Options, Settings, parse_options, with_packs
from casebook_site.outputs.site.form import WHOLE, SiteForm

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from casebook_site.outputs.page_template import ThemeCapture
    from casebook_site.schema.kinds import Schema

PURE_PLUGINS = frozenset({"casebook", "search", "material/search"})
"""Plugins of MkDocs whose output depends on nothing but the files of the site."""

_OUTSIDE = re.compile(r"!ENV|!relative|^INHERIT|snippets|^hooks", re.MULTILINE)
"""What in mkdocs.yml leads to files or settings that are not looked at."""


_NO_FOLDER = re.compile(r"Config value '(\w+)': The path '(.*)' isn't an existing directory\.")


class MkDocsSite:
    """A configured site. Whoever has one needs to know nothing of MkDocs."""

    def __init__(self, config: MkDocsConfig, options: Options, *, own_folder: bool = True) -> None:
        self._config = config
        self.settings = settings_of(config, options, own_folder=own_folder)

    @property
    def address(self) -> str:
        """Host and port at which a preview is to be served."""
        return str(self._config.dev_addr)

    @property
    def theme_folder(self) -> Path | None:
        """The folder with the site's own changes of the theme."""
        return Path(self._config.theme.custom_dir) if self._config.theme.custom_dir else None

    @property
    def is_pure(self) -> bool:
        """Whether its pages depend on nothing but the files of the site and the program."""
        text = Path(self._config.config_file_path).read_text("utf-8")
        others = set(self._config.plugins) - PURE_PLUGINS
        return not (others or self._config.hooks or _OUTSIDE.search(text))

    def capture(
        self, schema: Schema, *, offline: bool = False, form: SiteForm = WHOLE
    ) -> ThemeCapture:
        """Run MkDocs, and return what it gives to pages of records and of editors.

        `offline`: whether it is for bundles. Raises MkDocs' `Abort` for a warning under strict.
        """
        from casebook_site.mkdocs_adapter.running import captured  # MkDocs takes 0.3 s to load

        return captured(self._config, self.settings, schema, offline=offline, form=form)


def open_site(
    config_file: Path,
    *,
    audience: Audience | None = None,
    site_dir: Path | None = None,
    packs: bool = False,
    strict: bool = False,
) -> MkDocsSite:
    """Return the site of a configuration file; raise `SettingsError` for what MkDocs refuses.

    What is given wins over what the file says.
    """
    overrides: dict[str, Any] = {"strict": True} if strict else {}
    if site_dir:
        overrides["site_dir"] = str(site_dir.resolve())
    config = _load(config_file, overrides)
    options = _options(config, config_file)
    if audience:
        options = options.model_copy(update={"audience": audience})
    options = with_packs(options) if packs else options
    return MkDocsSite(config, options, own_folder=site_dir is None)


def _load(config_file: Path, overrides: dict[str, Any]) -> MkDocsConfig:
    import mkdocs.config
    from mkdocs.exceptions import Abort, ConfigurationError

    if not config_file.is_file():
        raise SettingsError(f"找不到配置文件 {config_file}。用 -f 指明 mkdocs.yml 的位置。")
    quiet = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(quiet)
    try:
        return mkdocs.config.load_config(str(config_file), **overrides)
    except (ConfigurationError, Abort) as error:
        detail = "；".join(map(_in_chinese, quiet.lines)) or str(error)
        raise SettingsError(f"配置文件 {config_file.name} 有误：{detail.rstrip('.。')}。") from None
    except OSError:
        raise
    except Exception as error:  # MkDocs and its plugins raise whatever they meet
        raise SettingsError(
            f"配置文件 {config_file.name} 有误（{error}）。核对网址、路径和插件的设置。"
        ) from None
    finally:
        logger.removeHandler(quiet)


def _in_chinese(line: str) -> str:
    """Return what MkDocs says of a missing folder in Chinese, and anything else as it is."""
    missing = _NO_FOLDER.fullmatch(line)
    return f"{missing[1]} 写的文件夹 {missing[2]} 不存在" if missing else line


def _options(config: MkDocsConfig, config_file: Path) -> Options:
    if "casebook" not in config.plugins:
        raise SettingsError(
            f"{config_file.name} 的 plugins 里没有 casebook，加上一行“- casebook”。"
        )
    return parse_options(dict(config.plugins["casebook"].config))


def settings_of(config: MkDocsConfig, options: Options, *, own_folder: bool = True) -> Settings:
    """Return what the program needs to know of a site.

    `own_folder`: whether an internal edition goes to a folder of its own, beside the public one.
    """
    config_file = Path(config.config_file_path or "mkdocs.yml").resolve()
    _refuse_characters(config, config_file)
    url = config.site_url or ""
    site_dir = Path(config.site_dir).resolve()
    if own_folder and is_internal(options.audience):
        site_dir = site_dir.with_name(f"{site_dir.name}-internal")
    return Settings(
        root=config_file.parent,
        config_file=config_file,
        site_name=config.site_name,
        site_url=url if url.endswith("/") or not url else url + "/",
        site_description=config.site_description or "",
        site_dir=site_dir,
        docs_dir=Path(config.docs_dir).resolve(),
        edit_url=_edit_url(config, config_file.parent),
        options=options,
    )


def _refuse_characters(config: MkDocsConfig, config_file: Path) -> None:
    """Raise `SettingsError` for a text of the settings with a character that no text may hold."""
    # Hooks stand among the plugins as modules, and have no options.
    plugins = (plugin for plugin in config.plugins.values() if not isinstance(plugin, ModuleType))
    options = [plugin.config for plugin in plugins]
    for text in _texts([*config.values(), *options]):
        if found := forbidden_in(text):
            message = f"{config_file.name} 里有不能用的字符 {found[1]}，在“{with_names(text)}”里。"
            raise SettingsError(f"{message}删去这个字符重新输入。")


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_texts, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(_texts, value))


def _edit_url(config: MkDocsConfig, root: Path) -> str:
    """Return where files of the site are edited: `edit_uri` without the pages' own folder."""
    if not config.edit_uri:
        return ""
    try:
        base = urljoin(posixpath.join(config.repo_url or "", ""), config.edit_uri)
    except ValueError:
        raise SettingsError(f"edit_uri 的网址 {config.edit_uri} 写法不对。") from None
    docs = Path(config.docs_dir).resolve()
    pages = docs.relative_to(root).as_posix() + "/" if docs.is_relative_to(root) else ""
    return base.removesuffix(pages) if pages and base.endswith(pages) else ""


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def log_to_stderr(*, verbose: bool) -> None:
    """Send MkDocs' messages to standard error, as the `mkdocs` command does."""
    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.INFO if verbose else logging.WARNING)


def strict_warnings(handlers: Sequence[logging.Handler]) -> int:
    """Return how many warnings MkDocs' strict mode has counted so far."""
    from mkdocs.utils import CountHandler

    return sum(
        count
        for handler in handlers
        if isinstance(handler, CountHandler)
        for _, count in handler.get_counts()
    )
