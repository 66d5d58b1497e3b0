"""The board as it stands on the wall: initials, never a name; hours in figures; what is done, by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils.crypto import salted_hmac

from kith.foundations.access.models import Viewer
from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.missing.queries.board import Board, OnBoard, Waiting
from kith.missing.queries.whom import Whom
from kith.missing.rules import Kind, held_by
from kith.missing.rules.codes import title

NO_GRADE = "Not graded"
GRADES = ("high", "medium", "low", "very-low", "")  # the order in which they stand
NOTHING_YET = "Nobody has said yet what is being done."
DAYS_FROM = timedelta(hours=72)


@dataclass(frozen=True)
class Row:
    """One absence on the board. `figure` and `unit`: how long, such as "7" and "hours"."""

    episode_id: int
    reference: str
    initials: str
    age: str
    figure: str
    unit: str
    since: str
    kind: str
    is_away: bool
    grade: str
    grade_code: str
    missing_from: str
    doing: str
    last: str
    responsible: str


@dataclass(frozen=True)
class BackRow:
    """One who is back: by when the conversation is to be held, and how far it has got."""

    episode_id: int
    reference: str
    initials: str
    age: str
    back: str
    clock: ClockWords
    stands: str
    responsible: str


@dataclass(frozen=True)
class BoardShown:
    """The board. `version` changes with what stands on it; its first part only with who stands on it."""

    rows: tuple[Row, ...]
    back: tuple[BackRow, ...]
    more: int
    narrowed: bool
    subjects: tuple[int, ...]
    version: str
    waiting: tuple[Waiting, ...] = ()

    @property
    def who(self) -> str:
        return self.version.partition(".")[0]


@dataclass(frozen=True)
class Narrowed:
    """What the board is narrowed to; empty words narrow nothing."""

    kind: str = ""
    grade: str = ""
    responsible: str = ""

    def fits(self, one: OnBoard) -> bool:
        """Whether an absence stands on the board that was asked for."""
        grade = one.episode.grade or "none"
        return (
            self.kind in ("", one.episode.kind)
            and self.grade in ("", grade)
            and self.responsible in ("", one.child.responsible)
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.grade or self.responsible)


def show_board(board: Board, narrowed: Narrowed, viewer: Viewer, now: datetime, today: date) -> BoardShown:
    """The graded highest first, then whoever has been gone longest."""
    gone = sorted((one for one in board.open if narrowed.fits(one)), key=lambda one: _order(one.episode.grade))
    back = [one for one in board.back if narrowed.fits(one)]
    rows = tuple(_row(one, now, today) for one in gone)
    returned = tuple(_back(one, now, today) for one in back)
    subjects = tuple(sorted({one.child.subject_id for one in (*gone, *back)}))
    who = salted_hmac("missing-board", f"{viewer.pk}:{subjects}", algorithm="sha256").hexdigest()[:16]
    version = f"{who}.{sha256(repr((rows, returned, board.more, board.waiting)).encode()).hexdigest()[:16]}"
    return BoardShown(rows, returned, board.more, bool(narrowed), subjects, version, board.waiting)


def responsible_teams(board: Board) -> list[str]:
    """Those that lead for anybody on the board, by name."""
    return sorted({one.child.responsible for one in (*board.open, *board.back)} - {""})


def how_long(gone: datetime, now: datetime, *, is_day: bool = False) -> tuple[str, str]:
    """Such as ("7", "hours"); ("40", "minutes") in the first hour; days from the third on, or where only the day of
    going is known.
    """
    span = max(now - gone, timedelta())
    if is_day or span >= DAYS_FROM:
        return _counted(max(span.days, 1) if is_day else span.days, "day")
    hours = int(span.total_seconds() // 3600)
    return _counted(hours, "hour") if hours else _counted(int(span.total_seconds() // 60), "minute")


def grade_words(code: str) -> str:
    return title("grades", code) if code else NO_GRADE


def age_now(child: Whom, today: date) -> str:
    """The age alone, such as "15"."""
    return str(words.age_in_years(child.born, today)) if child.born and child.born <= today else ""


def day_or_time(when: datetime, now: datetime, *, is_day: bool) -> str:
    """The moment, or the day where no more is known."""
    return f"{words.day(when)}, time not known" if is_day else words.moment(when, now)


def _row(one: OnBoard, now: datetime, today: date) -> Row:
    episode, update = one.episode, one.update
    figure, unit = how_long(episode.gone_at, now, is_day=episode.gone_is_day)
    return Row(
        episode_id=episode.pk,
        reference=episode.reference,
        initials=words.initials(one.child.name),
        age=age_now(one.child, today),
        figure=figure,
        unit=unit,
        since=day_or_time(episode.gone_at, now, is_day=episode.gone_is_day),
        kind="Away" if episode.kind == Kind.AWAY.value else "Missing",
        is_away=episode.kind == Kind.AWAY.value,
        grade=grade_words(episode.grade),
        grade_code=episode.grade,
        missing_from=title("missing_from", episode.missing_from) if episode.missing_from else "",
        doing=update.text if update else NOTHING_YET,
        last=_last(one, now),
        responsible=one.child.responsible,
    )


def _last(one: OnBoard, now: datetime) -> str:
    """By whom and when: the last word on the search, else the report."""
    if one.update:
        agency = f", {one.update.agency.name}" if one.update.agency else ""
        return f"{one.update.by.name}{agency}, {words.moment(one.update.at, now)}"
    return f"Reported {words.moment(one.episode.told_at, now)}"


def _back(one: OnBoard, now: datetime, today: date) -> BackRow:
    episode = one.episode
    back = episode.back_at or now
    return BackRow(
        episode_id=episode.pk,
        reference=episode.reference,
        initials=words.initials(one.child.name),
        age=age_now(one.child, today),
        back=day_or_time(back, now, is_day=episode.back_is_day),
        clock=hours_left(held_by(back), now),
        stands=how_far(one),
        responsible=one.child.responsible,
    )


def hours_left(due: datetime, now: datetime) -> ClockWords:
    """A clock of three days is read in hours: "51 hours left"."""
    said = words.clock(due, now)
    left = words.count(int((due - now).total_seconds() // 3600), "hour")
    return said if now > due else replace(said, words=f"{left} left")


def how_far(one: OnBoard) -> str:
    """Where the conversation on return has got to, in one word or two."""
    talk = one.conversation
    if talk is None or talk.offered_at is None:
        return "Not offered yet"
    return "Accepted" if talk.accepted_at else "Offered"


def _order(grade: str) -> int:
    return GRADES.index(grade) if grade in GRADES else len(GRADES)


def _counted(number: int, unit: str) -> tuple[str, str]:
    return str(number), unit if number == 1 else f"{unit}s"
