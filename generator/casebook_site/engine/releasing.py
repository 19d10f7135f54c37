"""A dated release: what every public record says now, kept beside the records."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

from casebook_site.base.audience import AUDIENCES
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Settings
from casebook_site.base.today import today
from casebook_site.editing.files import FileChange
from casebook_site.editing.yaml_text import new_text
from casebook_site.engine.loading import Loaded, write_changed
from casebook_site.model.catalog import key_of
from casebook_site.model.editions import select
from casebook_site.model.signed_texts import SignedTexts
from casebook_site.reading.files import MAX_BYTES
from casebook_site.schema.fields import check_id


def make_release(settings: Settings, loaded: Loaded, name: str) -> FileChange:
    """Write the manifest of a release, which can be taken back; return what was written.

    Raise `ContentError` for content that the public may not see, `SettingsError` for a name that is
    none, or is taken.
    """
    try:
        check_id(name)
    except PydanticCustomError as error:
        raise SettingsError(f"版名“{name}”{error.message()}。写作 2027-01。") from None
    file = settings.releases_dir / f"{name}.yml"
    if file.exists():
        raise SettingsError(f"{name}版已经定过。定过的版不改，换一个版名。")
    loaded.released(AUDIENCES[0])
    texts = SignedTexts(select(loaded.catalog, AUDIENCES[0]), settings.media_dir)
    contents = ((key_of(record), texts.of(key_of(record))) for record in texts.public)
    records = {str(key): content.digest for key, content in contents if content}
    if not records:
        raise SettingsError("没有公开的记录，不用定版。")
    text = new_text({"date": today().isoformat(), "records": records}).encode()
    if len(text) > MAX_BYTES:
        raise SettingsError(f"公开的记录有 {len(records)} 条，一份定版文件放不下。")
    change = FileChange(file, None, text)
    write_changed(settings, [change], loaded, f"定{name}版")
    return change
