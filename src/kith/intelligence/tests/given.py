"""A report given, graded, approved and passed on, for tests."""

from __future__ import annotations

from typing import Any

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.intelligence.actions import Given, Graded, NamedGiven, Recipient, approve, give, grade, make_version, pass_on
from kith.intelligence.models import PassedOn, Receipt, Report, Version
from tests.support.cast import NOW, Cast

TEXT = "A silver car waits by the coach station on Fridays; the driver gives two young people phones."
PUBLIC = "A car waits by the coach station on Fridays, and phones are given to young people."
SOURCE = "Tamsin Loxley"
REACH = "07700 900417, after six, never at her shop"
NAMED = (NamedGiven("vehicle", "QX07 ABC", "silver"), NamedGiven("place", "the coach station"))


def given(**fields: Any) -> Given:
    """What Carol passes on, who heard it from somebody."""
    words: dict[str, Any] = {"text": TEXT, "how_known": "somebody", "named": NAMED, "harms": ("criminal-exploitation",)}
    return Given(**{**words, "source_name": SOURCE, "source_reach": REACH, **fields})


def receive(cast: Cast, by: Viewer | None = None, **fields: Any) -> Receipt:
    """Given by Carol, as she sees the world."""
    with viewing_as(by or cast.carol):
        return give(given=given(**fields), by=by or cast.carol, now=NOW)


def report_of(receipt: Receipt) -> Report:
    """The report behind a receipt, as nobody in the system could look it up."""
    return Report.objects.get(number=receipt.number)


def graded(cast: Cast, report: Report, **fields: str) -> None:
    """Graded by Kofi, as he sees the world."""
    codes = {"source_code": "2", "information_code": "B", "handling_code": "P", "priority": "medium", **fields}
    with viewing_as(cast.kofi):
        grade(report_id=report.pk, graded=Graded(**codes), by=cast.kofi, now=NOW)


def approved(cast: Cast, report: Report, about: tuple[int, ...] = ()) -> Version:
    """Made by Kofi, approved by Lena."""
    with viewing_as(cast.kofi):
        version = make_version(report_id=report.pk, text=PUBLIC, about=about, by=cast.kofi, now=NOW)
    with viewing_as(cast.lena):
        return approve(version_id=version.pk, by=cast.lena, now=NOW)


def passed_to_east(cast: Cast, version: Version) -> PassedOn:
    """Passed on to Asha's team."""
    to = [Recipient(cast.council.pk, cast.east.pk)]
    with viewing_as(cast.kofi):
        said = {"purpose": "protect", "basis": "public-task", "by": cast.kofi, "now": NOW}
        return pass_on(version_id=version.pk, to=to, **said)[0]  # type: ignore[arg-type]
