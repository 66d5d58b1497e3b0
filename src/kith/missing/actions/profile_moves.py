"""When two records become one person: the carer's profile, triggers, searches and what was set aside follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import NewOpening, end_opening, open_circles, system_viewer
from kith.foundations.access.models import Opening, Viewer
from kith.foundations.access.queries import standing
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB
from kith.missing.actions.profile_care import settle_profiles
from kith.missing.models import HomeSearch, Profile, ProfilePart, SetAside, Trigger
from kith.subjects.models import Subject

JOINED = "Two records became one child: what was written stands in the other profile"


@transaction.atomic
def profiles_follow(*, subjects: Iterable[int], by: Viewer, now: datetime) -> int:
    """Moves what hangs on records that were joined into another. Answers how many records had something to move."""
    with viewing_as(system_viewer(JOB)):
        joined = Subject.objects.filter(pk__in=list(subjects), joined_into__isnull=False)
        moved = sum(_follow(one, _end_of(one), by, now) for one in joined)
        if moved:
            settle_profiles(by=by, now=now)
    return moved


def _end_of(subject: Subject) -> Subject:
    while subject.joined_into is not None:
        subject = subject.joined_into
    return subject


def _follow(subject: Subject, to: Subject, by: Viewer, now: datetime) -> bool:
    profile = Profile.objects.filter(subject=subject, ended_at=None).first()
    there = Profile.objects.filter(subject=to, ended_at=None).first()
    if profile and there:
        _put_together(profile, there, by, now)
    Profile.objects.filter(subject=subject).update(subject=to, circle=to.scope)
    keepers = there or profile
    rows = Trigger.objects.filter(subject=subject).update(
        subject=to, scope=to.scope, keepers=keepers.keepers if keepers else None
    )
    rows += SetAside.objects.filter(subject=subject).update(subject=to, scope=to.scope)
    rows += HomeSearch.objects.filter(subject=subject).update(subject=to)
    if profile or rows:
        record(viewer=by, action="follow-people", subjects=[to.pk], what="The carer’s profile follows", now=now)
    return bool(profile or rows)


def _put_together(profile: Profile, there: Profile, by: Viewer, now: datetime) -> None:
    """The one that stood goes on: it is given what it lacks, and is kept by those who kept the other too."""
    known = set(there.profileparts.values_list("kind", flat=True))
    for part in profile.profileparts.order_by("kind", "-pk").distinct("kind"):
        if part.kind not in known and part.photo_id is None:
            ProfilePart.objects.create(
                profile=there,
                scope=there.scope,
                kind=part.kind,
                text=part.text,
                written_by=part.written_by,
                written_at=part.written_at,
            )
    kept_as = f"profile-kept:{there.pk}"
    openings = [
        NewOpening(scope, one.because, one.reason_kind, viewer=one.viewer, team=one.team, reference=kept_as)
        for one in Opening.objects.filter(standing(now), scope=profile.keepers).select_related("viewer", "team")
        for scope in (there.keepers, there.scope)
    ]
    open_circles(openings=openings, by=by, now=now)
    end_opening(reference=f"profile-kept:{profile.pk}", because=JOINED, by=by, now=now)
    Profile.objects.filter(pk=profile.pk).update(ended_at=now, ended_because=JOINED)
