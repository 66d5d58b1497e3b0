"""A report by another agency's system that is matched to nobody, to whose addresses the missing desk's pages go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.exchange.actions.keys import make_key, use_key
from kith.exchange.actions.sent import take_report, take_return
from kith.exchange.bodies import report_told, return_body
from tests.support.cast import Cast

SENT = "Bindweedlow"  # in what the system sent: read by those who search and follow, and by nobody else


def plant_exchange(cast: Cast) -> dict[str, Any]:
    """The police's system reports somebody who is not on record, and that they are back."""
    now = timezone.now()
    shown = make_key(agency=cast.police, name="Missing persons system", by=cast.loader, now=now)
    caller = use_key(shown=shown, now=now)
    gone, back = ((now - timedelta(hours=hours)).isoformat() for hours in (5, 1))
    child = {"first_name": SENT, "last_name": SENT, "address": f"3 {SENT}"}
    body = {"number": f"MP/{SENT}", "kind": "missing", "child": child, "last_seen_at": gone, "told_by": SENT}
    body |= {"circumstances": f"Went by {SENT}", "companions": SENT}
    report, _ = take_report(told=report_told(body, now), sent=body, by=caller.viewer, now=now)
    returned = {"back_at": back, "found_at_place": SENT, "harm_seen": f"Hurt at {SENT}"}
    told = return_body().read(returned, now)
    take_return(number=report.number, told=told, sent=returned, by=caller.viewer, now=now)
    return {"sent_id": report.pk}
