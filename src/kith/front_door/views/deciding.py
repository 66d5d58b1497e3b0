"""Who is meant, undoing, splitting, joining, replying."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.front_door.actions import (
    choose_again,
    is_new,
    is_on_record,
    join,
    needs_no_record,
    reply,
    split,
    undo,
)
from kith.front_door.forms.decision import JoinForm, ReplyForm, SplitForm, UndoForm
from kith.front_door.forms.newcomer import new_record_form
from kith.front_door.permissions import check_can_decide
from kith.front_door.presenters.contact import show_contact
from kith.front_door.queries.queue import contact_by_reference, contact_seen, next_waiting
from kith.front_door.rules import as_reference, reply_templates

NO_SUCH = "No contact here has this reference"


@require_POST
@login_required
def contact_named(request: HttpRequest, contact_id: int, meant_id: int) -> HttpResponse:
    """Says who is meant: a record, nobody on record yet, or nobody who needs a record."""
    _, named = _open(request, contact_id, meant_id)
    act: dict[str, Any] = {"named_id": named.pk, "by": viewer_of(request), "now": timezone.now()}
    chosen = request.POST.get("record", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        is_on_record(subject_id=int(chosen), **act)
    elif "none" in request.POST:
        needs_no_record(**act)
    elif "again" in request.POST:
        choose_again(**act)
    else:
        return redirect("contact-newcomer", contact_id, meant_id)
    return _back(contact_id, meant_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A new record from a contact")
def contact_newcomer(request: HttpRequest, contact_id: int, meant_id: int) -> HttpResponse:
    """Begins a record with what was told, looked over first."""
    seen, named = _open(request, contact_id, meant_id)
    kind, initial = new_record_form(named)
    form = fill(request, kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        is_new(named_id=named.pk, by=viewer_of(request), now=timezone.now(), details=form.details())
        return _back(contact_id, meant_id)
    return render(request, "front_door/newcomer.jinja", {"form": form, "contact": seen, "named": named})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A reply to whoever told")
def contact_reply(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Tells the giver what became of it; then the next one waits."""
    seen, _ = _open(request, contact_id)
    latest = next((one for one in seen.decisions.all() if one.undone_at is None), None)
    text = reply_templates().get(latest.verdict, "") if latest else ""
    names = [one.name for one in seen.named.all() if one.kind == "person"]
    form = fill(request, ReplyForm, initial={"text": text}, names=names)
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reply(contact_id=seen.pk, text=said["text"], spoken=bool(said["spoken"]), by=viewer, now=now)
        messages.success(request, f"The reply about {seen.reference} is kept{_sent(seen, said['spoken'])}.")
        return _next(seen.pk)
    shown = {"form": form, "contact": show_contact(seen, {}, now, viewer.pk), "next": next_waiting(seen.pk)}
    return render(request, "front_door/reply.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contact_undo(request: HttpRequest, contact_id: int, decision_id: int) -> HttpResponse:
    """Takes a decision back, with a reason, within ten minutes."""
    seen, _ = _open(request, contact_id)
    decision = next((one for one in seen.decisions.all() if one.pk == decision_id), None)
    if decision is None:
        raise Http404
    form = UndoForm(request.POST or None)
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST" and form.is_valid():
        undo(decision_id=decision.pk, because=form.cleaned_data["because"], by=viewer, now=now)
        messages.success(request, f"Undone. {seen.reference} waits for a decision again.")
        return redirect("contact", contact_id)
    return render(request, "front_door/undo.jinja", {"form": form, "contact": show_contact(seen, {}, now, viewer.pk)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A contact to be split")
def contact_split(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Part of it becomes a contact of its own."""
    seen, _ = _open(request, contact_id)
    form = fill(request, SplitForm, named=list(seen.named.all()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        who = [int(pk) for pk in said["named"]]
        given = {"once": mark_of(request), "by": viewer_of(request), "now": timezone.now()}
        new = split(contact_id=seen.pk, named_ids=who, what=said["what"], **given)  # type: ignore[arg-type]
        messages.success(request, f"{new.reference} is a contact of its own now.")
        return redirect("contact", new.pk)
    return render(request, "front_door/split.jinja", {"form": form, "contact": seen})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Contacts to be joined")
def contact_join(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Tells that another contact says the same."""
    seen, _ = _open(request, contact_id)
    form = fill(request, JoinForm, initial={"reference": request.GET.get("reference", "")})
    if request.method == "POST" and form.is_valid():
        other = contact_by_reference(as_reference(form.cleaned_data["reference"]))
        if other is None or other.pk == seen.pk:
            form.add_error("reference", NO_SUCH)
        else:
            given = {"once": mark_of(request), "by": viewer_of(request), "now": timezone.now()}
            join(contact_id=seen.pk, into_id=other.pk, because=form.cleaned_data["because"], **given)  # type: ignore[arg-type]
            return redirect("contact-reply", seen.pk)
    return render(request, "front_door/join.jinja", {"form": form, "contact": seen})


def _open(request: HttpRequest, contact_id: int, named_id: int = 0) -> tuple[Any, Any]:
    """The contact, and one of those it names, where they are in the queue of whoever looks."""
    check_can_decide(viewer_of(request))
    seen = contact_seen(contact_id)
    named = next((one for one in seen.named.all() if one.pk == named_id), None) if seen else None
    if seen is None or (named_id and named is None):
        raise Http404
    return seen, named


def _back(contact_id: int, named_id: int) -> HttpResponse:
    return redirect(f"{reverse('contact', args=[contact_id])}#named-{named_id}")


def _next(contact_id: int) -> HttpResponse:
    following = next_waiting(contact_id)
    return redirect("contact", following.pk) if following else redirect("front-door")


def _sent(seen: Any, spoken: bool | None) -> str:
    return " and goes by letter" if seen.giver.email and not spoken else ""
