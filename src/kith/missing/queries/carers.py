"""What whoever looks after a child may know of the latest absence: how it stands and the clock, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.models import Conversation, Episode, Profile
from kith.missing.queries.talks import clock_of
from kith.missing.rules import Clock

JOB = "missing"
SHOWN_FOR = timedelta(days=14)  # after the return


@dataclass(frozen=True)
class ForCarers:
    """The latest absence, as its carer sees it."""

    episode: Episode
    clock: Clock | None
    conversation: Conversation | None


def latest_absence(profile: Profile, now: datetime) -> ForCarers | None:
    """Of a profile that whoever asks keeps; None where the child was back long ago or never missing."""
    with viewing_as(system_viewer(JOB)):
        found = Episode.objects.filter(subject_id=profile.subject_id, not_missing_because="")
        episode = found.select_related("covered__conversation").order_by("-gone_at", "-pk").first()
        if episode is None or (episode.back_at and now - episode.back_at > SHOWN_FOR):
            return None
        covered = getattr(episode, "covered", None)
        return ForCarers(episode, clock_of(episode), covered.conversation if covered else None)
