"""What the pages of governance show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import BreakGlass, Opening, Viewer
from kith.foundations.access.rules import REASONS, REVIEW_OUTCOMES, ROLES, Role
from kith.foundations.audit.models import AuditEvent
from kith.foundations.design_system import words
from kith.governance.queries import Label
from kith.governance.rules import action_in_words


@dataclass(frozen=True)
class Line:
    """One line of the record of who looked."""

    when: str
    who: str
    agency: str
    did: str
    about: tuple[tuple[int, str], ...]
    because: str
    said: str = ""
    stands_out: bool = False


@dataclass(frozen=True)
class Held:
    """Who can see a record: a person or a team with its members, why, since when and until when."""

    who: str
    agency: str
    members: tuple[str, ...]
    because: str
    reason: str
    since: str
    until: str
    ended: str = ""
    is_glass: bool = False


@dataclass(frozen=True)
class Looker:
    """Somebody who looked lately."""

    name: str
    agency: str
    times: str
    last: str


@dataclass(frozen=True)
class Glass:
    """One breaking of the glass."""

    pk: int
    who: str
    agency: str
    post: str
    about: str
    subject_id: int
    at: str
    ground: str
    reason: str
    due: str
    overdue: bool
    outcome: str
    reviewed: str
    note: str
    looked: tuple[Line, ...] = ()


@dataclass(frozen=True)
class StaffRow:
    """Somebody on the staff list."""

    pk: int
    name: str
    email: str
    agency: str
    role: str
    post: str
    teams: str
    active: bool


def present_lines(events: Iterable[AuditEvent], labels: Mapping[int, Label] | None = None) -> list[Line]:
    """Lines as a page shows them; records by label where they are given, and what was said only to auditors then."""
    return [
        Line(
            when=words.day_and_time(event.at),
            who=event.viewer_name or "Nobody signed in",
            agency=event.agency,
            did=action_in_words(event.action),
            about=tuple((s, labels[s].words) for s in event.subjects if s in labels) if labels is not None else (),
            because=event.because,
            said=_said(event) if labels is not None else "",
            stands_out=event.because.startswith("Broke the glass") or event.action in {"break-glass", "refused"},
        )
        for event in events
    ]


def _said(event: AuditEvent) -> str:
    if event.action == "search":
        return str(event.details.get("typed") or event.what)
    return event.what


def present_held(openings: Iterable[Opening], now: datetime) -> tuple[list[Held], list[Held]]:
    """Who can see a record now, and who could."""
    standing: list[Held] = []
    past: list[Held] = []
    for opening in openings:
        over = opening.ended_at is not None or (opening.until is not None and opening.until <= now)
        (past if over else standing).append(_held(opening, over))
    return standing, past


def _held(opening: Opening, over: bool) -> Held:
    to = opening.viewer or opening.team
    members = tuple(v.name for v in opening.team.viewers.all() if v.is_active) if opening.team else ()
    ended_at = opening.ended_at or opening.until
    why = f": {opening.ended_because}" if opening.ended_because else ""
    return Held(
        who=to.name if to else "",
        agency=to.agency.name if to and to.agency else "",
        members=members,
        because=opening.because,
        reason=REASONS.get(opening.reason_kind, opening.reason_kind),
        since=words.day(opening.opened_at),
        until=words.day_and_time(opening.until) if opening.until else "the work ends",
        ended=f"{words.day(ended_at)}{why}" if over and ended_at else "",
        is_glass=opening.reason_kind == "break-glass",
    )


def present_lookers(rows: Iterable[Mapping[str, object]]) -> list[Looker]:
    """Everybody who looked lately, with how often."""
    return [
        Looker(
            name=str(row["viewer_name"]) or "Nobody signed in",
            agency=str(row["agency"]),
            times=words.count(int(str(row["times"])), "time"),
            last=words.day(row["last"]) if isinstance(row["last"], datetime) else "",
        )
        for row in rows
    ]


def present_glass(broken: BreakGlass, about: str, now: datetime, lines: Sequence[Line] = ()) -> Glass:
    """One breaking of the glass, as its reviewer sees it."""
    reviewed = (
        f"{broken.reviewed_by.name}, {words.day(broken.reviewed_at)}"
        if broken.reviewed_at and broken.reviewed_by
        else ""
    )
    return Glass(
        pk=broken.pk,
        who=broken.viewer.name,
        agency=broken.viewer.agency.name if broken.viewer.agency else "",
        post=broken.viewer.job_title,
        about=about,
        subject_id=broken.subject_id,
        at=words.day_and_time(broken.at),
        ground=broken.opening.because,
        reason=broken.reason,
        due=words.day_and_time(broken.review_due),
        overdue=broken.reviewed_at is None and broken.review_due < now,
        outcome=REVIEW_OUTCOMES.get(broken.outcome, ""),
        reviewed=reviewed,
        note=broken.review_note,
        looked=tuple(lines),
    )


def present_staff(people: Iterable[Viewer]) -> list[StaffRow]:
    """The staff list."""
    return [
        StaffRow(
            pk=person.pk,
            name=person.name,
            email=person.email,
            agency=person.agency.name if person.agency else "",
            role=ROLES[Role(person.role)].title,
            post=person.job_title,
            teams=", ".join(sorted(team.name for team in person.teams.all())),
            active=person.is_active,
        )
        for person in people
    ]
