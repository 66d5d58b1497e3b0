"""A rule as an Algorithmic Transparency Record: tier 1 for everybody, tier 2 for who asks further; with its numbers."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.charts import NOT_SHOWN, Cell, Table
from kith.foundations.design_system.words import day, sentence
from kith.foundations.papers import Bullets, Heading, Paper, Part, Words
from kith.governance.register.entries import Entry
from kith.governance.register.firings import BREAKDOWNS, Fired
from kith.insight.rules.change import HIDDEN, NOT_APPLICABLE
from kith.insight.rules.measures import Measure
from kith.insight.rules.periods import Span, Window

STANDARD = (
    "This record follows the headings of the Algorithmic Transparency Recording Standard, tiers 1 and 2, as far as we "
    "know them; they have not been checked against its latest edition."
)
NO_MODEL = (
    "None that was trained on these children. It is a rule that people wrote down, the same for every child; it gives "
    "nobody a score or a rank."
)
SHOWN = 6  # windows of twelve months, which overlap
RISKS = (
    "What agencies do not record, the rule does not see: children about whom little is written are pointed out less.",
    "People may trust a prompt too much, or stop looking where there is none. It stands beside the record, not for it.",
    "It may fire more often for some children than for others. That is why its firings are counted by group above.",
)


def record_of(entry: Entry, fired: Fired | None, measure: Measure | None, *, partnership: str, now: datetime) -> Paper:
    """The record as a document: what the page shows, and what is taken away."""
    return Paper(
        title=f"Rule: {entry.title}",
        marking="OFFICIAL",
        about=(("Kept by", partnership), ("Owner", entry.owner), ("In force since", day(entry.since))),
        parts=(*_tier_1(entry), *_numbers(fired, entry, measure), *_tier_2(entry)),
        made_at=now,
        made_by=partnership,
    )


def _tier_1(entry: Entry) -> tuple[Part, ...]:
    return (
        Heading("In short (tier 1)"),
        Words(entry.does),
        Words(f"Why: {entry.reason}"),
        Words(f"Who decides: {entry.asked}. {entry.decides}."),
        Words(f"What it never does: {entry.never}."),
        Words(f"Whom to ask: {entry.owner}."),
    )


def _tier_2(entry: Entry) -> tuple[Part, ...]:
    verified = "Verified." if entry.checked else "Not yet verified with whoever sets it."
    how = ("Its functions in the source code are named below.",) if entry.runs else ()
    return (
        Heading("In full (tier 2)"),
        Heading("Owner and responsibility", 2),
        Words(f"{entry.owner}, for the partnership. In force since {day(entry.since)}."),
        Heading("What it is and why", 2),
        Words(f"{entry.does} {entry.reason}"),
        Words(f"Source: {entry.source}. {verified}"),
        Heading("What it reads", 2),
        Bullets(entry.inputs),
        Heading("Model", 2),
        Words(" ".join((entry.model or NO_MODEL, *how))),
        *((Bullets(entry.runs),) if entry.runs else ()),
        Heading("How it enters into decisions", 2),
        Words(f"It is shown to: {entry.asked}. What a person decides: {entry.decides}. {entry.never}."),
        Words("A child, parent or worker who thinks it wrong can say so beside the record; the lead worker answers."),
        Heading("Risks, and what is done about them", 2),
        Bullets(RISKS),
        Heading("About this record", 2),
        Words(STANDARD),
    )


def _numbers(fired: Fired | None, entry: Entry, measure: Measure | None) -> tuple[Part, ...]:
    head = Heading("How often it fired, and was overruled")
    if measure is not None:
        return (
            head,
            Words(f"It counts as the measure “{measure.title}” does: its page has the numbers, by group too."),
        )
    if fired is None:
        return (head, Words(entry.not_counted))
    window = fired.latest()
    if window is None:
        return (head, Words("Too few so far for a number to be shown: it would be below five, or give one away."))
    now, before, _, percentage = fired.change(window).cells
    moved = "" if percentage in (HIDDEN, NOT_APPLICABLE) else f" ({percentage})"
    words = f"In the {window}: {now}. In the twelve months before: {before}{moved}."
    return (head, Words(words), _months(fired), *_by_group(fired, entry))


def _months(fired: Fired) -> Table:
    """Every window of twelve months that may be shown, newest first."""
    twelve = [one for one in fired.published.totals if one.span is Span.TWELVE_MONTHS]
    newest = sorted(twelve, key=lambda one: one.last, reverse=True)
    rows: list[tuple[Cell, ...]] = [
        (sentence(str(one)), fired.count(one), fired.overruled(one)) for one in newest[:SHOWN]
    ]
    return Table("Twelve months", ("Period", "Fired", "Overruled"), tuple(rows))


def _by_group(fired: Fired, entry: Entry) -> tuple[Part, ...]:
    window = fired.broken_down()
    if window is None:
        words = "By group: no whole quarter or year yet has numbers that are large enough to be shown by group."
        return (Words(words),)
    meant = f"Overruled: {entry.overruled_means[0].lower()}{entry.overruled_means[1:]}."
    hidden = f"What is {HIDDEN} is small, or would give a small number away, so that nobody can be picked out."
    return (Words(f"{meant} {hidden}"), *(_table(fired, one, window) for one in BREAKDOWNS))


def _table(fired: Fired, breakdown: str, window: Window) -> Table:
    groups = fired.groups(window, breakdown)
    rows: list[tuple[Cell, ...]] = [(words, _cell(count), overruled) for words, count, overruled in groups]
    return Table(f"{BREAKDOWNS[breakdown]}, {window}", ("Group", "Fired", "Overruled"), tuple(rows))


def _cell(number: int | None) -> Cell:
    return NOT_SHOWN if number is None else number
