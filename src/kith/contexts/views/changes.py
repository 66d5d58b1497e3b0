"""What will change in a context, what came of it, and the way to the context's own pathway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.contexts.actions import changing
from kith.contexts.forms.weighings import ChangeForm, OutcomeForm
from kith.contexts.queries.weighings import change_or_none, child_of, weighed_in
from kith.contexts.showing import change_shown, names_of
from kith.contexts.views.weighings import found
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.subjects.permissions import can_read_records, can_write, check_can_write
from kith.subjects.queries import subject_in_full

if TYPE_CHECKING:
    from kith.contexts.models import Change


@form_page("A change of a context")
def change_new(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """What will change, in which context, who does it, by when, how it will be known."""
    one, viewer = found(request, weighing_id), viewer_of(request)
    check_can_write(viewer)
    rows = {str(each.pk): each for each in weighed_in(one)}
    form = fill(request, ChangeForm, contexts=names_of(rows.values()), today=timezone.localdate())
    if sent(request, form):
        said = dict(form.cleaned_data)
        context = rows[said.pop("context")]
        try:
            changing.plan_change(context=context, plan=changing.Plan(**said), by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Planned.")
            return redirect("weighing", one.pk)
    return show(request, "contexts/change_new.jinja", form, weighing=one)


@form_page("A change of a place or a group")
def change_there(request: HttpRequest, subject_id: int) -> HttpResponse:
    """What its own assessment asks for: what will change, who does it, by when, how it will be known."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    check_can_write(viewer)
    if subject.kind == "person":
        return redirect("record-contexts", subject.pk)
    form = fill(request, ChangeForm, contexts={}, today=timezone.localdate())
    if sent(request, form):
        plan = changing.Plan(**form.cleaned_data)
        try:
            changing.plan_change_there(subject_id=subject.pk, plan=plan, by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Planned.")
            return redirect("record-contexts", subject.pk)
    return show(request, "contexts/change_there.jinja", form, subject=subject)


@form_page("What came of a planned change")
def change(request: HttpRequest, context_change_id: int) -> HttpResponse:
    """One change, whether it was done, and why or why not."""
    one, viewer = _change(request, context_change_id), viewer_of(request)
    child = child_of(one)
    form = fill(request, OutcomeForm)
    if request.method == "POST":
        check_can_write(viewer)
    if sent(request, form):
        try:
            changing.say_outcome(change=one, by=viewer, now=timezone.now(), **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept, with its reason.")
            return redirect("context-change", one.pk)
    about = [pk for pk in (child.pk if child else None, one.linked_id) if pk]
    record(viewer=viewer, action="read-change", subjects=about, what="Read a planned change", now=timezone.now())
    shown = change_shown(one, timezone.localdate())
    return show(
        request, "contexts/change.jinja", form, change=one, shown=shown, child=child,
        may_say=can_write(viewer) and not one.outcome,
        may_open=can_write(viewer) and shown.named.subject_id is not None and not shown.named.headline_only,
    )  # fmt: skip


@require_POST
@login_required
def pathway(request: HttpRequest, context_change_id: int) -> HttpResponse:
    """The place's or the group's own pathway is opened."""
    one, viewer = _change(request, context_change_id), viewer_of(request)
    check_can_write(viewer)
    try:
        made = changing.open_pathway(change=one, by=viewer, now=timezone.now())
    except NotAllowed as no:
        messages.error(request, str(no))
        return redirect("context-change", one.pk)
    messages.success(request, "The pathway of this context is open.")
    return redirect("work", made.pk)


def _change(request: HttpRequest, change_id: int) -> Change:
    one = change_or_none(change_id) if can_read_records(viewer_of(request)) else None
    if one is None:
        raise Http404
    return one
