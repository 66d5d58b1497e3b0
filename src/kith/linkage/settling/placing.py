"""Clusters become subjects: each keeps the one it had, takes back one it once had, or gets a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.backends.utils import CursorWrapper

from kith.foundations.access.models import Viewer
from kith.foundations.announcing import announce
from kith.linkage.facts import PeopleMoved
from kith.linkage.rules.keeping import Vote, keep_subjects
from kith.linkage.settling.carrying import bring_home, carry_by_hand
from kith.linkage.settling.circles import carry_openings, return_openings
from kith.linkage.settling.following import follow

ONE_AT_A_TIME = 7_451_001
"""The advisory lock that keeps two linkings (or a linking and a judgement) from moving the same references."""


@dataclass(frozen=True)
class Cause:
    """Why references move: a linking, or a person's judgement (or its withdrawal)."""

    run: int | None = None
    judgement: int | None = None


@dataclass(frozen=True)
class Placed:
    """What placing did. `touched`: every subject that gained or lost a reference."""

    new_subjects: int = 0
    moved: int = 0
    joined: int = 0
    touched: frozenset[int] = field(default_factory=frozenset)


def place(
    cursor: CursorWrapper,
    clusters: Iterable[tuple[int, int]],
    *,
    cause: Cause,
    by: Viewer,
    now: datetime,
    subjects: Mapping[int, int] | None = None,
) -> Placed:
    """Give every (reference, cluster) the subject of its cluster and move all that hangs on it.

    Whoever of their subjects is not named stays together. `subjects` says which subject some clusters
    have, where that is already
    known.
    """
    _take(cursor, clusters)
    staying = _take_those_who_stay(cursor)
    kept = {**staying, **subjects} if subjects else keep_subjects(_votes(cursor), _former_votes(cursor))
    fresh = _choose(cursor, kept, now)
    moved = _move(cursor, cause, now)
    follow(cursor, now)
    joined = _join_the_empty(cursor, by, now)
    _revive(cursor, by, now)
    cursor.execute("select from_subject from moving where from_subject is not null union select to_subject from moving")
    touched = frozenset(row[0] for row in cursor.fetchall())
    cursor.execute("drop table settled, chosen, moving")
    if moved:
        announce(PeopleMoved(touched, by, now))
    return Placed(new_subjects=fresh, moved=moved, joined=joined, touched=touched)


def _take(cursor: CursorWrapper, clusters: Iterable[tuple[int, int]]) -> None:
    cursor.execute("create temp table settled (reference_id bigint, cluster bigint) on commit drop")
    with cursor.copy("copy settled from stdin") as copy:
        copy.write("".join(f"{reference}\t{cluster}\n" for reference, cluster in clusters))
    cursor.execute("analyze settled")


def _take_those_who_stay(cursor: CursorWrapper) -> dict[int, int]:
    """Who is left behind when some of a subject's references go elsewhere is a cluster too, and may keep
    the subject.

    Returns those clusters with their subject.
    """
    cursor.execute("""insert into settled select r.id, -r.subject_id from subjects_reference r
        where r.subject_id in (select o.subject_id from settled s join subjects_reference o on o.id =
            s.reference_id)
        and not exists (select from settled s where s.reference_id = r.id)""")
    cursor.execute("select distinct -cluster, cluster from settled where cluster < 0")
    return {cluster: subject for subject, cluster in cursor.fetchall()}


def _votes(cursor: CursorWrapper) -> list[Vote]:
    cursor.execute("""select s.cluster, r.subject_id, count(*), min(r.id) from settled s
        join subjects_reference r on r.id = s.reference_id where r.subject_id is not null group by 1, 2""")
    return [Vote(*row) for row in cursor.fetchall()]


def _former_votes(cursor: CursorWrapper) -> list[Vote]:
    """Subjects that these references had and left, and that nobody has now."""
    cursor.execute("""select s.cluster, m.from_subject_id, count(distinct s.reference_id), min(s.reference_id)
        from settled s join linkage_move m on m.reference_id = s.reference_id
        join subjects_subject j on j.id = m.from_subject_id and j.joined_into_id is not null group by 1, 2""")
    return [Vote(*row) for row in cursor.fetchall()]


