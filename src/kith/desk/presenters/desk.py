"""The desk: the records that are mine. Nothing on it that cannot be acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kith.chronology.queries import Line
from kith.desk.presenters.news import NewsShown
from kith.foundations.design_system import words
from kith.subjects.models import Subject
from kith.subjects.queries import CircleSubject

PAGE = 50


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
class DeskShown:
    """Everything on the desk of somebody who works with children, groups or places."""

    mine: tuple[Mine, ...]
    news: NewsShown


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
