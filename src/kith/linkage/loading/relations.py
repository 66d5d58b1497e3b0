"""Phase C, the rest: links with their evidence, who is involved, and agencies' lists of staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from kith.linkage.feeds import parts
from kith.linkage.feeds.definition import Definition
from kith.linkage.loading.tables import put, put_query
from kith.subjects.rules import UNNAMED, SubjectKind

LINK = {
    "row": "int", "feed_key": "text", "kind": "text", "from_part": "text", "to_part": "text", "text": "text",
    "grade": "text", "since": "date", "until": "date",
}  # fmt: skip
INVOLVEMENT = {
    "row": "int", "who": "text", "feed_key": "text", "agency": "text", "team": "text", "worker": "text",
    "worker_key": "text", "role": "text", "phone": "text", "email": "text", "since": "date", "until": "date",
    "is_lead": "boolean",
}  # fmt: skip
PROFESSIONAL = {
    "row": "int", "key": "text", "name": "text", "email": "text", "phone": "text", "team": "text", "job_title": "text",
}  # fmt: skip
NOT_GIVEN = "Name not given"


def write_links(
    cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition, *, delivery: int, as_at: date, now: datetime
) -> None:
    """Evidence of links, one row for each side. Needs t_named; adds to t_changed.

    A place's side names nobody but who works there: whoever may know a child has her name from her own record.
    """
    made = parts.links(rows, definition)
    if not made.height:
        return
    values: dict[str, Any] = {
        "feed": definition.feed, "delivery": delivery, "as_at": as_at, "now": now, "unnamed": NOT_GIVEN,
        "passing": definition.arrives.mode != "snapshot", "somebody": UNNAMED[SubjectKind.PERSON],
    }  # fmt: skip
    put(cursor, "t_link", LINK, made)
    put_query(
        cursor,
        "t_side",
        """select l.row, l.feed_key, l.kind, l.text, l.grade, side.outward, a.subject_id, a.scope_id, a.reference_id,
            b.subject_id as other_id, b.reference_id as other_reference_id,
            case when r.kind = 'place' and l.kind <> 'works-at' then %(somebody)s
                else left(coalesce(b.name, %(unnamed)s), 300) end as other_name, l.since as first_seen,
            coalesce(l.until, case when %(passing)s then l.since end) as last_seen
        from t_link l cross join (values (true), (false)) side (outward)
        join t_named a on a.row = l.row and a.part = case when side.outward then l.from_part else l.to_part end
        join t_named b on b.row = l.row and b.part = case when side.outward then l.to_part else l.from_part end
        left join subjects_reference r on r.id = a.reference_id
        where a.subject_id <> b.subject_id""",
        values,
    )
    cursor.execute(
        """with changed as (update subjects_linkevidence e set text = t.text, grade = t.grade, kind = t.kind,
            other_name = t.other_name, first_seen = t.first_seen, last_seen = t.last_seen, subject_id = t.subject_id,
            other_id = t.other_id, scope_id = t.scope_id, reference_id = t.reference_id,
            other_reference_id = t.other_reference_id, delivery = %(delivery)s, row = t.row, stated_on = %(as_at)s,
            ended_at = null
        from t_side t where e.feed = %(feed)s and e.feed_key = t.feed_key and e.outward = t.outward
            and (e.stated_on is null or e.stated_on <= %(as_at)s)
            and (e.ended_at is not null or (e.text, e.grade, e.kind, e.other_name, e.first_seen, e.last_seen,
                e.reference_id, e.other_reference_id) is distinct from (t.text, t.grade, t.kind, t.other_name,
                t.first_seen, t.last_seen, t.reference_id, t.other_reference_id)) returning t.row)
        insert into t_changed select distinct row from changed""",
        values,
    )
    cursor.execute(
        """with made as (insert into subjects_linkevidence (feed, delivery, row, feed_key, stated_on, recorded_at,
            subject_id, other_id, scope_id, reference_id, other_reference_id, kind, outward, other_name, text,
            grade, first_seen,
            last_seen)
        select %(feed)s, %(delivery)s, t.row, t.feed_key, %(as_at)s, %(now)s, t.subject_id, t.other_id, t.scope_id,
            t.reference_id, t.other_reference_id, t.kind, t.outward, t.other_name, t.text, t.grade,
            t.first_seen, t.last_seen
        from t_side t where not exists (select from subjects_linkevidence e
            where e.feed = %(feed)s and e.feed_key = t.feed_key and e.outward = t.outward) returning row)
        insert into t_changed select distinct row from made""",
        values,
    )


def write_involvements(
    cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition, *, delivery: int, as_at: date, now: datetime
) -> None:
    """Who is involved, each one row by its key. Needs t_named and the agencies; adds to t_changed."""
    made = parts.involvements(rows, definition)
    if not made.height:
        return
    made = made.unique("feed_key", keep="last", maintain_order=True)
    values: dict[str, Any] = {
        "feed": definition.feed,
        "system": definition.system,
        "delivery": delivery,
        "as_at": as_at,
        "now": now,
    }
    put(cursor, "t_given_involvement", INVOLVEMENT, made)
    put_query(
        cursor,
        "t_involvement",
        """select t.*, n.subject_id, n.scope_id, n.reference_id, a.id as agency_id
        from t_given_involvement t join t_named n on n.row = t.row and n.part = t.who
        join access_agency a on a.key = t.agency""",
    )
    cursor.execute(
        """with changed as (update subjects_involvement i set subject_id = t.subject_id, scope_id = t.scope_id,
            reference_id = t.reference_id, agency_id = t.agency_id, team = t.team, worker = t.worker,
            worker_key = t.worker_key, role = t.role, phone = t.phone, email = t.email, since = t.since,
            until = t.until,
            is_lead = t.is_lead, delivery = %(delivery)s, row = t.row, stated_on = %(as_at)s, ended_at = null
        from t_involvement t where i.feed = %(feed)s and i.feed_key = t.feed_key
            and (i.stated_on is null or i.stated_on <= %(as_at)s)
            and (i.ended_at is not null or (i.reference_id, i.agency_id, i.team, i.worker_key, i.role, i.since, i.until,
                i.is_lead) is distinct from (t.reference_id, t.agency_id, t.team, t.worker_key, t.role,
                t.since, t.until,
                t.is_lead) or (t.worker <> '' and i.worker <> t.worker) or (t.phone <> '' and i.phone <> t.phone)
                or (t.email <> '' and i.email <> t.email)) returning t.row)
        insert into t_changed select distinct row from changed""",
        values,
    )
    cursor.execute(
        """with made as (insert into subjects_involvement (feed, delivery, row, feed_key, stated_on, recorded_at,
            subject_id, scope_id, reference_id, agency_id, team, worker, worker_key, worker_system, role,
            phone, email, since, until,
            is_lead)
        select %(feed)s, %(delivery)s, t.row, t.feed_key, %(as_at)s, %(now)s, t.subject_id, t.scope_id, t.reference_id,
            t.agency_id, t.team, t.worker, t.worker_key, %(system)s, t.role, t.phone, t.email, t.since,
            t.until, t.is_lead
        from t_involvement t where not exists (
            select from subjects_involvement i where i.feed = %(feed)s and i.feed_key = t.feed_key) returning row)
        insert into t_changed select distinct row from made""",
        values,
    )


def write_professionals(cursor: CursorWrapper, rows: pl.DataFrame, definition: Definition, *, agency: int) -> None:
    """An agency's list of staff. Adds to t_changed."""
    made = parts.professionals(rows, definition)
    if not made.height:
        return
    put(cursor, "t_professional", PROFESSIONAL, made)
    cursor.execute(
        """with written as (insert into subjects_professional (system, key, name, email, phone, team,
        job_title, agency_id)
        select %(system)s, key, name, coalesce(email, ''), coalesce(phone, ''), coalesce(team, ''),
        coalesce(job_title, ''),
            %(agency)s from t_professional
        on conflict (system, key) do update set name = excluded.name, email = excluded.email, phone = excluded.phone,
            team = excluded.team, job_title = excluded.job_title
        where (subjects_professional.name, subjects_professional.email, subjects_professional.phone,
            subjects_professional.team, subjects_professional.job_title) is distinct from
            (excluded.name, excluded.email, excluded.phone, excluded.team, excluded.job_title) returning key)
        insert into t_changed select t.row from written w join t_professional t on t.key = w.key""",
        {"system": definition.system, "agency": agency},
    )


def name_workers(cursor: CursorWrapper) -> None:
    """Give involvements the name, number and address that their agency's list of staff has for the worker's key."""
    cursor.execute(
        """update subjects_involvement i set worker = coalesce(nullif(i.worker, ''), p.name),
            phone = coalesce(nullif(i.phone, ''), p.phone), email = coalesce(nullif(i.email, ''), p.email),
            team = coalesce(nullif(i.team, ''), p.team)
        from subjects_professional p
        where i.worker_key <> '' and p.system = i.worker_system and p.key = i.worker_key and i.ended_at is null
            and ((i.worker = '' and p.name <> '') or (i.phone = '' and p.phone <> '')
            or (i.email = '' and p.email <> '') or (i.team = '' and p.team <> ''))"""
    )
