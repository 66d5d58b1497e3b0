"""Audits of children's records: those that wait for somebody, one audit, and each step of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.case_audits.actions import auditing, drawing
from kith.case_audits.forms.audits import (
    ActionForm,
    DoneForm,
    OpenForm,
    QuestionsForm,
    ReflectForm,
    TodayForm,
    as_typed,
)
from kith.case_audits.permissions import (
    can_do_action,
    can_draw,
    can_write_part,
    check_do_action,
    check_is_auditor,
    check_is_worker,
    check_read_audits,
    check_set_action,
    check_write_part,
)
from kith.case_audits.presenters.audit import is_late, line_of, show_questions, state_of
from kith.case_audits.queries.audits import (
    action_or_none,
    audit_or_none,
    audits_about,
    people_around,
    to_audit,
    to_do,
    to_reflect,
    to_write_part,
)
from kith.case_audits.queries.templates import form_named
from kith.case_audits.rules.kinds import every_kind, is_of_several, titles
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show

if TYPE_CHECKING:
    from django.forms import BaseForm

    from kith.case_audits.models import CaseAudit

A_PAGE = 30


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for whoever looks: to audit, to answer for their agency, to read, to do."""
    viewer = viewer_of(request)
    check_read_audits(viewer)
    several = [one.key for one in every_kind() if one.is_of_several]
    page = Paginator(audits_about(viewer), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "to_audit": [line_of(one) for one in to_audit(viewer)],
        "to_write": [line_of(one) for one in to_write_part(viewer, several)],
        "to_reflect": [line_of(one) for one in to_reflect(viewer)],
        "to_do": [(one, is_late(one, timezone.localdate())) for one in to_do(viewer)],
        "finished": [line_of(one) for one in page],
        "page": page,
        "can_draw": can_draw(viewer),
    }
    return render(request, "case_audits/mine.jinja", shown)


