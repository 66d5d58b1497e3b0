"""Source records after linking: each in its person's circle, or in the restricted part that its feed is
for.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper

from kith.linkage.settling.feed_words import feed_words
from kith.linkage.settling.reading import AS_IT_STANDS
from kith.linkage.settling.restricted import make_restricted_parts


def mark_as_linked(cursor: CursorWrapper, references: Iterable[int]) -> set[int]:
    """Give the records of these references their audience and note that they are linked as they stand.

    Returns the subjects they are about.
    """
    cursor.execute("create temp table done (reference_id bigint) on commit drop")
    with cursor.copy("copy done from stdin") as copy:
        copy.write("".join(f"{reference}\n" for reference in references))
    cursor.execute("create temp table restricted (feed text, audience text) on commit drop")
    with cursor.copy("copy restricted from stdin") as copy:
        for words in feed_words().values():
            if words.restricted:
                copy.write_row((words.feed, words.restricted))
    cursor.execute("analyze done")
    _make_parts(cursor)
    cursor.execute(f"""update linkage_sourcerecord s set linked_as = {AS_IT_STANDS.format("s")},
            scope_id = coalesce(s.scope_id, (select p.scope_id from restricted x
                join subjects_restrictedpart p on p.audience = x.audience and p.subject_id = r.subject_id
                where x.feed = s.feed), f.scope_id)
        from done d join subjects_reference r on r.id = d.reference_id join subjects_subject f on f.id = r.subject_id
        where s.reference_id = d.reference_id and (s.scope_id is null or s.linked_as <> {AS_IT_STANDS.format("s")})""")
    _give_references_their_audience(cursor)
    cursor.execute("select distinct r.subject_id from done d join subjects_reference r on r.id = d.reference_id")
    subjects = {row[0] for row in cursor.fetchall()}
    cursor.execute("drop table done, restricted")
    return subjects


def _make_parts(cursor: CursorWrapper) -> None:
    make_restricted_parts(
        cursor,
        """select distinct r.subject_id, x.audience from done d
        join subjects_reference r on r.id = d.reference_id join linkage_sourcerecord s on s.reference_id =
        r.id
        join restricted x on x.feed = s.feed where s.scope_id is null and not exists (
            select from subjects_restrictedpart p where p.subject_id = r.subject_id and p.audience =
            x.audience)""",
    )


def _give_references_their_audience(cursor: CursorWrapper) -> None:
    """That a restricted service has a number for somebody is as restricted as what it says of them.

    A number that a service with no such restriction uses too (two feeds of one system) is in the circle.
    """
    cursor.execute("""with said as (
            select s.reference_id, min(p.scope_id) as part, bool_and(p.id is not null) as all_restricted
            from done d join linkage_sourcerecord s on s.reference_id = d.reference_id
            left join subjects_restrictedpart p on p.scope_id = s.scope_id
            where s.reference_id in (select o.reference_id from linkage_sourcerecord o join restricted x on x.feed =
                o.feed)
            group by 1),
        due as (select r.id, case when g.all_restricted then g.part else f.scope_id end as scope_id
            from said g join subjects_reference r on r.id = g.reference_id
            join subjects_subject f on f.id = r.subject_id)
        update subjects_reference r set scope_id = due.scope_id from due
        where due.id = r.id and r.scope_id is distinct from due.scope_id""")
