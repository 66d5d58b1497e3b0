"""Mark an entry as significant, or record that somebody disputes it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.chronology.actions import dispute_entry, mark_significant, unmark_significant
from kith.chronology.forms import DisputeForm, SignificantForm
from kith.chronology.queries import Line, line_of
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.subjects.permissions import check_can_write
from kith.subjects.queries import subject_in_full


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What an entry meant")
def entry_significant(request: HttpRequest, subject_id: int, entry_id: int) -> HttpResponse:
    """Says that it matters in this subject's story and what it meant, or that it does not matter most."""
    viewer, line = _open(request, subject_id, entry_id)
    form = fill(request, SignificantForm, initial={"impact": line.impact})
    if request.method != "POST" or not form.is_valid():
        return _page(request, "significant", subject_id, line, form)
    about = {"entry_id": entry_id, "subject_id": subject_id, "by": viewer, "now": timezone.now()}
    if "unmark" in request.POST:
        unmark_significant(**about)  # type: ignore[arg-type]
    else:
        mark_significant(impact=form.cleaned_data["impact"], **about)  # type: ignore[arg-type]
    return _back(subject_id, line)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A dispute")
def entry_dispute(request: HttpRequest, subject_id: int, entry_id: int) -> HttpResponse:
    """Records who says that the entry is wrong, and how."""
    viewer, line = _open(request, subject_id, entry_id)
    form = fill(request, DisputeForm)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dispute", subject_id, line, form)
    said = form.cleaned_data
    dispute_entry(
        entry_id=entry_id,
        subject_id=subject_id,
        said_by=said["said_by"],
        text=said["text"],
        by=viewer,
        now=timezone.now(),
    )
    messages.success(request, "The dispute stands beside the entry wherever that shows.")
    return _back(subject_id, line)


def _open(request: HttpRequest, subject_id: int, entry_id: int) -> tuple[Viewer, Line]:
    viewer = viewer_of(request)
    check_can_write(viewer)
    line = line_of(entry_id, subject_id)
    if line is None or subject_in_full(subject_id) is None:
        raise Http404
    return viewer, line


def _page(
    request: HttpRequest, template: str, subject_id: int, line: Line, form: SignificantForm | DisputeForm
) -> HttpResponse:
    shown = {"form": form, "line": line, "subject_id": subject_id}
    return render(request, f"chronology/{template}.jinja", shown)


def _back(subject_id: int, line: Line) -> HttpResponse:
    to = redirect("record-chronology", subject_id)
    to["Location"] += f"?month={line.on:%Y-%m}#entry-{line.entry.pk}"
    return to
