"""Phase C, entries: what happened, written once, on the record of everybody it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from kith.linkage.feeds import parts
from kith.linkage.feeds.definition import Definition
from kith.linkage.loading.tables import put, put_query

ENTRY = {
    "row": "int", "part": "int", "kind": "text", "feed_key": "text", "on": "date", "at": "timestamp",
    "until": "timestamp",
    "until_day": "date", "summary": "text", "details": "jsonb", "significant": "boolean", "shared": "boolean",
}  # fmt: skip
ABOUT = {"row": "int", "part": "int", "who": "text", "private": "text"}
OTHERS = {"row": "int", "part": "int", "feed": "text", "key": "text"}
# An entry that stands behind another feed's fuller one is still what this feed says.
STANDS = """(e.superseded_by_id is null
    or exists (select from chronology_entry n where n.id = e.superseded_by_id and n.feed <> e.feed))"""


def write_entries(
    cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition, *, delivery: int, agency: int, as_at: date,
    now: datetime, significant: Mapping[str, bool],
) -> None:  # fmt: skip
    """The batch's entries. One whose content has changed supersedes what stood; the same again changes nothing.

    Needs t_named; adds the rows that changed something to t_changed.
    """
    made = parts.entries(rows, definition, significant)
    if not made.height:
        return
    values: dict[str, Any] = {
        "feed": definition.feed,
        "delivery": delivery,
        "agency": agency,
        "as_at": as_at,
        "now": now,
    }
    put(cursor, "t_entry", ENTRY, made.with_columns(_shared(definition).alias("shared")))
    put(cursor, "t_who", ABOUT, parts.about(rows, definition))
    put(cursor, "t_others", OTHERS, parts.about_of(rows, definition))
    put_query(
        cursor,
        "t_about",
        """select distinct e.feed_key, w.who, coalesce(w.private, '') as private, n.reference_id, n.subject_id,
        n.scope_id
        from t_entry e join t_who w on w.row = e.row and w.part = e.part
        join t_named n on n.row = e.row and n.part = w.who
        union select e.feed_key, s.part, '', s.reference_id, s.subject_id, s.scope_id
        from t_entry e join t_others o on o.row = e.row and o.part = e.part
        join chronology_entry x on x.feed = o.feed and x.feed_key = o.key and x.superseded_by_id is null
        join chronology_entrysubject s on s.entry_id = x.id and s.reference_id is not null""",
    )
    cursor.execute(
        """update t_entry e set "on" = x."on" from t_others o
        join chronology_entry x on x.feed = o.feed and x.feed_key = o.key and x.superseded_by_id is null
        where e."on" is null and o.row = e.row and o.part = e.part"""
    )
    _compare(cursor, values)
    _insert(cursor, values)


def _shared(definition: Definition) -> pl.Expr:
    """Whether several rows make one entry together, as when each person of an incident has a row of their own."""
    shared = [
        number for number, entry in enumerate(definition.entries)
        if not set(definition.key) <= {slot.column for slot in entry.key.slots}
    ]  # fmt: skip
    return pl.col("part").is_in(shared)


def _compare(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """Table t_old: the entries that stand, and how they compare. Table t_write: those to write, and their numbers."""
    put_query(
        cursor,
        "t_old",
        f"""select distinct on (e.id) t.feed_key, e.id, t.shared,
            e.ended_at is null and e.stated_on > %(as_at)s as is_newer,
            e.ended_at is null and ((t.shared and e.delivery = %(delivery)s)
                or ((e.kind, e."on", e.until_day, e.summary, e.details) is not distinct from
                    (t.kind, t."on", t.until_day, t.summary, jsonb_strip_nulls(t.details))
                and e.at is not distinct from t.at at time zone 'Europe/London'
                and e.until is not distinct from t.until at time zone 'Europe/London')) as says_same,
            exists (select from t_about a where a.feed_key = t.feed_key and not exists (
                select from chronology_entrysubject s where s.entry_id = e.id and s.reference_id = a.reference_id
                and s.part = left(a.who, 40) and s.private_text = a.private)) as about_more,
            exists (select from chronology_entrysubject s where s.entry_id = e.id and s.reference_id is not null
                and not exists (select from t_about a where a.feed_key = t.feed_key
                and s.reference_id = a.reference_id and s.part = left(a.who, 40) and s.private_text = a.private))
                as about_less
        from t_entry t join chronology_entry e on e.feed = %(feed)s and e.feed_key = t.feed_key
            and {STANDS} order by e.id, t.row desc""",
        values,
    )
    put_query(
        cursor,
        "t_write",
        """select nextval(pg_get_serial_sequence('chronology_entry', 'id')) as id, t.*
        from (select distinct on (t.feed_key) t.*, o.id as old_id
            from t_entry t left join t_old o on o.feed_key = t.feed_key
            where t."on" is not null and exists (select from t_about a where a.feed_key = t.feed_key)
            and (o.id is null or not (o.is_newer
                or (o.says_same and (o.shared or not (o.about_more or o.about_less)))))
            order by t.feed_key, t.row desc) t""",
    )


def _insert(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    cursor.execute(
        """insert into chronology_entry (id, kind, "on", at, until, until_day, agency_id, summary, details, significant,
            feed, delivery, row, feed_key, stated_on, recorded_at)
        select id, kind, "on", at at time zone 'Europe/London', until at time zone 'Europe/London', until_day,
        %(agency)s,
            summary, jsonb_strip_nulls(details), significant, %(feed)s, %(delivery)s, row, feed_key, %(as_at)s,
            %(now)s
        from t_write order by row""",
        values,
    )
    # What a worker had marked on the entry that this one supersedes goes on with the new one.
    cursor.execute(
        """insert into chronology_entrysubject (entry_id, subject_id, scope_id, reference_id, part, private_text, "on",
            significant, marked_significant_by, impact)
        select w.id, a.subject_id, a.scope_id, a.reference_id, left(a.who, 40), a.private, w."on",
            coalesce(m.significant, w.significant), m.marked_significant_by, coalesce(m.impact, '')
        from t_write w join t_about a on a.feed_key = w.feed_key
        left join lateral (select s.significant, s.marked_significant_by, s.impact from chronology_entrysubject s
            where s.entry_id = w.old_id and s.subject_id = a.subject_id
            and (s.marked_significant_by is not null or s.impact <> '') limit 1) m on true
        order by w.id"""
    )
    _share(cursor)
    cursor.execute("update chronology_entry e set superseded_by_id = w.id from t_write w where e.id = w.old_id")
    cursor.execute("insert into t_changed select distinct row from t_write")


def _share(cursor: CursorWrapper) -> None:
    """An entry that several rows make is about everybody whom any of them names."""
    cursor.execute(
        """insert into chronology_entrysubject (entry_id, subject_id, scope_id, reference_id, part, private_text, "on",
            significant, marked_significant_by, impact)
        select w.id, s.subject_id, s.scope_id, s.reference_id, s.part, s.private_text, w."on", s.significant,
            s.marked_significant_by, s.impact
        from t_write w join chronology_entrysubject s on s.entry_id = w.old_id and s.reference_id is not null
        where w.shared on conflict do nothing"""
    )
    cursor.execute(
        """with joined as (insert into chronology_entrysubject (entry_id, subject_id, scope_id, reference_id, part,
            private_text, "on", significant, impact)
        select e.id, a.subject_id, a.scope_id, a.reference_id, left(a.who, 40), a.private, e."on", e.significant, ''
        from t_old o join t_about a on a.feed_key = o.feed_key join chronology_entry e on e.id = o.id
        where o.shared and o.says_same and o.about_more on conflict do nothing returning entry_id)
        insert into t_changed select distinct t.row from t_entry t join t_old o on o.feed_key = t.feed_key
        where o.id in (select entry_id from joined)"""
    )


def stand_behind(cursor: CursorWrapper, definition: Definition) -> int:
    """Entries that a fuller feed has too (same kind, day and person) stand behind its own. Returns how many."""
    behind = 0
    for part in definition.entries:
        if not part.fuller:
            continue
        cursor.execute(
            """update chronology_entry e set superseded_by_id = f.id from (
                select distinct on (e.id) e.id as behind, x.id from chronology_entry e
                join chronology_entrysubject s on s.entry_id = e.id
                join chronology_entrysubject t on t.subject_id = s.subject_id and t."on" = s."on" and t.entry_id <> e.id
                join chronology_entry x on x.id = t.entry_id and x.feed = any (%(fuller)s) and x.kind = e.kind
                    and x.superseded_by_id is null and x.ended_at is null
                where e.feed = %(feed)s and e.kind = %(kind)s and e.superseded_by_id is null and e.ended_at is null
                order by e.id, x.id) f
            where e.id = f.behind""",
            {"feed": definition.feed, "kind": part.kind, "fuller": list(part.fuller)},
        )
        behind += int(cursor.rowcount)
    return behind
