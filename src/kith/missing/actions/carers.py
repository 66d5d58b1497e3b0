"""What whoever looks after a child says of an absence, although the absence is not theirs to read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions.desk import JOB
from kith.missing.actions.returns import Back, say_back
from kith.missing.models import Episode, Profile
from kith.missing.profile_permissions import check_keeps


@transaction.atomic
def say_back_as_carer(*, profile: Profile, episode_id: int, back: Back, by: Viewer, now: datetime) -> Episode:
    """Whoever keeps the child's profile says that the child is back. Raises NotAllowed, NotATime or DoesNotExist."""
    check_keeps(by, profile, now)
    with viewing_as(system_viewer(JOB)):
        episode = Episode.objects.get(pk=episode_id, subject_id=profile.subject_id)
        return say_back(episode_id=episode.pk, back=back, by=by, now=now)
