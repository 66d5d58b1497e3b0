"""Bookings as those who grade read them: words, not codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kith.foundations.design_system import words
from kith.intelligence.models import Booking, BookingAlike
from kith.intelligence.rules.codes import title

ANSWERS = (
    ("by_another", "Booked by somebody other than the guest", "Booked by the guest"),
    ("card_stolen", "The card may be stolen", "The card was the booker’s own"),
    ("in_cash", "Paid in cash", "Not paid in cash"),
    ("told_by_management", "Management reported it", "Management did not report it"),
)


@dataclass(frozen=True)
class AlikeShown:
    """Another booking that may be the same booker’s, and why."""

    alike_id: int
    because: str
    report_id: int
    number: str
    place: str
    stay: str


@dataclass(frozen=True)
class BookingShown:
    """One booking."""

    booking_id: int
    report_id: int
    number: str
    place: str
    subject_id: int | None
    kind: str
    stay: str
    told: str
    says: tuple[str, ...]
    alike: tuple[AlikeShown, ...]


@dataclass(frozen=True)
class PlaceShown:
    """A place with its bookings over time, the newest first."""

    name: str
    subject_id: int | None
    bookings: tuple[BookingShown, ...]


def show_bookings(found: Iterable[Booking], alike: Iterable[BookingAlike]) -> tuple[BookingShown, ...]:
    """Bookings, each with those that may be the same booker’s."""
    prompts: dict[int, list[AlikeShown]] = {}
    for one in alike:
        prompts.setdefault(one.first_id, []).append(_alike(one, one.second))
        prompts.setdefault(one.second_id, []).append(_alike(one, one.first))
    return tuple(show_booking(one, prompts.get(one.pk, ())) for one in found)


def show_both(one: BookingAlike) -> tuple[AlikeShown, AlikeShown]:
    """The two bookings that stand together."""
    return _alike(one, one.first), _alike(one, one.second)


def show_booking(one: Booking, alike: Iterable[AlikeShown] = ()) -> BookingShown:
    """One booking in words."""
    return BookingShown(
        booking_id=one.pk,
        report_id=one.report_id,
        number=one.report.number,
        place=place_of(one),
        subject_id=one.named.subject_id if one.named.subject else None,
        kind=title("stays", one.kind),
        stay=stay_of(one),
        told=words.short_day(one.report.given_at),
        says=tuple(_says(one)),
        alike=tuple(alike),
    )


def by_place(shown: Iterable[BookingShown]) -> tuple[PlaceShown, ...]:
    """The register: places by name, each with its bookings in the order in which they were given."""
    places: dict[tuple[str, int | None], list[BookingShown]] = {}
    for one in shown:
        places.setdefault((one.place if one.subject_id else one.place.casefold(), one.subject_id), []).append(one)
    listed = [PlaceShown(those[0].place, key[1], tuple(those)) for key, those in places.items()]
    return tuple(sorted(listed, key=lambda one: one.name.casefold()))


def place_of(one: Booking) -> str:
    """The record’s name where it may be read, else what the report calls it."""
    return one.named.subject.name if one.named.subject else one.named.value


def stay_of(one: Booking) -> str:
    """From when to when, as far as it is known."""
    first, last = (words.day(day) if day else "" for day in (one.stayed_from, one.stayed_until))
    if first and last and first != last:
        return f"{first} to {last}"
    return first or (f"until {last}" if last else "days not known")


def _says(one: Booking) -> Iterator[str]:
    if one.booker:
        yield f"In the name of {one.booker}"
    if one.card_digits:
        yield f"Card ending {one.card_digits}"
    for name, yes, no in ANSWERS:
        if told := {"yes": yes, "no": no}.get(getattr(one, name)):
            yield told
    if one.about:
        yield one.about


def _alike(one: BookingAlike, other: Booking) -> AlikeShown:
    return AlikeShown(one.pk, one.because, other.report_id, other.report.number, other.named.value, stay_of(other))
