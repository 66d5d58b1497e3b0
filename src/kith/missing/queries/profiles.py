"""What is asked of profiles. Row security shows the parts to whoever keeps one, and to those who search only then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Opening, Team, Viewer, ViewerScope
from kith.foundations.access.queries import standing
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.missing.models import Episode, OnTheDay, Profile, ProfilePart, ProfileRead, Trigger
from kith.subjects.models import Subject

READS_SHOWN = 50
JOB = "missing"


def _held(viewer: Viewer) -> QuerySet[ViewerScope]:
    return ViewerScope.objects.filter(viewer=viewer)


def profiles_kept(viewer: Viewer) -> list[Profile]:
    """Those that the viewer keeps."""
    kept = Profile.objects.filter(ended_at=None, keepers_id__in=_held(viewer).values("scope_id"))
    return list(kept.select_related("team__agency").order_by("called", "pk"))


def profiles_open(viewer: Viewer) -> list[Profile]:
    """Those open to the viewer only while the child is missing."""
    held = _held(viewer).values("scope_id")
    open_now = Profile.objects.filter(ended_at=None, scope_id__in=held).exclude(keepers_id__in=held)
    found = list(open_now.select_related("team__agency").order_by("called", "pk"))
    gone = missing_now([one.subject_id for one in found])
    return [one for one in found if one.subject_id in gone]


def profile_readable(profile_id: int, viewer: Viewer) -> Profile | None:
    """One whose parts the viewer may read now; None where there is none for them.

    Whoever does not keep it reads it while the child is missing, even where its circle is not closed yet.
    """
    held = set(_held(viewer).values_list("scope_id", flat=True))
    found = Profile.objects.filter(pk=profile_id, scope_id__in=held).select_related("team__agency").first()
    if found and found.keepers_id not in held and not missing_now([found.subject_id]):
        return None
    return found


def profile_of(subject_id: int) -> Profile | None:
    """The profile that stands of a child, for whoever may know that there is one."""
    found = Profile.objects.filter(subject_id=subject_id, ended_at=None)
    return found.select_related("team__agency", "started_by__agency").first()


def parts_of(profile_ids: Iterable[int]) -> list[ProfilePart]:
    """Every part as it was written, the latest first."""
    found = ProfilePart.objects.filter(profile_id__in=list(profile_ids)).select_related("written_by__agency")
    return list(found.order_by("-pk"))


def words_since(part: ProfilePart, history: list[ProfilePart]) -> datetime:
    """Since when these words have stood: looking again at them does not make them newer."""
    since = part.written_at
    for row in history:  # the latest first
        if row.kind != part.kind or row.pk > part.pk:
            continue
        if (row.text, row.photo_id) != (part.text, part.photo_id):
            break
        since = row.written_at
    return since


def open_episode_of(subject_id: int) -> Episode | None:
    """The absence that the profile is open for, seen through the profile: the carer may not read the episode itself.

    Asked only for a profile that the viewer may read.
    """
    with viewing_as(system_viewer(JOB)):
        found = Episode.objects.filter(subject_id=subject_id, back_at=None, not_missing_because="")
        return found.order_by("-pk").first()


def said_on_the_day(profile_id: int, episode_id: int) -> OnTheDay | None:
    """The carer's latest words for one absence."""
    found = OnTheDay.objects.filter(profile_id=profile_id, episode_id=episode_id).select_related("written_by__agency")
    return found.order_by("-pk").first()


def reads_of(profile_id: int) -> list[ProfileRead]:
    """Who that does not keep it opened it, the latest first; for whoever keeps it."""
    found = ProfileRead.objects.filter(profile_id=profile_id).select_related("viewer__agency")
    return list(found.order_by("-pk")[:READS_SHOWN])


def episode_references(episode_ids: Iterable[int]) -> dict[int, str]:
    """The reference of each absence, which tells nothing of it."""
    with viewing_as(system_viewer(JOB)):
        return dict(Episode.objects.filter(pk__in=list(episode_ids)).values_list("pk", "reference"))


def keepers_of(profile: Profile, now: datetime) -> list[Opening]:
    """Who keeps it, because of what."""
    found = Opening.objects.filter(standing(now), scope_id=profile.keepers_id)
    return list(found.select_related("viewer__agency", "team__agency").order_by("pk"))


def homes() -> list[Team]:
    """Teams that look after children in a home."""
    found = Team.objects.filter(work=TeamWork.HOMES.value, agency__in_partnership=True)
    return list(found.select_related("agency").order_by("agency__name", "name"))


def colleague(email: str) -> Viewer | None:
    """Somebody who works here, by their email."""
    return Viewer.objects.filter(email=email.strip().lower(), is_active=True, agency__in_partnership=True).first()


def triggers_of(subject_id: int) -> list[Trigger]:
    """What tends to come before and what helps, the latest first."""
    found = Trigger.objects.filter(subject_id=subject_id).select_related("written_by__agency")
    return list(found.order_by("-pk"))


def child_of_record(subject_id: int) -> Subject | None:
    """A person whose record is open to the viewer."""
    return Subject.objects.filter(pk=subject_id, kind="person", joined_into=None).select_related("person").first()


def last_written(profile_ids: Iterable[int]) -> dict[tuple[int, str], datetime]:
    """When each part was last written or looked at: (profile, kind) → when."""
    rows = ProfilePart.objects.filter(profile_id__in=list(profile_ids)).values("profile_id", "kind")
    found = rows.annotate(last=Max("written_at")).order_by().values_list("profile_id", "kind", "last")
    return {(profile, kind): last for profile, kind, last in found}


def missing_now(subject_ids: Iterable[int]) -> set[int]:
    """Which of these children are missing: asked only of children whose profile the viewer may read."""
    with viewing_as(system_viewer(JOB)):
        found = Episode.objects.filter(subject_id__in=list(subject_ids), back_at=None, not_missing_because="")
        return set(found.values_list("subject_id", flat=True))
