"""Calls that could not be taken, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from kith.exchange.models import RefusedCall
from kith.foundations.design_system import words


@dataclass(frozen=True)
class RefusedShown:
    """One call: in the list without what was sent; `body` is laid out to be read and mended."""

    refused_id: int
    heading: str
    sent: str
    detail: str
    reasons: tuple[str, ...]
    became: str
    waits: bool
    body: str


def show_refused(call: RefusedCall, now: datetime) -> RefusedShown:
    """The number stands in the heading, nobody's name."""
    kind = "A child is back" if call.of_return else "A missing child"
    number = f", {call.number}" if call.number else ""
    again = f"; {call.times} times, last {words.moment(call.last_at, now)}" if call.times > 1 else ""
    return RefusedShown(
        refused_id=call.pk,
        heading=f"{kind}: {call.agency.name}{number}",
        sent=words.moment(call.at, now) + again,
        detail=call.detail,
        reasons=tuple(f"“{name}” {what}." for name, what in call.reasons.items()),
        became=_became(call, now),
        waits=call.decided_at is None,
        body=_laid_out(call.body),
    )


def _laid_out(body: str) -> str:
    """One thing on a line; as it came where it holds half a character, which no page can show."""
    text = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    return text if text.encode("utf-8", "replace").decode() == text else body


def _became(call: RefusedCall, now: datetime) -> str:
    if call.decided_at is None:
        return ""
    when = words.moment(call.decided_at, now)
    if call.set_aside_because:
        return f"Set aside by {call.decided_by.name if call.decided_by else ''}, {when}: {call.set_aside_because}"
    who = f"Put right by {call.decided_by.name}" if call.decided_by else "Its agency sent it again as it should be"
    return f"{who}, {when}"
