"""Groups that audit together: their days, what became of each, their calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.case_audits.actions import groups as actions
from kith.case_audits.actions.programme import note_meeting
from kith.case_audits.forms.groups import BecameForm, GroupForm
from kith.case_audits.permissions import can_draw, check_can_draw, check_see_programme
from kith.case_audits.presenters.groups import calendar_file, missed_words, names_of, show_day
from kith.case_audits.queries.groups import agencies_of, days_of, group_or_none
from kith.case_audits.queries.groups import groups as every_group
from kith.case_audits.queries.learning import possible_owners
from kith.case_audits.queries.programme import agencies
from kith.case_audits.rules.groups import every_words
from kith.case_audits.rules.kinds import kinds, titles
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, form_page, sent, show

if TYPE_CHECKING:
    from kith.case_audits.models import Group
    from kith.case_audits.queries.groups import GroupDays

A_YEAR = timedelta(days=365)


@require_safe
@login_required
def groups(request: HttpRequest) -> HttpResponse:
    """Every group: when it meets next, and how many meetings were missed."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_see_programme(viewer)
    found = days_of(list(every_group()), today - A_YEAR, today)
    rows = [(one, every_words(one.group.every_weeks), missed_words(one)) for one in found]
    shown = {"rows": rows, "themes": THEMES, "can_draw": can_draw(viewer)}
    return render(request, "case_audits/groups.jinja", shown)


@require_safe
@login_required
def group(request: HttpRequest, audit_group_id: int) -> HttpResponse:
    """One group: its next meetings, what became of those over, what was drawn for each."""
    viewer, one = viewer_of(request), _group(request, audit_group_id)
    days, asked = _days(one), agencies_of(one)
    shown = {
        "group": one,
        "theme": THEMES.get(one.theme, one.theme),
        "kind": titles().get(one.kind, one.kind),
        "every": every_words(one.every_weeks),
        "missed": missed_words(days),
        "asked": asked,
        "over": [show_day(day, names_of(asked)) for day in days.over],
        "coming": [show_day(day, names_of(asked)) for day in days.coming],
        "can_draw": can_draw(viewer),
    }
    return render(request, "case_audits/group.jinja", shown)


@require_safe
@login_required
def group_calendar(request: HttpRequest, audit_group_id: int) -> HttpResponse:
    """Its meetings for a calendar. The file names nobody."""
    file = calendar_file(_group(request, audit_group_id), request.get_host(), timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="case-audit-meetings.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


@form_page("A group that audits together")
def group_new(request: HttpRequest) -> HttpResponse:
    """A standing schedule is begun."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_can_draw(viewer)
    form = fill(request, GroupForm, kinds=kinds(today), chairs=possible_owners(), agencies=agencies(), today=today)
    if sent(request, form):
        made = actions.begin_group(group=form.group(), by=viewer, now=timezone.now())
        return redirect("case-audit-group", made.pk)
    return show(request, "case_audits/group_new.jinja", form)


@form_page("What became of an audit meeting")
def group_meeting(request: HttpRequest, audit_group_id: int) -> HttpResponse:
    """Who came to a planned meeting, or why it was not held."""
    viewer, one, today = viewer_of(request), _group(request, audit_group_id), timezone.localdate()
    check_can_draw(viewer)
    days = _days(one)
    form = fill(request, BecameForm, group=one, days=[*days.coming[:1], *days.over], agencies=agencies_of(one),
                today=today)  # fmt: skip
    if sent(request, form):
        if form.cleaned_data["is_held"] is True:
            note_meeting(meeting=form.meeting(), by=viewer, now=timezone.now())
        else:
            why = form.cleaned_data["why"]
            actions.note_missed(group=one, planned_on=form.planned, why=why, by=viewer, now=timezone.now())
        return redirect("case-audit-group", one.pk)
    return show(request, "case_audits/group_meeting.jinja", form, group=one)


@require_POST
@login_required
def group_end(request: HttpRequest, audit_group_id: int) -> HttpResponse:
    """It meets no more."""
    one = _group(request, audit_group_id)
    actions.end_group(group=one, by=viewer_of(request), now=timezone.now())
    messages.success(request, "Ended. What became of its meetings stays.")
    return redirect("case-audit-group", one.pk)


def _days(one: Group) -> GroupDays:
    today = timezone.localdate()
    return days_of([one], today - A_YEAR, today)[0]


def _group(request: HttpRequest, group_id: int) -> Group:
    check_see_programme(viewer_of(request))
    found = group_or_none(group_id)
    if found is None:
        raise Http404
    return found
