"""Who works with a subject, and whom to ring now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.design_system import words
from kith.subjects.models import Involvement
from kith.subjects.queries.involvement import is_present, ring_list


@dataclass(frozen=True)
class InvolvedRow:
    """One line of the table."""

    name: str
    role: str
    agency: str
    team: str
    phone: str
    email: str
    since: str
    until: str
    last_heard: str
    is_lead: bool


@dataclass(frozen=True)
class RingNow:
    """Somebody to ring, in order, with the number to use outside office hours."""

    name: str
    role: str
    agency: str
    phone: str
    out_of_hours: str
    is_lead: bool


@dataclass(frozen=True)
class Involved:
    """The whole picture of who is involved."""

    ring: tuple[RingNow, ...]
    present: tuple[InvolvedRow, ...]
    past: tuple[InvolvedRow, ...]


def show_involved(
    rows: Sequence[Involvement], heard: Mapping[int, date], today: date, circle: Sequence[Viewer] = ()
) -> Involved:
    """Whom to ring, those present, those past. With nobody recorded as involved, ring those whose work opened it."""
    here = [row for row in rows if is_present(row, today)]
    return Involved(
        ring=tuple(_ring_now(row) for row in ring_list(rows, today)) or tuple(map(_ring_viewer, circle)),
        present=tuple(_row(row, heard) for row in here),
        past=tuple(_row(row, heard) for row in rows if not is_present(row, today)),
    )


def lead_of(rows: Sequence[Involvement], today: date) -> Involvement | None:
    """Who leads now, if anybody is recorded as leading."""
    return next((row for row in rows if row.is_lead and is_present(row, today)), None)


def _ring_now(row: Involvement) -> RingNow:
    phone = row.phone or row.agency.phone
    return RingNow(_name(row), row.role, row.agency.name, phone, row.agency.out_of_hours, row.is_lead)


def _ring_viewer(viewer: Viewer) -> RingNow:
    agency = viewer.agency
    phone = viewer.phone or (agency.phone if agency else "")
    role = viewer.job_title or Role(viewer.role).title
    return RingNow(
        viewer.name, role, agency.name if agency else "", phone, agency.out_of_hours if agency else "", False
    )


def _row(row: Involvement, heard: Mapping[int, date]) -> InvolvedRow:
    last = heard.get(row.agency_id)
    return InvolvedRow(
        name=_name(row),
        role=row.role,
        agency=row.agency.name,
        team=row.team,
        phone=row.phone or row.agency.phone,
        email=row.email,
        since=words.short_day(row.since) if row.since else "",
        until=words.short_day(row.until) if row.until else "",
        last_heard=words.short_day(last) if last else "",
        is_lead=row.is_lead,
    )


def _name(row: Involvement) -> str:
    return row.worker or row.team or "Name not given"
