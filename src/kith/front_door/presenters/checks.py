"""What the pages of checks show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.front_door.checking import lists
from kith.front_door.models import Check, CheckAnswer
from kith.front_door.rules import codes

TOLD_APART = ("date_of_birth", "born", "age", "address", "postcode", "school")
NOBODY_ELSE = "front-door"


@dataclass(frozen=True)
class AnswerShown:
    """One answer, whole, with who gave it and who may be told."""

    at: str
    who: str
    phone: str
    how: str
    nothing_known: bool
    parts: tuple[tuple[str, str], ...]
    source: str
    may_share: str
    not_to_be_shared: bool
    conditions: str


@dataclass(frozen=True)
class CheckShown:
    """One question to one agency: how it stands, what came back, how they were chased."""

    pk: int
    contact_id: int
    agency: str
    phone: str
    question: str
    about: tuple[str, ...]
    purpose: str
    bases: tuple[str, ...]
    band: str
    longer_because: str
    asked: str
    clock: ClockWords | None
    withdrawn: str
    answers: tuple[AnswerShown, ...]
    chases: tuple[str, ...]
    can_be_chased: bool
    link_until: str


@dataclass(frozen=True)
class Standing:
    """Who has answered and who has not, and the clock from the first question to the last reply."""

    answered: int
    waiting: int
    overdue: int
    words: str
    clock: ClockWords | None


def present_check(check: Check, now: datetime) -> CheckShown:
    """A check with `answers`, `chases` and `links` read with it."""
    answers = tuple(present_answer(one) for one in sorted(check.answers.all(), key=lambda one: one.at))
    links = [link for link in check.links.all() if link.ended_at is None and link.expires_at > now]
    open_still = check.answered_at is None and check.withdrawn_at is None
    return CheckShown(
        pk=check.pk,
        contact_id=check.contact_id,
        agency=check.agency.name,
        phone=check.agency.phone,
        question=check.question,
        about=about_in_words(check),
        purpose=lists()["purposes"].title(check.purpose),
        bases=tuple(codes()["bases"].title(key) for key in check.bases),
        band=lists()["bands"].title(check.band),
        longer_because=check.longer_because,
        asked=f"{words.day_and_time(check.asked_at)}, {check.asked_by.name}",
        clock=None if check.withdrawn_at else words.clock(check.due_at, now, done=check.answered_at, soon=_soon(check)),
        withdrawn=_withdrawn(check),
        answers=answers,
        chases=tuple(_chased(one) for one in sorted(check.chases.all(), key=lambda one: one.at)),
        can_be_chased=open_still,
        link_until=words.day_and_time(links[0].expires_at) if links else "",
    )


def present_answer(answer: CheckAnswer) -> AnswerShown:
    said = (
        ("What is known", answer.known),
        ("Significant dates", answer.dates),
        ("Who works with them", answer.works_with),
        ("Worries", answer.worries),
        ("What goes well", answer.strengths),
    )
    return AnswerShown(
        at=words.day_and_time(answer.at),
        who=f"{answer.name}, {answer.role}",
        phone=answer.phone,
        how="signed in" if answer.by_id else "by the agency's link",
        nothing_known=answer.nothing_known,
        parts=tuple((title, text) for title, text in said if text.strip()),
        source=lists()["sources"].title(answer.source),
        may_share=lists()["may_share"].title(answer.may_share),
        not_to_be_shared=answer.may_share == NOBODY_ELSE,
        conditions=answer.conditions,
    )


def standing(checks: Iterable[Check], now: datetime) -> Standing:
    """Over all that was asked and not withdrawn."""
    held = [check for check in checks if check.withdrawn_at is None]
    waiting = [check for check in held if check.answered_at is None]
    overdue = sum(check.due_at < now for check in waiting)
    if not held:
        return Standing(0, 0, 0, "No agency has been asked yet", None)
    due = max(check.due_at for check in waiting or held)
    done = None if waiting else max(check.answered_at for check in held if check.answered_at)
    said = f"{len(held) - len(waiting)} of {words.count(len(held), 'agency', 'agencies')} answered"
    return Standing(len(held) - len(waiting), len(waiting), overdue, said, words.clock(due, now, done=done))


def about_in_words(check: Check) -> tuple[str, ...]:
    """Whom it is about, as much as was sent."""
    people = [_one(person) for person in check.about]
    return tuple([*people, check.about_words] if check.about_words else people)


def _one(person: Mapping[str, Any]) -> str:
    return ", ".join([str(person["name"]), *(_detail(key, str(person[key])) for key in TOLD_APART if person.get(key))])


def _detail(key: str, said: str) -> str:
    if key not in ("date_of_birth", "born"):
        return f"aged {said}" if key == "age" else said
    try:
        return f"born {words.short_day(date.fromisoformat(said))}"
    except ValueError:
        return f"born {said}"


def _soon(check: Check) -> Any:
    return (check.due_at - check.asked_at) / 4


def _withdrawn(check: Check) -> str:
    if check.withdrawn_at is None:
        return ""
    by = f", {check.withdrawn_by.name}" if check.withdrawn_by else ""
    return f"Withdrawn {words.day_and_time(check.withdrawn_at)}{by}: {check.withdrawn_because}"


def _chased(chase: Any) -> str:
    how = lists()["chased_by"].title(chase.how)
    note = f": {chase.note}" if chase.note else ""
    return f"{how}, {words.day_and_time(chase.at)}, {chase.by.name}{note}"
