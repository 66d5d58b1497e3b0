"""Calls whose fields could not be taken: kept as they came, put right or set aside by a data officer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from kith.exchange.actions.calls import Called
from kith.exchange.actions.keys import JOB
from kith.exchange.actions.sent import NoSuchNumber, SentBefore, take_report, take_return
from kith.exchange.bodies import report_told, return_body
from kith.exchange.locking import one_at_a_time
from kith.exchange.models import NUMBER, ApiKey, RefusedCall, SentReport
from kith.exchange.permissions import check_can_mend
from kith.exchange.rules.fields import Wrong, WrongFields
from kith.exchange.rules.strict_json import NotJson, read_json
from kith.foundations.access.actions import partnership_scope, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import Role
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.missing.actions import NotATime

CAME = "A call about a missing child could not be taken: put it right"
DECIDED = "This call was put right or set aside already."
NO_REASON = "Say why nothing is to be done with it."
OTHER_NUMBER = "Its agency told of another absence under this number."
NOT_TOLD = "Its agency has told nothing under this number, so nobody can be back."


class StillWrong(Exception):  # noqa: N818 - reads as what is said
    """It cannot be taken as it is written now either: a sentence for each thing that is wrong."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(" ".join(said))
        self.said = said


@transaction.atomic
def keep_refused(
    *, called: Called, raw: bytes, detail: str, reasons: Mapping[str, str], by: Viewer, now: datetime
) -> None:
    """Keeps a call that was refused; the same one again is counted. Data officers are told once."""
    key = {"key_id": called.caller.key_id, "asked": called.asked, "body_sha256": called.body_sha256}
    with viewing_as(system_viewer(JOB)):
        if RefusedCall.objects.filter(**key, decided_at=None).update(times=F("times") + 1, last_at=now):
            return
        refused = RefusedCall.objects.create(
            **key, **_of(called, raw), agency=called.caller.agency, body=raw.decode(), detail=_kept(detail)[:400],
            reasons={_kept(name): _kept(what) for name, what in reasons.items()}, at=now, last_at=now,
        )  # fmt: skip
        officers = list(Viewer.objects.filter(role=Role.DATA_OFFICER.value, is_active=True))
        what = f"An agency’s system sent what could not be taken: refused call {refused.pk}"
        record(viewer=by, action="send-refused", what=what, because=_kept(", ".join(sorted(reasons)))[:300], now=now)
        path, about = reverse("refused-call", args=[refused.pk]), f"refused:{refused.pk}"
        news = News(CAME, path, about, about, urgent=True)
        tell(viewers=officers, news=news, scope=partnership_scope(), now=now)


def _of(called: Called, raw: bytes) -> dict[str, Any]:
    """Which absence it tells of, as far as that can be read."""
    _, _, path = called.asked.partition(" ")
    opening = reverse("api-missing") + "/"
    if path.startswith(opening):
        return {"of_return": True, "number": path.removeprefix(opening).removesuffix("/return")[:NUMBER]}
    body = json.loads(raw)
    said = body.get("number") if isinstance(body, dict) else ""
    return {"number": _kept(said)[:NUMBER] if isinstance(said, str) else ""}


def _kept(said: str) -> str:
    """Without what no database takes, such as half a character."""
    return said.encode("utf-8", "replace").decode().replace("\x00", "")


def close_refused(*, report: SentReport, of_return: bool, by: Viewer, now: datetime) -> None:
    """The agency sent it again, and it was taken: what was refused before under its number waits no more."""
    with viewing_as(system_viewer(JOB)):
        waits = RefusedCall.objects.filter(agency=report.agency_id, of_return=of_return, decided_at=None)
        waits.filter(number=report.number).update(decided_at=now, became=report)


@transaction.atomic
def put_right(*, refused_id: int, text: str, by: Viewer, now: datetime) -> SentReport:
    """Takes the call as it is written now, as if its agency had sent it so. Raises StillWrong, and NotAllowed."""
    call = _waiting(refused_id, by)
    with viewing_as(system_viewer(JOB)):
        system = ApiKey.objects.select_related("viewer").get(pk=call.key_id).viewer
    one_at_a_time(system)
    report = _taken(call, text, system, now)
    call.decided_at, call.decided_by, call.became = now, by, report
    call.save(update_fields=["decided_at", "decided_by", "became"])
    what = f"Put refused call {call.pk} right: report {report.pk}"
    record(viewer=by, action="put-refused-right", what=what, because=call.detail[:300], now=now)
    return report


def _taken(call: RefusedCall, text: str, system: Viewer, now: datetime) -> SentReport:
    try:
        body = read_json(text.encode())
        if not call.of_return:
            return take_report(told=report_told(body, now), sent=body, by=system, now=now)[0]
        told = return_body().read(body, now)
        return take_return(number=call.number, told=told, sent=body, by=system, now=now)[0]
    except WrongFields as wrong:
        raise StillWrong([f"“{name}” {what}." for name, what in wrong.said.items()]) from None
    except (Wrong, NotJson) as wrong:
        raise StillWrong([f"The body {wrong}." if isinstance(wrong, Wrong) else str(wrong)]) from None
    except NotATime as wrong:
        raise StillWrong([str(wrong)]) from None
    except SentBefore:
        raise StillWrong([OTHER_NUMBER]) from None
    except NoSuchNumber:
        raise StillWrong([NOT_TOLD]) from None


@transaction.atomic
def set_refused_aside(*, refused_id: int, because: str, by: Viewer, now: datetime) -> RefusedCall:
    """Nothing is to be done with it, for a reason. It is kept whole."""
    call = _waiting(refused_id, by)
    if not because.strip():
        raise NotAllowed(NO_REASON)
    call.decided_at, call.decided_by, call.set_aside_because = now, by, because.strip()[:300]
    call.save(update_fields=["decided_at", "decided_by", "set_aside_because"])
    record(
        viewer=by, action="set-refused-aside", what=f"Set refused call {call.pk} aside", because=because[:300], now=now
    )
    return call


def _waiting(refused_id: int, by: Viewer) -> RefusedCall:
    check_can_mend(by)
    call = RefusedCall.objects.select_for_update(of=("self",)).get(pk=refused_id)
    if call.decided_at is not None:
        raise NotAllowed(DECIDED)
    return call
