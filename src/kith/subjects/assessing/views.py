"""A group’s assessment: written, read, looked at again, printed."""

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
from kith.subjects.assessing.actions import assess_group, review_group
from kith.subjects.assessing.forms import AssessForm, ReviewForm
from kith.subjects.assessing.presenters import show_assessment
from kith.subjects.assessing.queries import assessment_or_none, is_group, latest_of, versions_of
from kith.subjects.assessing.rules import ANEW, PARTS
from kith.subjects.permissions import can_read_records, can_write, check_can_write
from kith.subjects.queries import subject_in_full

if TYPE_CHECKING:
    from kith.subjects.models import GroupAssessment


@form_page("The assessment of a group")
def assess(request: HttpRequest, subject_id: int) -> HttpResponse:
    """A new version, beginning with the words of the one before."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    check_can_write(viewer)
    if not is_group(subject):
        return redirect("record", subject_id)
    last = latest_of(subject_id)
    initial = {key: getattr(last, key) for key in PARTS} if last else {"purpose": subject.group.about}
    form = fill(request, AssessForm, today=timezone.localdate(), first=last is None, initial=initial)
    if sent(request, form):
        try:
            kept = assess_group(subject_id=subject_id, assessed=form.assessed(), by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"Version {kept.version} is kept. Those who work with the group can read it.")
            return redirect("group-assessment", kept.pk)
    return show(request, "subjects/group_assess.jinja", form, subject=subject, last=last)


@require_safe
@login_required
def assessment(request: HttpRequest, group_assessment_id: int) -> HttpResponse:
    """One version, with those before and after it."""
    one = _found(request, group_assessment_id)
    context = _read(request, one, "Read an assessment of a group")
    return render(request, "subjects/group_assessment.jinja", context)


@require_safe
@login_required
def printed(request: HttpRequest, group_assessment_id: int) -> HttpResponse:
    """The same, laid out for paper, with who printed it and when."""
    one = _found(request, group_assessment_id)
    context = _read(request, one, "Opened an assessment of a group to print it")
    return render(request, "subjects/group_assessment_print.jinja", context)


@form_page("An assessment looked at again")
def review(request: HttpRequest, group_assessment_id: int) -> HttpResponse:
    """What somebody found who looked at it again, and what follows."""
    viewer, one = viewer_of(request), _found(request, group_assessment_id)
    check_can_write(viewer)
    form = fill(request, ReviewForm, today=timezone.localdate())
    if sent(request, form):
        said = form.cleaned_data
        try:
            review_group(assessment=one, **said, by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept beside the assessment.")
            return redirect("group-assess", one.subject_id) if said["outcome"] == ANEW else _to(one)
    return show(request, "subjects/group_review.jinja", form, one=one)


def _to(one: GroupAssessment) -> HttpResponse:
    return redirect("group-assessment", one.pk)


def _found(request: HttpRequest, assessment_id: int) -> GroupAssessment:
    one = assessment_or_none(assessment_id) if can_read_records(viewer_of(request)) else None
    if one is None:
        raise Http404
    return one


def _read(request: HttpRequest, one: GroupAssessment, what: str) -> dict[str, Any]:
    viewer = viewer_of(request)
    record(viewer=viewer, action="read-assessment", subjects=[one.subject_id], what=what, now=timezone.now())
    shown = show_assessment(one, versions_of(one.subject_id), timezone.localdate())
    return {"shown": shown, "subject": one.subject, "may_write": can_write(viewer)}
