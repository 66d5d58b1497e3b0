"""What was read in a letter on a missing child, beside its words; and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.design_system.words import day, day_and_time, local_day, short_day
from kith.front_door.models import MissingLetter
from kith.front_door.models.missing_mail import BACK, NOT_MISSING, REPORTED, RETURN
from kith.missing.models import Episode
from kith.missing.queries.whom import Whom
from kith.missing.rules.codes import title
from kith.missing.rules.mail import TITLES, Line, MissingMail

ASKED = ("number", "name", "born", "gone", "grade", "last_seen", "clothing", "circumstances", "told_by")
ASKED_BACK = ("number", "name", "born", "back", "found_at", "told_by")
NOT_READ = "Not read"
UNKNOWN = (
    "We do not know that this came from whom it says. Ring the agency on a number you have from elsewhere before you "
    "report anything."
)


@dataclass(frozen=True)
class FieldShown:
    """One thing that was read: its words in the letter, and what is to be looked at."""

    title: str
    value: str
    words: str
    problem: str


@dataclass(frozen=True)
class LetterShown:
    """A letter on its page. `not_found`: what is asked for and stands nowhere in it."""

    pk: int
    heading: str
    sender: str
    came: str
    warning: str
    words: str
    fields: tuple[FieldShown, ...]
    not_found: str
    outcome: str
    episode_id: int | None
    tells_return: bool
    settled: bool


@dataclass(frozen=True)
class AbsenceShown:
    """An absence that a letter may mean."""

    pk: int
    reference: str
    child: str
    since: str
    likely: bool


@dataclass(frozen=True)
class LetterLine:
    """A letter in the list."""

    pk: int
    heading: str
    whom: str
    came: str
    sender: str
    warning: bool
    outcome: str


def show_letter(letter: MissingLetter, read: MissingMail) -> LetterShown:
    """Everything on its page."""
    fields = _fields(read)
    asked = ASKED_BACK if letter.tells == RETURN else ASKED
    stood = {one.title for one in fields}
    return LetterShown(
        letter.pk,
        _heading(letter),
        _sender(letter),
        day_and_time(letter.came_at),
        "" if letter.known else UNKNOWN,
        letter.words,
        fields,
        ", ".join(TITLES[name].lower() for name in asked if TITLES[name] not in stood),
        _outcome(letter),
        letter.episode_id,
        letter.tells == RETURN,
        bool(letter.outcome) and letter.outcome != NOT_MISSING,
    )


def show_outcome(letter: MissingLetter | None) -> str:
    """For the front door: what those who decide have said of it; empty where it reads as nothing of the kind."""
    if letter is None:
        return ""
    return _outcome(letter) + "." if letter.outcome else "Nobody has said yet what it is."


def show_line(letter: MissingLetter, read: MissingMail) -> LetterLine:
    """A line of the list."""
    whom = " · ".join(part for part in (read.name, read.number) if part) or "It does not say of whom"
    came = day_and_time(letter.came_at)
    return LetterLine(letter.pk, _heading(letter), whom, came, _sender(letter), not letter.known, _outcome(letter))


def show_absence(episode: Episode, child: Whom, likely: bool) -> AbsenceShown:
    """A choice among absences."""
    gone = day(episode.gone_at) if episode.gone_is_day else day_and_time(episode.gone_at)
    born = f", born {short_day(child.born)}" if child.born else ""
    back = f", back {day_and_time(episode.back_at)}" if episode.back_at else ""
    return AbsenceShown(episode.pk, episode.reference, f"{child.name}{born}", f"since {gone}{back}", likely)


def _fields(read: MissingMail) -> tuple[FieldShown, ...]:
    lines: dict[str, Line] = {}
    for one in read.lines:
        lines.setdefault(one.field, one)
    shown = []
    for name, label in TITLES.items():
        value = _value(read, name)
        line = lines.get(name)
        if value or line:
            shown.append(FieldShown(label, value or NOT_READ, line.words if line else "", line.problem if line else ""))
    return tuple(shown)


def _value(read: MissingMail, name: str) -> str:
    if name in {"gone", "back"}:
        at: datetime | None = getattr(read, name)
        only_day = getattr(read, f"{name}_is_day")
        return "" if at is None else f"{day(at)}, no time" if only_day else day_and_time(at)
    if name == "born":
        return short_day(local_day(read.born)) if read.born else ""
    return title("grades", read.grade) if name == "grade" and read.grade else str(getattr(read, name))


def _heading(letter: MissingLetter) -> str:
    return "A letter tells that a child is back" if letter.tells == RETURN else "A letter tells of a missing child"


def _sender(letter: MissingLetter) -> str:
    who = " ".join(part for part in (letter.sender_name, f"<{letter.sender}>" if letter.sender else "") if part)
    return f"{letter.agency.name}: {who}" if letter.agency else who or "Nobody named"


def _outcome(letter: MissingLetter) -> str:
    if not letter.outcome or letter.settled_by is None or letter.settled_at is None:
        return ""
    said = {
        REPORTED: f"Reported as {letter.reference}",
        BACK: f"Said back: {letter.reference}",
        NOT_MISSING: "Not a missing report; it waits at the front door",
    }.get(letter.outcome, f"It says what stands already: {letter.reference}")
    return f"{said}. {letter.settled_by.name}, {day_and_time(letter.settled_at)}"
