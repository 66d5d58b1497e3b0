"""The questions that await a decision: one for each two people who may be one, however many of their records may.

Each is noted with what puts it first: whether one of the two is a child, and whether somebody works with one of them.
A data officer sees the records of these people, and of those whose records a worker asks to part, and no others.
"""

from __future__ import annotations

from datetime import date

from django.db.backends.utils import CursorWrapper

_UNDECIDED = """
    select distinct on (least(l.subject_id, r.subject_id), greatest(l.subject_id, r.subject_id))
           m.id, l.subject_id as left_subject, r.subject_id as right_subject
    from linkage_match m join subjects_reference l on l.id = m.left_id join subjects_reference r on r.id = m.right_id
    where m.outcome = 'unsure' and l.subject_id <> r.subject_id
      and not exists (select from linkage_judgement j join subjects_reference jl on jl.id = j.left_id
          join subjects_reference jr on jr.id = j.right_id where j.withdrawn_at is null
          and ((jl.subject_id = l.subject_id and jr.subject_id = r.subject_id)
            or (jl.subject_id = r.subject_id and jr.subject_id = l.subject_id)))
    order by least(l.subject_id, r.subject_id), greatest(l.subject_id, r.subject_id), m.weight desc, m.id
"""
_OPEN = """exists (select from subjects_involvement i where i.subject_id in ({left}, {right}) and i.ended_at is null
    and (i.since is null or i.since <= %(today)s) and (i.until is null or i.until >= %(today)s))"""
_QUESTIONS = f"""
    select u.*, (greatest(l.date_of_birth, r.date_of_birth) + interval '18 years')::date as comes_of_age,
        {_OPEN.format(left="u.left_subject", right="u.right_subject")} as is_open
    from ({_UNDECIDED}) u
    left join subjects_person l on l.subject_id = u.left_subject
    left join subjects_person r on r.subject_id = u.right_subject
"""


def refresh_under_review(cursor: CursorWrapper, *, today: date) -> int:
    """Note who awaits a decision; returns how many questions there are.

    Only what has changed is written: a decision changes one line of thousands.
    """
    cursor.execute(f"create temp table undecided on commit drop as {_QUESTIONS}", {"today": today})
    cursor.execute("""delete from linkage_underreview u where not exists (select from undecided n
        where n.id = u.match_id and n.left_subject = u.left_subject_id and n.right_subject = u.right_subject_id)""")
    cursor.execute("""insert into linkage_underreview as u
            (match_id, left_subject_id, right_subject_id, comes_of_age, is_open)
        select id, left_subject, right_subject, comes_of_age, is_open from undecided
        on conflict (match_id) do update set comes_of_age = excluded.comes_of_age, is_open = excluded.is_open
        where (u.comes_of_age, u.is_open) is distinct from (excluded.comes_of_age, excluded.is_open)""")
    cursor.execute("""create temp table shown on commit drop as select r.id from subjects_reference r
        where r.subject_id in (select left_subject from undecided union select right_subject from undecided
            union select asked.subject_id from linkage_partingrequest p
            join subjects_reference asked on asked.id = any (p.chosen) where p.decided_at is null)""")
    cursor.execute("""delete from linkage_referenceunderreview u
        where not exists (select from shown s where s.id = u.reference_id)""")
    cursor.execute("insert into linkage_referenceunderreview select id from shown on conflict do nothing")
    cursor.execute("select count(*) from undecided")
    count = int(cursor.fetchone()[0])
    cursor.execute("drop table undecided, shown")
    return count


def note_open_work(cursor: CursorWrapper, *, today: date) -> None:
    """Bring up to date whether somebody works with one of the two: involvements come after the linking."""
    is_open = _OPEN.format(left="u.left_subject_id", right="u.right_subject_id")
    cursor.execute(
        f"update linkage_underreview u set is_open = not u.is_open where u.is_open <> {is_open}", {"today": today}
    )