@require_safe
@login_required
def audit(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """One audit, for those to whom the child's record is open."""
    viewer, one = viewer_of(request), _audit(request, case_audit_id)
    record(viewer=viewer, action="read-case-audit", subjects=[one.subject_id], what=f"Read case audit {one.pk}",
           now=timezone.now())  # fmt: skip
    parts = list(one.parts.select_related("agency", "by").order_by("agency__name"))
    today, several = timezone.localdate(), is_of_several(one.kind)
    state, badge = state_of(one)
    actions = list(one.actions.select_related("owner", "done_by", "set_by").order_by("-is_today", "due_on", "pk"))
    shown = {
        "audit": one,
        "kind": titles().get(one.kind, one.kind),
        "state": state,
        "badge": badge,
        "form_version": form_named(one.form),
        "questions": show_questions(one, parts),
        "parts": parts,
        "actions": [(each, is_late(each, today), can_do_action(viewer, each)) for each in actions],
        "again": one.again.first(),
        "is_auditor": one.auditor_id == viewer.pk and one.completed_at is None,
        "may_write": can_write_part(viewer, one, of_several=several),
        "mine_done": any(part.by_id == viewer.pk for part in parts),
        "may_reflect": one.worker_id == viewer.pk and one.completed_at is not None,
        "may_set": one.auditor_id == viewer.pk or can_draw(viewer),
        "may_again": can_draw(viewer) and one.completed_at is not None and one.closed_at is None,
    }
    return render(request, "case_audits/audit.jinja", shown)


@form_page("Why a record is opened for a case audit")
def open_record(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """The record is opened, with a reason that is kept; then the first question."""
    one, form = _audit(request, case_audit_id), fill(request, OpenForm)
    check_is_auditor(viewer_of(request), one)
    if sent(request, form):
        reason = form.cleaned_data["reason"]
        drawing.open_audit(audit=one, reason=reason, by=viewer_of(request), now=timezone.now())
        return redirect("case-audit-today", one.pk)
    return _form(request, "open", one, form)


@form_page("What a child needs today")
def today(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """First of all: whether anything needs doing today for this child."""
    one, form = _audit(request, case_audit_id), fill(request, TodayForm)
    check_is_auditor(viewer_of(request), one)
    if one.opened_at is None:
        return redirect("case-audit-open", one.pk)
    if sent(request, form):
        needed = form.what_is_needed()
        auditing.say_today(audit=one, needed=needed, by=viewer_of(request), now=timezone.now())
        if needed:
            messages.success(request, "It is with the child’s worker and their manager now.")
        return redirect("case-audit-questions", one.pk)
    return _form(request, "today", one, form)


@form_page("A case audit")
def questions(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """Every question, answered in words and judged in words; for the auditor, and for other agencies' parts."""
    viewer, one = viewer_of(request), _audit(request, case_audit_id)
    check_write_part(viewer, one, of_several=is_of_several(one.kind))
    part = one.parts.filter(by=viewer).first()
    form = fill(request, QuestionsForm, asked=form_named(one.form), initial=as_typed(part.answers) if part else {})
    if sent(request, form):
        auditing.write_part(audit=one, answers=form.answers(), by=viewer, now=timezone.now())
        messages.success(request, "Your answers are kept.")
        return redirect("case-audit", one.pk)
    return _form(request, "questions", one, form)


@require_POST
@login_required
def complete(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """The auditor has finished: the worker is told."""
    one = _audit(request, case_audit_id)
    auditing.complete_audit(audit=one, by=viewer_of(request), now=timezone.now())
    messages.success(request, "Finished. The worker whose record it is has been told, and can say what they think.")
    return redirect("case-audit", one.pk)


@form_page("What I think of a case audit")
def reflect(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """The worker's own words."""
    viewer, one = viewer_of(request), _audit(request, case_audit_id)
    check_is_worker(viewer, one)
    if one.completed_at is None:
        return redirect("case-audit", one.pk)
    form = fill(request, ReflectForm, initial={"words": one.reflection})
    if sent(request, form):
        auditing.reflect(audit=one, words=form.cleaned_data["words"], by=viewer, now=timezone.now())
        messages.success(request, "Your own view stands beside the audit.")
        return redirect("case-audit", one.pk)
    return _form(request, "reflect", one, form)


@form_page("What a case audit asks for")
def action_new(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """Something that must be done, by whom, by when."""
    viewer, one = viewer_of(request), _audit(request, case_audit_id)
    check_set_action(viewer, one)
    people = people_around(one, timezone.now())
    form = fill(request, ActionForm, people=people, today=timezone.localdate())
    if sent(request, form):
        auditing.set_action(audit=one, to_do=form.to_do(), by=viewer, now=timezone.now())
        messages.success(request, "It stands on their desk until it is done.")
        return redirect("case-audit", one.pk)
    return _form(request, "action_new", one, form)


@form_page("What came of a case audit")
def action_done(request: HttpRequest, audit_action_id: int) -> HttpResponse:
    """It is done, and what came of it."""
    viewer = viewer_of(request)
    check_read_audits(viewer)
    action = action_or_none(audit_action_id)
    if action is None:
        raise Http404
    check_do_action(viewer, action)
    form = fill(request, DoneForm)
    if sent(request, form):
        auditing.do_action(action=action, came_of=form.cleaned_data["came_of"], by=viewer, now=timezone.now())
        messages.success(request, "Done, and kept with the audit.")
        return redirect("case-audit", action.audit_id)
    return show(request, "case_audits/action_done.jinja", form, action=action, audit=action.audit)


@require_POST
@login_required
def again(request: HttpRequest, case_audit_id: int) -> HttpResponse:
    """The same record is audited once more, to close the loop."""
    one = _audit(request, case_audit_id)
    made = drawing.audit_again(audit=one, by=viewer_of(request), now=timezone.now())
    return redirect("case-audit", made.pk)


def _audit(request: HttpRequest, audit_id: int) -> CaseAudit:
    check_read_audits(viewer_of(request))
    found = audit_or_none(audit_id)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, name: str, one: CaseAudit, form: BaseForm) -> HttpResponse:
    kind, asked = titles().get(one.kind, one.kind), form_named(one.form)
    return show(request, f"case_audits/{name}.jinja", form, audit=one, kind=kind, asked=asked)
