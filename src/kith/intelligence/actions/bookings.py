"""Bookings of rooms and apartments: kept with their report, compared with others, and what a person says of that."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.intelligence.models import Booking, BookingAlike, Named, Report
from kith.intelligence.permissions import check_can_grade
from kith.intelligence.rules.bookings import Booked, why_same
from kith.intelligence.rules.codes import Kind

COMPARED_FOR = timedelta(days=3 * 365)
A_PLACE_TO_STAY = "A place to stay whose name is not known"


@dataclass(frozen=True)
class BookingGiven:
    """A room or apartment that was booked. `place`: what it is called; blank where the report is about its record.

    `by_another`, `card_stolen`, `in_cash`, `told_by_management`: yes, no, not-known.
    """

    kind: str
    place: str = ""
    stayed_from: date | None = None
    stayed_until: date | None = None
    booker: str = ""
    card_digits: str = ""
    by_another: str = ""
    card_stolen: str = ""
    in_cash: str = ""
    told_by_management: str = ""
    about: str = ""


@transaction.atomic
def keep_booking(*, report: Report, booking: BookingGiven, by: Viewer, now: datetime) -> Booking:
    """Keep what a report says of a booking, at the place that it names, and compare it with others. By a system job."""
    words = {name: value for name, value in asdict(booking).items() if name != "place"}
    named = _named(report, booking.place.strip())
    words |= {"booker": booking.booker.strip(), "about": booking.about.strip()}
    kept = Booking.objects.create(report=report, scope_id=report.scope_id, named=named, **words)
    _compare(kept, now)
    return kept


@transaction.atomic
def overrule_alike(*, alike_id: int, because: str, by: Viewer, now: datetime) -> BookingAlike:
    """Say that two bookings are not one booker's, and why. The prompt is no longer shown, and is counted as wrong."""
    check_can_grade(by)
    alike = BookingAlike.objects.select_for_update().get(pk=alike_id)
    alike.overruled_by, alike.overruled_at, alike.overruled_because = by, now, because.strip()[:300]
    alike.save(update_fields=["overruled_by", "overruled_at", "overruled_because"])
    record(viewer=by, action="overrule-booking", what="Said that two bookings are not one booker’s", now=now)
    return alike


def _named(report: Report, place: str) -> Named:
    """The place of a booking among what the report names: as it is called, else the record that it is about."""
    places = report.named.filter(kind=Kind.PLACE.value).order_by("pk")
    known = places.filter(value__iexact=place).first() if place else places.order_by("subject_id", "pk").first()
    value = (place or A_PLACE_TO_STAY)[:200]
    return known or Named.objects.create(report=report, scope_id=report.scope_id, kind=Kind.PLACE.value, value=value)


def _compare(kept: Booking, now: datetime) -> None:
    """With those of the same team in the last three years; never with one of the same report."""
    others = Booking.objects.filter(scope_id=kept.scope_id, report__given_at__gte=now - COMPARED_FOR)
    others = others.exclude(report_id=kept.report_id).select_related("named").order_by("pk")
    found = [(other, why_same(_booked(kept), _booked(other))) for other in others]
    BookingAlike.objects.bulk_create(
        BookingAlike(scope_id=kept.scope_id, first=kept, second=other, because="; ".join(why)[:300], at=now)
        for other, why in found
        if why
    )


def _booked(one: Booking) -> Booked:
    return Booked(one.booker, one.card_digits, one.named.value)
