"""Reports by other systems that are not matched to a child: the missing desk says who is meant."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.exchange.actions.deciding import begin_record, say_who, set_aside, take_back
from kith.exchange.forms import AsideForm
from kith.exchange.permissions import check_can_match
from kith.exchange.presenters.unmatched import show_report, show_row, sought, typed_for
from kith.exchange.queries.sent import decided, followed, sent_report, waiting
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.missing.forms.reporting import FindForm
from kith.missing.queries.finding import MOST, Known, known_person, looked_for

if TYPE_CHECKING:
    from kith.exchange.models import SentReport
    from kith.subjects.search.presenters import Result

A_PAGE = 25
STANDS = "It stands on absence {} now, and on the child’s record."


@require_safe
@login_required
def unmatched(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; on request those that were decided, the latest first."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_match(viewer)
    show_decided = request.GET.get("show") == "decided"
    page = Paginator(decided() if show_decided else waiting(), A_PAGE).get_page(request.GET.get("page"))
    record(viewer=viewer, action="read-sent", what=f"Saw {len(page)} reports by agencies’ systems", now=now)
    shown = {"shown_page": page, "rows": [show_row(one, now) for one in page], "decided": show_decided}
    return render(request, "exchange/unmatched.jinja", shown)


@require_safe
@login_required
def one(request: HttpRequest, sent_id: int) -> HttpResponse:
    """What was sent, whole; who may be meant, as far as whoever looks may know."""
    viewer, now = viewer_of(request), timezone.now()
    report = _report(request, sent_id)
    shown = {"report": show_report(report, now), "can_undo": _can_undo(report)}
    subjects = [report.account.subject_id] if report.account else []
    if shown["report"].waits:  # type: ignore[attr-defined]
        asked = any(request.GET.get(name) for name in ("name", "nhs"))
        today = timezone.localdate(now)
        form = FindForm(request.GET if asked else typed_for(report), today=today)
        valid = form.is_valid()
        texts = ([form.text()] if valid else []) if asked else sought(report)
        results = _found(texts, today)
        shown |= {"form": form, "results": results, "asked": asked}
        subjects = [result.subject_id for result in results]
    what = f"Read report {report.pk} by an agency’s system"
    record(viewer=viewer, action="read-sent", subjects=subjects, what=what, now=now)
    return render(request, "exchange/unmatched_one.jinja", shown)


@require_POST
@login_required
def this_child(request: HttpRequest, sent_id: int) -> HttpResponse:
    """It is this child, whom whoever decides may know of."""
    report = _report(request, sent_id)
    child = _chosen(request.POST.get("subject", ""))
    if child is None:
        messages.error(request, "Choose a child on the list.")
        return redirect("missing-unmatched-one", report.pk)
    who = child.joined_into or child.subject_id
    return _stands(request, say_who(report_id=report.pk, subject_id=who, by=viewer_of(request), now=timezone.now()))


@require_POST
@login_required
def new_child(request: HttpRequest, sent_id: int) -> HttpResponse:
    """It is none of those on record: a record begins with the report."""
    report = _report(request, sent_id)
    return _stands(request, begin_record(report_id=report.pk, by=viewer_of(request), now=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A report set aside")
def aside(request: HttpRequest, sent_id: int) -> HttpResponse:
    """The report stands on nobody's record, for a reason."""
    report = _report(request, sent_id)
    form = fill(request, AsideForm)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        set_aside(report_id=report.pk, because=because, by=viewer_of(request), now=timezone.now())
        messages.success(request, "Set aside. It is kept whole, and it can be undone.")
        return redirect("missing-unmatched")
    shown = {"form": form, "report": show_report(report, timezone.now())}
    return render(request, "exchange/unmatched_aside.jinja", shown)


@require_POST
@login_required
def undo(request: HttpRequest, sent_id: int) -> HttpResponse:
    """What was decided is taken back, while nothing followed."""
    report = _report(request, sent_id)
    take_back(report_id=report.pk, by=viewer_of(request), now=timezone.now())
    messages.success(request, "Undone. The report waits again.")
    return redirect("missing-unmatched-one", report.pk)


def _report(request: HttpRequest, sent_id: int) -> SentReport:
    check_can_match(viewer_of(request))
    report = sent_report(sent_id)
    if report is None:
        raise Http404
    return report


def _chosen(said: str) -> Known | None:
    is_number = said.isascii() and said.isdigit() and len(said) < 19
    return known_person(int(said)) if is_number else None


def _found(texts: list[str], today: date) -> list[Result]:
    """Whom any of these finds, the most telling first and each once, as far as whoever looks may know."""
    found: dict[int, Result] = {}
    for one in (one for text in texts for one in looked_for(text, today)):
        found.setdefault(one.subject_id, one)
    return list(found.values())[:MOST]


def _can_undo(report: SentReport) -> bool:
    return bool(report.set_aside_because) or (report.account is not None and not followed(report))


def _stands(request: HttpRequest, report: SentReport) -> HttpResponse:
    assert report.account is not None
    messages.success(request, STANDS.format(report.account.episode.reference))
    return redirect("missing-episode", report.account.episode_id)