def _choose(cursor: CursorWrapper, kept: Mapping[int, int], now: datetime) -> int:
    """Table `chosen` (cluster, subject, circle), making subjects with empty circles for the rest. Returns
    how many.
    """
    cursor.execute("create temp table chosen (cluster bigint, subject_id bigint, scope_id bigint) on commit drop")
    with cursor.copy("copy chosen (cluster, subject_id) from stdin") as copy:
        copy.write("".join(f"{cluster}\t{subject}\n" for cluster, subject in kept.items()))
    cursor.execute("""update chosen c set scope_id = s.scope_id from subjects_subject s where s.id =
        c.subject_id""")
    cursor.execute("""create temp table fresh on commit drop as
        select cluster, nextval(pg_get_serial_sequence('subjects_subject', 'id')) as subject_id,
               nextval(pg_get_serial_sequence('access_scope', 'id')) as scope_id
        from (select cluster from settled except select cluster from chosen order by 1) as without""")
    cursor.execute("insert into access_scope (id, kind, title) select scope_id, 'circle', '' from fresh")
    cursor.execute(
        """insert into subjects_subject (id, kind, name, scope_id, created_at, what_matters_now)
        select subject_id, 'person', '', scope_id, %s, '' from fresh""",
        [now],
    )
    cursor.execute("insert into chosen select * from fresh")
    fresh = int(cursor.rowcount)
    cursor.execute("drop table fresh")
    cursor.execute("analyze chosen")
    return fresh


def _move(cursor: CursorWrapper, cause: Cause, now: datetime) -> int:
    """Table `moving`, one row for each reference whose subject changes; returns how many had another
    before.
    """
    cursor.execute("""create temp table moving on commit drop as
        select r.id as reference_id, r.scope_id as was_scope, f.id as from_subject, f.scope_id as from_scope,
               c.subject_id as to_subject, c.scope_id as to_scope
        from settled s join chosen c on c.cluster = s.cluster
        join subjects_reference r on r.id = s.reference_id left join subjects_subject f on f.id = r.subject_id
        where r.subject_id is distinct from c.subject_id""")
    cursor.execute("analyze moving")
    cursor.execute("""update subjects_reference r set subject_id = m.to_subject, scope_id = m.to_scope
        from moving m where m.reference_id = r.id""")
    cursor.execute(
        """insert into linkage_move (reference_id, from_subject_id, to_subject_id, at, run_id, judgement_id)
        select reference_id, from_subject, to_subject, %s, %s, %s from moving where from_subject is not
        null""",
        [now, cause.run, cause.judgement],
    )
    return int(cursor.rowcount)


def _join_the_empty(cursor: CursorWrapper, by: Viewer, now: datetime) -> int:
    """A subject that has lost every reference is joined into the one that most of them went to."""
    cursor.execute("""with left_by as (
            select from_subject, to_subject, count(*) as n, min(reference_id) as oldest from moving m
            where from_subject is not null
            and not exists (select from subjects_reference r where r.subject_id = m.from_subject) group by
                1, 2),
        best as (select distinct on (from_subject) from_subject, to_subject from left_by
            order by from_subject, n desc, oldest)
        update subjects_subject s set joined_into_id = b.to_subject from best b where s.id = b.from_subject
        returning s.id, b.to_subject""")
    joined = cursor.fetchall()
    for subject, into in joined:
        carry_by_hand(cursor, subject=subject, into=into, now=now)
        carry_openings(subject=subject, into=into, by=by, now=now)
    return len(joined)


def _revive(cursor: CursorWrapper, by: Viewer, now: datetime) -> None:
    """A subject that has references again stands on its own again, with what was written on it by hand."""
    cursor.execute("""update subjects_subject s set joined_into_id = null where s.joined_into_id is not null
        and s.id in (select to_subject from moving) returning s.id""")
    for (subject,) in cursor.fetchall():
        bring_home(cursor, subject=subject, now=now)
        return_openings(subject=subject, by=by, now=now)
