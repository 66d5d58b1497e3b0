"""A home's search before it reports a child missing, and the monthly review of home and police."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.missing.actions.protocol import (
    action_done,
    begin_search,
    found_by_search,
    settle_step,
    skip_the_rest,
    write_review,
)
from kith.missing.forms.protocol import ReviewForm, SearchForm, StepForm
from kith.missing.profile_permissions import check_can_review, check_works_in_home, homes_of
from kith.missing.queries import protocol as ask
from kith.missing.queries.profiles import profiles_kept
from kith.missing.rules.protocol import left, list_on, lists, months_due, never_wait, review_due

if TYPE_CHECKING:
    from kith.missing.models import HomeSearch

DANGER = "The child may be in danger: reported at once"


@require_safe
@login_required
def searches(request: HttpRequest) -> HttpResponse:
    """The searches of the viewer's home."""
    viewer = viewer_of(request)
    check_works_in_home(viewer)
    shown = {"searches": [_row(one) for one in ask.searches_of(viewer)], "never_wait": never_wait()}
    return render(request, "missing/protocol_searches.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A search before reporting")
def search_new(request: HttpRequest) -> HttpResponse:
    """Who is not where they should be, and when they were last seen."""
    viewer, now = viewer_of(request), timezone.now()
    check_works_in_home(viewer)
    homes = {str(one.pk): f"{one.agency.name}, {one.name}" for one in homes_of(viewer)}
    form = fill(request, SearchForm, homes=homes, profiles=profiles_kept(viewer), now=now)
    if request.method != "POST" or not form.is_valid():
        holds = list_on(localdate(now))
        return render(request, "missing/protocol_new.jinja", {"form": form, "never_wait": never_wait(), "list": holds})
    begun = begin_search(begun=form.begun(), by=viewer, now=now, once=mark_of(request))
    return redirect("missing-search", begun.pk)


@require_safe
@login_required
def search(request: HttpRequest, search_id: int) -> HttpResponse:
    """The list: each step done or skipped with a reason, then on to reporting."""
    viewer, now = viewer_of(request), timezone.now()
    return _page(request, viewer, _seen(search_id), now)


@require_POST
@login_required
def search_step(request: HttpRequest, search_id: int, step_key: str) -> HttpResponse:
    """One step is done, or skipped with its reason."""
    viewer, now = viewer_of(request), timezone.now()
    check_works_in_home(viewer)
    found = _seen(search_id)
    if step_key not in {one.key for one in list_on(found.list_since).steps}:
        raise Http404
    form = StepForm(request.POST, key=step_key, skips="skip" in request.POST, now=now)
    if not form.is_valid():
        return _page(request, viewer, found, now, wrong=form)
    settle_step(search_id=found.pk, did=form.did(), by=viewer, now=now)
    return redirect(reverse("missing-search", args=[found.pk]) + f"#step-{step_key}")


@require_POST
@login_required
def search_end(request: HttpRequest, search_id: int) -> HttpResponse:
    """Found; or reported at once because the child may be in danger; or, the list worked through, on to reporting."""
    viewer, now = viewer_of(request), timezone.now()
    check_works_in_home(viewer)
    found = _seen(search_id)
    if "found" in request.POST:
        found_by_search(search_id=found.pk, by=viewer, now=now)
        messages.success(request, "Good. Nothing was reported; the search is kept.")
        return redirect("missing-searches")
    if "danger" in request.POST:
        skip_the_rest(search_id=found.pk, because=DANGER, by=viewer, now=now)
    elif _left(found):
        messages.error(request, "Do each step that is left, or skip it with a reason.")
        return redirect("missing-search", found.pk)
    return redirect(_report_address(found))


