"""What the pages show: answers with who will see each, and where a report stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.doors.queries import Followed
from kith.foundations.design_system.words import day, day_and_time


@dataclass(frozen=True)
class Answer:
    """One answer on the page that is checked before it is sent: in words, who will see it, and where to change it."""

    question: str
    words: str
    page: str
    field: str = ""
    name: str = ""  # of whoever the answer is about, for the words of the link


@dataclass(frozen=True)
class Part:
    """Answers that the same people will see."""

    title: str
    seen_by: str
    page: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Step:
    """How far it has got: the words, whether it is reached, and when."""

    words: str
    done: bool
    at: str = ""


def steps_of(followed: Followed) -> tuple[Step, ...]:
    """Received, being looked at, decided."""
    looked = followed.looked_at or followed.decided_at
    return (
        Step("We have it", True, _at(followed.received_at)),
        Step("Somebody is looking at it", looked is not None, _at(followed.looked_at)),
        Step("It is decided what happens", followed.decided_at is not None, _at(followed.decided_at)),
    )


@dataclass(frozen=True)
class ReplyShown:
    on: str
    text: str


def replies_of(followed: Followed) -> tuple[ReplyShown, ...]:
    return tuple(ReplyShown(day(at), text) for at, text in followed.replies)


def spelled(letters: str) -> str:
    """A reference to be read aloud, letter by letter: "K 7 M, 4 P Q, 2 X D"."""
    return ", ".join(" ".join(part) for part in letters.split("-"))


def _at(when: datetime | None) -> str:
    return day_and_time(when) if when else ""
