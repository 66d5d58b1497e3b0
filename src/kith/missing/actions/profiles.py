"""The carer's profile: begun, kept, opened to those who search while the child is missing, closed on return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import NewOpening, end_opening, open_circles, system_viewer
from kith.foundations.access.models import Scope, Team, Viewer
from kith.foundations.access.queries import holds
from kith.foundations.access.rules import ScopeKind, TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.documents.actions import keep
from kith.foundations.documents.rules import Checked
from kith.missing.actions.desk import JOB
from kith.missing.models import Episode, OnTheDay, Profile, ProfilePart, ProfileRead, Trigger
from kith.missing.permissions import check_can_report
from kith.missing.profile_permissions import check_keeps
from kith.missing.rules.profiles import PHOTO, part
from kith.subjects.models import Subject
from kith.subjects.permissions import check_holds_all

STARTED_ALREADY = "This child has a profile already."


class StartedAlready(ValueError):
    """A child has one profile; the message is the sentence to show."""


@dataclass(frozen=True)
class Keepers:
    """Who keeps a profile: the staff of a home, one person, or both."""

    team: Team | None = None
    viewer: Viewer | None = None


@dataclass(frozen=True)
class Day:
    """What the carer says on the day a child is missing."""

    mood: str = ""
    clothing: str = ""
    happened: str = ""
    done: str = ""
    rang: str = ""


@transaction.atomic
def start_profile(*, subject_id: int, keepers: Keepers, by: Viewer, now: datetime) -> Profile:
    """Begins the profile of a child whose record is open to `by`, with those who are to keep it.

    Whoever begins it keeps it too. Raises StartedAlready where the child has one.
    """
    check_can_report(by)
    check_holds_all([subject_id])
    subject = Subject.objects.select_related("person").get(pk=subject_id)
    with viewing_as(system_viewer(JOB)):
        Subject.objects.select_for_update().get(pk=subject_id)
        if Profile.objects.filter(subject_id=subject_id, ended_at=None).exists():
            raise StartedAlready(STARTED_ALREADY)
        profile = Profile.objects.create(
            subject=subject,
            scope=Scope.objects.create(kind=ScopeKind.RESTRICTED.value),
            keepers=Scope.objects.create(kind=ScopeKind.RESTRICTED.value),
            circle_id=subject.scope_id,
            team=keepers.team,
            called=subject.name,
            date_of_birth=subject.person.date_of_birth,
            started_at=now,
            started_by=by,
        )
        _open_to_keepers(profile, Keepers(keepers.team, by), by, now)
        _open_to_keepers(profile, Keepers(None, keepers.viewer), by, now)
        Trigger.objects.filter(subject_id=subject_id).update(keepers=profile.keepers)
        for episode in Episode.objects.filter(subject_id=subject_id, back_at=None, not_missing_because=""):
            open_profile(episode=episode, by=by, now=now)
    record(viewer=by, action="start-profile", subjects=[subject_id], what="Began the carer's profile", now=now)
    return profile


@transaction.atomic
def let_keep(*, profile_id: int, keepers: Keepers, by: Viewer, now: datetime) -> None:
    """Lets more people keep it. Only whoever keeps it may."""
    profile = _kept(profile_id, by, now)
    with viewing_as(system_viewer(JOB)):
        _open_to_keepers(profile, keepers, by, now)
        if keepers.team and profile.team_id is None:
            Profile.objects.filter(pk=profile.pk).update(team=keepers.team)
    record(viewer=by, action="let-keep-profile", subjects=[profile.subject_id], what="Let others keep it", now=now)


@transaction.atomic
def end_profile(*, profile_id: int, because: str, by: Viewer, now: datetime) -> None:
    """Nobody keeps it any more: it closes to those who kept it, and to those who search. What was written stays."""
    profile = _kept(profile_id, by, now)
    with viewing_as(system_viewer(JOB)):
        Profile.objects.filter(pk=profile.pk).update(ended_at=now, ended_because=because.strip()[:300])
        end_opening(reference=_kept_as(profile), because=because, by=by, now=now)
        for episode in Episode.objects.filter(subject_id=profile.subject_id):
            close_profile(episode=episode, because=because, by=by, now=now)
    what = "Ended the carer's profile"
    record(viewer=by, action="end-profile", subjects=[profile.subject_id], what=what, because=because, now=now)


@transaction.atomic
def write_parts(*, profile_id: int, said: Mapping[str, str], by: Viewer, now: datetime) -> int:
    """Keeps each part whose words changed. Answers how many did."""
    profile = _kept(profile_id, by, now)
    before = {one.kind: one.text for one in _latest(profile)}
    changed = {part(kind).key: text.strip() for kind, text in said.items() if text.strip() != before.get(kind, "")}
    for kind, text in changed.items():
        _write(profile, kind, by, now, text=text)
    if changed:
        what = f"Wrote {len(changed)} parts of the carer's profile"
        record(viewer=by, action="write-profile", subjects=[profile.subject_id], what=what, now=now)
    return len(changed)


@transaction.atomic
def still_true(*, profile_id: int, kinds: list[str], by: Viewer, now: datetime) -> int:
    """Somebody looked at these parts again and found them true: they are as old as this. Answers how many stand."""
    profile = _kept(profile_id, by, now)
    standing = [one for one in _latest(profile) if one.kind in kinds and (one.text or one.photo_id)]
    for one in standing:
        _write(profile, one.kind, by, now, text=one.text, photo_id=one.photo_id, still_true=True)
    if standing:
        what = f"Looked again at {len(standing)} parts of the carer's profile"
        record(viewer=by, action="look-again-at-profile", subjects=[profile.subject_id], what=what, now=now)
    return len(standing)


@transaction.atomic
def put_photo(*, profile_id: int, picture: Checked, by: Viewer, now: datetime) -> None:
    """The photo, for whoever may read the profile."""
    profile = _kept(profile_id, by, now)
    kept = keep(checked=picture, scope=profile.scope, by=by, now=now)
    _write(profile, PHOTO, by, now, photo_id=kept.pk)


@transaction.atomic
def say_on_the_day(*, profile_id: int, episode_id: int, day: Day, by: Viewer, now: datetime) -> None:
    """What the carer says now that the child is missing, for whoever searches."""
    profile = _kept(profile_id, by, now)
    OnTheDay.objects.create(
        profile=profile, scope_id=profile.scope_id, episode_id=episode_id, written_by=by, written_at=now, **asdict(day)
    )
    what = "Said what a search needs today"
    record(viewer=by, action="say-on-the-day", subjects=[profile.subject_id], what=what, now=now)


@transaction.atomic
def write_trigger(*, subject_id: int, said: Mapping[str, str], by: Viewer, now: datetime) -> Trigger:
    """What tends to come before and what helps, written anew by the circle or by whoever keeps the profile.

    Who may: whoever sees the child's record, or keeps the profile; others get NotAllowed.
    """
    check_can_report(by)
    profile = Profile.objects.filter(subject_id=subject_id, ended_at=None).first()
    if profile is None or not _keeps(profile, by, now):
        check_holds_all([subject_id])
    with viewing_as(system_viewer(JOB)):
        standing = Profile.objects.filter(subject_id=subject_id, ended_at=None).first()
        written = Trigger.objects.create(
            subject_id=subject_id,
            scope_id=Subject.objects.values_list("scope_id", flat=True).get(pk=subject_id),
            keepers_id=standing.keepers_id if standing else None,
            written_by=by,
            written_at=now,
            **{name: said.get(name, "").strip() for name in ("own_words", "before", "helps")},
        )
    what = "Wrote what tends to come before, and what helps"
    record(viewer=by, action="write-trigger", subjects=[subject_id], what=what, now=now)
    return written


@transaction.atomic
def note_profile_read(*, profile: Profile, what: str, by: Viewer, now: datetime) -> None:
    """Somebody who does not keep it opened it: whoever keeps it is shown who and when."""
    if not _keeps(profile, by, now):
        with viewing_as(system_viewer(JOB)):
            open_now = Episode.objects.filter(subject_id=profile.subject_id, back_at=None, not_missing_because="")
            episode = open_now.order_by("-pk").first()
            ProfileRead.objects.create(
                profile=profile, scope_id=profile.keepers_id, episode=episode, viewer=by, at=now, what=what
            )
    said = "Printed the carer's profile" if what == "printed" else "Read the carer's profile"
    record(viewer=by, action="read-profile", subjects=[profile.subject_id], what=said, now=now)


def open_profile(*, episode: Episode, by: Viewer, now: datetime) -> int:
    """The profile opens to those who search and those who follow missing children. Answers to how many teams."""
    with viewing_as(system_viewer(JOB)):
        profile = Profile.objects.filter(subject_id=episode.subject_id, ended_at=None).select_related("scope").first()
        works = (TeamWork.SEARCH.value, TeamWork.MISSING.value)
        teams = list(Team.objects.filter(work__in=works)) if profile else []
        because = f"The child is missing: {episode.reference}"
        openings = [
            NewOpening(profile.scope, because, "missing", team=team, reference=_open_as(episode))
            for team in teams
            if profile
        ]
        if openings:
            open_circles(openings=openings, by=by, now=now)
    return len(openings)


def close_profile(*, episode: Episode, because: str, by: Viewer, now: datetime) -> int:
    """The child is back, or was reported in error: the profile closes to those who searched. Answers how many."""
    with viewing_as(system_viewer(JOB)):
        return end_opening(reference=_open_as(episode), because=because, by=by, now=now)


def _open_as(episode: Episode) -> str:
    return f"profile:{episode.pk}"


def _kept_as(profile: Profile) -> str:
    return f"profile-kept:{profile.pk}"


def _open_to_keepers(profile: Profile, keepers: Keepers, by: Viewer, now: datetime) -> None:
    because = "Keeps the child's profile"
    openings = [
        NewOpening(scope, because, "carer", viewer=viewer, team=team, reference=_kept_as(profile))
        for scope in (profile.keepers, profile.scope)
        for viewer, team in ((keepers.viewer, None), (None, keepers.team))
        if viewer or team
    ]
    if openings:
        open_circles(openings=openings, by=by, now=now)


def _kept(profile_id: int, by: Viewer, now: datetime) -> Profile:
    profile = Profile.objects.select_related("scope", "keepers").get(pk=profile_id)
    check_keeps(by, profile, now)
    return profile


def _keeps(profile: Profile, by: Viewer, now: datetime) -> bool:
    return holds(by, profile.keepers_id, now)


def _latest(profile: Profile) -> list[ProfilePart]:
    rows = ProfilePart.objects.filter(profile=profile).order_by("kind", "-pk").distinct("kind")
    return list(rows)


def _write(
    profile: Profile,
    kind: str,
    by: Viewer,
    now: datetime,
    *,
    text: str = "",
    photo_id: int | None = None,
    still_true: bool = False,
) -> None:
    ProfilePart.objects.create(
        profile=profile,
        scope_id=profile.scope_id,
        kind=kind,
        text=text,
        photo_id=photo_id,
        still_true=still_true,
        written_by=by,
        written_at=now,
    )
