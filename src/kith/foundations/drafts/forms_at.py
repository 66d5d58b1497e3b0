"""Forms that are kept while somebody writes in them, and sent once: what a view and its page need for that.

@keeps_drafts("A note")            on the view: every form of its address is kept, offered again, and sent once
form = fill(request, NoteForm)     in the view: as sent, else with the words that are put back, else empty
@form_page("A note")               the same for a page that is a form and nothing else: signed in, GET and POST only
if sent(request, form): …          it was sent, and is as it should be
return show(request, page, form)   the page with the form, 422 where it was sent and something is wrong

The page's form says `<form method="post" data-draft>` and holds `{{ form_mark() }}`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import new_class
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import ResolverMatch, resolve
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts import actions, queries
from kith.foundations.drafts.actions import FormAt
from kith.foundations.drafts.locking import one_at_a_time
from kith.foundations.drafts.models import Draft
from kith.foundations.drafts.rules import MARK, Fields, fields_kept, sent_as

SENT_BEFORE = "This was sent already and stands once. Nothing was added."
KEPT_INSTEAD = "What you wrote could not be sent. It is kept for you under “Words not sent”."
AnyForm = TypeVar("AnyForm", bound=BaseForm)
View = Callable[..., HttpResponse]


def keeps_drafts(title: str) -> Callable[[View], View]:
    """A view whose form is kept while somebody writes in it. `title` names the form to its writer, such as "A note".

    An answer that leads on means that the form was accepted; any other shows the same form again. A view that leads
    on without having accepted it says so with `not_accepted`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if request.method == "POST":
                return _take(request, lambda: view(request, *given, **named))
            _offer(request)
            return view(request, *given, **named)

        answer.kept_as = title  # type: ignore[attr-defined]
        return answer

    return decorate


def fill(request: HttpRequest, form: type[AnyForm], **options: Any) -> AnyForm:
    """The form as it was sent; else filled with the words that are put back, and not yet judged; else empty."""
    words = put_back(request)
    if request.method == "POST" or words is None:
        return form(request.POST if request.method == "POST" else None, **options)
    shown: Any = new_class(form.__name__, (_NotJudged, form))
    return cast("AnyForm", shown(words, **options))


def form_page(title: str) -> Callable[[View], View]:
    """A page that is one form, for whoever signs in: asked for or sent, and kept while somebody writes in it."""

    def decorate(view: View) -> View:
        signed_in: View = login_required(keeps_drafts(title)(view))
        return require_http_methods(["GET", "HEAD", "POST"])(signed_in)

    return decorate


def sent(request: HttpRequest, form: BaseForm) -> bool:
    """Whether the form was sent, and everything in it is as it should be."""
    return request.method == "POST" and form.is_valid()


def show(request: HttpRequest, template: str, form: BaseForm, **shown: Any) -> HttpResponse:
    """The page of a form. It says 422 where the form was sent: something in it is not as it should be."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **shown}, status=status)


def put_back(request: HttpRequest) -> QueryDict | None:
    """The words that this page is opened with, as a form would send them; None where it is opened anew."""
    draft: Draft | None = getattr(request, "put_back_draft", None)
    if draft is None:
        return None
    words = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        words.setlist(name, values)
    words[MARK] = str(draft.mark)
    return words


def mark_of(request: HttpRequest) -> UUID:
    """The mark of the form on this page: as it was sent, that of the words put back, or a new one."""
    if not hasattr(request, "form_mark"):
        draft: Draft | None = getattr(request, "put_back_draft", None)
        mark = draft.mark if draft else read_mark(request.POST)
        request.form_mark = mark or uuid4()  # type: ignore[attr-defined]
    return cast("UUID", request.form_mark)  # type: ignore[attr-defined]


def not_accepted(response: HttpResponse) -> HttpResponse:
    """Says of an answer that leads elsewhere that the form was not accepted: its words are kept."""
    response.form_not_accepted = True  # type: ignore[attr-defined]
    return response


def read_mark(given: QueryDict) -> UUID | None:
    """A form's own mark, where what was sent has one."""
    try:
        return UUID(given.get(MARK, ""))
    except ValueError:
        return None


def kept_form(path: str) -> ResolverMatch | None:
    """The page of this address, if its form is one that is kept."""
    try:
        match = resolve(path)
    except Http404:
        return None
    return match if hasattr(match.func, "kept_as") else None


def title_of(path: str) -> str:
    """What the form of this address is called; forms that no longer exist are said to be so."""
    match = kept_form(path)
    return str(match.func.kept_as) if match else "A form that is no longer here"  # type: ignore[attr-defined]


def subjects_of(path: str) -> list[int]:
    """The record that the form of this address is about, where its address says so."""
    match = kept_form(path)
    number = match.kwargs.get("subject_id") if match else None
    return [number] if number else []


class _NotJudged:
    """A form filled with what was typed before: it is shown as it is, and accepted only when it is sent."""

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict()

    def is_valid(self) -> bool:
        return False


def _offer(request: HttpRequest) -> None:
    """Before the page is shown: which words are put back, and which others were not sent from it."""
    viewer = viewer_of(request)
    draft = queries.draft_numbered(viewer, request.GET.get("draft", ""))
    if draft and draft.path == request.path:
        request.put_back_draft = draft  # type: ignore[attr-defined]
        about = {"title": title_of(draft.path), "subjects": subjects_of(draft.path)}
        actions.note_put_back(draft=draft, by=viewer, now=timezone.now(), **about)  # type: ignore[arg-type]
    request.unsent_here = queries.unsent_at(viewer, request.path, but=mark_of(request))  # type: ignore[attr-defined]


def _take(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """A form that was sent: accepted once, however often it is sent; what is not accepted is kept."""
    mark = read_mark(request.POST)
    if mark is None:
        return view()
    viewer, form, fields = viewer_of(request), FormAt(request.path, mark), fields_kept(request.POST.lists())
    one_at_a_time(viewer, mark)
    this = sent_as(mark, form.path, fields)
    before = queries.led_to(viewer, this)
    if before is not None:
        messages.info(request, SENT_BEFORE)
        return HttpResponseRedirect(before)
    try:
        response = view()
    except (Http404, PermissionDenied):  # such as a record that was closed to them while they wrote
        _keep(form, fields, viewer)
        messages.info(request, KEPT_INSTEAD)
        raise
    if 300 <= response.status_code < 400 and not hasattr(response, "form_not_accepted"):
        led_to = response["Location"]
        actions.accepted(form=form, sent_as=this, led_to=led_to, by=viewer, now=timezone.now())
    elif response.status_code < 500:
        _keep(form, fields, viewer)
    return response


def _keep(form: FormAt, fields: Fields, viewer: Viewer) -> None:
    """What was sent and not accepted stands on the page that answers it, so that too much is no loss."""
    try:
        actions.keep(form=form, fields=fields, by=viewer, now=timezone.now())
    except (actions.TooMuch, actions.AlreadySent):
        return
