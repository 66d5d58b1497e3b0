"""Two steps from somebody, and who they are: one question each to the database, under row security.

Row security binds every table named here as it does everywhere. Whose record is closed is not asked for links of
their own, so that a place thousands know costs one look and not thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

ROWS_AT_MOST = 20_000  # pieces of evidence a step, the latest first: far more than can be drawn
ONE_LEADS_TO = 2_000  # pieces of one in the second step, the latest first: as many links as a picture holds

COLUMNS = """e.subject_id, e.other_id, e.kind, e.outward, e.text, e.grade, e.feed, e.written_by_id, e.recorded_at,
  e.first_seen, e.last_seen, e.expires_on, e.id"""
TWO_STEPS = f"""
with near as materialized (
  select {COLUMNS} from subjects_linkevidence e
  where e.subject_id = any(%(seeds)s) and e.ended_at is null
  order by e.recorded_at desc, e.id desc limit %(most)s
), onward as materialized (
  select n.other_id from near n where n.other_id <> all(%(seeds)s)
  group by n.other_id
  having not bool_or(n.kind = 'lives-at')
  and exists (select from subjects_subject s where s.id = n.other_id)
  and not exists (select from subjects_place p
                  where p.subject_id = n.other_id and p.kind in ('home', 'childrens-home'))
), far as (
  select f.* from onward o cross join lateral (
    select {COLUMNS} from subjects_linkevidence e
    where e.subject_id = o.other_id and e.ended_at is null
    order by e.recorded_at desc, e.id desc limit %(each)s) f
  order by f.recorded_at desc, f.id desc limit %(most)s
)
select near.*, 1 as step from near union all select far.*, 2 from far
order by recorded_at, id
"""  # noqa: S608  (constants of this module)
NAMED = """
select w.id, s.id is not null, coalesce(s.kind, h.kind), coalesce(s.name, h.name), p.is_child, l.kind, p.date_of_birth
from unnest(%(numbers)s::bigint[]) w(id)
left join subjects_subject s on s.id = w.id
left join subjects_person p on p.subject_id = s.id
left join subjects_place l on l.subject_id = s.id
left join subjects_headline h on h.subject_id = w.id and s.id is null
"""


class Row(NamedTuple):
    """A piece of evidence as one side's circle reads it. `step`: 1 from whom it begins, 2 one further."""

    subject_id: int
    other_id: int
    kind: str
    outward: bool
    text: str
    grade: str
    feed: str
    written_by_id: int | None
    recorded_at: datetime
    first_seen: date | None
    last_seen: date | None
    expires_on: date | None
    pk: int
    step: int


class Known(NamedTuple):
    """Somebody as far as whoever looks may know them. None: not known, or not theirs to know."""

    number: int
    opens: bool
    kind: str | None
    name: str | None
    is_child: bool | None
    place: str | None
    born: date | None


def two_steps(seeds: Sequence[int]) -> list[Row]:
    """Evidence within two steps of the seeds, the earliest written first.

    A home never leads further, and neither does whoever's record is closed to whoever looks.
    """
    with connection.cursor() as cursor:
        cursor.execute(TWO_STEPS, {"seeds": list(seeds), "each": ONE_LEADS_TO, "most": ROWS_AT_MOST})
        return [Row._make(row) for row in cursor.fetchall()]


def cut_short(rows: Sequence[Row]) -> int:
    """Of how many in the second step only the latest evidence was read, because they have so much."""
    counts = Counter(row.subject_id for row in rows if row.step == 2)
    return sum(count >= ONE_LEADS_TO for count in counts.values())


def named(numbers: Sequence[int]) -> list[Known]:
    """Who these are, in any order: by their record where it is open, otherwise by what the partnership may know."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"numbers": list(numbers)})
        return [Known._make(row) for row in cursor.fetchall()]
