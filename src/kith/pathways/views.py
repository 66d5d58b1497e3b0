"""The page of one piece of work, its next step and who leads it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.pathways.actions import allocate_work, move_work
from kith.pathways.forms import AllocateForm, MoveForm
from kith.pathways.presenters import show_work
from kith.pathways.queries import members_of, moves_of, work_seen
from kith.subjects.permissions import can_write


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A step of work")
def work(request: HttpRequest, work_id: int) -> HttpResponse:
    """Where it stands, what is due, every move; and the next move, with its reason."""
    viewer, now = viewer_of(request), timezone.now()
    seen = work_seen(work_id)
    if seen is None:
        raise Http404
    form = fill(request, MoveForm, work=seen)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        moved = move_work(work_id=seen.pk, to_state=said["to_state"], why=said["why"], by=viewer, now=now)
        messages.success(request, "The step is recorded.")
        return redirect("record", moved.subject_id) if moved.ended_at else redirect("work", work_id)
    shown = show_work(seen, moves_of(seen), now)
    what = f"Work: {shown.line.title}"
    record(viewer=viewer, action="read-work", subjects=[seen.subject_id], what=what, now=now)
    context = {
        "shown": shown,
        "form": form,
        "allocate": AllocateForm(members=members_of(seen)),
        "may_move": can_write(viewer) and not seen.ended_at,
    }
    return render(request, "pathways/work.jinja", context)


@require_http_methods(["POST"])
@login_required
def work_allocate(request: HttpRequest, work_id: int) -> HttpResponse:
    """Somebody of the team leads it from now on."""
    seen = work_seen(work_id)
    if seen is None:
        raise Http404
    form = AllocateForm(request.POST, members=members_of(seen))
    if form.is_valid():
        allocate_work(work_id=seen.pk, worker=form.chosen, by=viewer_of(request), now=timezone.now())
        messages.success(request, f"{form.chosen.name} leads it from now on.")
    else:
        messages.error(request, "Choose who leads it.")
    return redirect("work", work_id)
