"""What was written by hand on a subject, when that subject is joined into another, and when the two part
again.

Rows that hang on a reference follow it (`following`). Rows without one belong to the subject itself: they
are carried
to the subject it was joined into, so that nothing is lost from sight, and each is noted so that it can go
home.
What was written after the joining stays where it was written.
"""

from __future__ import annotations

from datetime import datetime

from django.db.backends.utils import CursorWrapper

from kith.linkage.settling.restricted import make_restricted_parts

KINDS: dict[str, str] = {
    "entry": "An entry on the record",
    "involvement": "Somebody who works with them",
    "link": "Evidence of a link, on this side",
    "other-end": "Evidence of a link, with this person at the other end",
    "set-aside": "A link between two references that became one person",
    "set-aside-hand": "A link, written by hand, between two that became one person",
    "matters": "What matters now",
}
_ROWS = {
    "entry": ("chronology_entrysubject", "subject_id", "reference_id"),
    "involvement": ("subjects_involvement", "subject_id", "reference_id"),
    "link": ("subjects_linkevidence", "subject_id", "reference_id"),
    "other-end": ("subjects_linkevidence", "other_id", "other_reference_id"),
}
SECOND = "(second record)"


def carry_by_hand(cursor: CursorWrapper, *, subject: int, into: int, now: datetime) -> None:
    """Carry what was written by hand on `subject` to `into`, and take away its headline and identity."""
    _make_counterparts(cursor, subject, into)
    _set_aside_links(cursor, subject, into, now)
    _part_of_a_second_record(cursor, subject, into)
    for what, (table, column, reference) in _ROWS.items():
        cursor.execute(
            f"""with gone as (update {table} t set {column} = %(into)s {_to_scope(what)}
                where t.{column} = %(subject)s and t.{reference} is null {_but_aside(what)} returning t.id)
            insert into linkage_carried (what, row, home_id, carried_to_id, before, at)
            select %(what)s, id, %(subject)s, %(into)s, '{{}}', %(now)s from gone""",
            {"subject": subject, "into": into, "what": what, "now": now},
        )
    _carry_what_matters(cursor, subject, into, now)
    cursor.execute("delete from subjects_headline where subject_id = %s", [subject])
    cursor.execute("delete from subjects_person where subject_id = %s", [subject])


def bring_home(cursor: CursorWrapper, *, subject: int, now: datetime) -> None:
    """Give back to `subject` what was carried away when it was joined into another."""
    for what, (table, column, _reference) in _ROWS.items():
        cursor.execute(
            f"""update {table} t set {column} = %(subject)s {_to_scope(what, "subject")}
            from linkage_carried c where c.what = %(what)s and c.home_id = %(subject)s and c.returned_at is
                null
            and c.row = t.id""",
            {"subject": subject, "what": what},
        )
    cursor.execute(
        f"""update chronology_entrysubject set part = left(part, -{len(SECOND)}) where subject_id = %s
        and reference_id is null and right(part, {len(SECOND)}) = %s""",
        [subject, SECOND],
    )
    cursor.execute(
        """update subjects_linkevidence t set ended_at = null from linkage_carried c
        where c.what = 'set-aside-hand' and c.home_id = %s and c.returned_at is null and c.row = t.id""",
        [subject],
    )
    _return_what_matters(cursor, subject)
    cursor.execute(
        """update linkage_carried set returned_at = %s where home_id = %s and returned_at is null
        and what <> 'set-aside'""",
        [now, subject],
    )


def _to_scope(what: str, to: str = "into") -> str:
    """The part of an update that moves a row to the new circle, or to a restricted part of the same
    audience.
    """
    if what == "other-end":
        return ""
    return f""", scope_id = coalesce((select q.scope_id from subjects_restrictedpart p
        join subjects_restrictedpart q on q.subject_id = %({to})s and q.audience = p.audience
        where p.scope_id = t.scope_id), (select s.scope_id from subjects_subject s where s.id = %({to})s))"""


def _but_aside(what: str) -> str:
    return (
        "and t.subject_id <> t.other_id and %(into)s not in (t.subject_id, t.other_id)"
        if what in ("link", "other-end")
        else ""
    )


def _make_counterparts(cursor: CursorWrapper, subject: int, into: int) -> None:
    """Every restricted part in use has one of the same audience to go to, so that nothing falls into the
    circle.
    """
    used = " or ".join(
        f"exists (select from {table} t where t.scope_id = p.scope_id and t.subject_id = p.subject_id)"
        for table in sorted({table for table, *_ in _ROWS.values()})
    )
    make_restricted_parts(
        cursor,
        f"""select {int(into)}, p.audience from subjects_restrictedpart p
        where p.subject_id = {int(subject)} and ({used}) and not exists (select from subjects_restrictedpart q
            where q.subject_id = {int(into)} and q.audience = p.audience)""",
    )


def _set_aside_links(cursor: CursorWrapper, subject: int, into: int, now: datetime) -> None:
    cursor.execute(
        """with aside as (update subjects_linkevidence set ended_at = %(now)s where ended_at is null
            and (reference_id is null or other_reference_id is null)
            and ((subject_id = %(subject)s and other_id = %(into)s) or (subject_id = %(into)s and other_id
                = %(subject)s))
            returning id)
        insert into linkage_carried (what, row, home_id, carried_to_id, before, at)
        select 'set-aside-hand', id, %(subject)s, %(into)s, '{}', %(now)s from aside""",
        {"subject": subject, "into": into, "now": now},
    )


def _part_of_a_second_record(cursor: CursorWrapper, subject: int, into: int) -> None:
    """An entry written about both stays twice, each with its private part: the second is named so."""
    cursor.execute(
        """update chronology_entrysubject t set part = left(part, %s) || %s
        where subject_id = %s and reference_id is null and exists (select from chronology_entrysubject o
            where o.entry_id = t.entry_id and o.subject_id = %s and o.reference_id is null and o.part =
                t.part)""",
        [40 - len(SECOND), SECOND, subject, into],
    )


def _carry_what_matters(cursor: CursorWrapper, subject: int, into: int, now: datetime) -> None:
    cursor.execute(
        """with told as (update subjects_subject i set what_matters_now = s.what_matters_now,
            what_matters_by_id = s.what_matters_by_id, what_matters_at = s.what_matters_at
            from subjects_subject s where i.id = %(into)s and s.id = %(subject)s
            and i.what_matters_now = '' and s.what_matters_now <> '' returning i.id)
        insert into linkage_carried (what, row, home_id, carried_to_id, before, at)
        select 'matters', id, %(subject)s, %(into)s, '{}', %(now)s from told""",
        {"subject": subject, "into": into, "now": now},
    )


def _return_what_matters(cursor: CursorWrapper, subject: int) -> None:
    cursor.execute(
        """update subjects_subject i set what_matters_now = '', what_matters_by_id = null, what_matters_at
            = null
        from linkage_carried c join subjects_subject s on s.id = c.home_id
        where c.what = 'matters' and c.home_id = %s and c.returned_at is null and i.id = c.carried_to_id
        and i.what_matters_now = s.what_matters_now""",
        [subject],
    )
