"""What parents and carers were asked, noticed and were answered, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.design_system.words import ClockWords, clock, count, day_and_time
from kith.missing.models import FollowUp
from kith.missing.presenters.talks import follow_up_state
from kith.missing.queries.follow_ups import Asked
from kith.missing.rules.codes import title

SHOWN_AS = {"reply": "A reply is due", "asked": "Asked", "to-ask": "To be asked", "all": "All"}


@dataclass(frozen=True)
class FollowUpShown:
    """One parent or carer who is asked."""

    pk: int
    reference: str
    who: str
    state: str
    clock: ClockWords | None
    noticed: str
    words: str
    would_help: str
    kept_from_child: bool
    answered: str
    reply: str
    replied: str
    stopped: bool
    talk_id: int | None

    @property
    def may_reply(self) -> bool:
        return bool(self.answered and not self.replied)

    @property
    def may_stop(self) -> bool:
        return not self.answered and not self.stopped


def show_follow_up(row: FollowUp, now: datetime, talk_id: int | None = None) -> FollowUpShown:
    """As those see it who may read what a family tells. `talk_id`: the conversation that covers the absence."""
    return FollowUpShown(
        pk=row.pk,
        reference=row.reference,
        who=f"{row.name} ({title('relations', row.relation).lower()})",
        state=follow_up_state(row),
        clock=clock(row.reply_due_at, now, done=row.replied_at) if row.reply_due_at else None,
        noticed="; ".join(title("noticed", code) for code in row.noticed),
        words=row.noticed_words,
        would_help=row.would_help,
        kept_from_child=row.kept_from_child,
        answered=day_and_time(row.answered_at) if row.answered_at else "",
        reply=row.reply,
        replied=day_and_time(row.replied_at) if row.replied_at else "",
        stopped=bool(row.stopped_because),
        talk_id=talk_id,
    )


def asked_in_words(found: Asked) -> list[tuple[str, str]]:
    """Each measure with what it is of."""
    return [
        ("Asked", count(found.asked, "parent or carer", "parents and carers")),
        ("Told us something", f"{found.answered} of {found.asked} asked"),
        ("Answered in time", f"{found.replied_in_time} of {found.reply_promised} who wanted a reply"),
        ("A reply is due", str(found.reply_due)),
    ]
