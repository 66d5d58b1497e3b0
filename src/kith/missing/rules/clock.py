"""The clock of the conversation on return: it runs from the true return, and warns before it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import yaml

from kith.foundations.clocks import ClockRule, due, read_rules, rules_for

CONVERSATION, OFFER, REPLY, FOLLOW_UP = "conversation-held", "conversation-offered", "parent-replied", "parent-asked"
WARN_AT = (24, 48, 66)  # hours after the return


@dataclass(frozen=True)
class Clock:
    """One return's clock. `stopped` None: it still runs, unless the conversation was declined or is not offered."""

    back: datetime
    due: datetime
    stopped: datetime | None = None
    ended_otherwise: bool = False  # declined, or not offered for a reason: no conversation is to come

    def in_time(self) -> bool | None:
        """Whether the conversation was held in time; None where none was held."""
        return None if self.stopped is None else self.stopped <= self.due

    def left(self, now: datetime) -> timedelta:
        """How long until it is due; below nothing: overdue by so much."""
        return self.due - now

    def runs(self) -> bool:
        return self.stopped is None and not self.ended_otherwise


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """Dated, with their sources, law and local."""
    return read_rules(yaml.safe_load((files("kith.missing") / "clocks.yaml").read_text(encoding="utf-8")))


def held_by(back: datetime) -> datetime:
    """By when the conversation is to be held. Where only the day of return is known, `back` is that day's start."""
    return first(CONVERSATION, back)


def offered_by(back: datetime) -> datetime:
    """By when it is to be offered."""
    return first(OFFER, back)


def first(key: str, start: datetime) -> datetime:
    """When the duty falls due; where no rule was in force yet, by the earliest rule there is."""
    rules = rules_for(clock_rules(), key, start) or tuple(rule for rule in clock_rules() if rule.key == key)
    return min(due(start, rule.allowed) for rule in rules)


def warnings_due(back: datetime, now: datetime) -> tuple[int, ...]:
    """The hours after the return at which those concerned should have been warned by `now`."""
    return tuple(hours for hours in WARN_AT if back + timedelta(hours=hours) <= now)
