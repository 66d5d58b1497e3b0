"""Groups that audit together: what became of each meeting in words, and their days for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from kith.case_audits.models import Group
from kith.case_audits.queries.groups import DayOf, GroupDays
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.models import Agency
from kith.foundations.clocks import HERE
from kith.foundations.design_system.words import short_day

LONG = timedelta(hours=2)


@dataclass(frozen=True)
class DayShown:
    """One day in words, with the kind of its badge."""

    on: date
    words: str
    badge: str
    came: str
    drawn: int


def show_day(day: DayOf, agencies: dict[str, str]) -> DayShown:
    """Held, not held with why, or missed without a word; who came."""
    if day.meeting is None:
        words, badge = ("Missed: nobody noted what became of it", "overdue") if day.is_over else ("To come", "quiet")
        return DayShown(day.on, words, badge, "", day.drawn)
    if not day.meeting.is_held:
        return DayShown(day.on, f"Missed: {day.meeting.why_not}", "overdue", "", day.drawn)
    moved = "" if day.meeting.held_on == day.on else f" on {short_day(day.meeting.held_on)}"
    return DayShown(day.on, f"Held{moved}", "done", _came(day.meeting.attendance, agencies), day.drawn)


def _came(attendance: dict[str, dict[str, object]], agencies: dict[str, str]) -> str:
    here = [agencies.get(key, key) for key, one in attendance.items() if one["came"]]
    away = [agencies.get(key, key) for key, one in attendance.items() if not one["came"]]
    parts = [f"Came: {', '.join(sorted(here))}." if here else "Nobody came.",
             f"Did not come: {', '.join(sorted(away))}." if away else ""]  # fmt: skip
    return " ".join(one for one in parts if one)


def missed_words(found: GroupDays) -> str:
    """2 of 8 meetings in the last year were missed."""
    if not found.over:
        return "No meeting was due yet."
    were = "was" if found.missed == 1 else "were"
    many = f"{found.missed} of {len(found.over)} meetings in the last year {were} missed."
    return many if found.missed else f"All {len(found.over)} meetings in the last year were held."


def names_of(agencies: list[Agency]) -> dict[str, str]:
    """By key."""
    return {one.key: one.name for one in agencies}


def calendar_file(group: Group, address: str, now: datetime) -> bytes:
    """Its meetings for a calendar. It names nobody: neither who chairs, nor whose records are looked at."""
    title = f"Case audit meeting: {THEMES.get(group.theme, group.theme)}"
    begins = datetime.combine(group.first_on, group.at, tzinfo=HERE)
    rule: dict[str, object] = {"freq": "weekly", "interval": group.every_weeks}
    if group.ended_on:
        rule["until"] = datetime.combine(group.ended_on, group.at, tzinfo=HERE)
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Kith//Case audits//EN")
    calendar.add("version", "2.0")
    for name, value in (("uid", f"audit-group-{group.pk}@{address}"), ("summary", title), ("dtstart", begins),
                        ("dtend", begins + LONG), ("dtstamp", now), ("rrule", rule)):  # fmt: skip
        event.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
