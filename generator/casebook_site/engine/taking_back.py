"""The last import, renaming or deletion of a site, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook_site.base.settings import Settings
from casebook_site.editing.files import FileChange
from casebook_site.editing.imported import forget as forget_rows
from casebook_site.editing.undo import LastChange, forget, last_change, reversal
from casebook_site.engine.loading import Loaded, write_changed


def what_to_take_back(settings: Settings) -> tuple[LastChange, list[FileChange]]:
    """Return the last change and what takes it back; raise `NothingToUndoError` if nothing does."""
    change = last_change(settings.root)
    return change, reversal(change)


def take_back(
    settings: Settings, loaded: Loaded, change: LastChange, changes: Sequence[FileChange]
) -> None:
    """Take a change back; raise `ContentError` where that would break something else."""
    write_changed(settings, changes, loaded)
    forget(change)
    gone = {one.path for one in changes if one.new is None}
    origins = loaded.catalog.origins
    forget_rows(settings.root, {key for key in origins if Path(origins[key].file) in gone})
