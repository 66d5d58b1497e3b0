"""A delivery plan that an analyst is writing, with an action, of the cut that was planted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.reports import StepSaid, begin_report, write_section, write_step
from kith.insight.actions.sending import RecipientSaid, add_recipient
from kith.insight.queries.cuts import latest_cut
from kith.insight.queries.reports import Asked
from kith.insight.rules.reports import Comparator, State, periods, report_kinds
from tests.support.cast import Cast


def plant_reports(cast: Cast) -> dict[str, Any]:
    """A draft: nobody but writers finds it."""
    now, kind = timezone.now(), report_kinds()["delivery-plan"]
    with viewing_as(cast.uma):
        cut = latest_cut()
        assert cut is not None
        of = Asked(cut, kind, periods(kind, cut.as_at)[0], Comparator.BEFORE)
        report = begin_report(of=of, by=cast.uma, now=now)
        section = kind.sections[1]
        write_section(report=report, section=section, words="Yarrowfield", by=cast.uma, now=now)
        said = StepSaid(section.key, "Open a youth club", "Council, community safety", State.ON_TRACK)
        add_recipient(kind=kind, said=RecipientSaid("Council", "Clerk", "clerk@council.example"), by=cast.uma, now=now)
        step = write_step(report=report, said=said, by=cast.uma, now=now)
    return {"paper_id": report.pk, "kind": kind.key, "section": section.key, "step_number": step.number, "form": "csv"}
