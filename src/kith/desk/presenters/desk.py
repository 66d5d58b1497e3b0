"""The desk: mine, and what is new for me. Nothing on it that cannot be acted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.chronology.queries import Line
from kith.foundations.access.models import BreakGlass
from kith.foundations.design_system import words
from kith.linkage.rules.facts import FactLine
from kith.subjects.models import Subject
from kith.subjects.queries import CircleSubject

NEW_FOR = timedelta(days=7)
PAGE = 50
AT_ONCE = 5
# Facts that change what a worker does; a postcode spelt two ways waits on the record itself.
CONSEQUENTIAL = frozenset(
    {"first_name", "last_name", "date_of_birth", "died_on", "interpreter", "legal_status", "in_care_since"}
)


@dataclass(frozen=True)
class MineRow:
    """One record that is the viewer's work."""

    subject_id: int
    name: str
    about: str
    matters: str
    significant: str
    significant_on: str
    latest_on: str
    because: str


@dataclass(frozen=True)
class Mine:
    """The viewer's records of one kind: this page of them, and how many there are."""

    title: str
    rows: tuple[MineRow, ...]
    total: int


@dataclass(frozen=True)
class News:
    """Something new for the viewer: whose record, what, and the page where it is acted on."""

    subject_id: int
    name: str
    what: str
    when: str
    page: str


@dataclass(frozen=True)
class DeskShown:
    """Everything on the desk of somebody who works with children, groups or places."""

    mine: tuple[Mine, ...]
    news: tuple[News, ...]


KINDS = (("person", "My children and young people"), ("group", "My groups"), ("place", "My places"))


def show_mine(
    circles: Sequence[CircleSubject],
    significant: Mapping[int, Line],
    latest: Mapping[int, Line],
    now: datetime,
    shown: int,
) -> tuple[Mine, ...]:
    """The viewer's records by kind, at most `shown` of each."""
    found = []
    for kind, title in KINDS:
        of_kind = [circle for circle in circles if circle.subject.kind == kind]
        rows = tuple(_row(circle, significant, latest, now) for circle in of_kind[:shown])
        if of_kind:
            found.append(Mine(title, rows, len(of_kind)))
    return tuple(found)


def _row(circle: CircleSubject, significant: Mapping[int, Line], latest: Mapping[int, Line], now: datetime) -> MineRow:
    subject = circle.subject
    mattered, last = significant.get(subject.pk), latest.get(subject.pk)
    return MineRow(
        subject_id=subject.pk,
        name=subject.name,
        about=about(subject, now),
        matters=subject.what_matters_now,
        significant=mattered.entry.summary if mattered else "",
        significant_on=words.short_day(mattered.on) if mattered else "",
        latest_on=words.short_day(last.on) if last else "",
        because=circle.because,
    )


def about(subject: Subject, now: datetime) -> str:
    """Age of a person, address of a place, review date of a group."""
    person, place, group = (getattr(subject, name, None) for name in ("person", "place", "group"))
    if person:
        return words.age(person.date_of_birth, words.local_day(now)) if person.date_of_birth else "age not known"
    if place:
        return str(place.address or place.postcode or place.online)
    due = group.review_on if group else None
    return f"review {words.short_day(due)}" if due else ""


def show_shared(circles: Sequence[CircleSubject], now: datetime) -> list[News]:
    """Records that were opened to the viewer in the last days;

    not the whole caseload that a first load opens at once.
    """
    together = Counter(circle.opened_at for circle in circles)
    new = [c for c in circles if now - c.opened_at <= NEW_FOR and together[c.opened_at] <= AT_ONCE]
    return [
        News(c.subject.pk, c.subject.name, f"Opened to you: {c.because}", words.ago(c.opened_at, now), "record")
        for c in sorted(new, key=lambda circle: circle.opened_at, reverse=True)
    ]


def show_glass(broken: Sequence[BreakGlass], names: Mapping[int, str], now: datetime) -> list[News]:
    """Somebody broke the glass on a record of the viewer's."""
    return [
        News(
            one.subject_id,
            names[one.subject_id],
            f"{one.viewer.name} opened this record outside their work: {one.reason}",
            words.ago(one.at, now),
            "record-looked",
        )
        for one in broken
        if one.subject_id in names
    ]


def show_disagreements(facts: Mapping[int, Sequence[FactLine]], names: Mapping[int, str]) -> list[News]:
    """Agencies disagree about what matters on a record of the viewer's: one line a record, whatever their number."""
    news = []
    for subject_id, lines in facts.items():
        titles = [line.title.lower() for line in lines if line.field in CONSEQUENTIAL]
        if titles:
            about_what = " and ".join(part for part in (", ".join(titles[:-1]), titles[-1]) if part)
            news.append(News(subject_id, names[subject_id], f"Agencies disagree about {about_what}", "", "record"))
    return news
