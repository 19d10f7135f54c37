"""The live preview: pages are made when they are asked for, from content that is kept in memory."""

from casebook_site.webapp.preview.serving import serve_site

__all__ = ["serve_site"]
