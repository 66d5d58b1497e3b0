"""Critical moments in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.moments.models import Moment, Offer, Step
from kith.moments.queries.moments import OwnTold
from kith.moments.rules.codes import STEPS, call_back_rule, title, within
from kith.moments.rules.drawing import is_urgent
from kith.moments.rules.rota import next_day

SOON = timedelta(minutes=20)
STILL = {"yes": "Still there", "no": "No longer there", "not-known": "Not known whether they are still there"}
SOURCES = {"form": "told by", "feed": "in the files of", "missing": "reported missing to"}
Names = Mapping[int, tuple[str, date | None]]


@dataclass(frozen=True)
class MomentShown:
    """One moment in a list or on its page."""

    moment_id: int
    reference: str
    kind: str
    who: str
    on_record: bool
    subject_id: int | None
    told: str
    told_by: str
    happened: str
    callback: str
    still_there: str
    clock: ClockWords
    rule: str
    state: str
    taken_by: str
    is_open: bool
    came_of: str


@dataclass(frozen=True)
class OfferShown:
    """What was offered and what they said."""

    service: str
    answer: str
    by: str
    when: str


def show(moment: Moment, names: Names, now: datetime) -> MomentShown:
    """One moment. `names`: of the children on record, as far as whoever looks may know."""
    name, born = names.get(moment.subject_id or 0, (moment.given_name, moment.given_born))
    urgent = is_urgent(moment.source, moment.happened_on, moment.happened_at, moment.told_at)
    rule = call_back_rule(moment.told_at if urgent else next_day(moment.told_at))
    unverified = "" if rule.checked else ", not yet verified"
    return MomentShown(
        moment_id=moment.pk,
        reference=moment.reference,
        kind=title("kinds", moment.kind),
        who=_who(moment, name, born, words.local_day(now)),
        on_record=moment.subject_id in names,
        subject_id=moment.subject_id if moment.subject_id in names else None,
        told=words.moment(moment.told_at, now),
        told_by=_told_by(moment),
        happened=words.moment(moment.happened_at, now) if moment.happened_at else words.day(moment.happened_on),
        callback=moment.callback,
        still_there=STILL.get(moment.still_there, ""),
        clock=words.clock(moment.call_back_by, now, done=_done(moment), soon=SOON),
        rule=f"{rule.title} within {rule.allowed}. {rule.source}{unverified}.",
        state=state_of(moment),
        taken_by=moment.taken_by.name if moment.taken_by else "",
        is_open=moment.closed_at is None,
        came_of=moment.came_of,
    )


def state_of(moment: Moment) -> str:
    """Such as "Taken by Sol Adeyemi, rung back"."""
    if moment.set_aside:
        return f"Set aside: {within('aside', moment.set_aside)}"
    if moment.closed_at:
        return "Closed"
    if moment.taken_by is None:
        return "Nobody has taken it"
    return f"With {moment.taken_by.name}, {'rung back' if moment.called_back_at else 'not rung back yet'}"


def show_steps(steps: Iterable[Step], now: datetime) -> tuple[tuple[str, str, str], ...]:
    """What was done, in words, by whom, when."""
    return tuple(
        (": ".join(filter(None, (STEPS[one.what], one.words))), one.by.name, words.moment(one.at, now)) for one in steps
    )


def show_offers(offers: Iterable[Offer], now: datetime) -> tuple[OfferShown, ...]:
    return tuple(
        OfferShown(title("services", one.service), title("answers", one.answer), one.by.name, words.moment(one.at, now))
        for one in offers
    )


def show_own(told: Iterable[OwnTold], now: datetime) -> tuple[tuple[str, str, str, str], ...]:
    """What whoever looks told: reference, what, when, and how far it has come."""
    return tuple(
        (one.reference, title("kinds", one.kind), words.moment(one.told_at, now), how_far(one, now)) for one in told
    )


def how_far(one: OwnTold, now: datetime) -> str:
    """The status alone."""
    if one.closed:
        return "Closed. Thank you for telling."
    if one.called_back_at:
        return f"You were rung back, {words.moment(one.called_back_at, now)}."
    by = f"You are rung back by {words.moment(one.call_back_by, now)}."
    return f"Somebody has taken it. {by}" if one.taken else f"Whoever is on call was paged. {by}"


def _who(moment: Moment, name: str, born: date | None, today: date) -> str:
    said = name or ("NHS number " + moment.given_nhs_number if moment.given_nhs_number else "Name not known")
    return f"{said}, {words.age(born, today)}" if born and born <= today else said


def _told_by(moment: Moment) -> str:
    giver = f"{moment.told_by.name}, {moment.told_by.job_title}".strip(", ") if moment.told_by else ""
    agency = str(moment.agency) if moment.agency else "an agency"
    return f"{SOURCES.get(moment.source, 'told by')} {', '.join(filter(None, (giver, agency)))}"


def _done(moment: Moment) -> datetime | None:
    return moment.called_back_at or moment.closed_at
