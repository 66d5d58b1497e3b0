"""To whom reports go: the distribution list of a kind, sending a signed one, and carrying actions into a plan."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kith.foundations.access.viewing import viewer_of
from kith.foundations.design_system.words import count
from kith.insight.actions.reports import carry_over
from kith.insight.actions.sending import add_recipient, send_report, take_out_recipient
from kith.insight.forms.reports import CarryForm, RecipientForm
from kith.insight.queries import reports as ask
from kith.insight.queries.reviews import not_done
from kith.insight.queries.sending import recipient_or_none, recipients
from kith.insight.report_permissions import check_write_reports
from kith.insight.rules.reports import report_kinds
from kith.insight.views.reports import draft_of, report_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def recipients_of(request: HttpRequest, kind: str) -> HttpResponse:
    """The distribution list of a kind of report: who is on it, one more, one less."""
    viewer, chosen, now = viewer_of(request), report_kinds().get(kind), timezone.now()
    check_write_reports(viewer, chosen)
    if chosen is None:
        raise Http404
    taken_out = request.POST.get("take-out", "")
    form = RecipientForm(request.POST if request.method == "POST" and not taken_out else None)
    if taken_out:
        found = recipient_or_none(kind, int(taken_out)) if taken_out.isascii() and taken_out.isdigit() else None
        if found is None:
            raise Http404
        take_out_recipient(kind=chosen, recipient=found, by=viewer, now=now)
        return redirect("report-recipients", kind)
    if request.method == "POST" and form.is_valid():
        add_recipient(kind=chosen, said=form.said(), by=viewer, now=now)
        return redirect("report-recipients", kind)
    shown = {"kind": chosen, "form": form, "recipients": recipients(kind)}
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/reports_recipients.jinja", shown, status=status)


@require_POST
@login_required
def send(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Sends a signed report to those on its list to whom it was not sent yet."""
    viewer = viewer_of(request)
    check_write_reports(viewer)
    found = report_of(request, paper_id)
    sent = send_report(report=found, site=request.build_absolute_uri("/"), by=viewer, now=timezone.now())
    messages.success(request, f"It goes to {count(len(sent), 'address', 'addresses')}.")
    return redirect("report", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def carry(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Which actions of the plan before, and of meetings, come into this one."""
    found, viewer = draft_of(request, paper_id), viewer_of(request)
    sections, before = [one for one in ask.asked(found).kind.sections if one.plan], ask.plan_before(found)
    if not sections:
        raise Http404
    steps, ratings = ask.to_carry(found, before, not_done())
    form = CarryForm(request.POST or None, steps=steps, ratings=ratings, sections=sections)
    if request.method == "POST" and form.is_valid():
        carry_over(report=found, by=viewer, now=timezone.now(), **form.chosen())
        return redirect("report", found.pk)
    shown = {"report": found, "form": form if steps or ratings else None,
             "before": ask.asked(before).title if before else ""}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/reports_carry.jinja", shown, status=status)
