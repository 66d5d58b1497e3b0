"""A problem profile that an analyst is writing, of the cut that was planted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.profiles import begin_profile, write_in_profile
from kith.insight.queries.cuts import latest_cut
from kith.insight.queries.profiles import Of
from kith.insight.rules.profiles import SECTIONS, SubjectKind, periods
from kith.insight.rules.reports import Comparator
from tests.support.cast import Cast


def plant_problem_profiles(cast: Cast) -> dict[str, Any]:
    """A draft: nobody but analysts finds it."""
    now, section = timezone.now(), SECTIONS[0]
    with viewing_as(cast.uma):
        cut = latest_cut()
        assert cut is not None
        period = periods(cut.as_at)[0]
        of = Of(cut, SubjectKind.THEME, "online", "Harm online", period, Comparator.YEAR_BEFORE)
        why = "To decide what to do about harm online"
        profile = begin_profile(asked=of, purpose=why, by=cast.uma, now=now)
        write_in_profile(profile=profile, section=section, words="Yarrowfield", by=cast.uma, now=now)
    return {"problem_id": profile.pk, "heading": section.key}