@require_safe
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """What home and police agreed month by month; what is due and overdue, said plainly."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_review(viewer)
    today, homes = localdate(now), ask.homes_reviewed_by(viewer)
    written = ask.reviews_of([one.pk for one in homes])
    due: list[dict[str, Any]] = []
    for home in homes:
        first = ask.first_kept(home.pk)
        done = [one.month for one in written if one.team_id == home.pk]
        due += [
            {"home": home, "month": month, "by": review_due(month), "overdue": review_due(month) < today}
            for month in (months_due(first, done, today) if first else ())
        ]
    actions = [(review, one) for review in written for one in review.actions.all() if one.done_at is None]
    shown = {
        "due": due,
        "actions": sorted(actions, key=lambda pair: pair[1].due_on),
        "reviews": written,
        "homes": homes,
        "today": today,
        "this_month": today.replace(day=1),
    }
    return render(request, "missing/protocol_reviews.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A monthly review")
def review_new(request: HttpRequest, team_id: int, month: str) -> HttpResponse:
    """The absences of the month, and what home and police agreed on them."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_review(viewer)
    home, first = ask.home_of(viewer, team_id), _month(month)
    today = localdate(now)
    if home is None or first is None or first > today:
        raise Http404
    form = fill(request, ReviewForm, month=first, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            written = write_review(team_id=home.pk, reviewed=form.reviewed(), by=viewer, now=now)
        except NotAllowed as said:
            form.add_error(None, str(said))
        else:
            messages.success(request, "Kept.")
            return redirect("missing-review", written.pk)
    rows = ask.episodes_of_home(home.pk, first)
    _note_read(viewer, len(rows), now)
    return render(
        request, "missing/protocol_review_new.jinja", {"form": form, "home": home, "month": first, "rows": rows}
    )


@require_safe
@login_required
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One month of one home."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_review(viewer)
    found = ask.review_seen(review_id)
    if found is None:
        raise Http404
    rows = ask.episodes_of_home(found.team_id, found.month)
    _note_read(viewer, len(rows), now)
    shown = {
        "review": found,
        "rows": rows,
        "today": localdate(now),
        "later": [r for r in rows if r.reference not in found.episodes],
    }
    return render(request, "missing/protocol_review.jinja", shown)


@require_POST
@login_required
def review_action(request: HttpRequest, action_id: int) -> HttpResponse:
    """What was agreed is done."""
    viewer = viewer_of(request)
    check_can_review(viewer)
    found = ask.action_seen(action_id)
    if found is None:
        raise Http404
    action_done(action_id=found.pk, by=viewer, now=timezone.now())
    messages.success(request, "Done.")
    return redirect("missing-review", found.review_id)


def _seen(search_id: int) -> HomeSearch:
    found = ask.search_seen(search_id)
    if found is None:
        raise Http404
    return found


def _left(found: HomeSearch) -> tuple[Any, ...]:
    return left(list_on(found.list_since).steps, [one.key for one in found.steps.all()])


def _report_address(found: HomeSearch) -> str:
    kept = f"?search={found.pk}"
    if found.subject_id:
        return reverse("missing-report-child", args=[found.subject_id]) + kept
    return reverse("missing-report") + kept + "&" + urlencode({"name": found.called})


def _page(
    request: HttpRequest, viewer: Viewer, found: HomeSearch, now: datetime, wrong: StepForm | None = None
) -> HttpResponse:
    mine = found.finished_at is None and found.team_id in {one.pk for one in homes_of(viewer)}
    known = {one.key: one for one in found.steps.all()}
    holds = next(one for one in lists() if one.since == found.list_since)
    record(viewer=viewer, action="read-search", subjects=[found.subject_id] if found.subject_id else [],
           what="Read a home’s search", now=now)  # fmt: skip
    shown = {
        "search": found,
        "mine": mine,
        "steps": [(one, known.get(one.key)) for one in holds.steps],
        "left": len(_left(found)),
        "list": holds,
        "never_wait": never_wait(),
        "reference": ask.reference_of(found) if found.episode_id else "",
        "wrong": wrong,
        "form": wrong,
    }
    return render(request, "missing/protocol_search.jinja", shown)


def _row(found: HomeSearch) -> dict[str, Any]:
    settled = list(found.steps.all())
    return {
        "search": found,
        "done": sum(one.done_at is not None for one in settled),
        "skipped": sum(one.done_at is None for one in settled),
        "left": len(_left(found)),
        "reference": ask.reference_of(found) if found.episode_id else "",
    }


def _month(typed: str) -> date | None:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return None


def _note_read(viewer: Viewer, count: int, now: datetime) -> None:
    record(viewer=viewer, action="read-review", what=f"Read a home’s month: {count} absences", now=now)
