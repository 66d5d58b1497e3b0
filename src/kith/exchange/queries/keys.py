"""The keys that agencies' systems hold."""

from __future__ import annotations

from kith.exchange.models import ApiKey
from kith.foundations.access.models import Agency


def all_keys() -> list[ApiKey]:
    """Standing ones first, by agency; as far as whoever looks may see."""
    rows = ApiKey.objects.select_related("agency", "made_by").order_by("agency__name", "made_at", "pk")
    return sorted(rows, key=lambda key: key.ended_at is not None)


def agency_called(said: str) -> Agency | None:
    """By its key, or by its name in whatever letters."""
    return Agency.objects.filter(key=said).first() or Agency.objects.filter(name__iexact=said).first()
