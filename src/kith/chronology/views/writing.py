"""Write a note, or put a corrected one in place of one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.chronology.actions import correct_entry, write_entry
from kith.chronology.forms import CorrectionForm, EntryForm, Parts
from kith.chronology.permissions import check_can_correct
from kith.chronology.queries import entry_seen, parts_of, stands_instead
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, not_accepted, put_back
from kith.subjects.permissions import check_can_write
from kith.subjects.queries import NOUGHT, chosen, found_by_words, named_in, suggested

NOBODY = "Choose at least one person, group or place that this is about"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A note")
def entry_new(request: HttpRequest) -> HttpResponse:
    """One page: what happened, when, about whom, and what belongs to each alone."""
    viewer = viewer_of(request)
    check_can_write(viewer)
    today = timezone.localdate()
    parts = Parts.typed(request.POST if request.method == "POST" else put_back(request) or request.GET)
    form = fill(request, EntryForm, today=today, initial={"on": today, "kind": "note"})
    if not _ready(request, form, parts):
        return _page(request, viewer, form, parts, title="Write a note")
    about = parts.as_about()
    entry = write_entry(written=form.written(), about=about, by=viewer, now=timezone.now(), once=form.once)
    messages.success(request, f"Your note stands on {_records(len(about))}.")
    return _to_entry(about[0].subject_id, entry.pk, form.cleaned_data["on"])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A corrected note")
def entry_correct(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The same page, filled with the entry as it stands, and a line on what was wrong."""
    viewer = viewer_of(request)
    entry = entry_seen(entry_id)
    if entry is None:
        return not_accepted(_to_what_stands_instead(viewer, entry_id))
    check_can_correct(viewer, entry)
    typed = request.POST if request.method == "POST" else put_back(request)
    parts = Parts(*parts_of(entry)) if typed is None else Parts.typed(typed)
    as_it_stands = {"text": entry.summary, "on": entry.on, "kind": entry.kind, "significant": entry.significant}
    at = timezone.localtime(entry.at).time() if entry.at else None
    form = fill(request, CorrectionForm, today=timezone.localdate(), initial={**as_it_stands, "time": at})
    if not _ready(request, form, parts):
        return _page(request, viewer, form, parts, title="Correct your note")
    about = parts.as_about()
    given = {"written": form.written(), "because": form.cleaned_data["because"], "once": form.once}
    new = correct_entry(entry_id=entry.pk, about=about, **given, by=viewer, now=timezone.now())
    messages.success(request, "The corrected note stands in place of the old one, which can still be read behind it.")
    return _to_entry(about[0].subject_id, new.pk, form.cleaned_data["on"])


def _to_what_stands_instead(viewer: Viewer, entry_id: int) -> HttpResponse:
    """Where the answer to a correction was lost and it is sent again: it stands already."""
    new = stands_instead(entry_id, viewer.pk)
    subjects = parts_of(new)[0] if new else ()
    if new is None or not subjects:
        raise Http404
    return _to_entry(subjects[0], new.pk, new.on)


def _ready(request: HttpRequest, form: EntryForm, parts: Parts) -> bool:
    """Whether everything was given and it is to be saved, rather than somebody found, added or taken away."""
    if request.method != "POST":
        return False
    if "save" not in request.POST:
        form.keep_what_was_typed()
        return False
    if not parts.about:
        form.add_error("find", NOBODY)
    return form.is_valid()


def _page(request: HttpRequest, viewer: Viewer, form: EntryForm, parts: Parts, title: str) -> HttpResponse:
    now = timezone.now()
    typed = request.POST.get("find", "").replace(NOUGHT, "").strip() if "look" in request.POST else ""
    found = found_by_words(typed, parts.about, timezone.localdate(now))
    if typed:
        asked = {"what": f"Looked for whom to write about: {typed}", "subjects": [one.subject_id for one in found]}
        record(viewer=viewer, action="search", now=now, **asked)  # type: ignore[arg-type]
    shown: dict[str, Any] = {
        "title": title,
        "form": form,
        "chosen": [(one, parts.private_text(one.subject_id)) for one in chosen(parts.about)],
        "found": found,
        "looked_for": typed,
        "suggested": () if typed else suggested(viewer, parts.about, now),
        "named": named_in(viewer, str(form["text"].value() or ""), parts.about, now),
    }
    return render(request, "chronology/write.jinja", shown)


def _to_entry(subject_id: int, entry_id: int, on: Any) -> HttpResponse:
    to = redirect("record-chronology", subject_id)
    to["Location"] += f"?month={on:%Y-%m}#entry-{entry_id}"
    return to


def _records(number: int) -> str:
    return "one record" if number == 1 else f"{number} records"
