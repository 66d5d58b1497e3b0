"""People and teams: who is here, what they do, and ending their access."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.actions import add_staff, bring_back, change_staff, deactivate
from kith.foundations.access.permissions import NotAllowed, check_manage_staff
from kith.foundations.access.queries import agencies, one_of_staff, openings_to, staff, teams_of
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, sent, show
from kith.governance.forms import EndAccessForm, StaffChangeForm, StaffNewForm, staff_initial
from kith.governance.presenters import present_held, present_staff


@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """Everybody who signs in, or could."""
    check_manage_staff(viewer_of(request))
    return render(request, "governance/staff.jinja", {"people": present_staff(staff())})


@require_http_methods(["GET", "HEAD", "POST"])
def staff_new(request: HttpRequest) -> HttpResponse:
    """Add somebody; their teams come next."""
    check_manage_staff(viewer_of(request))
    form = fill(request, StaffNewForm, agencies=list(agencies()))
    if sent(request, form):
        given = {key: form.cleaned_data[key] for key in ("name", "email", "role", "job_title", "phone")}
        try:
            added = add_staff(**given, agency=form.chosen_agency(), by=viewer_of(request), now=timezone.now())
        except NotAllowed as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"{added.name} is added. They choose a password by the link on the sign-in page.")
            return redirect("staff-member", added.pk)
    return show(request, "governance/staff_new.jinja", form)


@require_http_methods(["GET", "HEAD", "POST"])
def staff_member(request: HttpRequest, viewer_id: int) -> HttpResponse:
    """One person: role, teams, and every circle that is open to them, with why."""
    check_manage_staff(viewer_of(request))
    person, now = one_of_staff(viewer_id), timezone.now()
    if person is None:
        raise Http404
    form = fill(request, StaffChangeForm, teams=list(teams_of(person)), initial=staff_initial(person))
    if sent(request, form):
        given = {key: form.cleaned_data[key] for key in ("role", "job_title", "phone")}
        try:
            change_staff(viewer=person, teams=form.chosen_teams(), by=viewer_of(request), now=now, **given)
        except NotAllowed as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, f"{person.name} is changed.")
            return redirect("staff-member", person.pk)
    held, _ = present_held(openings_to(person), now)
    record(viewer=viewer_of(request), action="read-staff", details={"viewer": person.pk}, now=now)
    shown = {"person": present_staff([person])[0], "held": held, "ending": EndAccessForm()}
    return show(request, "governance/staff_member.jinja", form, **shown)


@require_POST
def staff_end(request: HttpRequest, viewer_id: int) -> HttpResponse:
    """End somebody's access at once, everywhere."""
    check_manage_staff(viewer_of(request))
    person, form = one_of_staff(viewer_id), EndAccessForm(request.POST)
    if person is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, "Say why their access ends.")
        return redirect("staff-member", person.pk)
    deactivate(viewer=person, because=form.cleaned_data["because"], by=viewer_of(request), now=timezone.now())
    messages.success(request, f"{person.name} can no longer sign in, and every circle is closed to them.")
    return redirect("staff-member", person.pk)


@require_POST
def staff_bring_back(request: HttpRequest, viewer_id: int) -> HttpResponse:
    """Let somebody sign in again."""
    check_manage_staff(viewer_of(request))
    person = one_of_staff(viewer_id)
    if person is None:
        raise Http404
    bring_back(viewer=person, by=viewer_of(request), now=timezone.now())
    messages.success(request, f"{person.name} can sign in again.")
    return redirect("staff-member", person.pk)
