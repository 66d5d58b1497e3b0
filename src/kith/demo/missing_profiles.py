"""Profiles that a home keeps in the demonstration, and its search before it reported: written by the cast.

Running it again adds nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils.timezone import localdate

from kith.demo import cast
from kith.demo.missing import subject_of
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions.profiles import Day, Keepers, say_on_the_day, start_profile, write_parts, write_trigger
from kith.missing.actions.protocol import Begun, Did, begin_search, join_search, settle_step
from kith.missing.models import Episode, HomeSearch, Profile
from kith.missing.profile_permissions import homes_of
from kith.missing.rules.protocol import list_on

STORY = Path(__file__).parent / "missing_profiles.yaml"


def write_profiles(*, now: datetime) -> int:
    """Begins the profiles of missing_profiles.yaml. Answers how many; none where they stand already."""
    with viewing_as(system_viewer("demonstration")):
        return 0 if Profile.objects.exists() else sum(_write(*one, now) for one in _told())


def write_searches(*, now: datetime) -> int:
    """What the carer says on the day, and the home's search, for those who are missing. Answers for how many."""
    with viewing_as(system_viewer("demonstration")):
        return 0 if HomeSearch.objects.exists() else sum(_say_today(*one, now) for one in _told())


def _told() -> list[tuple[dict[str, Any], int, Viewer]]:
    """What is told of each child, with their record and whoever tells it."""
    told: list[dict[str, Any]] = yaml.safe_load(STORY.read_text(encoding="utf-8"))["profiles"]
    staff = {person.key: person.email for person in cast.STAFF}
    found = [(one, subject_of(one["child"])) for one in told]
    return [(one, pk, Viewer.objects.get(email=staff[one["by"]])) for one, pk in found if pk is not None]


def _write(one: dict[str, Any], subject: int, by: Viewer, now: datetime) -> int:
    first = now - timedelta(days=max(part["days"] for part in one["parts"]))
    profile = start_profile(subject_id=subject, keepers=Keepers(homes_of(by)[0]), by=by, now=first)
    for part in one["parts"]:
        words = {kind: text for kind, text in part.items() if kind != "days"}
        write_parts(profile_id=profile.pk, said=words, by=by, now=now - timedelta(days=part["days"]))
    if trigger := one.get("trigger"):
        write_trigger(subject_id=subject, said=trigger, by=by, now=now - timedelta(days=20))
    return 1


def _say_today(one: dict[str, Any], subject: int, by: Viewer, now: datetime) -> int:
    profile = Profile.objects.get(subject_id=subject, ended_at=None)
    episode = Episode.objects.filter(subject_id=subject, back_at=None, not_missing_because="").order_by("-pk").first()
    if episode is None or "today" not in one:
        return 0
    say_on_the_day(profile_id=profile.pk, episode_id=episode.pk, day=Day(**one["today"]), by=by, now=now)
    _search(one["search"], profile, episode, by, now)
    return 1


def _search(said: dict[str, Any], profile: Profile, episode: Episode, by: Viewer, now: datetime) -> None:
    at = now - timedelta(hours=said["seen"])
    begun = Begun(homes_of(by)[0].pk, profile.called, at, profile.pk, profile.subject_id)
    search = begin_search(begun=begun, by=by, now=at)
    for number, step in enumerate(list_on(localdate(at)).steps):
        when, why = at + timedelta(minutes=2 * number), said["skipped"].get(step.key, "")
        did = Did(step.key, skipped_because=why) if why else Did(step.key, done_at=when, done_by=by.name)
        settle_step(search_id=search.pk, did=did, by=by, now=when)
    join_search(search_id=search.pk, episode=episode, by=by, now=episode.told_at)
