"""Buttons of the form: check everything, make the website."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from casebook_site.base.problems import ContentError, Problem
from casebook_site.base.templates import Renderer, Template
from casebook_site.engine.request import BuildRequest
from casebook_site.webapp.access import FormAccess
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.responses import html

SHOWN = 300
"""Problems that a page lists."""


@dataclass(frozen=True)
class MadePage:
    """What a button has done."""

    base: str
    site_name: str
    title: str
    told: str
    problems: tuple[Problem, ...] = ()


MADE_PAGE = Template("edit/made.html", MadePage)


class MakingRoutes:
    """Answers for the buttons, to those who were let in."""

    def __init__(self, editor: RecordEditor, access: FormAccess, renderer: Renderer) -> None:
        """Keep them."""
        self._site, self._base, self._renderer = editor.site, access.base, renderer

    @property
    def endpoints(self) -> Mapping[str, Callable[..., Response]]:
        """Name of an endpoint → what answers it."""
        return {"check_all": self._check, "make_site": self._make}

    def _check(self, request: Request) -> Response:
        content = self._site.content
        content.read_all()
        content.link()
        problems = content.check()
        told = f"有 {len(problems)} 处问题。" if problems else "没有问题。"
        return self._shown("检查", told, problems)

    def _make(self, request: Request) -> Response:
        # What a build needs takes long to load, and most forms never ask for one.
        from casebook_site.engine.building import build_request

        settings = self._site.settings
        made = BuildRequest(self._site.config_file, settings.options.audience)
        try:
            folder = build_request(made)
        except ContentError as error:
            told = f"有 {len(error.problems)} 处问题，网站没有改动。"
            return self._shown("生成网站", told, error.problems)
        return self._shown("生成网站", f"已写好：{folder / 'index.html'}。双击这个文件就能看。")

    def _shown(self, title: str, told: str, problems: tuple[Problem, ...] = ()) -> Response:
        page = MadePage(
            self._base, self._site.settings.site_name, title, told, tuple(problems[:SHOWN])
        )
        status = HTTPStatus.CONFLICT if problems else HTTPStatus.OK
        return html(self._renderer.render(MADE_PAGE, page), status)
