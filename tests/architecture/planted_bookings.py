"""Two bookings in one name, told to those who grade intelligence."""

from __future__ import annotations

from typing import Any

from kith.intelligence.actions import BookingGiven, Given, give
from kith.intelligence.models import BookingAlike
from tests.support.cast import NOW, Cast


def plant_bookings(cast: Cast, booker: str) -> dict[str, Any]:
    """The prompt that they may be one booker's."""
    for place in ("Speedwell Apartments", "Speedwell Hotel"):
        booking = BookingGiven("hotel", place=place, booker=booker, card_digits="9177")
        give(given=Given(f"A party at {place}", "somebody", booking=booking), by=cast.carol, now=NOW)
    return {"alike_id": BookingAlike.objects.get().pk}
