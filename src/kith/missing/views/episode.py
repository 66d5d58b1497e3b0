"""The page of one absence, and what may be said of it: what is being done, the grade, that the child is back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.queries import because_of
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.design_system.words import clock, day_and_time
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.missing.actions import NotATime, correct_return, say_back
from kith.missing.actions.grading import NeedsWhyNot, give_grade
from kith.missing.actions.updates import count_again, say_update, set_aside
from kith.missing.forms.episode import BackForm, BecauseForm, CorrectForm, GradeForm, UpdateForm
from kith.missing.permissions import can_see_board, check_can_report, check_can_say_back
from kith.missing.presenters.episode import show_child, show_episode
from kith.missing.queries.concerned import concerned_names
from kith.missing.queries.episode import episode_seen, graders, in_full
from kith.missing.queries.on_record import to_consider
from kith.missing.queries.profiles import profile_of, profile_readable
from kith.missing.queries.protocol import searches_before
from kith.missing.queries.whom import Whom, whom
from kith.missing.rules import held_by
from kith.missing.rules.grading import RULE

if TYPE_CHECKING:
    from kith.missing.models import Episode

FORMS = ["GET", "HEAD", "POST"]
FOLLOWS = "Follows missing children, or searches for them"


def the_episode(request: HttpRequest, episode_id: int) -> Episode:
    """The absence, as far as whoever looks may read; for anybody else it is not there."""
    episode = episode_seen(episode_id)
    if episode is None:
        raise Http404
    return episode


def frame(request: HttpRequest, episode: Episode) -> dict[str, Any]:
    """What each page of an absence shows around its own: the child, and the way back."""
    child = child_of(episode)
    back = {"href": request.path.rsplit("/", 1)[0], "text": f"Absence {episode.reference}"}
    return {"episode": episode, "child": show_child(child, timezone.localdate()), "back": back}


def child_of(episode: Episode) -> Whom:
    return whom([episode], timezone.localdate()).get(episode.subject_id) or Whom(episode.subject_id, "")


@require_safe
@login_required
def episode(request: HttpRequest, episode_id: int) -> HttpResponse:
    """Facts, each agency's account, the words on the return, grades and what is being done."""
    viewer, now = viewer_of(request), timezone.now()
    one = the_episode(request, episode_id)
    seen, child = in_full(one), child_of(one)
    because = because_of(viewer, one.scope_id, now) or FOLLOWS
    what = f"Absence {one.reference}"
    record(viewer=viewer, action="read-missing", subjects=[one.subject_id], what=what, because=because, now=now)
    shown = show_episode(seen, child, now, timezone.localdate(now))
    profile = profile_of(one.subject_id)
    readable = profile_readable(profile.pk, viewer) if profile else None
    given = {"shown": shown, "on_board": can_see_board(viewer), "rule": RULE, "searches": searches_before(one.pk)}
    return render(request, "missing/episode.jinja", {**given, "profile": readable.pk if readable else None})


@require_http_methods(FORMS)
@login_required
@keeps_drafts("What is being done to find a child")
def update(request: HttpRequest, episode_id: int) -> HttpResponse:
    """One line more."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_say_back(viewer, one)
    form = fill(request, UpdateForm)
    if request.method == "POST" and form.is_valid():
        say_update(episode_id=one.pk, text=form.cleaned_data["text"], by=viewer, now=timezone.now())
        messages.success(request, "It stands on the board now.")
        return redirect("missing-episode", one.pk)
    return render(request, "missing/update.jinja", {"form": form, **frame(request, one)})


@require_http_methods(FORMS)
@login_required
@keeps_drafts("The grade of an absence")
def grade(request: HttpRequest, episode_id: int) -> HttpResponse:
    """With what on record asks to consider high: its words where the record is open, else only that it does."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_say_back(viewer, one)
    consider = to_consider(one)
    agencies = graders(viewer.agency)
    own = {"agency": str(viewer.agency_id or "")}
    form = fill(request, GradeForm, agencies=agencies, consider=consider.sentences, initial=own)
    if request.method == "POST" and form.is_valid():
        try:
            give_grade(episode_id=one.pk, graded=form.graded(), by=viewer, now=timezone.now())
        except NeedsWhyNot as missing:
            form.add_error(None, str(missing))
        else:
            messages.success(request, "Graded. The board shows it.")
            return redirect("missing-episode", one.pk)
    shown = {"form": form, "consider": consider, "rule": RULE, **frame(request, one)}
    return render(request, "missing/grade.jinja", shown)


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A child is back")
def back(request: HttpRequest, episode_id: int) -> HttpResponse:
    """When and where, how found, and any harm seen."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_say_back(viewer, one)
    form = fill(request, BackForm, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            say_back(episode_id=one.pk, back=form.back(), by=viewer, now=timezone.now())
        except NotATime as wrong:
            form.add_error("back_time", str(wrong))
        else:
            messages.success(request, "Thank you. The clock of the conversation on return runs from that time.")
            return redirect("missing-episode", one.pk)
    return render(request, "missing/back.jinja", {"form": form, **frame(request, one)})


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A time of return set right")
def correct(request: HttpRequest, episode_id: int) -> HttpResponse:
    """First before and after, the clock's move and who will be told; then it is set right."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_say_back(viewer, one)
    form = fill(request, CorrectForm, today=timezone.localdate())
    shown: dict[str, Any] = {"form": form, "before": one.back_at, "told": concerned_names(one, viewer, timezone.now())}
    if request.method == "POST" and form.is_valid():
        if "save" not in request.POST:
            shown |= _moves(one, form)
        else:
            try:
                why = form.cleaned_data["why"]
                correct_return(episode_id=one.pk, back=form.back(), why=why, by=viewer, now=timezone.now())
            except NotATime as wrong:
                form.add_error("back_time", str(wrong))
            else:
                messages.success(request, "The time of return is set right, and everybody concerned has been told.")
                return redirect("missing-episode", one.pk)
    return render(request, "missing/correct.jinja", {**shown, **frame(request, one)})


def _moves(episode: Episode, form: CorrectForm) -> dict[str, Any]:
    """The time as it would be, and how the clock of the conversation moves."""
    now, at = timezone.now(), form.back().at
    due = clock(held_by(episode.back_at), now) if episode.back_at else None
    return {"after": day_and_time(at), "due_before": due, "due_after": clock(held_by(at), now)}


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A report made in error")
def in_error(request: HttpRequest, episode_id: int) -> HttpResponse:
    """Set aside with a reason, or counted again with one. Nothing is deleted."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_report(viewer)
    form = fill(request, BecauseForm)
    if request.method == "POST" and form.is_valid():
        act = count_again if one.not_missing_because else set_aside
        act(episode_id=one.pk, because=form.cleaned_data["because"], by=viewer, now=timezone.now())
        messages.success(
            request, "It counts again." if act is count_again else "Set aside. It is kept, and not counted."
        )
        return redirect("missing-episode", one.pk)
    return render(request, "missing/in_error.jinja", {"form": form, **frame(request, one)})
