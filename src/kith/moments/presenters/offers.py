"""Offers against needs: tables whose small numbers are withheld, each with what it means; the same for a file."""

from __future__ import annotations

from dataclasses import dataclass

from kith.moments.queries.offers import Offers, Part, Service
from kith.moments.rules.small import share, shown


@dataclass(frozen=True)
class Table:
    """One table. The first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    meaning: str


def tables(found: Offers) -> tuple[Table, ...]:
    """Everything on the page, in its order."""
    counted = ("Asked or offered", "Accepted or begun", "Share", "Waiting")
    had = ("Children", "Had specialist support", "Share")
    wait = "" if found.mind.median_days is None or found.mind.seen < 5 else f"{found.mind.median_days} days"
    young = ("Exploited, 16 to 25", shown(found.mind.referred), shown(found.mind.seen), wait)
    return (
        Table("Who got specialist support", had, (_part(found.supported), *map(_part, found.by_harm)),
              "Of children with exploitation on record in the last 24 months, those for whom specialist support began. "
              "A child with both kinds of harm counts in both."),
        Table("Rung back in time", ("Moments", "In time", "Share"),
              (_part(found.rung_back), _part(found.rung_back_at_night)),
              "Moments that a person told of, without those set aside. The time allowed stands with the rule."),
        Table("Offered at critical moments", counted, tuple(map(_service, found.offered)),
              "What whoever answered offered, with the latest answer. Waiting: for a place, or thinking about it."),
        Table("In agencies’ files", counted, tuple(map(_service, found.in_files)),
              "Asked for in the last 12 months. Waiting: not begun or not seen yet."),
        Table("Specialist support by age when asked for", ("Asked for", "Begun", "Share"),
              tuple(map(_part, found.by_age)), "Support that ends at 18 shows here as a gap in the last rows."),
        Table("Mental health help for exploited young people", ("Referred", "Seen", "Median wait"), (young,),
              "Referrals of 24 months of those who are 16 to 25 today, and the days to the first appointment."),
        Table("Mental health help, in care and not", ("Children", "Seen", "Share"),
              tuple(map(_part, found.mind_in_care)),
              "Of children with exploitation on record, those seen by mental health services in the last 24 months."),
    )  # fmt: skip


def _service(one: Service) -> tuple[str, ...]:
    return one.name, shown(one.asked), shown(one.had), share(one.had, one.asked), shown(one.waiting)


def _part(one: Part) -> tuple[str, ...]:
    return one.name, shown(one.whole), shown(one.part), share(one.part, one.whole)
