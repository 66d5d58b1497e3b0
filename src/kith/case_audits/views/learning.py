"""What case audits taught: question by question, sent to teams in a rhythm, read, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.case_audits.actions import learning as actions
from kith.case_audits.forms.learning import ChangedForm, LearningForm, RhythmForm
from kith.case_audits.permissions import can_draw, check_can_draw, check_see_programme
from kith.case_audits.presenters.programme import in_time_table, show_trends, trends_table
from kith.case_audits.queries.learning import (
    has_read,
    learning_or_none,
    learnings,
    loop_on,
    possible_owners,
    read_by_team,
)
from kith.case_audits.queries.programme import judged_since
from kith.case_audits.queries.templates import standing_templates
from kith.case_audits.rules.learning import first_month
from kith.case_audits.rules.questions import form_on
from kith.case_audits.rules.rhythm import Rhythm, in_time_words
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show

if TYPE_CHECKING:
    from datetime import date

    from kith.case_audits.models import Learning
    from kith.case_audits.presenters.programme import Trend
    from kith.case_audits.queries.learning import Loop
    from kith.foundations.charts import Table

A_PAGE = 20


@require_safe
@login_required
def learning(request: HttpRequest) -> HttpResponse:
    """How each question was judged, quarter by quarter; what was sent to teams, and whether in time."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_see_programme(viewer)
    trends, loop = _trends(today), loop_on(today)
    page = Paginator(learnings(), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "trends": trends,
        "table": trends_table(trends),
        "page": page,
        "can_draw": can_draw(viewer),
        "loop": loop,
        "every": Rhythm(loop.rhythm.every).words if loop.rhythm else "",
        "is_late": loop.owed is not None and loop.owed < today,
        "in_time": in_time_words(loop.measured),
        "in_time_table": in_time_table(loop.measured[:12]),
    }
    return render(request, "case_audits/learning.jinja", shown)


@require_safe
@login_required
def learning_csv(request: HttpRequest) -> HttpResponse:
    """How each question was judged, as a file."""
    return _file(request, trends_table(_trends(timezone.localdate())), "case-audits")


@require_safe
@login_required
def in_time_csv(request: HttpRequest) -> HttpResponse:
    """Every day learning was due, and when it was sent, as a file."""
    return _file(request, in_time_table(loop_on(timezone.localdate()).measured), "learning-in-time")


@form_page("What case audits taught")
def learning_new(request: HttpRequest) -> HttpResponse:
    """A month's learning is written and sent to teams."""
    viewer = viewer_of(request)
    check_can_draw(viewer)
    form = fill(request, LearningForm, today=timezone.localdate())
    if sent(request, form):
        made = actions.send_learning(learned=form.learned(), by=viewer, now=timezone.now())
        messages.success(request, f"Sent to {made.sent_to} people.")
        return redirect("case-audit-learned", made.pk)
    return show(request, "case_audits/learning_new.jinja", form)


def _as_it_stands(loop: Loop) -> dict[str, Any]:
    """The rhythm that stands, to be changed and not typed again."""
    if loop.rhythm is None:
        return {}
    return {"every": loop.rhythm.every, "since": loop.next_due, "owner": str(loop.rhythm.owner_id)}


@form_page("How often learning is due")
def rhythm(request: HttpRequest) -> HttpResponse:
    """How often learning is due, from when on, by whom."""
    viewer = viewer_of(request)
    check_can_draw(viewer)
    today = timezone.localdate()
    form = fill(request, RhythmForm, owners=possible_owners(), today=today, initial=_as_it_stands(loop_on(today)))
    if sent(request, form):
        actions.set_rhythm(rhythm=form.rhythm(), by=viewer, now=timezone.now())
        messages.success(request, "Kept. Whoever sees that it is sent is reminded three days before.")
        return redirect("case-audits-learning")
    return show(request, "case_audits/rhythm.jinja", form)


@require_safe
@login_required
def learned(request: HttpRequest, learning_id: int) -> HttpResponse:
    """A month's learning: who has read it, by team, and what changed after."""
    viewer, one = viewer_of(request), _learned(request, learning_id)
    late = one.due_on is not None and timezone.localdate(one.sent_at) > one.due_on
    shown = {"one": one, "late": late, "teams": read_by_team(one), "has_read": has_read(one, viewer),
             "can_draw": can_draw(viewer)}  # fmt: skip
    return render(request, "case_audits/learned.jinja", shown)


@require_POST
@login_required
def read(request: HttpRequest, learning_id: int) -> HttpResponse:
    """Whoever looks says that they have read it."""
    one = _learned(request, learning_id)
    actions.say_read(learning=one, by=viewer_of(request), now=timezone.now())
    return redirect("case-audit-learned", one.pk)


@form_page("What changed after learning")
def changed(request: HttpRequest, learning_id: int) -> HttpResponse:
    """What is different since."""
    viewer, one = viewer_of(request), _learned(request, learning_id)
    check_can_draw(viewer)
    form = fill(request, ChangedForm, initial={"changed": one.changed})
    if sent(request, form):
        actions.say_changed(learning=one, changed=form.cleaned_data["changed"], by=viewer, now=timezone.now())
        return redirect("case-audit-learned", one.pk)
    return show(request, "case_audits/changed.jinja", form, one=one)


def _trends(today: date) -> list[Trend]:
    judged, usual = judged_since(first_month(today)), form_on(today).questions
    own = {one.key: one for form in standing_templates().values() for one in form.questions}
    known = {one.key for one in usual}
    seen = {key for one in judged for key in one.judgements} - known
    return show_trends(judged, [*usual, *(one for key, one in own.items() if key in seen)], today)


def _learned(request: HttpRequest, learning_id: int) -> Learning:
    check_see_programme(viewer_of(request))
    one = learning_or_none(learning_id)
    if one is None:
        raise Http404
    return one


def _file(request: HttpRequest, table: Table, name: str) -> HttpResponse:
    viewer = viewer_of(request)
    check_see_programme(viewer)
    record(viewer=viewer, action="export-figures", what=f"Took away “{table.caption}”", now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.csv"'}
    return HttpResponse("\ufeff" + table.csv(), content_type="text/csv; charset=utf-8", headers=headers)
