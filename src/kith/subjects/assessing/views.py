"""The assessment of a group or a place: written, read, looked at again, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.subjects.assessing import actions
from kith.subjects.assessing.forms import AssessForm, ReviewForm
from kith.subjects.assessing.presenters import show_assessment
from kith.subjects.assessing.queries import assessment_or_none, latest_of, versions_of
from kith.subjects.assessing.rules import ANEW, kinds
from kith.subjects.permissions import can_read_records, can_write, check_can_write
from kith.subjects.queries import subject_in_full

if TYPE_CHECKING:
    from kith.subjects.models import Assessment


@form_page("An assessment")
def assess(request: HttpRequest, subject_id: int) -> HttpResponse:
    """A new version, beginning with the words of the one before."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    check_can_write(viewer)
    kind = kinds().get(subject.kind)
    if kind is None:
        return redirect("record", subject_id)
    last = latest_of(subject_id)
    initial = dict(last.told) if last else {}
    if subject.kind == "group":
        initial.setdefault("purpose", subject.group.about)
    form = fill(request, AssessForm, kind=kind, today=timezone.localdate(), first=last is None, initial=initial)
    if sent(request, form):
        try:
            kept = actions.assess(subject_id=subject_id, assessed=form.assessed(), by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            who = f"Those who work with the {kind.called} can read it."
            messages.success(request, f"Version {kept.version} is kept. {who}")
            return _to(kept)
    return show(request, "subjects/assess.jinja", form, subject=subject, last=last, kind=kind)


@require_safe
@login_required
def assessment(request: HttpRequest, of_kind: str, assessment_id: int) -> HttpResponse:
    """One version, with those before and after it."""
    one = _found(request, of_kind, assessment_id)
    return render(request, "subjects/assessment.jinja", _read(request, one, "Read an assessment of a"))


@require_safe
@login_required
def printed(request: HttpRequest, of_kind: str, assessment_id: int) -> HttpResponse:
    """The same, laid out for paper, with who printed it and when."""
    one = _found(request, of_kind, assessment_id)
    context = _read(request, one, "Opened to print: the assessment of a")
    return render(request, "subjects/assessment_print.jinja", context)


@form_page("An assessment looked at again")
def review(request: HttpRequest, of_kind: str, assessment_id: int) -> HttpResponse:
    """What somebody found who looked at it again, and what follows."""
    viewer, one = viewer_of(request), _found(request, of_kind, assessment_id)
    check_can_write(viewer)
    form = fill(request, ReviewForm, kind=kinds()[of_kind], today=timezone.localdate())
    if sent(request, form):
        said = form.cleaned_data
        try:
            actions.review(assessment=one, **said, by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept beside the assessment.")
            return redirect("assess", one.subject_id) if said["outcome"] == ANEW else _to(one)
    return show(request, "subjects/assessment_review.jinja", form, one=one)


def _to(one: Assessment) -> HttpResponse:
    return redirect("assessment", one.subject.kind, one.pk)


def _found(request: HttpRequest, of_kind: str, assessment_id: int) -> Assessment:
    one = assessment_or_none(assessment_id, of_kind) if can_read_records(viewer_of(request)) else None
    if one is None:
        raise Http404
    return one


def _read(request: HttpRequest, one: Assessment, what: str) -> dict[str, Any]:
    viewer, kind = viewer_of(request), kinds()[one.subject.kind]
    what = f"{what} {kind.called}"
    record(viewer=viewer, action="read-assessment", subjects=[one.subject_id], what=what, now=timezone.now())
    shown = show_assessment(one, versions_of(one.subject_id), timezone.localdate())
    return {"shown": shown, "subject": one.subject, "kind": kind, "may_write": can_write(viewer)}
