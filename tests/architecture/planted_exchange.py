"""A report by another agency's system that is matched to nobody, to whose addresses the missing desk's pages go."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from kith.exchange.actions.calls import Called
from kith.exchange.actions.keys import Caller, make_key, use_key
from kith.exchange.actions.refused import keep_refused
from kith.exchange.actions.sent import take_report, take_return
from kith.exchange.bodies import report_told, return_body
from kith.exchange.models import RefusedCall
from tests.support.cast import Cast

REFUSED = "Woodruffend"  # in what a system sent and could not be taken: read by data officers, and by nobody else
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
    return {"sent_id": report.pk, "refused_id": _refused(caller, now)}


def _refused(caller: Caller, now: datetime) -> int:
    """A call that could not be taken: read by data officers and nobody else."""
    raw = json.dumps({"number": "MP/2", "child": {"last_name": REFUSED}}).encode()
    called = Called(caller, "mark", "POST /api/v1/missing", sha256(raw).hexdigest())
    keep_refused(
        called=called, raw=raw, detail="Some fields", reasons={"kind": "is missing"}, by=caller.viewer, now=now
    )
    return RefusedCall.objects.get().pk
