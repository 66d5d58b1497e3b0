"""Letters on missing children: what each tells, who is meant, and what becomes of it. A person decides each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.front_door.actions.missing_mail import (
    back_from_letter,
    not_missing,
    report_from_letter,
    report_newcomer_from_letter,
    tells_of_standing,
)
from kith.front_door.forms.missing_mail import (
    BackForm,
    LetterNewcomerForm,
    LetterReportForm,
    back_initial,
    report_initial,
)
from kith.front_door.presenters.missing_mail import show_absence, show_letter, show_line
from kith.front_door.queries.missing_mail import letter_seen, letters, may_be_meant, same_number, whose_it_may_be
from kith.linkage.newcomers import Newcomer
from kith.missing.actions import NotATime
from kith.missing.forms.reporting import FindForm
from kith.missing.permissions import check_can_see_board
from kith.missing.presenters.episode import show_child
from kith.missing.queries.episode import episode_seen
from kith.missing.queries.finding import known_person, looked_for
from kith.missing.queries.whom import Whom, whom
from kith.missing.rules.mail import MissingMail, read_missing

if TYPE_CHECKING:
    from kith.front_door.models import MissingLetter

A_PAGE = 25
NOBODY_YET = 0
FORMS = ["GET", "HEAD", "POST"]


@require_safe
@login_required
def missing_mail(request: HttpRequest) -> HttpResponse:
    """Those that wait, or those that somebody has decided on."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_board(viewer)
    done = request.GET.get("show") == "done"
    page = Paginator(letters(done=done), A_PAGE).get_page(request.GET.get("page"))
    lines = [show_line(one, read_missing(one.words, one.came_at)) for one in page]
    record(viewer=viewer, action="read-mail", what="Read the letters on missing children", now=now)
    return render(request, "front_door/missing_mail.jinja", {"lines": lines, "page": page, "done": done})


