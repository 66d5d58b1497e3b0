"""A child's profile, what comes before, a home's search and its monthly review, to whose addresses every page goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.profiles import Keepers, start_profile, write_parts, write_trigger
from kith.missing.actions.protocol import Begun, Reviewed, begin_search, write_review
from tests.support.cast import Cast, let_in, make_person

KEPT = "Tormentilrow"  # of a child whose profile Pia's home and Asha keep: nobody else reads it while the child is here


def plant_profiles(cast: Cast) -> dict[str, Any]:
    """Asha begins it and Pia writes in it. The child is not missing, so that it is closed to those who search."""
    now = timezone.now()
    child = make_person(f"Ottoline {KEPT}", headline=False)
    let_in(child, cast.asha)
    with viewing_as(cast.asha):
        profile = start_profile(subject_id=child.pk, keepers=Keepers(cast.at_home), by=cast.asha, now=now)
    with viewing_as(cast.pia):
        write_parts(profile_id=profile.pk, said={"calms": f"{KEPT} calms"}, by=cast.pia, now=now)
        write_trigger(subject_id=child.pk, said={"before": f"After {KEPT}"}, by=cast.pia, now=now)
    return {"profile_id": profile.pk, **plant_protocol(cast), **plant_pair(cast)}


def plant_protocol(cast: Cast) -> dict[str, Any]:
    """Pia's home looks for another child, and has reviewed last month with the police."""
    now = timezone.now()
    last = (timezone.localdate(now).replace(day=1) - timedelta(days=1)).replace(day=1)
    with viewing_as(cast.pia):
        search = begin_search(begun=Begun(cast.at_home.pk, f"Otto {KEPT}", now), by=cast.pia, now=now)
        reviewed = Reviewed(last, last, "Pia and Raj", "", last, (("Walk the way from school", "Raj", last),))
        review = write_review(team_id=cast.at_home.pk, reviewed=reviewed, by=cast.pia, now=now)
    return {
        "search_id": search.pk,
        "step_key": "room",
        "team_id": cast.at_home.pk,
        "month": f"{last:%Y-%m}",
        "review_id": review.pk,
        "action_id": review.actions.get().pk,
    }


def plant_pair(cast: Cast) -> dict[str, Any]:
    """Two children who were found together long ago, so that there is something to confirm."""
    now = timezone.now()
    gone, numbers = now - timedelta(days=60), []
    for name in ("Una Pierce", "Udo Pierce"):
        child = make_person(name, headline=False)
        told = Reported(child.pk, cast.police.pk, "missing", gone, back_at=gone + timedelta(hours=9),
                        found_at_place="The pier")  # fmt: skip
        report_missing(reported=told, by=cast.loader, now=now)
        numbers.append(child.pk)
    return {"first_id": min(numbers), "second_id": max(numbers)}
