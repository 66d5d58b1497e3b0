"""Groups that audit together: their days, what became of each, the lots drawn for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from kith.case_audits.models import Draw, Group, Meeting
from kith.case_audits.rules.groups import days_planned, next_days
from kith.foundations.access.models import Agency


@dataclass(frozen=True)
class DayOf:
    """One planned day: what became of it, and how many records were drawn for it."""

    on: date
    meeting: Meeting | None
    drawn: int
    is_over: bool

    @property
    def is_missed(self) -> bool:
        return self.is_over and (self.meeting is None or not self.meeting.is_held)


@dataclass(frozen=True)
class GroupDays:
    """A group with its days: those over, the newest first, and those to come."""

    group: Group
    over: list[DayOf]
    coming: list[DayOf]

    @property
    def missed(self) -> int:
        return sum(one.is_missed for one in self.over)


def groups() -> QuerySet[Group]:
    """Those that stand first, then those that ended; by title."""
    return Group.objects.select_related("chair").order_by(F("ended_on").desc(nulls_first=True), "title", "pk")


def group_or_none(group_id: int) -> Group | None:
    """One of them."""
    return groups().filter(pk=group_id).first()


def days_of(found: list[Group], since: date, today: date) -> list[GroupDays]:
    """Of each group its days since a day, and the next; two questions, however many groups."""
    meetings = {(one.group_id, one.planned_on): one for one in Meeting.objects.filter(group__in=found)}
    drawn: dict[tuple[int, date], int] = {}
    for group_id, on, many in Draw.objects.filter(group__in=found).values_list("group_id", "meets_on", "drawn"):
        if group_id and on:
            drawn[group_id, on] = drawn.get((group_id, on), 0) + many
    shown = []
    for one in found:
        last = one.ended_on or today
        over = [on for on in days_planned(one.first_on, one.every_weeks, since, last) if on < today]
        coming = [] if one.ended_on else next_days(one.first_on, one.every_weeks, today)
        both = [
            [DayOf(on, meetings.get((one.pk, on)), drawn.get((one.pk, on), 0), on < today) for on in days]
            for days in (reversed(over), coming)
        ]
        shown.append(GroupDays(one, *both))
    return shown


def agencies_of(group: Group) -> list[Agency]:
    """Those that are asked to its meetings, by name."""
    return list(Agency.objects.filter(key__in=group.agencies).order_by("name"))
