"""What is known of Material for MkDocs: its files, class names and marks in its pages."""

from __future__ import annotations

import re

from markupsafe import Markup

UNUSED_FILES = re.compile(r"assets/javascripts/(?:lunr|workers)/|sitemap\.xml$|.*\.map$")
"""Files of the theme that our pages do not load, and the site map, which is ours."""

INTERNAL_FILES = re.compile(r"assets/casebook/planner[-.]")
"""Files of ours that only pages of the internal edition load."""

TOC = re.compile(
    r'(<label class="md-nav__title" for="__toc">(?:(?!</label>).)*</label>\s*<ul[^>]*>)\s*'
    r'<li class="md-nav__item">\s*<a href="[^"]*casebook-toc".*?</li>\s*(</ul>)',
    re.DOTALL,
)
"""The table of contents of a placeholder: what stands around its one entry, in whose place a page's own
entries come. A page without any has neither."""

TOC_LINK = Markup(
    '<li class="md-nav__item"><a href="#{anchor}" class="md-nav__link">'
    '<span class="md-ellipsis">{title}</span></a></li>'
)
"""An entry of a page's table of contents."""

MENU_ENTRY = re.compile(
    r'<li class="md-nav__item">\s*<a href="(?:[^"]*/)?([\w-]+)/index\.html" class="md-nav__link">'
    r"(?:(?!</?li\b).)*</li>",
    re.DOTALL,
)
"""A section in the menu, with its folder; not the one that a page belongs to, nor one with others below."""

GENERATOR = re.compile(r'<meta name="generator"[^>]*>')
"""Names versions of programs, to nobody's use, on each page."""

THEME_SKIP = re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL)
"""The theme's link past the menus, which pages without a table of contents lack; ours is on all."""

NO_TITLE = "<!-- <h1 -->"
"""Keeps the theme from adding a title to a page that has one behind its slot."""

OWN_SWITCH = "NO_MKDOCS_2_WARNING"
"""The environment variable with which the theme's notice of its end is switched off."""
