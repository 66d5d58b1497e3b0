"""These records are not all theirs: asked by who works with them, decided by a data officer."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, keeps_drafts, sent, show
from kith.linkage.actions import NotDecided
from kith.linkage.forms import PartingDecisionForm, PartingForm
from kith.linkage.parting import ask_to_part, decide_parting, part
from kith.linkage.permissions import can_review_matches, check_can_review_matches
from kith.linkage.presenters.parting import evidence_of, offered, parting_page, show_asked
from kith.linkage.queries.parting import Record, asked_by, parting_numbered, records_of, records_with
from kith.linkage.rules.judging import Verdict
from kith.subjects.permissions import can_read_records, check_can_write
from kith.subjects.queries import subject_in_full

ASKED = "A data officer has been asked. Nothing is moved until they decide."
PARTED = "The records are parted. It can be undone under what has been decided."
KEPT = "The records stay together. Whoever asked reads why."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Records that are not all theirs")
def record_part(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Choose the records that are somebody else's, and say how you know."""
    viewer, now = viewer_of(request), timezone.now()
    records = _records_open_to(viewer, subject_id)
    choices = offered(records)
    form = fill(
        request,
        PartingForm,
        records=[(str(one.reference), one.title) for one in choices],
        hints={str(one.reference): one.says for one in choices},
    )
    if sent(request, form):
        try:
            return _asked(request, subject_id, records, form, now)
        except NotDecided as refused:
            form.add_error(None, str(refused))
    record(viewer=viewer, action="read-match", subjects=[subject_id], what="Records behind one person",
           because="To part records joined wrongly", now=now)  # fmt: skip
    shown = {
        "subject_id": subject_id,
        "records": choices,
        "asked": [show_asked(one) for one in asked_by(viewer, [one.reference for one in records])],
        "decides": can_review_matches(viewer),
    }
    return show(request, "linkage/record_part.jinja", form, **shown)


def _records_open_to(viewer: Viewer, subject_id: int) -> list[Record]:
    """The records, for whoever writes on the whole record, and for officers while it is under review; else 404."""
    if can_review_matches(viewer):
        records = records_of(subject_id)
        if not records:
            raise Http404
        return records
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None or subject.kind != "person":
        raise Http404
    check_can_write(viewer)
    return records_of(subject_id)


def _asked(
    request: HttpRequest, subject_id: int, records: list[Record], form: PartingForm, now: datetime
) -> HttpResponse:
    viewer, everybody = viewer_of(request), [one.reference for one in records]
    chosen, reason = form.cleaned_data["chosen"], form.cleaned_data["reason"]
    if can_review_matches(viewer):
        leaving = [one for one in records if one.reference in chosen]
        evidence = evidence_of(leaving, [one for one in records if one.reference not in chosen])
        part(everybody=everybody, chosen=chosen, reason=reason, by=viewer, now=now, evidence=evidence)
        messages.success(request, PARTED)
        return redirect("matches")
    ask_to_part(subject_id=subject_id, everybody=everybody, chosen=chosen, reason=reason, by=viewer, now=now)
    messages.success(request, ASKED)
    return redirect("record", subject_id)


@form_page("A request to part records")
def parting(request: HttpRequest, request_id: int) -> HttpResponse:
    """What a worker asked: the records side by side, parted or left together."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_review_matches(viewer)
    asked = parting_numbered(request_id)
    if asked is None or asked.decided_at is not None:
        raise Http404
    records = records_with(asked.chosen)
    shown, form = parting_page(records, asked.chosen), fill(request, PartingDecisionForm)
    if sent(request, form):
        verdict, reason = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["reason"]
        everybody = [one.reference for one in records]
        try:
            decide_parting(request=asked, verdict=verdict, everybody=everybody, reason=reason, by=viewer, now=now,
                           evidence=shown.evidence)  # fmt: skip
            messages.success(request, PARTED if verdict == Verdict.DIFFERENT else KEPT)
            return redirect("matches")
        except NotDecided as refused:
            form.add_error(None, str(refused))
    record(viewer=viewer, action="read-match", what="A request to part records", now=now,
           because="A request to part records", details={"request": asked.pk})  # fmt: skip
    return show(request, "linkage/parting.jinja", form, parting=shown, asked=show_asked(asked))
