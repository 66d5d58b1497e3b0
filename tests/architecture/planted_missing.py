"""A child is missing, as two agencies tell it: the numbers for the addresses about one absence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.foundations.access.actions import end_opening
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Details, Reported, report_missing
from kith.missing.actions.grading import Graded, give_grade
from kith.missing.actions.updates import say_update
from kith.missing.models import Account
from kith.subjects.models import Subject
from tests.support.cast import Cast

ABSENT = "Larkspurlane"  # in what is told of an absence: read by those who search and follow, and by the child's circle


def plant_missing(cast: Cast, child: Subject) -> dict[str, Any]:
    """Asha and Raj report her; Raj grades and says what is being done. The record is open to the circle alone again."""
    now = timezone.now()
    gone = now - timedelta(hours=5)
    details = Details(circumstances=f"Went by {ABSENT}", likely_places=ABSENT, clothing=ABSENT, companions=ABSENT)
    for viewer, agency, number in ((cast.raj, cast.police, f"MP/{ABSENT}"), (cast.asha, cast.council, "")):
        told = Reported(child.pk, agency.pk, "missing", gone, number=number, told_by=ABSENT, details=details)
        episode = report_missing(reported=told, by=viewer, now=now)
    with viewing_as(cast.raj):
        graded = Graded("medium", f"Seen at {ABSENT}", why_not_high="The unit knows where to look")
        give_grade(episode_id=episode.pk, graded=graded, by=cast.raj, now=now)
        say_update(episode_id=episode.pk, text=f"Looking at {ABSENT}", by=cast.raj, now=now)
    end_opening(reference=f"episode:{episode.pk}", because="For the sweep", by=cast.loader, now=now)
    return {"episode_id": episode.pk, "account_id": Account.objects.filter(episode=episode).latest("pk").pk}
