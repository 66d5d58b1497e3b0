"""Signing in to the demonstration, one's own sign-in, and staying signed in."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from kith.foundations.access.presenters import present_demo_people
from kith.foundations.access.queries import demo_people
from kith.foundations.access.sign_in import note_sign_in
from kith.foundations.access.staying import own_sign_in


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast with one click. Only in the demonstration; elsewhere there is no such page."""
    if not settings.DEMO:
        raise Http404
    people = demo_people()
    if request.method != "POST":
        context = {"people": present_demo_people(people), "next": request.GET.get("next", "")}
        return render(request, "access/demo_sign_in.jinja", context)
    chosen = next((person for person in people if str(person.pk) == request.POST.get("person")), None)
    if chosen is None:
        raise Http404
    login(request, chosen, backend="kith.foundations.access.sign_in.StaffBackend")
    request.session["demo"] = True
    record_authentication(request, chosen, method="demo", reauthenticated=True)
    note_sign_in(request, chosen)
    return HttpResponseRedirect(_safe_next(request))


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's own sign-in: second factor, password, and where one is signed in."""
    return render(request, "access/account.jinja", own_sign_in(request.user))


@require_GET
def still_here(request: HttpRequest) -> HttpResponse:
    """Somebody says that they are still there; asking is enough."""
    return HttpResponse(status=204)


@require_safe
@login_not_required
def no_such_page(request: HttpRequest) -> HttpResponse:
    """Pages of the sign-in package that Kith does not offer: open sign-up, changing one's address."""
    raise Http404


@require_safe
@login_not_required
def set_by_reset(request: HttpRequest) -> HttpResponse:
    """Who has no password yet sets one by the link sent to their address."""
    return redirect("account_reset_password")


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, None) else "/"
