"""What is done about profiles by the clock: open only while a child is missing, and reminders to look again."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from kith.foundations.access.actions import end_openings, system_viewer
from kith.foundations.access.models import Opening, Viewer, ViewerScope
from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.actions import News, tell
from kith.missing.actions.desk import JOB
from kith.missing.actions.profiles import open_profile
from kith.missing.models import Episode, Profile
from kith.missing.queries.profiles import last_written
from kith.missing.rules.profiles import look_again_on

REMINDS = "A profile that you keep has parts to look at again"


@transaction.atomic
def settle_profiles(*, by: Viewer, now: datetime) -> int:
    """Closes what is open for an absence that is over, joined with another or set aside, and opens what should be.

    Answers how many openings ended.
    """
    with viewing_as(system_viewer(JOB)):
        missing = Episode.objects.filter(back_at=None, not_missing_because="")
        kept = Profile.objects.filter(ended_at=None).values("subject_id")
        wanted = {f"profile:{one.pk}": one for one in missing.filter(subject_id__in=kept)}
        standing = Opening.objects.filter(reference__startswith="profile:", ended_at=None)
        known = set(standing.values_list("reference", flat=True))
        ended = end_openings(references=known - set(wanted), because="The child is not missing", by=by, now=now)
        for reference in sorted(set(wanted) - known):
            open_profile(episode=wanted[reference], by=by, now=now)
    return ended


@transaction.atomic
def remind_keepers(*, by: Viewer, now: datetime) -> int:
    """Once a month for each profile: those who keep it hear that parts are to be looked at again. Answers how many."""
    today, told = localdate(now), 0
    with viewing_as(system_viewer(JOB)):
        profiles = list(Profile.objects.filter(ended_at=None).select_related("keepers"))
        stale: dict[int, int] = defaultdict(int)
        for (number, kind), when in last_written(one.pk for one in profiles).items():
            stale[number] += look_again_on(kind, localdate(when)) <= today
        for one in profiles:
            if stale[one.pk]:
                told += len(_remind(one, stale[one.pk], now))
    return told


def _remind(profile: Profile, parts: int, now: datetime) -> list[object]:
    held = ViewerScope.objects.filter(scope_id=profile.keepers_id).values("viewer_id")
    once = f"profile:{profile.pk}:{localdate(now):%Y-%m}"
    path = reverse("missing-profile-true", args=[profile.pk])
    news = News(f"{REMINDS}: {parts}", path, about="missing-profile", once=once)
    return list(tell(viewers=Viewer.objects.filter(pk__in=held), news=news, scope=profile.keepers, now=now))
