"""A chronology as it is shown: frozen, in words, without a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kith.chronology.kinds import kind as entry_kind
from kith.chronology.models import Dispute
from kith.chronology.queries import Beside, Line, MonthCount, Other
from kith.chronology.queries.beside import Version
from kith.foundations.design_system import words
from kith.subjects.rules import SubjectKind

COUNTED = {
    "child": ("another child", "{} other children"),
    "person": ("another person", "{} other people"),
    "group": ("a group", "{} groups"),
}


@dataclass(frozen=True)
class OtherShown:
    """Somebody else the entry is about; a subject only where the viewer sees the record."""

    words: str
    subject_id: int | None = None


@dataclass(frozen=True)
class DisputeShown:
    """What stands beside the entry."""

    said_by: str
    text: str
    when: str


@dataclass(frozen=True)
class VersionShown:
    """How the entry read before."""

    summary: str
    when: str


@dataclass(frozen=True)
class LineShown:
    """One line of a chronology."""

    entry_id: int
    day: str
    full_day: str
    iso: str
    time: str
    until: str
    summary: str
    kind: str
    agency: str
    source: str
    significant: bool
    impact: str
    private_texts: tuple[str, ...]
    others: tuple[OtherShown, ...]
    disputes: tuple[DisputeShown, ...]
    earlier: tuple[VersionShown, ...]
    can_correct: bool


@dataclass(frozen=True)
class MonthShown:
    """A month to go to:

    its name, how many entries, its key for the address, and whether it is the one shown.
    """

    key: str
    title: str
    entries: int
    current: bool


@dataclass(frozen=True)
class Reader:
    """What showing a line needs to know of the page: who reads, and what feeds are called."""

    viewer_id: int
    feed_titles: Mapping[str, str]


def show_lines(lines: Sequence[Line], found: Mapping[int, Beside], reader: Reader) -> tuple[LineShown, ...]:
    """Every line with what stands beside it."""
    return tuple(show_line(line, found.get(line.entry.pk, Beside()), reader) for line in lines)


def show_line(line: Line, found: Beside, reader: Reader) -> LineShown:
    """One line. A time that is not known is not shown."""
    entry = line.entry
    return LineShown(
        entry_id=entry.pk,
        day=words.line_day(line.on),
        full_day=words.short_day(line.on),
        iso=line.on.isoformat(),
        time=words.clock_time(entry.at) if entry.at else "",
        until=until_words(entry.on, entry.until, entry.until_day),
        summary=entry.summary,
        kind=entry_kind(entry.kind).title,
        agency=entry.agency.name if entry.agency else "",
        source=source_words(line, reader.feed_titles),
        significant=line.significant,
        impact=line.impact,
        private_texts=tuple(line.private_texts),
        others=tuple(
            show_other(other) for other in found.others if other.subject_id or other.kind != SubjectKind.PLACE
        ),
        disputes=tuple(map(show_dispute, found.disputes)),
        earlier=tuple(map(show_version, found.earlier)),
        can_correct=entry.written_by_id == reader.viewer_id,
    )


def until_words(on: date, until: datetime | None, until_day: date | None) -> str:
    """When it ended, where that is known: the day too if it was another day."""
    if until:
        clock = words.clock_time(until)
        return f"until {clock}" if words.local_day(until) == on else f"until {words.short_day(until)}, {clock}"
    return f"until {words.short_day(until_day)}" if until_day and until_day != on else ""


def source_words(line: Line, feed_titles: Mapping[str, str]) -> str:
    """Who says so and since when: the feed, or the person who wrote it."""
    entry = line.entry
    if entry.feed:
        said = entry.stated_on or entry.recorded_at
        return f"{feed_titles.get(entry.feed, entry.feed)}, {words.short_day(said)}"
    writer = entry.written_by.name if entry.written_by else "not recorded"
    return f"written by {writer}, {words.short_day(entry.recorded_at)}"


def show_other(other: Other) -> OtherShown:
    """By name where the viewer sees the record; otherwise only what kind and how many."""
    if other.subject_id is not None:
        return OtherShown(other.name, other.subject_id)
    one, many = COUNTED[other.kind]
    return OtherShown(one if other.count == 1 else many.format(other.count))


def show_dispute(dispute: Dispute) -> DisputeShown:
    """Who says that it is wrong, in their words."""
    return DisputeShown(dispute.said_by, dispute.text, words.short_day(dispute.at))


def show_version(version: Version) -> VersionShown:
    """The words it had, and when they were recorded."""
    return VersionShown(version.summary, words.short_day(version.recorded_at))


def show_months(months: Iterable[MonthCount], shown: date | None) -> tuple[MonthShown, ...]:
    """The months there are, newest first."""
    return tuple(
        MonthShown(f"{count.month:%Y-%m}", words.month(count.month), count.entries, count.month == shown)
        for count in months
    )


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with how many entries it would show."""

    value: str
    title: str
    entries: int
    chosen: bool


def choices(counted: Mapping[str, int], chosen: str, title: Callable[[str], str]) -> tuple[Choice, ...]:
    """Filter values in order of their titles."""
    shown = [Choice(value, title(value), entries, value == chosen) for value, entries in counted.items()]
    return tuple(sorted(shown, key=lambda choice: choice.title))