@require_safe
@login_required
def missing_letter(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What was read beside the words, who and which absence may be meant, as far as whoever looks may know."""
    viewer, now = viewer_of(request), timezone.now()
    letter, read = _letter(viewer, proposal_id)
    shown = show_letter(letter, read)
    given: dict[str, Any] = {"letter": shown}
    if not shown.settled:
        form = FindForm(_asked(request, read), today=timezone.localdate(now))
        found = looked_for(form.text(), timezone.localdate(now)) if form.is_valid() else ()
        meant = [show_absence(*row) for row in may_be_meant(letter, read, now)]
        standing = [one.reference for one in same_number(letter, read)]
        given |= {"form": form, "results": found, "absences": meant, "standing": ", ".join(standing)}
    subjects = [one.subject_id for one in given.get("results", ())]
    record(viewer=viewer, action="search", what="Read a letter on a missing child", subjects=subjects, now=now)
    return render(request, "front_door/missing_letter.jinja", given)


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A letter on a missing child")
def missing_letter_report(request: HttpRequest, proposal_id: int, subject_id: int) -> HttpResponse:
    """Of a child on record: filled with what was read, for a person to correct."""
    viewer, now = viewer_of(request), timezone.now()
    letter, read = _letter(viewer, proposal_id)
    child = known_person(subject_id)
    if child is None:
        raise Http404
    if child.joined_into:
        return redirect("missing-letter-report", proposal_id, child.joined_into)
    form = _form(request, LetterReportForm, viewer, letter, read)
    if request.method == "POST" and form.is_valid():
        reported = form.by_letter(child.subject_id)
        episode = report_from_letter(letter_id=letter.pk, reported=reported, by=viewer, now=now)
        return _reported(request, letter, episode.pk)
    bar = show_child(Whom(child.subject_id, child.name, child.born), timezone.localdate(now))
    return _confirm(request, letter, read, form, bar)


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A letter on a missing child")
def missing_letter_new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Of a child who is not on record: one begins with the report, once however often it is confirmed."""
    viewer, now = viewer_of(request), timezone.now()
    letter, read = _letter(viewer, proposal_id)
    form = _form(request, LetterNewcomerForm, viewer, letter, read)
    if request.method == "POST" and form.is_valid():
        newcomer = Newcomer(form.facts(), is_child=True, told_in="Reported missing by letter")
        told = {"newcomer": newcomer, "reported": form.by_letter(NOBODY_YET)}
        episode = report_newcomer_from_letter(letter_id=letter.pk, **told, by=viewer, now=now)
        return _reported(request, letter, episode.pk)
    return _confirm(request, letter, read, form, None)


@require_http_methods(FORMS)
@login_required
@keeps_drafts("A letter that a child is back")
def missing_letter_back(request: HttpRequest, proposal_id: int, episode_id: int) -> HttpResponse:
    """The child of this absence is back, as the letter has it."""
    viewer, now = viewer_of(request), timezone.now()
    letter, read = _letter(viewer, proposal_id)
    episode = episode_seen(episode_id)
    if episode is None:
        raise Http404
    form = fill(request, BackForm, today=timezone.localdate(now), initial=back_initial(read))
    if request.method == "POST" and form.is_valid():
        try:
            back_from_letter(letter_id=letter.pk, episode_id=episode.pk, back=form.back(), by=viewer, now=now)
        except NotATime as wrong:
            form.add_error("back_time", str(wrong))
        else:
            messages.success(request, "Thank you. The clock of the conversation on return runs from that time.")
            return redirect("missing-episode", episode.pk)
    child = whom([episode], timezone.localdate(now)).get(episode.subject_id) or Whom(episode.subject_id, "")
    return _confirm(request, letter, read, form, show_child(child, timezone.localdate(now)), back=True)


@require_POST
@login_required
def missing_letter_settle(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """It is no missing report, or it says what stands already."""
    viewer, now = viewer_of(request), timezone.now()
    letter, _ = _letter(viewer, proposal_id)
    stands = request.POST.get("stands", "")
    if stands.isascii() and stands.isdigit() and (episode := episode_seen(int(stands))):
        tells_of_standing(letter_id=letter.pk, episode_id=episode.pk, by=viewer, now=now)
        messages.success(request, f"Kept with {episode.reference}. Nothing was added to it.")
    elif request.POST.get("not") == "yes":
        not_missing(letter_id=letter.pk, by=viewer, now=now)
        messages.success(request, "It waits at the front door as any other contact.")
    return redirect("missing-mail")


def _letter(viewer: Viewer, proposal_id: int) -> tuple[MissingLetter, MissingMail]:
    check_can_see_board(viewer)
    letter = letter_seen(proposal_id)
    if letter is None:
        raise Http404
    return letter, read_missing(letter.words, letter.came_at)


def _asked(request: HttpRequest, read: MissingMail) -> Any:
    """What is looked for: as typed, else as the letter names the child."""
    if any(request.GET.get(name) for name in ("name", "nhs")):
        return request.GET
    born = read.born
    days = {f"born-{part}": str(getattr(born, part)) for part in ("day", "month", "year")} if born else {}
    return {"name": read.name, **days}


def _form(
    request: HttpRequest, form: type[LetterReportForm], viewer: Viewer, letter: MissingLetter, read: MissingMail
) -> Any:
    agencies = whose_it_may_be(letter, viewer)
    today = timezone.localdate()
    initial = report_initial(letter, read)
    return fill(request, form, today=today, now=timezone.now(), agencies=agencies, initial=initial)


def _confirm(
    request: HttpRequest, letter: MissingLetter, read: MissingMail, form: Any, child: Any, *, back: bool = False
) -> HttpResponse:
    shown = {"letter": show_letter(letter, read), "form": form, "child": child, "says_back": back}
    return render(request, "front_door/missing_letter_confirm.jinja", shown)


def _reported(request: HttpRequest, letter: MissingLetter, episode_id: int) -> HttpResponse:
    if letter.tells == "return":
        messages.success(request, "Reported. Now say when the child came back.")
        return redirect("missing-letter-back", letter.pk, episode_id)
    messages.success(request, "Reported, once, as the agency’s account. Those who search have been told.")
    return redirect("missing-episode", episode_id)
