"""Two years of absences that were graded again with the record at hand, where it asks to consider high.

A row more beside each grade that the police's file tells, written in bulk; where one stands already, none is written.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kith.demo import cast
from kith.demo.bulk import put
from kith.demo.years import LATELY, YEARS, chance_of, words
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.models import Episode, Grade
from kith.missing.queries.on_record import ALWAYS, DECIDED, FOUND
from kith.missing.rules.grading import FACTORS, HIGH, ON_RECORD

GRADED = """
select e.id, e.subject_id, e.scope_id, e.desk_id, e.grade, e.gone_at
from missing_episode e join subjects_subject b on b.id = e.subject_id and b.name <> all(%(cast)s)
where e.kind = 'missing' and e.grade <> '' and e.not_missing_because = '' and e.gone_at between %(first)s and %(last)s
  and exists (
    select from chronology_entrysubject s join chronology_entry c on c.id = s.entry_id
    where s.subject_id = e.subject_id and s."on" < e.gone_at::date
      and c.superseded_by_id is null and c.ended_at is null and c.kind = any(%(kinds)s)
      and (c.kind <> %(found)s or lower(c.details->>'factors') ~ %(factors)s)
      and (c.kind <> %(decided)s or c.summary !~* 'negative|no reasonable|no conclusive'))
order by e.gone_at, e.id
"""


@transaction.atomic
def write_old_grades(*, today: date, now: datetime) -> int:
    """Answers how many gradings were written."""
    with viewing_as(system_viewer("demonstration")):
        if Grade.objects.filter(at__lt=now - LATELY).exclude(consider_high=[]).exists():
            return 0
        raj, said = Viewer.objects.get(email=cast.RAJ.email), words()["grades"]
        since = today - timedelta(days=said["since"]["days_ago"])
        rows = [_graded(row, raj, said, since) for row in _asked(now)]
        put(Grade, rows)
        raised = [row["episode_id"] for row in rows if row["code"] == HIGH]
        Episode.objects.filter(pk__in=raised).exclude(grade=HIGH).update(grade=HIGH)
        return len(rows)


def _asked(now: datetime) -> list[tuple[Any, ...]]:
    about: dict[str, Any] = {"kinds": list(ALWAYS), "found": FOUND, "decided": DECIDED, "factors": "|".join(FACTORS)}
    about |= {"cast": [child.name for child in cast.CHILDREN], "first": now - YEARS, "last": now - LATELY}
    with connection.cursor() as cursor:
        cursor.execute(GRADED, about)
        return list(cursor.fetchall())


def _graded(row: tuple[Any, ...], raj: Viewer, said: dict[str, Any], since: date) -> dict[str, Any]:
    """The grade as it was, or high where it was raised; the reason where it is not high."""
    episode, subject, scope, desk, code, gone = row
    chance = chance_of(f"{subject}:{gone:%Y-%m-%d}")
    lifted = gone.date() >= since and chance.random() * 100 < said["since"]["high"]
    code = HIGH if lifted else code
    return {
        "episode_id": episode,
        "subject_id": subject,
        "scope_id": scope,
        "desk_id": desk,
        "code": code,
        "agency_id": raj.agency_id,
        "by_id": raj.pk,
        "grader": f"{raj.name}, {raj.job_title}",
        "at": gone + timedelta(minutes=chance.randint(60, 240)),
        "reasons": chance.choice(said["reasons"]),
        "consider_high": [ON_RECORD],
        "why_not_high": "" if code == HIGH else chance.choice(said["why_not"]),
    }
