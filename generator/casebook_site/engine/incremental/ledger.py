"""What a build leaves for the next one: enough to make the files of one record again.

One SQLite file a site, read row by row, so that its size costs nothing. It holds plain text and
numbers, and is never trusted over the source: it says of which files, by their age and size, and of
which program it was made. It may be deleted at any time; what cannot be read is as good as deleted.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Key
from casebook_site.outputs.site.model import unpacked
from casebook_site.records import Record

_TABLES = """
create table facts (name text primary key, value text, seal integer) without rowid;
create table records (
    kind text, id text, file text, place integer, data text, links text, before text, after text,
    seal integer, primary key (kind, id)
) without rowid;
create index by_file on records (file);
create table listed (packed blob);
create table lists (name text primary key, line text, seal integer) without rowid;
create table shells (name text primary key, slots text, pieces text, seal integer) without rowid;
"""


class NotKnown(Exception):
    """The ledger cannot tell what an edit changes: the whole site is to be made."""


def _seal(values: tuple[object, ...]) -> int:
    """By which a row is known to be as it was written."""
    return crc32("\t".join(map(str, values)).encode())


def _sealed(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    return ((*row, _seal(row)) for row in rows)


def _unsealed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    *values, seal = row
    if seal != _seal(tuple(values)):
        raise NotKnown("the notes of the last one are damaged")
    return tuple(values)


class StoredRecord(NamedTuple):
    """A record as the catalog knew it, and what other records make of it."""

    kind: str
    id: str
    file: str
    """POSIX path relative to the site's folder."""
    place: int | None
    """Its place in a file that holds a list."""
    data: str
    """Its fields as JSON, without those that have their default."""
    links: str
    """What links to it, a line each: `kind/id`, a tab, and the field."""
    before: str
    """The id of the record before it in the order of readers; empty where there is none."""
    after: str


def stored_form(record: Record) -> str:
    """A record as it stands in a row."""
    return record.model_dump_json(exclude_defaults=True)


def restored(row: StoredRecord) -> Record:
    """The record of a row, as it was read."""
    record = program_schema()[row.kind].model.model_validate_json(row.data)
    assert isinstance(record, Record)
    return record


class Facts(Mapping[str, Any]):
    """Values by name, each taken out of its JSON when it is asked for."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines

    def __getitem__(self, name: str) -> Any:
        return json.loads(self._lines[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class Ledger:
    """The file that a build has left, open for reading."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """What is known of the build as a whole, by name."""
        return Facts(dict(self._rows("select * from facts")))

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return [_unsealed(row) for row in self._connection.execute(query, values)]

    def record(self, kind: str, id: str) -> StoredRecord | None:
        """A record, or None."""
        rows = self._rows("select * from records where kind = ? and id = ?", kind, id)
        return StoredRecord(*rows[0]) if rows else None

    def records_in(self, file: str) -> list[StoredRecord]:
        """The records of a file, in their order."""
        rows = self._rows("select * from records where file = ? order by place", file)
        return [StoredRecord(*row) for row in rows]

    def ids(self, kind: str) -> list[str]:
        """The ids of all records of a kind, sorted."""
        rows = self._connection.execute("select id from records where kind = ?", (kind,))
        return sorted(id for (id,) in rows)

    def line(self, name: str) -> str:
        """What is listed under a name; empty where nothing is."""
        rows = self._rows("select * from lists where name = ?", name)
        return str(rows[0][1]) if rows else ""

    def pages_listing(self, key: Key) -> list[tuple[str, int]]:
        """(page, size) wherever the summary of a record is shown, cut at a size, in a list."""
        start = re.compile(rf"^{re.escape(str(key))}\t(.*)\t(\d+)$", re.MULTILINE)
        found: dict[tuple[str, int], None] = {}
        for (content,) in self._connection.execute("select packed from listed"):
            for page, size in start.findall(unpacked(content)):
                found[page, int(size)] = None
        return list(found)

    def shell(self, name: str) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
        """The pieces and slots of a shell."""
        for _, slots, pieces in self._rows("select * from shells where name = ?", name):
            return tuple(piece.encode() for piece in json.loads(pieces)), tuple(json.loads(slots))
        raise NotKnown(f"there is no shell {name}")

    def update(self, records: Iterable[tuple[Key, Record]], facts: Mapping[str, Any]) -> None:
        """Notes what records hold now, and facts."""
        rows = [
            row._replace(data=stored_form(record))
            for key, record in records
            if (row := self.record(*key))
        ]
        with self._connection:
            _insert(self._connection, "records", rows)
            _insert(self._connection, "facts", _lines(facts))


@contextmanager
def opened(path: Path) -> Iterator[Ledger | None]:
    """The ledger at a path; None where there is none that can be read."""
    ledger = None
    with suppress(sqlite3.Error, OSError):
        if path.is_file():
            connection = sqlite3.connect(path)
            connection.executescript("pragma synchronous = off; pragma trusted_schema = off;")
            ledger = Ledger(connection)
    if ledger is None:
        yield None
        return
    with closing(ledger._connection):
        yield ledger


def write(
    path: Path,
    facts: Mapping[str, Any],
    listed: Iterable[bytes],
    records: Iterable[StoredRecord],
    lists: Iterable[tuple[str, str]],
    shells: Iterable[tuple[str, str, str]],
) -> None:
    """Writes a whole ledger beside the old one and puts it in its place.

    A folder that cannot be written to is no error: the next build is a full one.
    """
    beside = path.with_name(f"{path.name}.new")
    with suppress(OSError, sqlite3.Error):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(beside)) as connection, connection:
            connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
            connection.executescript(_TABLES)
            _insert(connection, "records", records)
            connection.executemany("insert into listed values (?)", ((part,) for part in listed))
            _insert(connection, "lists", lists)
            _insert(connection, "shells", shells)
            _insert(connection, "facts", _lines(facts))
        beside.replace(path)


def _lines(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((name, json.dumps(value)) for name, value in facts.items())


_PLACES = {"records": 9, "lists": 3, "shells": 4, "facts": 3}


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    places = ", ".join("?" * _PLACES[table])
    connection.executemany(f"replace into {table} values ({places})", _sealed(rows))
