"""A child's profile: kept by whoever looks after the child, read by those who search while the child is missing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts, not_accepted
from kith.missing.actions import NotATime
from kith.missing.actions.carers import say_back_as_carer
from kith.missing.actions.profiles import (
    StartedAlready,
    end_profile,
    let_keep,
    note_profile_read,
    put_photo,
    say_on_the_day,
    start_profile,
    still_true,
    write_parts,
    write_trigger,
)
from kith.missing.forms.episode import BackForm
from kith.missing.forms.profiles import DayForm, EndForm, KeepersForm, PartsForm, StillTrueForm, TriggerForm
from kith.missing.presenters import profiles as present
from kith.missing.presenters.carers import show_to_carer
from kith.missing.profile_permissions import can_keep, check_can_see_profiles, check_keeps
from kith.missing.queries import profiles as ask
from kith.missing.queries.carers import latest_absence
from kith.subjects.permissions import can_read_records, check_can_write

if TYPE_CHECKING:
    from kith.missing.models import Profile


@require_safe
@login_required
def profiles(request: HttpRequest) -> HttpResponse:
    """Those that the viewer keeps, and those open now because a child is missing."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_profiles(viewer)
    kept, opened = ask.profiles_kept(viewer), ask.profiles_open(viewer)
    missing = ask.missing_now([one.subject_id for one in (*kept, *opened)])
    last = ask.last_written([one.pk for one in (*kept, *opened)])
    shown = {
        "kept": present.show_list(kept, last, missing, now),
        "opened": present.show_list(opened, last, missing, now),
    }
    return render(request, "missing/profiles.jinja", shown)


