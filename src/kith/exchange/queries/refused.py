"""Calls that could not be taken, as far as whoever looks may see: data officers, as row security has it."""

from __future__ import annotations

from django.db.models import QuerySet

from kith.exchange.models import ApiKey, RefusedCall
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as

JOB = "api"


def refused_calls(*, decided: bool) -> QuerySet[RefusedCall]:
    """Those that wait, the oldest first; or those that were put right or set aside, the latest first."""
    rows = RefusedCall.objects.select_related("agency", "decided_by").filter(decided_at__isnull=not decided)
    return rows.order_by("-decided_at", "-pk") if decided else rows.order_by("at", "pk")


def refused_call(refused_id: int) -> RefusedCall | None:
    """One, where it exists for whoever looks."""
    return RefusedCall.objects.select_related("agency", "decided_by").filter(pk=refused_id).first()


def system_of(call: RefusedCall) -> str:
    """The system that holds the key, and the open part of the key."""
    with viewing_as(system_viewer(JOB)):
        key = ApiKey.objects.get(pk=call.key_id)
    return f"{key.name} (key {key.handle})"
