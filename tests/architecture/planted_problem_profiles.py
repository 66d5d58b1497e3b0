"""A problem profile that an analyst began while profiles had numbers of their own, of the cut that was planted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.insight.models import Report
from kith.insight.queries.cuts import latest_cut
from kith.insight.rules.reports import Comparator, periods, report_kinds
from tests.support.cast import Cast

NUMBER = 7_000


def plant_problem_profiles(cast: Cast) -> dict[str, Any]:
    """A draft: nobody but analysts finds it."""
    kind = report_kinds()["problem-profile"]
    with viewing_as(cast.uma):
        cut = latest_cut()
        assert cut is not None
        Report.objects.create(
            scope_id=cut.scope_id, kind=kind.key, cut=cut, period=periods(kind, cut.as_at)[0].key,
            comparator=Comparator.YEAR_BEFORE.value, subject="theme:online", called="Harm online",
            purpose="To decide what to do about harm online", was_profile=NUMBER, made_by=cast.uma,
            made_at=timezone.now(),
        )  # fmt: skip
    return {"problem_id": NUMBER, "rest": "sections/summary"}
