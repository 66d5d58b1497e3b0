"""Calling a missing meeting, from the page of an absence."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.missing.actions.meetings import call_meeting
from kith.missing.forms.episode import BecauseForm
from kith.missing.queries.episode import in_full
from kith.missing.views.episode import FORMS, frame, the_episode
from kith.subjects.permissions import check_can_write


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A missing meeting")
def meeting(request: HttpRequest, episode_id: int) -> HttpResponse:
    """For those in the child's circle: why the meeting is called. Its clock and its steps stand on the work's page."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_write(viewer)
    if not in_full(one).is_open:
        raise Http404
    form = fill(request, BecauseForm)
    if request.method == "POST" and form.is_valid():
        work = call_meeting(episode=one, because=form.cleaned_data["because"], by=viewer, now=timezone.now())
        messages.success(request, "The meeting is called. Say here when it has been held.")
        return redirect("work", work.pk)
    return render(request, "missing/meeting.jinja", {"form": form, **frame(request, one)})
