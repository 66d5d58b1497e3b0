"""A weighing while it is written and once it is signed; the version for the child and parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.contexts.actions import weighing as actions
from kith.contexts.forms.weighings import AddForm, ContextForm, SharedForm, SignForm
from kith.contexts.permissions import can_weigh, check_write_in
from kith.contexts.presenters.weighings import named_here
from kith.contexts.queries.weighings import (
    changes_due,
    linked_records,
    to_weigh_again,
    weighed_in,
    weighed_or_none,
    weighing_or_none,
    whose,
)
from kith.contexts.rules import KINDS
from kith.contexts.showing import changes_shown, shared_shown, weighing_shown
from kith.foundations.access.permissions import NotAllowed, check_may
from kith.foundations.access.queries import agencies
from kith.foundations.access.rules import Permission
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.subjects.permissions import can_read_records, check_can_write
from kith.subjects.queries import names_seen, subject_in_full

if TYPE_CHECKING:
    from kith.contexts.models import Weighed, Weighing


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What whoever looks signed and is to weigh again, and planned changes of theirs whose day has come."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_may(viewer, Permission.READ_RECORDS)
    again, due = to_weigh_again(viewer, today), changes_due(viewer, today)
    about = [one.subject_id for one in again] + [whose(one).pk for one in due]
    record(viewer=viewer, action="read-weighing", subjects=about, what="Contexts to come back to", now=timezone.now())
    return render(
        request, "contexts/mine.jinja", {"again": again, "due": [(one, whose(one).name) for one in due], "today": today}
    )


@require_POST
@login_required
def begin(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The contexts of a child are weighed anew, beginning with what was said last."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    made = actions.begin_weighing(subject=subject, by=viewer, now=timezone.now())
    return redirect("weighing", made.pk)


@require_safe
@login_required
def weighing(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """One version; with the way to write in it while it is not signed."""
    one, viewer = found(request, weighing_id), viewer_of(request)
    what = "Read a weighing of contexts"
    record(viewer=viewer, action="read-weighing", subjects=[one.subject_id], what=what, now=timezone.now())
    context = {
        "weighing": one,
        "shown": weighing_shown(one, timezone.localdate()),
        "changes": changes_shown(one.subject_id, timezone.localdate()),
        "shared": shared_shown(one),
        "may_write": can_weigh(viewer, one.subject),
    }
    return render(request, "contexts/weighing.jinja", context)


@require_safe
@login_required
def family(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """The same for the child and their parents: every word, on A4; no group by name, nor a place that is not public."""
    one, viewer = found(request, weighing_id), viewer_of(request)
    if one.signed_at is None:
        return redirect("weighing", one.pk)
    what = "Opened the version of a weighing for the family"
    record(viewer=viewer, action="read-weighing", subjects=[one.subject_id], what=what, now=timezone.now())
    today = timezone.localdate()
    context = {
        "weighing": one,
        "shown": weighing_shown(one, today, to_family=True),
        "changes": changes_shown(one.subject_id, today, to_family=True),
        "shared": shared_shown(one),
    }
    return render(request, "contexts/family.jinja", context)


@form_page("A context, weighed")
def context(request: HttpRequest, weighing_id: int, context_id: int) -> HttpResponse:
    """One context: whose words, what harms, what keeps safe, how it weighs."""
    one = _context(request, weighing_id, context_id)
    offered = [(agency.key, agency.name) for agency in agencies() if agency.in_partnership]
    form = fill(request, ContextForm, context=one, agencies=offered)
    if sent(request, form):
        try:
            actions.weigh(context=one, said=form.said(), by=viewer_of(request), now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept.")
            return redirect("weighing", weighing_id)
    return show(request, "contexts/context.jinja", form, weighing=one.weighing, context=one, named=_named(one))


@form_page("One more context")
def context_new(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """A group or a place of the record, or a context that has no record."""
    one, viewer = _unsigned(request, weighing_id), viewer_of(request)
    there = {each.linked_id for each in weighed_in(one)}
    form = fill(request, AddForm, linked=[each for each in linked_records(one.subject_id) if each.pk not in there])
    if sent(request, form):
        try:
            made = actions.add_context(weighing=one, **form.given(), by=viewer, now=timezone.now())
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            return redirect("weighing-context", one.pk, made.pk)
    return show(request, "contexts/context_new.jinja", form, weighing=one)


@require_POST
@login_required
def context_out(request: HttpRequest, weighing_id: int, context_id: int) -> HttpResponse:
    """A context that was added by mistake is taken out."""
    one = _context(request, weighing_id, context_id)
    actions.take_out(context=one, by=viewer_of(request), now=timezone.now())
    messages.success(request, "Taken out of this weighing.")
    return redirect("weighing", weighing_id)


@form_page("Which context weighs most")
def sign(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """The conclusion; from then on nothing in it changes."""
    one = _unsigned(request, weighing_id)
    today, last = timezone.localdate(), one.follows
    form = fill(request, SignForm, today=today, conclusion=last.conclusion if last else "")
    if sent(request, form):
        said = form.cleaned_data
        try:
            actions.sign_weighing(weighing=one, by=viewer_of(request), now=timezone.now(), **said)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Signed. Now plan what will change, and show it to the child and their parents.")
            return redirect("weighing", one.pk)
    shown = weighing_shown(one, today)
    return show(request, "contexts/sign.jinja", form, weighing=one, shown=shown)


@form_page("Who saw a weighing")
def shared_new(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """With whom it was made or to whom it was shown, or why not."""
    one, viewer = found(request, weighing_id), viewer_of(request)
    check_can_write(viewer)
    if one.signed_at is None:
        return redirect("weighing", one.pk)
    form = fill(request, SharedForm, today=timezone.localdate())
    if sent(request, form):
        try:
            actions.share_weighing(
                weighing=one, shared=actions.With(**form.cleaned_data), by=viewer, now=timezone.now()
            )
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept beside the weighing.")
            return redirect("weighing", one.pk)
    return show(request, "contexts/shared_new.jinja", form, weighing=one)


@require_POST
@login_required
def discard(request: HttpRequest, weighing_id: int) -> HttpResponse:
    """One that is not signed is thrown away."""
    one = _unsigned(request, weighing_id)
    actions.discard_weighing(weighing=one, by=viewer_of(request), now=timezone.now())
    messages.success(request, "Thrown away. What was signed before stands.")
    return redirect("record-contexts", one.subject_id)


def found(request: HttpRequest, weighing_id: int) -> Weighing:
    """A weighing that exists for whoever looks. Raises Http404."""
    one = weighing_or_none(weighing_id) if can_read_records(viewer_of(request)) else None
    if one is None:
        raise Http404
    return one


def _unsigned(request: HttpRequest, weighing_id: int) -> Weighing:
    one = found(request, weighing_id)
    check_write_in(viewer_of(request), one)
    return one


def _context(request: HttpRequest, weighing_id: int, context_id: int) -> Weighed:
    check_write_in(viewer_of(request), found(request, weighing_id))
    one = weighed_or_none(weighing_id, context_id)
    if one is None:
        raise Http404
    return one


def _named(one: Weighed) -> str:
    seen = names_seen([one.linked_id]) if one.linked_id else {}
    name = named_here(one, seen).name
    return name if name == KINDS[one.kind].title else f"{KINDS[one.kind].title}: {name}"
