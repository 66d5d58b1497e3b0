"""What matters now, and links with their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, put_back
from kith.subjects.actions import add_link, end_link_evidence, say_what_matters_now
from kith.subjects.forms import LinkForm, MattersForm, TakeBackForm
from kith.subjects.permissions import can_read_records, check_can_write
from kith.subjects.queries import NOUGHT, chosen, evidence_written_by, found_by_words, subject_in_full, suggested
from kith.subjects.rules import SubjectKind

if TYPE_CHECKING:
    from kith.subjects.models import Subject


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What matters now")
def what_matters(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The one line at the top of a record."""
    viewer, subject = open_to_write(request, subject_id)
    form = fill(request, MattersForm, initial={"text": subject.what_matters_now})
    if request.method != "POST" or not form.is_valid():
        return render(request, "subjects/what_matters.jinja", {"form": form, "subject": subject})
    text = form.cleaned_data["text"]
    say_what_matters_now(subject_id=subject_id, text=text, by=viewer, now=timezone.now())
    messages.success(request, "The line at the top is changed.")
    return redirect("record", subject_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A link")
def link_new(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Whom or what it is linked with, how, and the evidence."""
    viewer, subject = open_to_write(request, subject_id)
    typed = put_back(request) or request.POST
    other_id = _number(typed.get("other", "") if "save" in request.POST else typed.get("choose", ""))
    other_id = other_id or _number(typed.get("other", ""))
    form = fill(request, LinkForm, kind=SubjectKind(subject.kind), today=timezone.localdate())
    if "save" not in request.POST:
        form.keep_what_was_typed()
        return _link_page(request, viewer, subject, form, other_id)
    if not chosen([other_id]):
        form.add_error("find", "Choose whom or what it is linked with")
    if not form.is_valid():
        return _link_page(request, viewer, subject, form, other_id)
    add_link(link=form.given(subject_id, other_id), by=viewer, now=timezone.now())
    messages.success(request, "The link stands on both records, with its evidence.")
    return redirect("record-links", subject_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Evidence taken back")
def link_take_back(request: HttpRequest, subject_id: int, evidence_id: int) -> HttpResponse:
    """Takes back a piece of evidence that the same person wrote."""
    viewer, _ = open_to_write(request, subject_id)
    evidence = evidence_written_by(viewer, subject_id, evidence_id)
    if evidence is None:
        raise Http404
    form = fill(request, TakeBackForm)
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "evidence": evidence, "subject_id": subject_id}
        return render(request, "subjects/link_take_back.jinja", shown)
    because = form.cleaned_data["because"]
    end_link_evidence(evidence_id=evidence_id, because=because, by=viewer, now=timezone.now())
    messages.success(request, "The evidence is taken back. It is kept, and no longer counted.")
    return redirect("record-links", subject_id)


def open_to_write(request: HttpRequest, subject_id: int) -> tuple[Viewer, Subject]:
    """The record, for somebody who may write on it. Raises Http404 where it is not there for them."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None or subject.joined_into_id:
        raise Http404
    check_can_write(viewer)
    return viewer, subject


def _link_page(request: HttpRequest, viewer: Viewer, subject: Subject, form: LinkForm, other_id: int) -> HttpResponse:
    now = timezone.now()
    typed = request.POST.get("find", "").replace(NOUGHT, "").strip() if "look" in request.POST else ""
    found = found_by_words(typed, [subject.pk], timezone.localdate(now))
    if typed:
        asked = {"what": f"Looked for whom to link with: {typed}", "subjects": [one.subject_id for one in found]}
        record(viewer=viewer, action="search", now=now, **asked)  # type: ignore[arg-type]
    others = () if typed else tuple(one for one in suggested(viewer, [], now) if one.subject_id != subject.pk)
    shown: dict[str, Any] = {"looked_for": typed, "found": found, "suggested": others}
    return render(
        request,
        "subjects/link_new.jinja",
        {"form": form, "subject": subject, "other": next(iter(chosen([other_id])), None), **shown},
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
