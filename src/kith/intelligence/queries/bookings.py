"""Bookings of rooms and apartments: those of a report, those at a record, and the register of places with theirs."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from kith.intelligence.models import Booking, BookingAlike

NEWEST = (F("stayed_from").desc(nulls_last=True), "-report__given_at", "-pk")


def bookings() -> QuerySet[Booking]:
    """Every booking that whoever looks may read, those of the newest stay first."""
    return Booking.objects.select_related("report", "report__agency", "named", "named__subject").order_by(*NEWEST)


def found(words: str) -> QuerySet[Booking]:
    """Those that have these words in the place, the booker, what is said, or the card’s last digits."""
    looked_for = words.strip()
    named = Q(named__value__icontains=looked_for) | Q(named__subject__name__icontains=looked_for)
    said = Q(booker__icontains=looked_for) | Q(about__icontains=looked_for) | Q(card_digits=looked_for)
    return bookings().filter(named | said) if looked_for else bookings()


def of_report(report_id: int) -> list[Booking]:
    """What a report says was booked."""
    return list(bookings().filter(report=report_id))


def at_record(subject_id: int) -> list[Booking]:
    """What was booked at a place on record."""
    return list(bookings().filter(named__subject=subject_id))


def alike(booking_ids: list[int]) -> list[BookingAlike]:
    """The prompts about these bookings that nobody has overruled, whichever of the two came later."""
    about = Q(first__in=booking_ids) | Q(second__in=booking_ids)
    return list(_prompts().filter(about).order_by("-at", "-pk"))


def alike_or_none(alike_id: int) -> BookingAlike | None:
    """One that stands."""
    return _prompts().filter(pk=alike_id).first()


def _prompts() -> QuerySet[BookingAlike]:
    """Those that nobody has overruled, with both bookings, their reports and places."""
    sides = [f"{side}__{one}" for side in ("first", "second") for one in ("report", "named")]
    return BookingAlike.objects.filter(overruled_at=None).select_related(*sides)
