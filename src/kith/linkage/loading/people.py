"""Phase A: whom the rows are about. References and what the feed says of each; not yet who is who."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from kith.linkage.feeds import parts
from kith.linkage.feeds.definition import Definition
from kith.linkage.loading.tables import put, put_query

COLUMNS = {"row": "int", "key": "text", "is_child": "boolean", "stated": "date", "facts": "jsonb"}

# A later day's statement replaces an earlier one; rows of one delivery add up to what it says.
MERGED = """
    case when s.delivery_id <> %(delivery)s then case when t.stated >= coalesce(s.stated_on, t.stated) then t.facts
              else s.facts end
         when t.stated >= coalesce(s.stated_on, t.stated) then s.facts || t.facts else t.facts || s.facts end
"""


def write_people(
    cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition, *, delivery: int, as_at: date, now: datetime
) -> None:
    """References and source records of a batch's people. Running it again with the same rows changes nothing."""
    said = parts.people(rows, definition)
    if not said.height:
        return
    values: dict[str, Any] = {
        "system": definition.system,
        "feed": definition.feed,
        "delivery": delivery,
        "as_at": as_at,
        "now": now,
    }
    put(cursor, "t_people", COLUMNS, parts.one_line_a_person(said))
    cursor.execute(
        """alter table t_people add reference_id bigint;
        update t_people set facts = jsonb_strip_nulls(facts), stated = least(coalesce(stated, %(as_at)s), %(as_at)s)""",
        values,
    )
    cursor.execute(
        """insert into subjects_reference (system, key, kind, first_seen)
        select %(system)s, key, 'person', %(now)s from t_people order by row on conflict (system, key) do nothing""",
        values,
    )
    cursor.execute(
        """update t_people t set reference_id = r.id from subjects_reference r
        where r.system = %(system)s and r.key = t.key""",
        values,
    )
    _update_known(cursor, values)
    _insert_new(cursor, values)


def _update_known(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    known = put_query(
        cursor,
        "t_known",
        f"""select t.row, t.stated, t.is_child, s.id, {MERGED} as merged, s.fingerprint, s.ended_at,
            s.is_child as was_child
        from t_people t join linkage_sourcerecord s on s.feed = %(feed)s and s.reference_id = t.reference_id""",
        values,
    )
    if not known:
        return
    cursor.execute(
        """update linkage_sourcerecord s set facts = k.merged, fingerprint = md5(k.merged::text), ended_at = null,
            delivery_id = %(delivery)s, row = k.row, is_child = k.was_child or k.is_child
        from t_known k where s.id = k.id and (k.fingerprint <> md5(k.merged::text) or k.ended_at is not null
            or (k.is_child and not k.was_child));
        update linkage_sourcerecord s set last_seen = %(now)s, stated_on = greatest(s.stated_on, k.stated)
        from t_known k where s.id = k.id and (s.last_seen <> %(now)s or s.stated_on < k.stated)""",
        values,
    )


def _insert_new(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    cursor.execute(
        """insert into linkage_sourcerecord (reference_id, feed, delivery_id, row, facts, stated_on, fingerprint,
            first_seen, last_seen, is_child)
        select t.reference_id, %(feed)s, %(delivery)s, t.row, t.facts, t.stated, md5(t.facts::text), %(now)s, %(now)s,
            t.is_child
        from t_people t on conflict (feed, reference_id) do nothing""",
        values,
    )
