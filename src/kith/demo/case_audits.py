"""Case audits in the demonstration, by its own staff through ordinary actions. Run again, it writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from kith.case_audits.actions import auditing
from kith.case_audits.actions.auditing import Answer, ToDo
from kith.case_audits.actions.drawing import begin_drawn, open_audit
from kith.case_audits.actions.groups import NewGroup, begin_group
from kith.case_audits.actions.learning import Learned, NewRhythm, say_read, send_learning, set_rhythm
from kith.case_audits.actions.library import HandedIn, hand_in
from kith.case_audits.actions.programme import Came, note_meeting
from kith.case_audits.models import CaseAudit, Draw
from kith.case_audits.rules.drawing import by_lot
from kith.case_audits.rules.kinds import kinds
from kith.case_audits.rules.questions import form_on
from kith.case_audits.rules.rhythm import Rhythm
from kith.demo import cast
from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.subjects.models import Involvement, Subject

STORY = Path(__file__).parent / "case_audits.yaml"
SIX, SEED = 6, "demonstration"
QUARTER = timedelta(days=90)
UNMARKED = "Nothing to add: it is as it should be."


@transaction.atomic
def write_case_audits(*, now: datetime) -> int:
    """Farah audits the work of Asha with six children; answers how many are finished. Without children, none."""
    with viewing_as(system_viewer("demonstration")):
        if Draw.objects.exists():
            return 0
        farah, asha, carol = (Viewer.objects.get(email=one.email) for one in (cast.FARAH, cast.ASHA, cast.CAROL))
        lot = _children(asha)
        drawn = by_lot(lot, SEED, SIX)
        _let_in(farah, drawn, now - timedelta(days=60))
    told: dict[str, Any] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    for number, child in enumerate(drawn):
        audit = _begin(farah, child, lot, now - timedelta(days=40))
        if number < len(told["audits"]):
            _finish(audit, told["audits"][number], told["reason"], farah, asha, now)
    _programme(told, farah, carol, now)
    return min(len(drawn), len(told["audits"]))


def _children(asha: Viewer) -> list[int]:
    """Those with whom Asha leads the work, but for children whose story is told elsewhere."""
    led = Involvement.objects.filter(is_lead=True, ended_at=None, subject__person__is_child=True)
    mine = led.filter(worker_key__iexact=asha.email) | led.filter(email__iexact=asha.email)
    mine |= led.filter(worker=asha.name, agency=asha.agency)
    others = mine.exclude(subject__name__in=[child.name for child in cast.CHILDREN])
    return sorted(set(others.values_list("subject_id", flat=True)))


def _let_in(farah: Viewer, children: Sequence[int], at: datetime) -> None:
    because, by = "Audits how children of the team are helped", system_viewer("demonstration")
    for subject in Subject.objects.filter(pk__in=children):
        open_circle(scope=subject.scope, viewer=farah, because=because, reason_kind="added", by=by, now=at)


def _begin(farah: Viewer, child: int, lot: Sequence[int], at: datetime) -> int:
    kind = kinds(at.astimezone(HERE).date())["single"]
    with viewing_as(farah):
        made = begin_drawn(kind=kind, subject_ids=lot, seed=SEED, subject_id=child, by=farah, now=at)
        return made.pk


def _finish(audit_id: int, said: dict[str, Any], reason: str, farah: Viewer, asha: Viewer, now: datetime) -> None:
    at = now - timedelta(days=said["days_ago"])
    with viewing_as(farah):
        open_audit(audit=_audit(audit_id), reason=reason, by=farah, now=at)
        task = auditing.say_today(audit=_audit(audit_id), needed=said["today"], by=farah, now=at)
        answers = {
            one.key: Answer(said["judged"][one.key], said["words"].get(one.key, UNMARKED))
            for one in form_on(at.astimezone(HERE).date()).questions
        }
        auditing.write_part(audit=_audit(audit_id), answers=answers, by=farah, now=at + timedelta(hours=2))
        auditing.complete_audit(audit=_audit(audit_id), by=farah, now=at + timedelta(hours=2))
        asked = _ask(audit_id, said, farah, asha, at + timedelta(hours=3))
    with viewing_as(asha):
        if task:
            auditing.do_action(action=task, came_of=said["today_done"], by=asha, now=at + timedelta(hours=5))
        if asked and said["action"].get("done"):
            auditing.do_action(action=asked, came_of=said["action"]["done"], by=asha, now=at + timedelta(days=9))
        if said.get("reflection"):
            words = said["reflection"]
            auditing.reflect(audit=_audit(audit_id), words=words, by=asha, now=at + timedelta(days=2))


def _ask(audit_id: int, said: dict[str, Any], farah: Viewer, asha: Viewer, at: datetime) -> Any:
    if "action" not in said:
        return None
    due = at.astimezone(HERE).date() + timedelta(days=said["action"]["days"])
    to_do = ToDo(said["action"]["what"], asha, due)
    return auditing.set_action(audit=_audit(audit_id), to_do=to_do, by=farah, now=at)


def _audit(audit_id: int) -> CaseAudit:
    """As it stands now."""
    return CaseAudit.objects.select_related("auditor", "worker", "scope", "subject").get(pk=audit_id)


def _programme(told: dict[str, Any], farah: Viewer, carol: Viewer, now: datetime) -> None:
    today = now.astimezone(HERE).date()
    with viewing_as(farah):
        for one in told["meetings"]:
            came = {key: key in one["came"] for key in told["asked"]}
            held = today - timedelta(days=one["days_ago"])
            note_meeting(meeting=Came("multi-agency", held, came, told["not_there"]), by=farah, now=now)
        group = told["group"]
        begun = NewGroup(**group["said"], at=time(10), first_on=today - timedelta(days=group["days_ago"]), chair=farah)
        met = begin_group(group=begun, by=farah, now=now)
        came = {key: key in group["came"] for key in begun.agencies}
        for weeks in group["held"]:
            on = begun.first_on + timedelta(weeks=weeks)
            note_meeting(meeting=Came(met.kind, on, came, {}, met, on), by=farah, now=now)
        month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        words = {key: told[key] for key in ("good", "keeps_coming_up", "you_said", "we_did")}
        first = today - timedelta(days=2)
        set_rhythm(rhythm=NewRhythm(Rhythm.FORTNIGHT, first, farah), by=farah, now=now - timedelta(days=2))
        sent = send_learning(learned=Learned(month, **words), by=farah, now=now)
        say_read(learning=sent, by=farah, now=now)
    with viewing_as(carol):
        hand_in(audit=HandedIn(since=today - QUARTER, until=today, **told["handed_in"]), by=carol, now=now)
