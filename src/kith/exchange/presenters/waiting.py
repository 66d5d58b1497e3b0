"""What stands beside the missing board: how many reports by other systems are not matched."""

from __future__ import annotations

from django.urls import reverse

from kith.exchange.queries.sent import waiting
from kith.foundations.design_system.words import count
from kith.missing.queries.board import Waiting


def reports_not_matched() -> Waiting | None:
    """As far as whoever looks may see; None where none waits."""
    number = waiting().count()
    said = count(number, "report by another system is not matched.", "reports by other systems are not matched.")
    return Waiting(said, reverse("missing-unmatched")) if number else None
