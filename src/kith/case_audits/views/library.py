"""The library of audits that agencies made by themselves: found, read, handed in, withdrawn, taken away as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.case_audits.actions import library as actions
from kith.case_audits.forms.library import HandInForm, WithdrawForm, read_asked
from kith.case_audits.permissions import can_withdraw, check_hand_in, check_see_programme, check_withdraw
from kith.case_audits.presenters.library import library_table, query_of, show_choices
from kith.case_audits.queries.library import agencies_with_audits, file_of, submission_or_none, submissions
from kith.case_audits.rules.questions import JUDGEMENTS
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.permissions import can
from kith.foundations.access.rules import Permission
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show

if TYPE_CHECKING:
    from kith.case_audits.models import Submission

A_PAGE = 20


@require_safe
@login_required
def library(request: HttpRequest) -> HttpResponse:
    """Audits that agencies made by themselves and handed in; found by words, agency, theme and grade."""
    viewer, asked = viewer_of(request), read_asked(request.GET)
    check_see_programme(viewer)
    page = Paginator(submissions(asked), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "asked": asked,
        "query": query_of(asked),
        "choices": show_choices(agencies_with_audits()),
        "themes": THEMES,
        "grades": JUDGEMENTS,
        "may": can(viewer, Permission.WRITE_ENTRIES),
    }
    return render(request, "case_audits/library.jinja", shown)


@require_safe
@login_required
def library_csv(request: HttpRequest) -> HttpResponse:
    """What was found, as a table without the files."""
    viewer, asked = viewer_of(request), read_asked(request.GET)
    check_see_programme(viewer)
    table = library_table(submissions(asked))
    record(viewer=viewer, action="export-figures", what=f"Took away “{table.caption}”", now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="audits-of-agencies-{timezone.localdate()}.csv"'}
    return HttpResponse("\ufeff" + table.csv(), content_type="text/csv; charset=utf-8", headers=headers)


@form_page("An audit of our own")
def hand_in(request: HttpRequest) -> HttpResponse:
    """An agency hands in an audit that it made by itself."""
    viewer = viewer_of(request)
    check_hand_in(viewer)
    form = fill(request, HandInForm, files=request.FILES or None, today=timezone.localdate())
    if sent(request, form):
        made = actions.hand_in(audit=form.handed_in(), file=form.as_file(), by=viewer, now=timezone.now())
        return redirect("case-audit-submission", made.pk)
    return show(request, "case_audits/hand_in.jinja", form)


@require_safe
@login_required
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One audit that was handed in, and its file for whom it is open to."""
    viewer, one = viewer_of(request), _submission(request, submission_id)
    shown = {
        "one": one,
        "theme": THEMES.get(one.theme, one.theme),
        "grade": JUDGEMENTS.get(one.grade, ""),
        "file": file_of(one),
        "may_withdraw": can_withdraw(viewer, one),
    }
    return render(request, "case_audits/submission.jinja", shown)


@form_page("Why an audit is withdrawn")
def withdraw(request: HttpRequest, submission_id: int) -> HttpResponse:
    """It stands in the library no more; why stays."""
    viewer, one = viewer_of(request), _submission(request, submission_id)
    check_withdraw(viewer, one)
    form = fill(request, WithdrawForm)
    if sent(request, form):
        actions.withdraw(audit=one, why=form.cleaned_data["why"], by=viewer, now=timezone.now())
        messages.success(request, "Withdrawn. Why it was stands on its page.")
        return redirect("case-audit-submission", one.pk)
    return show(request, "case_audits/withdraw.jinja", form, one=one)


def _submission(request: HttpRequest, submission_id: int) -> Submission:
    check_see_programme(viewer_of(request))
    found = submission_or_none(submission_id)
    if found is None:
        raise Http404
    return found
