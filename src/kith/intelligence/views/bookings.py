"""The register of rooms and apartments that were booked, and saying that two bookings are not one booker’s."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.intelligence.actions import overrule_alike
from kith.intelligence.forms import OtherBookerForm
from kith.intelligence.permissions import check_can_grade
from kith.intelligence.presenters.bookings import by_place, show_bookings, show_both
from kith.intelligence.queries import bookings as ask

A_PAGE = 40


@require_safe
@login_required
def bookings(request: HttpRequest) -> HttpResponse:
    """Places to stay with what was booked there, to be looked through by place, booker or card."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    page = Paginator(ask.found(words), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    if rows:
        what = f"Read {len(rows)} bookings of rooms" + (f", looking for {words}" if words else "")
        record(viewer=viewer, action="read-intelligence", what=what, now=timezone.now())
    shown = show_bookings(rows, ask.alike([one.pk for one in rows]))
    return render(request, "intelligence/bookings.jinja", {"places": by_place(shown), "page": page, "q": words})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def other_booker(request: HttpRequest, alike_id: int) -> HttpResponse:
    """They are not one booker’s: with a reason, and the prompt goes."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    alike = ask.alike_or_none(alike_id)
    if alike is None:
        raise Http404
    form = OtherBookerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "intelligence/other_booker.jinja", {"form": form, "alike": alike, "both": show_both(alike)}
        )
    overrule_alike(alike_id=alike_id, because=form.cleaned_data["because"], by=viewer, now=timezone.now())
    messages.success(request, "Kept with your reason. The two are no longer shown together.")
    return redirect("intelligence-report", alike.first.report_id)
