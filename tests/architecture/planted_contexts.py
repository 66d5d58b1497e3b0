"""A child's contexts weighed, weighed again and not yet signed, and what is to change: numbers for their addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.contexts.actions.changing import Plan, plan_change
from kith.contexts.actions.weighing import Said, add_context, begin_weighing, sign_weighing, weigh
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Subject
from tests.support.cast import Cast

WEIGHED = "Cinquefoilyard"  # in a weighing of the child: for her circle


def plant_contexts(cast: Cast, child: Subject) -> dict[str, Any]:
    """Asha weighs the child's contexts, plans a change, and begins to weigh again."""
    now, today = timezone.now(), timezone.localdate()
    with viewing_as(cast.asha):
        first = begin_weighing(subject=child, by=cast.asha, now=now)
        home = first.weighed.get(kind="home")
        said = Said(child_says=f"{WEIGHED} is quiet", weight="most", why=f"{WEIGHED} is far")
        weigh(context=home, said=said, by=cast.asha, now=now)
        sign_weighing(weighing=first, conclusion=f"{WEIGHED} weighs most", review_on=today + timedelta(days=80),
                      by=cast.asha, now=now)  # fmt: skip
        plan = Plan(f"{WEIGHED} is lit", "Ria", today + timedelta(days=30), "It is bright")
        change = plan_change(context=home, plan=plan, by=cast.asha, now=now)
        second = begin_weighing(subject=child, by=cast.asha, now=now)
        added = add_context(weighing=second, kind="other", called=f"{WEIGHED} bus", by=cast.asha, now=now)
    return {"weighing_id": second.pk, "context_id": added.pk, "context_change_id": change.pk}
