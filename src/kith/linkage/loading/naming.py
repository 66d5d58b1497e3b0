"""Whom and what the rows of a batch name, as subjects: people by their references, places made where they are new."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from django.db.backends.utils import CursorWrapper

from kith.linkage.feeds import parts
from kith.linkage.feeds.definition import Definition
from kith.linkage.loading.tables import put, put_query
from kith.linkage.settling.restricted import make_restricted_parts
from kith.subjects.rules import PLACE_KINDS, PUBLIC_PLACES

ONE_AT_A_PLACE = 7_416_003  # an advisory lock's number
NAMED = {"row": "int", "part": "text", "system": "text", "key": "text", "name": "text"}
PRIVATE = PLACE_KINDS.keys() - PUBLIC_PLACES - {"other"}  # somebody may live there: whoever says so is believed
TELLING = dict.fromkeys(PRIVATE, 0) | {"other": 2}
PLACES = {
    "system": "text", "key": "text", "name": "text", "kind": "text", "postcode": "text", "address": "text",
    "latitude": "text", "longitude": "text", "online": "text",
}  # fmt: skip


class PeopleNotLinkedError(RuntimeError):
    """Rows name people who have no subject yet: settling has not run since they were delivered."""


def name_subjects(cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition) -> None:
    """Table t_named: row, part, reference_id, subject_id, scope_id (of the audience the feed is for), name.

    Raises PeopleNotLinkedError where a reference has no subject.
    """
    put(cursor, "t_given", NAMED, parts.references(rows, definition))
    put_query(
        cursor,
        "t_named",
        """select g.row, g.part, r.id as reference_id, r.subject_id, r.scope_id,
            coalesce(nullif(g.name, ''), nullif(s.name, '')) as name
        from t_given g join subjects_reference r on r.system = g.system and r.key = g.key
        left join subjects_subject s on s.id = r.subject_id""",
    )
    cursor.execute("select count(*) from t_named where subject_id is null")
    if cursor.fetchone()[0]:
        raise PeopleNotLinkedError("Some people have not been linked yet; run `kith relink`, then load again.")
    if definition.restricted_to:
        _restrict(cursor, definition.restricted_to)


def _restrict(cursor: CursorWrapper, audience: str) -> None:
    """People's rows go to their restricted parts; a place's stay with the place, but are nobody's name there."""
    quoted = audience.replace("'", "''").replace("%", "%%")
    make_restricted_parts(
        cursor,
        f"""select distinct n.subject_id, '{quoted}' from t_named n where not exists (
            select from subjects_restrictedpart p where p.subject_id = n.subject_id and p.audience = '{quoted}')""",
    )
    cursor.execute(
        """update t_named n set scope_id = p.scope_id from subjects_restrictedpart p
        where p.subject_id = n.subject_id and p.audience = %s""",
        [audience],
    )


def make_places(cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition, *, now: datetime) -> None:
    """The places that the rows name for the first time. Two loads of one place wait for each other."""
    frames = [parts.places_of(rows, definition, part) for part in definition.places]
    if not frames:
        return
    said = (
        pl.concat(frames)
        .select(list(PLACES))
        .sort(pl.col("kind").replace_strict(TELLING, default=1), maintain_order=True)
    )
    named = said.unique(["system", "key"], keep="first", maintain_order=True)
    put(cursor, "t_place", PLACES, named)
    cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_PLACE])
    cursor.execute(
        """with new as materialized (
            select t.*, nextval(pg_get_serial_sequence('subjects_subject', 'id')) as subject_id,
                nextval(pg_get_serial_sequence('access_scope', 'id')) as scope_id
            from t_place t where not exists (
                select from subjects_reference r where r.system = t.system and r.key = t.key)),
        scopes as (insert into access_scope (id, kind, title) select scope_id, 'circle', '' from new),
        subjects as (insert into subjects_subject (id, kind, name, scope_id, created_at, what_matters_now)
            select subject_id, 'place', name, scope_id, %(now)s, '' from new),
        places as (insert into subjects_place (subject_id, scope_id, kind, address, postcode, latitude,
        longitude, online,
                ward, guardians, unsafe_hours)
            select subject_id, scope_id, kind, left(coalesce(address, ''), 300), left(coalesce(postcode, ''), 10),
                latitude::float, longitude::float, left(coalesce(online, ''), 300), '', '', '' from new)
        insert into subjects_reference (system, key, kind, subject_id, scope_id, first_seen)
        select system, key, 'place', subject_id, scope_id, %(now)s from new""",
        {"now": now},
    )
    cursor.execute(
        """update subjects_place p set latitude = t.latitude::float, longitude = t.longitude::float
        from t_place t join subjects_reference r on r.system = t.system and r.key = t.key
        where p.subject_id = r.subject_id and p.latitude is null and t.latitude is not null"""
    )
    cursor.execute(
        """update subjects_place p set kind = t.kind from t_place t join subjects_reference r on r.system = t.system
            and r.key = t.key
        where p.subject_id = r.subject_id and p.kind <> t.kind and t.kind <> 'other'
        and (p.kind = 'other' or (t.kind = any (%(private)s) and p.kind <> all (%(private)s)))""",
        {"private": sorted(PRIVATE)},
    )
