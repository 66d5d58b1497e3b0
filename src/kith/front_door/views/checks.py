"""Checks between agencies, as the front door sees them: ask, chase, withdraw, and the picture of all answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.front_door.actions.checks import ask, chase, withdraw
from kith.front_door.checks_permissions import check_can_ask
from kith.front_door.forms.checks import AskForm, ChaseForm, WithdrawForm
from kith.front_door.presenters.checks import present_check, standing
from kith.front_door.queries.attendance import missing_today
from kith.front_door.queries.checks import (
    agencies_numbered,
    agencies_to_ask,
    check_seen,
    checks_of,
    contact_seen,
    known_to_work_with,
    named_in,
)


@require_safe
@login_required
def contact_checks(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Who was asked, who has answered and who has not."""
    return _page(request, contact_id, "front_door/checks_of_contact.jinja", "read-checks")


@require_safe
@login_required
def checks_picture(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Every answer side by side, for reading and for paper."""
    return _page(request, contact_id, "front_door/checks_picture.jinja", "read-checks-picture")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A question to other agencies")
def checks_ask(request: HttpRequest, contact_id: int) -> HttpResponse:
    """One form asks several agencies; each gets its own question."""
    viewer, contact, now = viewer_of(request), _contact(request, contact_id), timezone.now()
    offered = {"agencies": agencies_to_ask(), "known": known_to_work_with(contact), "named": named_in(contact)}
    form = fill(request, AskForm, now=now, **offered)
    if request.method == "POST" and form.is_valid():
        agencies = agencies_numbered(int(pk) for pk in form.cleaned_data["agencies"])
        asked, site = form.asked(contact.pk), request.build_absolute_uri("/")
        try:
            checks = ask(asked=asked, agencies=agencies, once=mark_of(request), by=viewer, now=now, site=site)
        except NotAllowed as refused:
            form.add_error("longer_because", str(refused))
        else:
            messages.success(request, f"Asked: {', '.join(check.agency.name for check in checks)}.")
            return redirect("contact-checks", contact.pk)
    return render(request, "front_door/checks_ask.jinja", {"form": form, "contact": contact, "back": _back(contact.pk)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A chased check")
def check_chase(request: HttpRequest, check_id: int) -> HttpResponse:
    """Remind an agency by another letter, or note a call."""
    check = _check(request, check_id)
    form = fill(request, ChaseForm, initial={"link": False})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("how", "note")}
        site, link = request.build_absolute_uri("/"), bool(form.cleaned_data["link"])
        chase(check_id=check.pk, **given, link=link, by=viewer_of(request), now=timezone.now(), site=site)
        messages.success(request, f"{check.agency} was chased.")
        return redirect("contact-checks", check.contact_id)
    shown = {"form": form, "check": check, "title": f"Chase {check.agency}", "press": "Chase"}
    return render(request, "front_door/checks_one.jinja", {**shown, "back": _back(check.contact_id)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A withdrawn check")
def check_withdraw(request: HttpRequest, check_id: int) -> HttpResponse:
    """Take a question back, with the reason."""
    check = _check(request, check_id)
    form = fill(request, WithdrawForm)
    if request.method == "POST" and form.is_valid():
        withdraw(check_id=check.pk, because=form.cleaned_data["because"], by=viewer_of(request), now=timezone.now())
        messages.success(request, f"The question to {check.agency} is withdrawn.")
        return redirect("contact-checks", check.contact_id)
    shown = {"form": form, "check": check, "title": f"Withdraw the question to {check.agency}", "press": "Withdraw"}
    return render(request, "front_door/checks_one.jinja", {**shown, "back": _back(check.contact_id)})


def _page(request: HttpRequest, contact_id: int, template: str, action: str) -> HttpResponse:
    viewer, contact, now = viewer_of(request), _contact(request, contact_id), timezone.now()
    checks = list(checks_of(contact.pk))
    subjects = [one.subject_id for one in named_in(contact) if one.subject_id]
    what = f"Read the checks of contact {contact.reference}"
    record(viewer=viewer, action=action, subjects=subjects, what=what, details={"contact": contact.pk}, now=now)
    shown = {
        "contact": contact,
        "checks": [present_check(check, now) for check in checks],
        "standing": standing(checks, now),
        "missing": missing_today(timezone.localdate(now)),
    }
    return render(request, template, shown)


def _contact(request: HttpRequest, contact_id: int) -> Any:
    check_can_ask(viewer_of(request))
    contact = contact_seen(contact_id)
    if contact is None:
        raise Http404
    return contact


def _check(request: HttpRequest, check_id: int) -> Any:
    """A check of a contact that is open to who looks: an agency that was asked does not chase itself."""
    check_can_ask(viewer_of(request))
    check = check_seen(check_id)
    if check is None or contact_seen(check.contact_id) is None:
        raise Http404
    return present_check(check, timezone.now())


def _back(contact_id: int) -> dict[str, str]:
    return {"href": f"/front-door/{contact_id}/checks", "text": "Checks of this contact"}
