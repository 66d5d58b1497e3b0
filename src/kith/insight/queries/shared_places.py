"""What is recorded of premises in the last months, all at once; and what the rule said of one place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from kith.foundations.access.models import Agency
from kith.insight.models import SharedPlace
from kith.insight.rules.profiles import help_events
from kith.insight.rules.shared_places import GROWN, NOT_PREMISES, OLDER, WINDOW, YOUNGER, Shared
from kith.linkage.loading.catalogue import catalogue
from kith.linkage.settling.feed_words import feed_words

RECORDED = """
with premises as (
  select p.subject_id, p.scope_id from subjects_place p join subjects_subject s on s.id = p.subject_id
  where p.kind <> all (%(not_premises)s) and s.joined_into_id is null),
there as (
  select a.subject_id as place, a.entry_id, a.on, e.kind, e.feed, e.agency_id
  from chronology_entrysubject a join premises m on m.subject_id = a.subject_id and m.scope_id = a.scope_id
  join chronology_entry e on e.id = a.entry_id
  where a.on >= %(since)s and e.ended_at is null and e.superseded_by_id is null),
seen as (
  select l.subject_id as place, l.other_id, l.feed, coalesce(l.last_seen, l.first_seen, l.stated_on) as day
  from subjects_linkevidence l join premises m on m.subject_id = l.subject_id and m.scope_id = l.scope_id
  where l.ended_at is null and l.kind in ('attends', 'seen-at', 'gathers-at')
    and coalesce(l.last_seen, l.first_seen, l.stated_on) >= %(since)s),
ages as (
  select t.place, t.on, b.subject_id as person, extract(year from age(t.on, p.date_of_birth)) as years
  from there t join chronology_entrysubject b on b.entry_id = t.entry_id
  join subjects_person p on p.subject_id = b.subject_id and p.date_of_birth is not null
  where not exists (select from subjects_restrictedpart r where r.scope_id = b.scope_id)
  union all
  select s.place, s.day, s.other_id, extract(year from age(s.day, p.date_of_birth))
  from seen s join subjects_person p on p.subject_id = s.other_id and p.date_of_birth is not null),
counted as (
  select place, count(distinct person) filter (where years < %(younger)s) as younger,
    count(distinct person) filter (where years >= %(older)s and years < %(grown)s) as older from ages group by place),
told as (
  select t.place, t.on as day, case when t.kind = any (%(help)s) then g.name end as agency,
    case when t.kind = any (%(help)s) and g.id is null then t.feed end as feed
  from there t left join access_agency g on g.id = t.agency_id
  union all select s.place, s.day, null::text, case when s.feed = any (%(helping)s) then s.feed end from seen s)
select t.place, max(t.day), coalesce(max(c.younger), 0), coalesce(max(c.older), 0),
  array_remove(array_agg(distinct t.agency), null), array_remove(array_agg(distinct t.feed), null)
from told t left join counted c on c.place = t.place group by t.place order by t.place
"""


def recorded(today: date) -> list[Shared]:
    """Premises of which anything is recorded in the window, as far as whoever asks may see: for a named job."""
    asked: dict[str, Any] = {
        "not_premises": sorted(NOT_PREMISES),
        "since": today - WINDOW,
        "help": list(help_events()),
        "helping": _feeds_of_help(),
        "younger": YOUNGER,
        "older": OLDER,
        "grown": GROWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(RECORDED, asked)
        rows = cursor.fetchall()
    names = _agencies_of_feeds()
    return [
        Shared(
            place, tuple(sorted({*told, *(names.get(feed, feed) for feed in feeds if feed)})), younger, older, latest
        )
        for place, latest, younger, older, told, feeds in rows
    ]


def standing(subject_id: int) -> SharedPlace | None:
    """What the rule said of a place and nobody has set aside."""
    return SharedPlace.objects.filter(subject=subject_id, set_aside_at=None).first()


def latest_by_place(places: Iterable[int]) -> dict[int, SharedPlace]:
    """The last time that the rule pointed out each of these places."""
    said = SharedPlace.objects.filter(subject__in=list(places)).order_by("at", "pk")
    return {one.subject_id: one for one in said}


def _feeds_of_help() -> list[str]:
    """Feeds of those who help: whom they saw somewhere, they worked with there."""
    helps = set(help_events())
    return sorted(key for key, feed in catalogue().feeds.items() if helps & {one.kind for one in feed.entries})


def _agencies_of_feeds() -> dict[str, str]:
    names = dict(Agency.objects.values_list("key", "name"))
    return {feed: names[words.agency] for feed, words in feed_words().items() if words.agency in names}
