"""The addresses that another agency's system calls: a child is missing, a child is back, what it has told."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.exchange.actions.calls import Answer, Called, OtherBody, answer_once
from kith.exchange.actions.keys import JOB, Caller
from kith.exchange.actions.refused import close_refused, keep_refused
from kith.exchange.actions.sent import NoSuchNumber, SentBefore, take_report, take_return
from kith.exchange.bodies import report_told, return_body
from kith.exchange.openapi import description
from kith.exchange.presenters.answers import said_of
from kith.exchange.queries.sent import of_number
from kith.exchange.rules.fields import Wrong, WrongFields
from kith.exchange.rules.missing_api import LONGEST_BODY, NUMBER, NUMBER_LENGTH, ONCE
from kith.exchange.rules.strict_json import NotJson, read_json
from kith.exchange.views.bearer import for_systems
from kith.exchange.views.problems import Problem
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions import NotATime

if TYPE_CHECKING:
    from datetime import datetime

    from kith.exchange.models import SentReport

NO_NUMBER = "Your agency has told nothing under this number."
OTHER_BODY = "This Idempotency-Key came before with another body or address. Take a new one for another call."
TAKEN = "Your agency told of another absence under this number. Each absence has a number of its own."
MARK = "Send an Idempotency-Key of your own for this call, 1 to 200 letters and figures, such as a UUID."
NOT_TAKEN = "Some fields cannot be taken, so nobody who searches knows of it yet: mend them and send the report again."


def _report(request: HttpRequest, *, caller: Caller) -> HttpResponse:
    """A child is missing: 201 on the child's record, 202 kept until a person has said who is meant."""
    now = timezone.now()

    def act(body: Any) -> Answer:
        told = _read(lambda: report_told(body, now))
        try:
            report, new = take_report(told=told, sent=body, by=caller.viewer, now=now)
        except SentBefore:
            raise Problem(409, TAKEN) from None
        close_refused(report=report, of_return=False, by=caller.viewer, now=now)
        return _answer(report, new)

    return _once(request, caller, act, now)


def _return(request: HttpRequest, number: str, *, caller: Caller) -> HttpResponse:
    """A child is back: 201 on the child's record, 202 kept with the report."""
    now = timezone.now()
    _check_number(number)

    def act(body: Any) -> Answer:
        told = _read(lambda: return_body().read(body, now))
        try:
            report, new = take_return(number=number, told=told, sent=body, by=caller.viewer, now=now)
        except NoSuchNumber:
            raise Problem(404, NO_NUMBER) from None
        except NotATime as wrong:
            raise Problem(422, NOT_TAKEN, {"back_at": f"cannot be right. {wrong}".rstrip(".")}) from None
        close_refused(report=report, of_return=True, by=caller.viewer, now=now)
        return _answer(report, new)

    return _once(request, caller, act, now)


def _state(request: HttpRequest, number: str, *, caller: Caller) -> HttpResponse:
    """As far as this agency told it, and Kith's reference; nothing that anybody else said."""
    _check_number(number)
    with viewing_as(system_viewer(JOB)):
        report = of_number(caller.agency.pk, number)
        if report is None:
            raise Problem(404, NO_NUMBER)
        what = f"An agency’s system asked what it had told: report {report.pk}"
        record(viewer=caller.viewer, action="read-sent", what=what, now=timezone.now())
        return _json(200, json.dumps(said_of(report)))


report = for_systems(POST=_report)
back = for_systems(POST=_return)
state = for_systems(GET=_state)


@require_safe
@login_not_required
def openapi(request: HttpRequest) -> HttpResponse:
    """What may be called and how, for whoever writes the other system."""
    return _json(200, json.dumps(description(request.build_absolute_uri("/").rstrip("/")), indent=1))


def _once(request: HttpRequest, caller: Caller, act: Any, now: datetime) -> HttpResponse:
    mark = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(ONCE, mark, re.ASCII):
        raise Problem(400, MARK)
    raw = _raw(request)
    asked = f"{request.method} {request.path}"[:200]
    called = Called(caller, mark, asked, sha256(raw).hexdigest())
    try:
        answer = answer_once(called=called, act=lambda: act(_parsed(raw)), by=caller.viewer, now=now)
    except OtherBody:
        raise Problem(409, OTHER_BODY) from None
    except Problem as wrong:
        if wrong.status == 422:
            keep_refused(called=called, raw=raw, detail=wrong.detail, reasons=wrong.fields, by=caller.viewer, now=now)
        raise
    response = _json(answer.status, answer.text)
    if answer.location:
        response["Location"] = answer.location
    if answer.again:
        response["Idempotency-Replayed"] = "true"
    return response


def _raw(request: HttpRequest) -> bytes:
    """The body, no more of it read than may be sent."""
    if request.content_type != "application/json":
        raise Problem(415, "Send the body as application/json.")
    said = request.headers.get("Content-Length", "")
    if said.isascii() and said.isdigit() and int(said[:20]) > LONGEST_BODY:
        raise Problem(413, f"The body may have {LONGEST_BODY} bytes.")
    try:
        raw = request.read(LONGEST_BODY + 1)
    except (UnreadablePostError, RawPostDataException):
        raise Problem(400, "The body could not be read to its end.") from None
    if len(raw) > LONGEST_BODY:
        raise Problem(413, f"The body may have {LONGEST_BODY} bytes.")
    if not raw:
        raise Problem(400, "The body is empty. Send it whole, with its Content-Length.")
    return raw


def _parsed(raw: bytes) -> Any:
    try:
        return read_json(raw)
    except NotJson as wrong:
        raise Problem(400, str(wrong)) from None


def _read(reading: Any) -> dict[str, Any]:
    try:
        told: dict[str, Any] = reading()
    except WrongFields as wrong:
        raise Problem(422, NOT_TAKEN, wrong.said) from None
    except Wrong as wrong:
        raise Problem(422, f"The body {wrong}.") from None
    return told


def _check_number(number: str) -> None:
    if len(number) > NUMBER_LENGTH or not re.fullmatch(NUMBER, number, re.ASCII):
        raise Problem(404, NO_NUMBER)


def _answer(report: SentReport, new: bool) -> Answer:
    """201 or 202 for what is new, by whether it stands on a record; 200 where it was told before."""
    stands = report.back_stands if report.back else report.account_id is not None
    status = (201 if stands else 202) if new else 200
    return Answer(status, json.dumps(said_of(report)), reverse("api-missing-number", args=[report.number]))


def _json(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="application/json")
