"""The register as a list: each rule in one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kith.governance.register.entries import GROUPS, Entry, entries
from kith.governance.register.firings import fired

NOT_KEPT = "Not counted"
TOO_FEW = "Too few to show"
COLUMNS = ("Rule", "Group", "What it does", "Who decides", "What a person decides", "What it never does", "Owner",
           "In force since", "Period", "Fired", "Overruled")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A rule with its newest numbers, in words."""

    entry: Entry
    period: str
    count: str
    overruled: str


def sections(today: date) -> list[tuple[str, list[Line]]]:
    """Groups of rules in their order; those without a rule are left out."""
    every = [_line(one, today) for one in entries().values()]
    found = [(group, [line for line in every if line.entry.group == group]) for group in GROUPS]
    return [(group, those) for group, those in found if those]


def lines(today: date) -> Iterator[tuple[str, ...]]:
    """The rows of the file."""
    for group, those in sections(today):
        for line in those:
            one = line.entry
            yield (one.title, group, one.does, one.asked, one.decides, one.never, one.owner, one.since.isoformat(),
                   line.period, line.count, line.overruled)  # fmt: skip


def _line(one: Entry, today: date) -> Line:
    if one.measure:
        return Line(one, "", "As its measure", "")
    done = fired(one, today, by_group=False)
    if done is None:
        return Line(one, "", NOT_KEPT, "")
    window = done.latest()
    if window is None:
        return Line(one, "", TOO_FEW, "")
    return Line(one, str(window), str(done.count(window)), done.overruled(window))
