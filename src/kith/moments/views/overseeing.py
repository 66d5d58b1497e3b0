"""The rule that makes critical moments of what feeds tell, and its counts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.moments.permissions import check_can_answer_any
from kith.moments.presenters.rules import show_rule
from kith.moments.presenters.tabs import tabs
from kith.moments.queries.drawing import rule_counts


@require_safe
@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """The rule, how often it fired, how often not and why, how often it was set aside."""
    viewer = viewer_of(request)
    check_can_answer_any(viewer)
    page = {"shown": show_rule(rule_counts(), timezone.now()), "tabs": tabs(viewer, "moments-rules")}
    return render(request, "moments/rules.jinja", page)
