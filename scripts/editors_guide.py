"""Writes docs/EDITORS.zh-CN.md, the editor's guide, from the models and the table of codes."""

from __future__ import annotations

import sys
from pathlib import Path

from casebook_site.kinds import program_schema
from casebook_site.outputs.guide.markdown import guide_markdown

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(guide_markdown(program_schema()), "utf-8", newline="\n")
