"""A contact in words: what was told, who told it, its clocks, who is meant, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kith.foundations.clocks import ClockRule
from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.front_door.models import Contact, Decision, Giver, Named
from kith.front_door.rules import UNDO_WITHIN, can_undo, codes, contact_clocks, reply_by
from kith.subjects.rules import PLACE_KINDS
from kith.subjects.search.presenters import Result

DETAIL_WORDS = {
    "known_as": "Known as",
    "date_of_birth": "Born",
    "born": "Born",
    "age": "Age",
    "school": "School",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Phone",
    "online": "Online",
    "about": "Described as",
}
ABOUT_BADGE = {"child": "Child", "group": "Group", "place": "Place", "online": "Online", "adult": "Adult"}


@dataclass(frozen=True)
class ContactLine:
    """One line of the queue."""

    contact_id: int
    reference: str
    about: str
    opening: str  # the first words of what was told
    from_whom: str
    received: str
    clock: ClockWords
    in_danger: bool
    taken_by: str
    taken_by_me: bool
    names: str
    checks: str


@dataclass(frozen=True)
class ClockShown:
    """One clock with the rule it follows."""

    title: str
    clock: ClockWords
    allowed: str
    kind: str
    source: str
    checked: bool


@dataclass(frozen=True)
class NamedShown:
    """One named, as typed, and who it is."""

    named_id: int
    kind: str
    part: str
    name: str
    details: tuple[tuple[str, str], ...]
    settled: bool
    subject_id: int | None
    subject_name: str
    made_new: bool
    is_open: bool  # whether its record is open to whoever looks
    suggestions: tuple[Result, ...] = ()
    looked_for: str = ""


@dataclass(frozen=True)
class DecisionShown:
    """A decision as it is read back."""

    decision_id: int
    verdict: str
    rationale: str
    by: str
    at: str
    shared: str
    bases: tuple[str, ...]
    family: str
    outcomes: tuple[str, ...]
    need: tuple[tuple[str, str], ...]
    undone: str
    can_undo: bool
    undo_until: str


@dataclass(frozen=True)
class ContactShown:
    """The page of one contact."""

    contact_id: int
    reference: str
    about: str
    in_danger: bool
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    giver: tuple[tuple[str, str], ...]
    giver_hears_by: str
    has_address: bool
    clocks: tuple[ClockShown, ...]
    named: tuple[NamedShown, ...]
    decisions: tuple[DecisionShown, ...]
    replies: tuple[tuple[str, str], ...]
    attached: tuple[tuple[int, str], ...]
    checks: str
    is_decided: bool
    taken_by: str
    taken_by_me: bool


def show_line(contact: Contact, now: datetime, viewer_id: int) -> ContactLine:
    """A contact as one line of a list."""
    opening = " ".join(contact.what.split())
    return ContactLine(
        contact_id=contact.pk,
        reference=contact.reference,
        about=ABOUT_BADGE.get(contact.about, contact.about),
        opening=opening if len(opening) <= 110 else opening[:108].rsplit(" ", 1)[0] + " …",
        from_whom=from_whom(contact.giver),
        received=words.moment(contact.received_at, now),
        clock=words.clock(contact.act_by, now, done=contact.decided_at),
        in_danger=contact.in_danger,
        taken_by=contact.taken_by.name if contact.taken_by else "",
        taken_by_me=contact.taken_by_id == viewer_id,
        names=str(contact.where.get("name") or contact.where.get("words") or ""),
        checks=checks_words(contact),
    )


def checks_words(contact: Contact) -> str:
    """How many of the agencies that were asked have answered; nothing where none was asked."""
    asked, answered = getattr(contact, "asked", 0), getattr(contact, "answered", 0)
    return f"{answered} of {words.count(asked, 'agency has', 'agencies have')} answered" if asked else ""


def from_whom(giver: Giver) -> str:
    """Who told, in a few words."""
    if giver.agency or giver.agency_name:
        return giver.agency.name if giver.agency else giver.agency_name
    return {"staff": "Somebody who signs in", **dict(codes()["givers"].choices())}.get(giver.kind, giver.kind)


def show_contact(
    contact: Contact, suggestions: dict[int, tuple[tuple[Result, ...], str]], now: datetime, viewer_id: int
) -> ContactShown:
    """The page. `suggestions`: for each named that is not settled, who may be meant and what was looked for."""
    return ContactShown(
        contact_id=contact.pk,
        reference=contact.reference,
        about=codes()["about"].title(contact.about),
        in_danger=contact.in_danger,
        paragraphs=tuple(line for line in contact.what.splitlines() if line.strip()),
        facts=tuple(_facts(contact, now)),
        giver=tuple(_giver(contact.giver)),
        giver_hears_by=words.day(reply_by(contact.received_at)),
        has_address=bool(contact.giver.email),
        clocks=tuple(_clock(c.rule, c.due_at, contact.decided_at, now) for c in _clocks(contact)),
        named=tuple(_named(one, suggestions.get(one.pk)) for one in contact.named.all()),
        decisions=tuple(_decision(one, now) for one in contact.decisions.all()),
        replies=tuple((reply.text, _reply_words(reply, now)) for reply in contact.replies.all()),
        attached=tuple((one.document_id, one.name) for one in contact.attached.all()),
        checks=checks_words(contact),
        is_decided=contact.decided_at is not None,
        taken_by=contact.taken_by.name if contact.taken_by else "",
        taken_by_me=contact.taken_by_id == viewer_id,
    )


def _clocks(contact: Contact) -> Sequence[Any]:
    return contact_clocks(contact.received_at, contact.in_danger)


def _clock(rule: ClockRule, due_at: datetime, done: datetime | None, now: datetime) -> ClockShown:
    clock = words.clock(due_at, now, done=done)
    return ClockShown(rule.title, clock, str(rule.allowed), rule.kind, rule.source, rule.checked)


def _facts(contact: Contact, now: datetime) -> list[tuple[str, str]]:
    lists = codes()
    when = [lists["days"].title(key) for key in contact.when.get("days", [])]
    when += [lists["hours"].title(key).lower() for key in contact.when.get("hours", [])]
    day = [words.day(contact.on)] if contact.on else []
    said = str(contact.when.get("words", ""))
    where = contact.where
    place = [str(where[key]) for key in ("name", "words", "address", "postcode", "online") if where.get(key)]
    kind = PLACE_KINDS.get(str(where.get("kind", "")), "")
    harms = [lists["harms"].title(key) for key in contact.harms]
    factors = None if contact.factors is None else [lists["factors"].title(key) for key in contact.factors]
    outside = f"{where['outside']}: to be passed on" if where.get("outside") else ""
    rows = [
        ("Received", f"{words.moment(contact.received_at, now)}, {lists['came_by'].title(contact.came_by).lower()}"),
        ("When it happened", ", ".join([*day, *when, said] if said else [*day, *when])),
        ("Where", ", ".join([*dict.fromkeys(place), kind] if kind else dict.fromkeys(place))),
        ("In another area", outside),
        ("How they know", lists["how_known"].title(contact.how_known) if contact.how_known else ""),
        ("Harm", ", ".join(harms)),
        ("What makes life harder", "Not yet asked" if factors is None else ", ".join(factors) or "None of these"),
        ("Part of", contact.split_from.reference if contact.split_from else ""),
        ("The same as", contact.joined_into.reference if contact.joined_into else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _giver(giver: Giver) -> list[tuple[str, str]]:
    told = {"yes": "Yes", "no": "No", "not-safe": "No: it is not safe to"}.get(giver.family_told, "")
    rows = [
        ("Who", from_whom(giver)),
        ("Name", f"{giver.name} (not to be told to others)" if giver.unnamed and giver.name else giver.name),
        ("Role", giver.role),
        ("Email", giver.email + (" (checked)" if giver.email_verified else "") if giver.email else ""),
        ("Phone", giver.phone),
        ("When and how to reach them", giver.best_time),
        ("Have they told the family?", told),
    ]
    return [(label, value) for label, value in rows if value]


def _named(one: Named, suggestion: tuple[tuple[Result, ...], str] | None) -> NamedShown:
    found, looked_for = suggestion or ((), "")
    details = tuple(
        (DETAIL_WORDS[key], _detail(value)) for key, value in one.details.items() if value and key in DETAIL_WORDS
    )
    return NamedShown(
        named_id=one.pk,
        kind=one.kind,
        part={"child": "Child", "adult": "Adult", "group": "Group", "place": "Place"}.get(one.part, one.part),
        name=one.name,
        details=details,
        settled=one.settled_at is not None,
        subject_id=one.subject_id,
        subject_name=one.subject.name if one.subject else one.name,
        made_new=one.made_new,
        is_open=one.subject is not None,
        suggestions=found,
        looked_for=looked_for,
    )


def _detail(value: Any) -> str:
    try:
        return words.short_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _decision(one: Decision, now: datetime) -> DecisionShown:
    lists, sharing = codes(), one.sharing
    family = {"yes": "The family knows", "no": "The family does not know"}.get(sharing.family_informed, "")
    if sharing.why_not_informed:
        family += f": {sharing.why_not_informed}"
    shared = f"Shared with {sharing.recipients}" if sharing.recipients else "Shared with those who now work on it"
    return DecisionShown(
        decision_id=one.pk,
        verdict=lists["verdicts"].title(one.verdict),
        rationale=one.rationale,
        by=one.by.name,
        at=words.moment(one.at, now),
        shared=shared if sharing.shared else f"Not shared: {sharing.refused_because or 'no reason was given'}",
        bases=tuple(lists["bases"].title(key) for key in sharing.bases),
        family=family,
        outcomes=tuple(_outcome(outcome) for outcome in one.outcomes.all()),
        need=tuple(_need(one)),
        undone=f"Undone by {one.undone_by.name}: {one.undone_because}" if one.undone_by else "",
        can_undo=one.undone_at is None and can_undo(one.at, now),
        undo_until=words.clock_time(one.at + UNDO_WITHIN),
    )


def _need(one: Decision) -> list[tuple[str, str]]:
    lists = codes()
    factors = None if one.factors is None else [lists["factors"].title(key) for key in one.factors]
    rows = [
        ("Level of need", lists["levels"].title(one.level) if one.level else ""),
        ("Harm", ", ".join(lists["harms"].title(key) for key in one.harms)),
        ("What makes life harder", "Not yet asked" if factors is None else ", ".join(factors) or "None of these"),
        ("Source of the referral", lists["referral_sources"].title(one.referral_source) if one.referral_source else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _outcome(outcome: Any) -> str:
    name = outcome.named.name if outcome.named else "Record"
    said = f"{name}: {codes()['results'].title(outcome.result).lower()}"
    if outcome.re_referral:
        said += f", a re-referral (the last one was on {words.short_day(outcome.before_on)})"
    return said


def _reply_words(reply: Any, now: datetime) -> str:
    how = "by phone" if reply.spoken else "by letter" if reply.letter_id else "for when they follow it"
    return f"{reply.by.name}, {words.moment(reply.at, now)}, {how}"
