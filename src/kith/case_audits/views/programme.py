"""The programme, without any child: done of due, who came, what was learned; and drawing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.case_audits.actions import drawing, programme
from kith.case_audits.forms.programme import DrawForm, MeetingForm
from kith.case_audits.permissions import can_draw, check_can_draw, check_see_programme
from kith.case_audits.presenters.programme import (
    agency_table,
    plan_table,
    show_came,
    show_kinds,
)
from kith.case_audits.queries.audits import draws
from kith.case_audits.queries.groups import days_of, groups
from kith.case_audits.queries.programme import (
    agencies,
    done_in,
    meetings_in,
)
from kith.case_audits.queries.templates import standing_templates
from kith.case_audits.rules.kinds import kinds, titles, year_of
from kith.case_audits.rules.templates import USUAL
from kith.foundations.access.permissions import NotAllowed, can
from kith.foundations.access.rules import Permission
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, form_page, sent, show


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """How many case audits were done of how many due, by kind and agency; who came to meetings."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_see_programme(viewer)
    year, standing = year_of(today), kinds(today)
    done, meetings = done_in(year), meetings_in(year)
    shown = {
        "year": year,
        "rows": show_kinds(standing, done, year, today),
        "plan": plan_table(standing, done, year),
        "by_agency": agency_table(standing, done),
        "came": show_came(meetings, agencies()),
        "meetings": len(meetings),
        "draws": [(one, titles().get(one.kind, one.kind)) for one in draws(viewer)[:10]] if can_draw(viewer) else [],
        "can_draw": can_draw(viewer),
        "reads": can(viewer, Permission.READ_RECORDS),
    }
    return render(request, "case_audits/overview.jinja", shown)


@form_page("Records drawn by lot")
def draw(request: HttpRequest) -> HttpResponse:
    """Records are drawn by lot; nobody chooses them."""
    viewer = viewer_of(request)
    check_can_draw(viewer)
    today = timezone.localdate()
    standing, met = kinds(today), days_of(list(groups().filter(ended_on=None)), today, today)
    form = fill(request, DrawForm, kinds=standing, templates=standing_templates(), groups=met,
                initial={"how_many": 6})  # fmt: skip
    if sent(request, form):
        said = form.cleaned_data
        try:
            made = drawing.draw(kind=standing[said["kind"]], how_many=said["how_many"], meeting=form.for_meeting(),
                                template=said["template"] or USUAL, by=viewer, now=timezone.now())  # fmt: skip
        except NotAllowed as no:
            form.add_error("kind", str(no))
        else:
            messages.success(request, f"Drawn by lot: {made.drawn} of {made.population} records.")
            return redirect("case-audits-mine")
    return show(request, "case_audits/draw.jinja", form)


@form_page("Who came to an audit meeting")
def meeting(request: HttpRequest) -> HttpResponse:
    """Who came to a meeting of agencies that audit together."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_can_draw(viewer)
    form = fill(request, MeetingForm, kinds=kinds(today), agencies=agencies(), today=today)
    if sent(request, form):
        programme.note_meeting(meeting=form.meeting(), by=viewer, now=timezone.now())
        return redirect("case-audits")
    return show(request, "case_audits/meeting.jinja", form)
