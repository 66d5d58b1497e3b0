"""The published rule in words, with its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.chronology.kinds import kind
from kith.foundations.design_system import words
from kith.moments.queries.drawing import RuleCounts
from kith.moments.rules.codes import call_back_rule, clock_rules, escalation, title
from kith.moments.rules.drawing import REASONS, Mapped, rule


@dataclass(frozen=True)
class RuleShown:
    """The page of the rule."""

    title: str
    about: str
    exploited: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]  # what is told, which moment
    fired: tuple[tuple[str, int], ...]
    passed_over: tuple[tuple[str, int], ...]
    set_aside: tuple[tuple[str, int], ...]
    of_feeds: int
    last: str
    clocks: tuple[str, ...]


def show_rule(found: RuleCounts, now: datetime) -> RuleShown:
    """What the rule asks for, how often it fired, how often not, how often it was set aside."""
    said = rule()
    unverified = "" if said.checked else " Not yet verified for this area."
    return RuleShown(
        title=said.title,
        about=f"In force since {words.day(said.since)}. {said.source}.{unverified}",
        exploited=(*(kind(one).title for one in said.kinds), *(f"Assessment found: {one}" for one in said.factors)),
        entries=tuple((_entry(one), title("kinds", one.moment)) for one in said.entries),
        fired=tuple((title("kinds", key), number) for key, number in sorted(found.fired.items())),
        passed_over=tuple((REASONS.get(key, key), number) for key, number in sorted(found.passed_over.items())),
        set_aside=tuple((title("aside", key), number) for key, number in sorted(found.set_aside.items())),
        of_feeds=found.of_feeds,
        last=words.moment(found.last, now) if found.last else "",
        clocks=tuple(_clocks(now)),
    )


def _entry(one: Mapped) -> str:
    where = "; ".join(f"{key}: {', '.join(values)}" for key, values in one.where.items())
    return f"{kind(one.entry).title}{f' ({where})' if where else ''}{', when it ends' if one.by_its_end else ''}"


def _clocks(now: datetime) -> list[str]:
    wait = escalation(now)
    lines = [f"{one.title} within {one.allowed}. {one.source}." for one in clock_rules()]
    lines.append(f"Not taken within {words.length(wait.after)}: the next is paged. {wait.source}.")
    if not (wait.checked and call_back_rule(now).checked):
        lines.append("None of these is verified for this area yet.")
    return lines
