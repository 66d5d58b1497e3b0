"""Telling us, one question a page. What was typed is kept on the server at every step, and nothing in the browser."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kith.doors import actions, queries
from kith.doors.forms.answers import Answers
from kith.doors.forms.asking import StartForm
from kith.doors.presenters import spelled
from kith.doors.rules import (
    ASKED,
    LONGEST,
    MOST_FILES,
    MOST_PEOPLE,
    SEEN_BY,
    page_after,
    page_before,
    progress,
    what_is_kept,
)
from kith.doors.views.visiting import (
    TOKEN,
    TOO_MANY,
    forget,
    keep_typed,
    may_come_in,
    public_page,
    token_of,
    too_many,
)
from kith.foundations.design_system.words import UK
from kith.front_door.actions import code_of
from kith.front_door.routing import Whose, whose_front_door
from kith.subjects.wording import remarks

ASKS = ["GET", "HEAD", "POST"]
WRONG = 422
TOO_LONG = (
    f"This is longer than {LONGEST:,} letters. We kept the first {LONGEST:,}, which stand here. Ring us about the rest"
)


@require_http_methods(ASKS)
@public_page
def tell(request: HttpRequest) -> HttpResponse:
    """Is anyone in danger, who are you, what is it about."""
    standing = queries.report_so_far(token_of(request))
    unsent = standing is not None and standing.sent_at is None
    changing = unsent and (request.POST if request.method == "POST" else request.GET).get("again") == "yes"
    if request.method != "POST":
        form = _answers(standing).form("start", judged=False) if changing and standing else StartForm()
        return _start(request, form, unsent=unsent and not changing, changing=changing)
    if not may_come_in(request, "post"):
        return too_many(request, reverse("tell"))
    form = StartForm(request.POST)
    if not form.is_valid():
        return _start(request, form, changing=changing, status=WRONG)
    if changing:
        keep_typed(request, "start")
        return _go_on(request, "start")
    forget(request)
    _begin(request, "start")
    return redirect(_at(page_after("start", form.cleaned_data["kind"], form.cleaned_data["about"])))


@require_http_methods(["GET", "HEAD"])
@public_page
def safety(request: HttpRequest) -> HttpResponse:
    """Before a parent or young person goes on: how to leave quickly, and what leaving does not do."""
    report = queries.report_so_far(token_of(request))
    answers = _answers(report)
    after = _at(page_after("safety", answers.kind, answers.about)) if report and answers.kind else reverse("tell")
    return render(request, "doors/safety.jinja", {"after": after})


@require_http_methods(ASKS)
@public_page
def question(request: HttpRequest, page: str) -> HttpResponse:
    """Where, what, or you."""
    refused = _kept_or_refused(request, page)
    if isinstance(refused, HttpResponse):
        return refused
    report = queries.report_so_far(token_of(request))
    if report is None or report.sent_at:
        return _elsewhere(report)
    answers = _answers(report, found=_found(request, report.pages) if page == "where" else [])
    if request.method != "POST":
        return _question(request, page, answers.form(page, judged=False), answers)
    if "find" in request.POST:
        return redirect(_at(page) + "?find=yes")
    if page == "what" and "take_out" in request.POST:
        return _take_out(request)
    form = answers.form(page, judged=True, files=request.FILES)
    _keep_file(request, form)
    if "another" in request.POST and "file" not in form.errors:
        return redirect(f"{_at(page)}?{request.GET.urlencode()}#id_file")
    for field in refused:
        form.add_error(field if field in form.fields else None, TOO_LONG)
    if not form.is_valid():
        return _question(request, page, form, answers, status=WRONG)
    if page == "you" and form.cleaned_data.get("follow") and form.cleaned_data["email"] != report.proved_email:
        return _send_code(request, form.cleaned_data["email"])
    return _go_on(request, page)


@require_http_methods(ASKS)
@public_page
def people(request: HttpRequest) -> HttpResponse:
    """Who is named, one block each; nobody need be."""
    refused = _kept_or_refused(request, "people")
    if isinstance(refused, HttpResponse):
        return refused
    report = queries.report_so_far(token_of(request))
    if report is None or report.sent_at:
        return _elsewhere(report)
    answers = _answers(report)
    asked = request.GET.get("blocks", "")
    blocks = min(int(asked), MOST_PEOPLE) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
    if request.method != "POST":
        return _people(request, answers, answers.people(judged=False, at_least=blocks))
    if "add" in request.POST:
        return redirect(f"{reverse('tell-people')}?blocks={len(answers.people(judged=False)) + 1}")
    forms = answers.people(judged=True)
    for field in refused:
        for form in forms:
            if field.startswith(f"{form.prefix}-"):
                form.add_error(None, TOO_LONG)
    if not all(form.is_valid() for form in forms):
        return _people(request, answers, forms, status=WRONG)
    return _go_on(request, "people")


@require_http_methods(ASKS)
@public_page
def check(request: HttpRequest) -> HttpResponse:
    """Every answer with who will see it; sent from here, once."""
    report = queries.report_so_far(token_of(request))
    if report is None or report.sent_at:
        return _elsewhere(report)
    answers = _answers(report, judged=True)
    if wrong := answers.wrong_page():
        return redirect(_at(wrong))
    whose = whose_front_door(answers.cleaned("where").get("postcode", ""), settings.PARTNERSHIP)
    if request.method != "POST":
        return _check(request, answers, whose, proved=report.proved_email)
    if not may_come_in(request, "post"):
        return too_many(request, reverse("tell-check"))
    told = answers.told(outside=(whose.name or whose.postcode) if whose.outside else "")
    passed_to = {"name": whose.name, "phone": whose.phone, "postcode": whose.postcode} if whose.outside else {}
    by, now = queries.the_doors(), timezone.now()
    actions.send(token=report.token, told=told, passed_to=passed_to, by=by, now=now)
    return redirect("tell-done")


@require_http_methods(["GET", "HEAD"])
@public_page
def done(request: HttpRequest) -> HttpResponse:
    """The receipt: reference, code, when they will hear, what happens next."""
    report = queries.report_so_far(token_of(request))
    if report is None or not report.sent_at:
        return _elsewhere(report)
    shown = {"report": report, "code": code_of(report.once), "spelled": spelled(report.reference)}
    return render(request, "doors/done.jinja", shown)


@require_POST
@public_page
def keep(request: HttpRequest) -> HttpResponse:
    """What stands on a page while somebody types: kept, and said so."""
    if not may_come_in(request, "keep"):
        return HttpResponse(status=TOO_MANY)
    page = next((name for name in ("start", *ASKED) if request.GET.get("of") == _at(name)), "")
    try:
        if not page or not keep_typed(request, page, posted=False)[0]:
            return HttpResponse(status=403)
    except actions.AlreadyPosted:  # an everyday thing on a slow line: newer words stand, and nothing is said to be kept
        return JsonResponse({"kept": ""})
    return JsonResponse({"kept": timezone.now().astimezone(UK).strftime("%-I:%M %p").lower()})


def _kept_or_refused(request: HttpRequest, page: str) -> HttpResponse | tuple[str, ...]:
    """What was sent is kept first, whatever follows; then too many at once are told to wait."""
    if request.method != "POST":
        return ()
    stands, cut = keep_typed(request, page)
    if not may_come_in(request, "post"):
        return too_many(request, _at(page))
    if not stands and queries.report_so_far(token_of(request)) is None:  # a day has passed, or the browser was closed
        _begin(request, page)
        return redirect(reverse("tell") + "?again=yes")
    return cut


def _begin(request: HttpRequest, page: str) -> None:
    """A report that starts with what was sent from this page."""
    pages = {page: what_is_kept(request.POST.lists()).typed}
    request.session[TOKEN] = actions.begin(pages=pages, by=queries.the_doors(), now=timezone.now()).token


def _answers(report: Any, found: list[str] | None = None, judged: bool = False) -> Answers:
    pages = report.pages if report else {}
    if judged:  # what was chosen from a list of places must still be offered
        found = pages.get("where", {}).get("found", [])
    files = queries.files_of(report.token) if report else []
    return Answers(pages, timezone.now().astimezone(UK).date(), found or [], files)


def _found(request: HttpRequest, pages: dict[str, Any]) -> list[str]:
    """Public places that fit the name or postcode, once somebody asked to find one, and what they chose."""
    where = pages.get("where", {})
    typed = [words for name in ("name", "postcode") for words in where.get(name, [])[:1]]
    asked = request.GET.get("find") == "yes" or (request.method == "POST" and where.get("found"))
    found = [place for words in typed for place in queries.public_places(words)] if asked else []
    return list(dict.fromkeys(found))


def _keep_file(request: HttpRequest, form: Any) -> None:
    """A file that came with the answers is kept, whatever else is wrong on the page."""
    if "file" not in form.fields or not (form.is_valid() or "file" in form.cleaned_data):
        return
    checked = form.cleaned_data.get("file")
    given: dict[str, Any] = {"token": token_of(request), "keep_place": bool(form.cleaned_data.get("keep_place"))}
    if checked and not actions.keep_file(checked=checked, by=queries.the_doors(), now=timezone.now(), **given):
        form.add_error("file", f"We take {MOST_FILES} files. Take one out before you add another")


def _take_out(request: HttpRequest) -> HttpResponse:
    number = request.POST["take_out"]
    if number.isascii() and number.isdigit() and len(number) < 3:
        by, now = queries.the_doors(), timezone.now()
        actions.remove_file(token=token_of(request), number=int(number), by=by, now=now)
    return redirect(f"{_at('what')}?{request.GET.urlencode()}#id_file")


def _send_code(request: HttpRequest, email: str) -> HttpResponse:
    if may_come_in(request, "code"):
        actions.send_code(token=token_of(request), email=email, by=queries.the_doors(), now=timezone.now())
    return redirect("tell-code")


def _go_on(request: HttpRequest, page: str) -> HttpResponse:
    """To the next question, or back to the answers where all of them were given before."""
    answers = _answers(queries.report_so_far(token_of(request)), judged=True)
    if request.GET.get("from") == "check" and not answers.wrong_page():
        return redirect("tell-check")
    return redirect(_at(page_after(page, answers.kind, answers.about)))


def _elsewhere(report: Any) -> HttpResponse:
    return redirect("tell-done" if report and report.sent_at else "tell")


def _at(page: str) -> str:
    return reverse("tell" if page == "start" else f"tell-{page}")


def _start(request: HttpRequest, form: Any, *, unsent: bool = False, changing: bool, status: int = 200) -> HttpResponse:
    return render(request, "doors/start.jinja", {"form": form, "unsent": unsent, "changing": changing}, status=status)


def _around(page: str, answers: Answers) -> dict[str, Any]:
    """What stands around a question: how far one is, who sees the answer, the way back."""
    before = page_before(page, answers.kind, answers.about)
    back = {"href": _at(before) + ("?again=yes" if before == "start" else ""), "text": "Back"}
    seen_by = SEEN_BY.get(page, "")
    return {
        "progress": progress(page, answers.about),
        "who_sees": seen_by,
        "back": back,
        "answers": answers,
        "mark": uuid4(),
    }


def _question(request: HttpRequest, page: str, form: Any, answers: Answers, status: int = 200) -> HttpResponse:
    shown = {"form": form, "page": page, "looked": request.GET.get("find") == "yes", **_around(page, answers)}
    return render(request, f"doors/{page}.jinja", shown, status=status)


def _people(request: HttpRequest, answers: Answers, forms: Any, status: int = 200) -> HttpResponse:
    named = any(one for one in answers.pages.get("people", {}).values())
    ask = answers.about in ("place", "group", "online") and not (named or "blocks" in request.GET)
    wrong = next((form for form in forms if form.is_bound and form.errors), None)
    shown = {"forms": forms, "form": wrong, "ask_first": ask, "most": MOST_PEOPLE, **_around("people", answers)}
    return render(request, "doors/people.jinja", shown, status=status)


def _check(request: HttpRequest, answers: Answers, whose: Whose, proved: str) -> HttpResponse:
    words = remarks(answers.cleaned("what")["what"]) if answers.kind == "professional" else []
    shown = {"parts": answers.parts(), "whose": whose, "remarks": words, "proved": proved}
    return render(request, "doors/check.jinja", {**shown, **_around("check", answers)})