@require_safe
@login_required
def profile(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Every part with its age. To whoever searches it is there only while the child is missing."""
    viewer, now = viewer_of(request), timezone.now()
    found = _readable(profile_id, viewer)
    printed = "print" in request.GET
    if request.method == "GET":
        note_profile_read(profile=found, what="printed" if printed else "read", by=viewer, now=now)
    shown = _shown(found, viewer, now) | {"printed": printed}
    return render(request, "missing/profile_print.jinja" if printed else "missing/profile.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A child's profile")
def profile_edit(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Every part in words, and a photo."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    standing = {one.key: one.text for one in present.show_parts(ask.parts_of([found.pk]), now)}
    form = fill(request, PartsForm, files=request.FILES or None, initial=standing)
    if request.method != "POST" or not form.is_valid():
        return render(request, "missing/profile_edit.jinja", {"form": form, "profile": found})
    changed = write_parts(profile_id=found.pk, said=form.said(), by=viewer, now=now)
    if form.cleaned_data["photo"]:
        put_photo(profile_id=found.pk, picture=form.cleaned_data["photo"], by=viewer, now=now)
        changed += 1
    messages.success(request, "Saved." if changed else "Nothing was changed.")
    return redirect("missing-profile", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile_still_true(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Parts that were looked at again and need no change."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    shown = present.show_parts(ask.parts_of([found.pk]), now)
    form = StillTrueForm(request.POST or None, standing=[(one.key, one.title) for one in shown])
    if request.method != "POST" or not form.is_valid():
        return render(request, "missing/profile_still_true.jinja", {"form": form, "profile": found, "parts": shown})
    count = still_true(profile_id=found.pk, kinds=form.cleaned_data["kinds"], by=viewer, now=now)
    messages.success(request, f"{count} looked at again today.")
    return redirect("missing-profile", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What a search needs today")
def profile_today(request: HttpRequest, profile_id: int) -> HttpResponse:
    """The second half, filled in when the child is missing; it begins with what was reported."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    episode = ask.open_episode_of(found.subject_id)
    if episode is None:
        messages.error(request, "The child is not reported missing. This part is for the day it happens.")
        return not_accepted(redirect("missing-profile", found.pk))
    before = ask.said_on_the_day(found.pk, episode.pk)
    stands = {name: getattr(before, name) for name, _ in present.DAY} if before else present.day_from_episode(episode)
    form = fill(request, DayForm, initial=stands)
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "profile": found, "reference": episode.reference}
        return render(request, "missing/profile_today.jinja", shown)
    say_on_the_day(profile_id=found.pk, episode_id=episode.pk, day=form.day(), by=viewer, now=now)
    messages.success(request, "Those who search can read it now.")
    return redirect("missing-profile", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A child is back")
def profile_back(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Whoever looks after the child says that the child is back: the clock runs from the time they say."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    absence = latest_absence(found, now)
    if absence is None or absence.episode.back_at:
        messages.error(request, "The child is not reported missing.")
        return not_accepted(redirect("missing-profile", found.pk))
    form = fill(request, BackForm, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            given: dict[str, Any] = {"by": viewer, "now": now}
            say_back_as_carer(profile=found, episode_id=absence.episode.pk, back=form.back(), **given)
        except NotATime as wrong:
            form.add_error("back_time", str(wrong))
        else:
            messages.success(request, "Thank you. The clock of the conversation on return runs from that time.")
            return redirect("missing-profile", found.pk)
    shown = {"form": form, "profile": found, "reference": absence.episode.reference}
    return render(request, "missing/profile_back.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile_keepers(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Who keeps it, and letting more people keep it."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    form = KeepersForm(request.POST or None, homes=ask.homes(), needed=True)
    if request.method == "POST" and form.is_valid():
        let_keep(profile_id=found.pk, keepers=form.keepers(), by=viewer, now=now)
        messages.success(request, "They keep it with you from now on.")
        return redirect("missing-profile-keepers", found.pk)
    keepers = present.show_keepers(ask.keepers_of(found, now))
    return render(request, "missing/profile_keepers.jinja", {"form": form, "profile": found, "keepers": keepers})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile_end(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Nobody keeps it any more."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    form = EndForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "missing/profile_end.jinja", {"form": form, "profile": found})
    end_profile(profile_id=found.pk, because=form.cleaned_data["because"], by=viewer, now=now)
    messages.success(request, "The profile has ended.")
    return redirect("missing-profiles")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile_triggers(request: HttpRequest, profile_id: int) -> HttpResponse:
    """What tends to come before, and what helps: as whoever keeps the profile reaches it."""
    viewer, now = viewer_of(request), timezone.now()
    found = _mine(profile_id, viewer, now)
    back = {"name": "missing-profile", "number": found.pk, "text": "The profile"}
    return _triggers(request, viewer, found.subject_id, found.called, back, now)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_triggers(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The same, as the child's circle reaches it."""
    viewer, now = viewer_of(request), timezone.now()
    subject = ask.child_of_record(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    back = {"name": "record", "number": subject_id, "text": "The record"}
    return _triggers(request, viewer, subject_id, subject.name, back, now)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_profile(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Who keeps the child's profile; with none yet, somebody of the circle begins one and says who keeps it."""
    viewer, now = viewer_of(request), timezone.now()
    subject = ask.child_of_record(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    standing = ask.profile_of(subject_id)
    form = KeepersForm(request.POST or None, homes=ask.homes(), needed=True)
    if request.method == "POST" and standing is None:
        check_can_write(viewer)
        if form.is_valid():
            return _start(request, viewer, subject_id, form, now)
    shown = {
        "subject": subject,
        "form": form if standing is None else None,
        "profile": standing,
        "kept_by": present.kept_by(standing) if standing else "",
        "mine": bool(standing and can_keep(viewer, standing, now)),
    }
    return render(request, "missing/profile_of_record.jinja", shown)


def _start(request: HttpRequest, viewer: Viewer, subject_id: int, form: KeepersForm, now: datetime) -> HttpResponse:
    try:
        begun = start_profile(subject_id=subject_id, keepers=form.keepers(), by=viewer, now=now)
    except StartedAlready as said:
        messages.error(request, str(said))
        return redirect("record-profile", subject_id)
    messages.success(request, "The profile has begun. Those who keep it find it under “Profiles I keep”.")
    return redirect("missing-profile", begun.pk)


def _triggers(
    request: HttpRequest, viewer: Viewer, subject_id: int, name: str, back: dict[str, Any], now: datetime
) -> HttpResponse:
    written = ask.triggers_of(subject_id)
    latest = written[0] if written else None
    stands = {one: getattr(latest, one) for one in ("own_words", "before", "helps")} if latest else None
    form = TriggerForm(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        write_trigger(subject_id=subject_id, said=form.cleaned_data, by=viewer, now=now)
        messages.success(request, "Saved. What was written before stays below it.")
        return redirect(request.path)
    shown = {"form": form, "name": name, "written": written, "back_to": back, "person": present.named}
    return render(request, "missing/profile_triggers.jinja", shown)


def _readable(profile_id: int, viewer: Viewer) -> Profile:
    found = ask.profile_readable(profile_id, viewer)
    if found is None:
        raise Http404
    return found


def _mine(profile_id: int, viewer: Viewer, now: datetime) -> Profile:
    """One that the viewer keeps; for whoever may only read it there is no such page."""
    found = _readable(profile_id, viewer)
    if not can_keep(viewer, found, now):
        raise Http404
    check_keeps(viewer, found, now)
    return found


def _shown(found: Profile, viewer: Viewer, now: datetime) -> dict[str, Any]:
    mine = can_keep(viewer, found, now)
    history = ask.parts_of([found.pk])
    episode = ask.open_episode_of(found.subject_id)
    said = ask.said_on_the_day(found.pk, episode.pk) if episode else None
    reads = ask.reads_of(found.pk) if mine else []
    references = ask.episode_references({one.episode_id for one in reads if one.episode_id})
    parts = present.show_parts(history, now)
    return {
        "profile": found,
        "mine": mine,
        "parts": [one for one in parts if one.key != "photo"],
        "photo": next((one for one in parts if one.key == "photo"), None),
        "not_written": present.not_written(history),
        "episode": episode,
        "absence": show_to_carer(latest_absence(found, now), now) if mine else None,
        "day": present.show_day(said, now),
        "day_by": present.named(said.written_by) if said else "",
        "day_at": said.written_at if said else None,
        "readers": present.show_readers(reads, references, now),
        "keepers": present.show_keepers(ask.keepers_of(found, now)) if mine else [],
        "kept_by": present.kept_by(found),
        "stale": [one.title for one in parts if one.stale],
    }
