"""What a delivery says is gone: deleted rows, and in a snapshot whatever is no longer there. Ended, never erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import polars as pl
from django.db.backends.utils import CursorWrapper

from kith.linkage.feeds import parts
from kith.linkage.feeds.definition import Definition
from kith.linkage.loading.tables import copy, make, put

KEY = {"key": "text"}
THERE = {"what": "text", "key": "text"}
TABLES = {
    "entry": ("chronology_entry", "and e.superseded_by_id is null"),
    "link": ("subjects_linkevidence", ""),
    "involvement": ("subjects_involvement", ""),
}


def _made_by(definition: Definition) -> dict[str, tuple[str, str]]:
    """The tables that the definition's rows are written to."""
    made = {"entry": definition.entries, "link": definition.links, "involvement": definition.involvements}
    return {what: table for what, table in TABLES.items() if made[what]}


def end_deleted(cursor: CursorWrapper, deleted: pl.DataFrame, definition: Definition, *, now: datetime) -> int:
    """End what the batch's deleted rows had made. Returns how many things."""
    if not deleted.height:
        return 0
    keys = parts.keys_in(deleted, definition)
    ended = 0
    for what, (table, more) in _made_by(definition).items():
        put(cursor, "t_gone", KEY, keys[what])
        cursor.execute(
            f"""update {table} e set ended_at = %(now)s from t_gone g
            where e.feed = %(feed)s and e.feed_key = g.key and e.ended_at is null {more}""",
            {"now": now, "feed": definition.feed},
        )
        ended += _whole(what, cursor.rowcount)
    return ended


def end_deleted_people(cursor: CursorWrapper, deleted: pl.DataFrame, definition: Definition, *, now: datetime) -> int:
    """Where a row stands for a person, a deleted row ends what the feed says of them."""
    if not deleted.height or not definition.row_is_a_person:
        return 0
    put(cursor, "t_gone", KEY, parts.keys_in(deleted, definition)["person"])
    cursor.execute(
        """update linkage_sourcerecord s set ended_at = %(now)s from t_gone g join subjects_reference r
            on r.system = %(system)s and r.key = g.key
        where s.feed = %(feed)s and s.reference_id = r.id and s.ended_at is null""",
        {"now": now, "feed": definition.feed, "system": definition.system},
    )
    return int(cursor.rowcount)


def end_missing_people(
    cursor: CursorWrapper, batches: Iterable[pl.DataFrame], definition: Definition, *, now: datetime
) -> int:
    """In a snapshot: end what the feed says of people who are not in it any more."""
    _gather(cursor, batches, definition, ("person",))
    cursor.execute(
        """update linkage_sourcerecord s set ended_at = %(now)s from subjects_reference r
        where s.feed = %(feed)s and s.reference_id = r.id and s.ended_at is null
            and not exists (select from t_there t where t.what = 'person' and t.key = r.key)""",
        {"now": now, "feed": definition.feed},
    )
    return int(cursor.rowcount)


def end_missing(
    cursor: CursorWrapper, batches: Iterable[pl.DataFrame], definition: Definition, *, now: datetime
) -> int:
    """In a snapshot: end entries, links and involvements that are not in it any more."""
    if not _made_by(definition):
        return 0
    _gather(cursor, batches, definition, tuple(_made_by(definition)))
    ended = 0
    for what, (table, more) in _made_by(definition).items():
        cursor.execute(
            f"""update {table} e set ended_at = %(now)s where e.feed = %(feed)s and e.ended_at is null {more}
            and not exists (select from t_there t where t.what = %(what)s and t.key = e.feed_key)""",
            {"now": now, "feed": definition.feed, "what": what},
        )
        ended += _whole(what, cursor.rowcount)
    return ended


def _gather(
    cursor: CursorWrapper, batches: Iterable[pl.DataFrame], definition: Definition, kinds: tuple[str, ...]
) -> None:
    """Table t_there: every key in the delivery. A rejected row counts: it is there, though it could not be read."""
    make(cursor, "t_there", THERE)
    for batch in batches:
        keys = parts.keys_in(batch, definition)
        said = [keys[kind].select(pl.lit(kind).alias("what"), "key") for kind in kinds]
        copy(cursor, "t_there", THERE, pl.concat(said))
    cursor.execute("create index on t_there (key)")
    cursor.execute("analyze t_there")


def _whole(what: str, rows: int) -> int:
    """A link is two rows, one a side."""
    return rows // 2 if what == "link" else rows
