"""The commands that `cli` offers besides its own. Arguments in, exit code out."""

from __future__ import annotations

import click

from generator.commands.making import bundle, pack
from generator.commands.records import (
    doctor_command,
    edit_command,
    new_command,
    rename_command,
    schema_command,
)
from generator.commands.spreadsheets import export_command, import_command

MAKING_COMMANDS: tuple[click.Command, ...] = (bundle, pack)
"""What is handed out."""

EDITING_COMMANDS: tuple[click.Command, ...] = (
    export_command,
    import_command,
    schema_command,
    new_command,
    rename_command,
    edit_command,
    doctor_command,
)
"""What editors work with."""
