"""How often a rule fired and was overruled: counted by a named job, and shown only as far as numbers may be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from psycopg import sql

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.governance.register.entries import Entry
from kith.insight.rules import periods
from kith.insight.rules.change import HIDDEN, Change, percentage_of
from kith.insight.rules.measures import ETHNICITIES, GROUPS
from kith.insight.rules.periods import Span, Window
from kith.insight.rules.suppression import Adds, Figures, Number, Published, publishable

JOB = "register"
BREAKDOWNS = {
    "sex": "Sex",
    "age": "Age",
    "ethnicity": "Ethnicity",
    "send": "Special educational need",
    "care": "In care",
}
COUNT = """
with fired as ({counted}),
windows (key, begins, after) as (select * from unnest(%(keys)s::text[], %(begins)s::date[], %(after)s::date[])),
told as (select f.subject_id, f.overruled, f.at, (f.at at time zone 'Europe/London')::date as day from fired f),
plans as (
  select distinct es.subject_id from chronology_entrysubject es join chronology_entry e on e.id = es.entry_id
  where e.kind in ('ehc-plan', 'education-plan') and e.ended_at is null and e.superseded_by_id is null),
known as (
  select w.key, t.subject_id, t.overruled, case when p.sex in ('F', 'M') then p.sex else '' end as sex,
    coalesce(%(ethnicities)s::jsonb ->> left(p.ethnicity, 1), '') as ethnicity,
    case when p.date_of_birth is null then '' when age(t.day, p.date_of_birth) < interval '10 years' then '0-9'
         when age(t.day, p.date_of_birth) < interval '13 years' then '10-12'
         when age(t.day, p.date_of_birth) < interval '16 years' then '13-15'
         when age(t.day, p.date_of_birth) < interval '18 years' then '16-17' else '18+' end as age,
    case when l.subject_id is null then '' else 'plan' end as send,
    case when p.in_care_since <= t.day then 'in care' else '' end as care
  from told t join windows w on t.day >= w.begins and t.day < w.after
  left join subjects_person p on p.subject_id = t.subject_id left join plans l on l.subject_id = t.subject_id)
select key, {named},
  count(*) as counted, count(*) filter (where overruled) as overruled, count(distinct subject_id) as children
from known group by grouping sets {sets}
"""
WHOLE = ("'', ''", "((key))")
BY_GROUP = (
    """
  case when grouping(sex) = 0 then 'sex' when grouping(age) = 0 then 'age' when grouping(ethnicity) = 0 then 'ethnicity'
       when grouping(send) = 0 then 'send' when grouping(care) = 0 then 'care' else '' end as breakdown,
  coalesce(sex, age, ethnicity, send, care, '') as named
""",
    "((key), (key, sex), (key, age), (key, ethnicity), (key, send), (key, care))",
)


@dataclass(frozen=True)
class Fired:
    """A rule's numbers, with what of them may be shown."""

    numbers: Mapping[tuple[str, Window, str], Number]
    published: Published

    def latest(self) -> Window | None:
        """The newest twelve months whose number may be shown; None where none may."""
        shown = (one for one in self.published.totals if one.span is Span.TWELVE_MONTHS)
        return max(shown, key=lambda one: one.last, default=None)

    def count(self, window: Window, breakdown: str = "", group: str = "") -> int | None:
        """None where it may not be shown."""
        shows = self.published.shows(window, breakdown, group)
        return self.numbers.get((breakdown, window, group), Number(0, 0)).count if shows else None

    def overruled(self, window: Window, breakdown: str = "", group: str = "") -> str:
        """The share that was overruled, in per cent."""
        number = self.numbers.get((breakdown, window, group), Number(0, 0))
        if not self.published.shows_share(window, breakdown, group):
            return HIDDEN
        share = percentage_of(number.met, number.count)
        return "" if share is None else f"{share}%"

    def change(self, window: Window) -> Change:
        return Change(self.count(window), self.count(window.previous()))

    def broken_down(self) -> Window | None:
        """The newest year, or else quarter, that is published by group."""
        windows = {window for _, window in self.published.broken_down}
        years = [one for one in windows if one.span is Span.YEAR]
        return max(years or windows, key=lambda one: one.last, default=None)

    def groups(self, window: Window, breakdown: str) -> list[tuple[str, int | None, str]]:
        """Each group in words with how often the rule fired, and the share overruled."""
        return [
            (words, self.count(window, breakdown, group), self.overruled(window, breakdown, group))
            for group, words in GROUPS[breakdown].items()
        ]


def fired(entry: Entry, today: date, *, by_group: bool = True) -> Fired | None:
    """What a rule has done, by windows of whole months; None where that is not kept. Read by a named job."""
    if not entry.counted:
        return None
    wanted = windows(today)
    with viewing_as(system_viewer(JOB)):
        rows = list(_rows(entry, wanted, by_group=by_group))
    numbers = {
        (breakdown, periods.read(key), group): Number(counted, overruled, children or None)
        for key, breakdown, group, counted, overruled, children in rows
    }
    return Fired(numbers, publishable(_figures(numbers, wanted, by_group=by_group)))


def windows(today: date) -> list[Window]:
    """Months, twelve months, quarters and years from the beginning of the year before last."""
    last = periods.last_complete(today)
    first = periods.year(last).first - 24
    months = [periods.Month.at(index) for index in range(first.index, last.index + 1)]
    found = {periods.month(one) for one in months} | {periods.twelve_months(one) for one in months[11:]}
    whole = [of(one) for one in months for of in (periods.quarter, periods.year)]
    return sorted(found | {one for one in whole if one.last <= last})


def _rows(entry: Entry, wanted: Iterable[Window], *, by_group: bool) -> list[tuple[Any, ...]]:
    given = list(wanted)
    named, sets = BY_GROUP if by_group else WHOLE
    asked = sql.SQL(COUNT).format(counted=sql.SQL(entry.counted), named=sql.SQL(named), sets=sql.SQL(sets))
    bounds: dict[str, Any] = {
        "keys": [one.key for one in given],
        "begins": [one.begins for one in given],
        "after": [one.after for one in given],
        "ethnicities": json.dumps(dict(ETHNICITIES)),
    }
    with connection.cursor() as cursor:
        cursor.execute(asked, bounds)
        return list(cursor.fetchall())


def _figures(numbers: Mapping[tuple[str, Window, str], Number], wanted: Iterable[Window], *, by_group: bool) -> Figures:
    totals = {window: numbers.get(("", window, ""), Number(0, 0)) for window in wanted}
    names = {breakdown: set(words) for breakdown, words in GROUPS.items()}
    for breakdown, _, group in numbers:
        names.setdefault(breakdown, set()).add(group)
    groups = {
        (breakdown, window): {
            group: numbers.get((breakdown, window, group), Number(0, 0)) for group in GROUPS[breakdown]
        }
        for breakdown in (BREAKDOWNS if by_group else ())
        for window in totals
        if window.span in {Span.QUARTER, Span.YEAR}
    }
    return Figures(Adds.UP, totals, groups)
