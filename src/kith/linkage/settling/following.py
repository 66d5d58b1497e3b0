"""What hangs on a reference follows it: rows take the subject and the circle (or restricted part) that it
has now.

Works from the table `moving` (reference, from and to: subject and circle), inside the transaction that
moved it.
"""

from __future__ import annotations

from datetime import datetime

from django.db.backends.utils import CursorWrapper

from kith.linkage.settling.restricted import make_restricted_parts

_HANGING = (
    "linkage_sourcerecord",
    "chronology_entrysubject",
    "subjects_involvement",
    "subjects_linkevidence",
)
_NEW_SCOPE = """case when t.scope_id = m.from_scope then m.to_scope else coalesce((select p.to_scope from
    parts p
    where p.from_scope = t.scope_id and p.to_subject = m.to_subject), t.scope_id) end"""


def follow(cursor: CursorWrapper, now: datetime) -> None:
    """Move all that hangs on the moving references, restricted parts to restricted parts of the same
    audience.
    """
    cursor.execute("select exists (select from moving where from_subject is not null)")
    if not cursor.fetchone()[0]:
        return
    _restricted_parts(cursor)
    cursor.execute("""update subjects_reference r set scope_id = p.to_scope from moving m join parts p
        on p.from_scope = m.was_scope and p.to_subject = m.to_subject where m.reference_id = r.id""")
    cursor.execute(f"""update linkage_sourcerecord t set scope_id = {_NEW_SCOPE}
        from moving m where m.reference_id = t.reference_id and m.from_subject is not null""")
    for table in ("chronology_entrysubject", "subjects_involvement"):
        cursor.execute(f"""update {table} t set subject_id = m.to_subject, scope_id = {_NEW_SCOPE}
            from moving m where m.reference_id = t.reference_id and m.from_subject is not null""")
    _links(cursor, now)
    _disputes(cursor)
    cursor.execute("drop table parts")


def _restricted_parts(cursor: CursorWrapper) -> None:
    """Table `parts`: each restricted part that something moving belongs to, and its counterpart, made if
    need be.
    """
    used = "select to_subject, was_scope as scope_id from moving where was_scope <> from_scope"
    for table in _HANGING:
        used += f""" union select m.to_subject, t.scope_id from {table} t
            join moving m on m.reference_id = t.reference_id where t.scope_id <> m.from_scope"""
    cursor.execute(f"""create temp table parts on commit drop as
        select u.to_subject, p.scope_id as from_scope, p.audience, q.scope_id as to_scope
        from ({used}) u join subjects_restrictedpart p on p.scope_id = u.scope_id
        left join subjects_restrictedpart q on q.subject_id = u.to_subject and q.audience = p.audience""")
    make_restricted_parts(cursor, "select distinct to_subject, audience from parts where to_scope is null")
    cursor.execute("""update parts set to_scope = q.scope_id from subjects_restrictedpart q
        where to_scope is null and q.subject_id = to_subject and q.audience = parts.audience""")


def _links(cursor: CursorWrapper, now: datetime) -> None:
    """Both ends follow. A link whose ends have become one person says nothing: it is set aside until they
    part.
    """
    cursor.execute("""create temp table relinked on commit drop as
        select t.id, coalesce(r.subject_id, t.subject_id) as subject_id, coalesce(o.subject_id, t.other_id)
            as other_id,
               case when r.id is null then t.scope_id else coalesce((select q.scope_id from
                   subjects_restrictedpart p
                   join subjects_restrictedpart q on q.subject_id = r.subject_id and q.audience = p.audience
                   where p.scope_id = t.scope_id), f.scope_id) end as scope_id
        from subjects_linkevidence t left join subjects_reference r on r.id = t.reference_id
        left join subjects_subject f on f.id = r.subject_id
        left join subjects_reference o on o.id = t.other_reference_id
        where t.reference_id in (select reference_id from moving where from_subject is not null)
        or t.other_reference_id in (select reference_id from moving where from_subject is not null)""")
    cursor.execute(
        """with aside as (update subjects_linkevidence t set ended_at = %s from relinked r
            where r.id = t.id and r.subject_id = r.other_id and t.ended_at is null
            returning t.id, t.subject_id, r.subject_id as into_id)
        insert into linkage_carried (what, row, home_id, carried_to_id, before, at)
        select 'set-aside', id, subject_id, into_id, '{}', %s from aside""",
        [now, now],
    )
    cursor.execute("""update subjects_linkevidence t set subject_id = r.subject_id, other_id = r.other_id,
        scope_id = r.scope_id, ended_at = case when exists (select from linkage_carried c where c.what =
            'set-aside'
            and c.row = t.id and c.returned_at is null) then null else t.ended_at end
        from relinked r where r.id = t.id and r.subject_id <> r.other_id""")
    cursor.execute(
        """update linkage_carried c set returned_at = %s from relinked r where c.what = 'set-aside'
        and c.row = r.id and c.returned_at is null and r.subject_id <> r.other_id""",
        [now],
    )
    cursor.execute("drop table relinked")


def _disputes(cursor: CursorWrapper) -> None:
    """A dispute stands beside its entry: when the entry has left the circle it was said in, it goes along."""
    cursor.execute("""update chronology_dispute d set scope_id = e.scope_id
        from chronology_entrysubject e join moving m on m.reference_id = e.reference_id and m.from_subject
            is not null
        where e.entry_id = d.entry_id and d.scope_id = m.from_scope and not exists (
            select from chronology_entrysubject s where s.entry_id = d.entry_id and s.scope_id =
                d.scope_id)""")
