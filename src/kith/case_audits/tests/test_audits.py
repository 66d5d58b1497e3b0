"""A case audit from the lot to the second look, as each of those who have a part in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.case_audits.actions.auditing import Answer, complete_audit, say_today, write_part
from kith.case_audits.actions.drawing import audit_again, begin_drawn, draw, open_audit
from kith.case_audits.models import AuditAction, CaseAudit, Draw, Judged
from kith.case_audits.permissions import FIRST_TODAY, OWN_CHILD, SAY_WHY
from kith.case_audits.queries.lots import lot
from kith.case_audits.rules.drawing import by_lot
from kith.case_audits.rules.kinds import Lot, kinds
from kith.case_audits.rules.questions import form_on
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.announcing import announce
from kith.foundations.audit.models import AuditEvent
from kith.foundations.notices.models import Notice
from kith.linkage.facts import PeopleMoved
from kith.subjects.models import Involvement, Subject
from tests.support.cast import NOW, Cast, let_in, make_entry, make_person

pytestmark = pytest.mark.django_db
REASON = "Whether her own words stand in the plan"
KINDS = kinds(date(2026, 11, 20))


def child(cast: Cast, name: str = "Amara Osei", lead: Viewer | None = None) -> Subject:
    found = make_person(name)
    let_in(found, cast.east, cast.carol)
    lead = lead or cast.asha
    Involvement.objects.create(subject=found, scope=found.scope, agency=lead.agency, worker=lead.name,
                               role="Social worker", recorded_at=NOW, is_lead=True)  # fmt: skip
    return found


def begun(cast: Cast, about: Subject, kind: str = "single", *, opened: bool = True) -> CaseAudit:
    now = timezone.now()
    with viewing_as(cast.hana):
        audit = begin_drawn(kind=KINDS[kind], subject_ids=[about.pk], seed="s", subject_id=about.pk, by=cast.hana,
                            now=now)  # fmt: skip
        if opened:
            open_audit(audit=audit, reason=REASON, by=cast.hana, now=now)
            audit.refresh_from_db()
    return audit


def answers(judgement: str = "good") -> dict[str, Answer]:
    return {one.key: Answer(judgement, "Her words open the plan") for one in form_on(date.today()).questions}


def completed(cast: Cast, audit: CaseAudit) -> CaseAudit:
    now = timezone.now()
    with viewing_as(cast.hana):
        say_today(audit=audit, needed="", by=cast.hana, now=now)
        audit.refresh_from_db()
        write_part(audit=audit, answers=answers(), by=cast.hana, now=now)
        complete_audit(audit=audit, by=cast.hana, now=now)
        audit.refresh_from_db()
    return audit


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def test_records_are_drawn_by_lot_and_the_draw_is_kept(client: Client, cast: Cast) -> None:
    people = [child(cast, f"Child{chr(97 + number)} Quay") for number in range(9)]
    client.force_login(cast.hana)
    assert client.post("/case-audits/draw", {"kind": "single", "how_many": "6"}).status_code == 302
    kept = Draw.objects.get()
    assert (kept.population, kept.drawn, kept.drawn_by) == (9, 6, cast.hana)
    drawn = [one.subject_id for one in kept.audits.all()]
    assert sorted(drawn) == sorted(by_lot([one.pk for one in people], kept.seed, 6))
    assert {one.worker for one in CaseAudit.objects.all()} == {cast.asha}
    assert "For me to audit" in page(client, cast.hana, "/case-audits/mine").text
    assert kept.seed in page(client, cast.hana, "/case-audits/").text


def test_nobody_audits_a_child_with_whom_they_work(cast: Cast) -> None:
    own, other = child(cast, "Own Child", cast.hana), child(cast, "Other Child")
    now = timezone.now()
    with viewing_as(cast.hana):
        assert lot(Lot.WORK, cast.hana, now) == [other.pk]
        with pytest.raises(NotAllowed, match="somebody else audits"):
            begin_drawn(kind=KINDS["single"], subject_ids=[own.pk], seed="s", subject_id=own.pk, by=cast.hana, now=now)
    assert OWN_CHILD.startswith("You work")


def test_only_records_that_are_open_are_in_a_lot(cast: Cast) -> None:
    hidden, seen = make_person("Zephyr Elsewhere"), child(cast, "Seen Child")
    let_in(hidden, cast.carol)
    for about in (hidden, seen):
        for number, kind in enumerate(("referral", "contact", "referral")):
            make_entry("Told", about, kind=kind, on=timezone.localdate() - timedelta(days=30 * number))
    with viewing_as(cast.hana):
        assert lot(Lot.AGAIN, cast.hana, timezone.now()) == [seen.pk]


def test_the_lot_of_children_referred_again_and_of_neglect(cast: Cast) -> None:
    today = timezone.localdate()
    once, again, long_ago, neglect = (child(cast, name) for name in ("A One", "B Two", "C Long", "D Plan"))
    make_entry("Told", once, kind="referral", on=today)
    for about, days in ((again, (5, 200)), (long_ago, (500, 600))):
        for back in days:
            make_entry("Told", about, kind="referral", on=today - timedelta(days=back))
    make_entry("Child protection plan: neglect", neglect, kind="child-protection-plan", on=today)
    make_entry("Child protection plan: emotional abuse", once, kind="child-protection-plan", on=today)
    with viewing_as(cast.hana):
        assert lot(Lot.AGAIN, cast.hana, timezone.now()) == [again.pk]
        assert lot(Lot.NEGLECT, cast.hana, timezone.now()) == [neglect.pk]


def test_drawing_is_for_managers_of_the_partnership(client: Client, cast: Cast) -> None:
    child(cast)
    for who in (cast.asha, cast.carol, cast.dev, cast.uma, cast.vera, cast.ellis, cast.idris):
        page(client, who, "/case-audits/draw", 403)
        with viewing_as(who), pytest.raises(NotAllowed):
            draw(kind=KINDS["single"], how_many=1, by=who, now=timezone.now())


def test_a_record_is_opened_with_a_reason_that_is_kept(client: Client, cast: Cast) -> None:
    audit = begun(cast, child(cast), opened=False)
    address = f"/case-audits/{audit.pk}/open"
    client.force_login(cast.hana)
    for reason in ("", "because"):
        answer = client.post(address, {"reason": reason})
        assert answer.status_code == 422
    assert SAY_WHY in answer.content.decode()
    assert client.get(f"/case-audits/{audit.pk}/today").headers["Location"] == address
    assert client.post(address, {"reason": REASON}).status_code == 302
    kept = AuditEvent.objects.get(action="open-sample")
    assert kept.subjects == [audit.subject_id]
    assert REASON in kept.what


def test_what_a_child_needs_today_is_a_task_at_once(client: Client, cast: Cast) -> None:
    audit = begun(cast, child(cast))
    client.force_login(cast.hana)
    address = f"/case-audits/{audit.pk}/today"
    assert client.post(address, {"needed": "yes", "what": ""}).status_code == 422
    assert client.post(address, {"needed": "yes", "what": "Ring her tonight"}).status_code == 302
    task = AuditAction.objects.get()
    assert (task.owner, task.is_today, task.due_on) == (cast.asha, True, timezone.localdate())
    told = Notice.objects.filter(once__startswith="case-audit-today")
    assert {one.viewer for one in told} == {cast.asha, cast.hana}
    assert all(one.pushed and "Amara" not in one.text for one in told)
    assert "Ring her tonight" in page(client, cast.asha, "/").text
    client.post(f"/case-audits/actions/{task.pk}", {"came_of": "Rang, and she is at her aunt’s"})
    assert "Ring her tonight" not in page(client, cast.asha, "/").text
    assert "at her aunt" in page(client, cast.hana, f"/case-audits/{audit.pk}").text


def test_the_first_question_comes_first(client: Client, cast: Cast) -> None:
    audit = begun(cast, child(cast))
    assert FIRST_TODAY in page(client, cast.hana, f"/case-audits/{audit.pk}/questions", 403).text
    with viewing_as(cast.hana), pytest.raises(NotAllowed, match="Say first"):
        complete_audit(audit=audit, by=cast.hana, now=timezone.now())


def test_an_audit_is_answered_finished_read_and_reflected_on(client: Client, cast: Cast) -> None:
    audit = begun(cast, child(cast))
    client.force_login(cast.hana)
    client.post(f"/case-audits/{audit.pk}/today", {"needed": "no"})
    asked = form_on(timezone.localdate()).questions
    said: dict[str, Any] = {f"{one.key}_words": "Seen" for one in asked}
    said |= {f"{one.key}_judgement": "improve" for one in asked}
    address = f"/case-audits/{audit.pk}/questions"
    assert client.post(address, {**said, "voice_judgement": ""}).status_code == 422
    assert client.post(address, said).status_code == 302
    client.post(f"/case-audits/{audit.pk}/complete")
    audit.refresh_from_db()
    assert audit.completed_at
    assert Notice.objects.filter(viewer=cast.asha, once=f"case-audit-completed:{audit.pk}").exists()
    assert "Audits of my work to read" in page(client, cast.asha, "/case-audits/mine").text
    assert client.post(f"/case-audits/{audit.pk}/reflect", {"words": "I missed her aunt"}).status_code == 302
    shown = page(client, cast.hana, f"/case-audits/{audit.pk}").text
    assert "I missed her aunt" in shown
    assert "Needs to improve" in shown
    counted = Judged.objects.get()
    assert set(counted.judgements.values()) == {"improve"}
    assert counted.is_whole
    assert counted.month.day == 1


def test_a_finished_audit_is_not_changed_and_is_reflected_on_by_the_worker_alone(client: Client, cast: Cast) -> None:
    audit = completed(cast, begun(cast, child(cast)))
    page(client, cast.hana, f"/case-audits/{audit.pk}/questions", 403)
    page(client, cast.ben, f"/case-audits/{audit.pk}/reflect", 403)
    client.force_login(cast.ben)
    assert client.post(f"/case-audits/{audit.pk}/reflect", {"words": "Mine now"}).status_code == 403
    assert client.post(f"/case-audits/{audit.pk}/complete").status_code == 403


def test_an_action_stands_on_its_owners_desk_and_a_second_look_closes_the_first(client: Client, cast: Cast) -> None:
    audit = completed(cast, begun(cast, child(cast)))
    client.force_login(cast.hana)
    due = timezone.localdate() + timedelta(days=14)
    asked = {"what": "Ask the aunt to the next meeting", "owner": str(cast.asha.pk), "due_on_0": str(due.day),
             "due_on_1": str(due.month), "due_on_2": str(due.year)}  # fmt: skip
    found = page(client, cast.hana, f"/case-audits/{audit.pk}/actions/new")
    boxes = [box["name"] for box in found.select("input[inputmode=numeric]")]
    asked |= dict(zip(boxes, (due.day, due.month, due.year), strict=True))
    assert client.post(f"/case-audits/{audit.pk}/actions/new", asked).status_code == 302
    assert "Ask the aunt" in page(client, cast.asha, "/").text
    client.force_login(cast.hana)
    assert client.post(f"/case-audits/{audit.pk}/again").status_code == 302
    again = CaseAudit.objects.get(again_of=audit)
    with viewing_as(cast.hana):
        open_audit(audit=again, reason=REASON, by=cast.hana, now=timezone.now())
        again.refresh_from_db()
        completed(cast, again)
        audit.refresh_from_db()
        assert audit.closed_at
        with pytest.raises(NotAllowed):
            audit_again(audit=audit, by=cast.hana, now=timezone.now())
    assert "Audited again and closed" in page(client, cast.asha, f"/case-audits/{audit.pk}").text


def test_each_agency_answers_its_own_part_of_an_audit_of_several(client: Client, cast: Cast) -> None:
    about = child(cast)
    several, single = begun(cast, about, "multi-agency"), begun(cast, child(cast, "Leo Whitcombe"))
    for one in (several, single):
        with viewing_as(cast.hana):
            say_today(audit=one, needed="", by=cast.hana, now=timezone.now())
    assert "For our agency to answer" in page(client, cast.carol, "/case-audits/mine").text
    page(client, cast.carol, f"/case-audits/{single.pk}/questions", 403)
    page(client, cast.ben, f"/case-audits/{several.pk}/questions", 403)  # the auditor's own agency
    asked = form_on(timezone.localdate()).questions
    said = {f"{one.key}_words": "School saw it" for one in asked} | {f"{one.key}_judgement": "good" for one in asked}
    client.force_login(cast.carol)
    assert client.post(f"/case-audits/{several.pk}/questions", said).status_code == 302
    completed(cast, CaseAudit.objects.select_related("auditor").get(pk=several.pk))
    shown = page(client, cast.asha, f"/case-audits/{several.pk}").text
    assert "Harbour View Academy." in shown
    assert "Severnmouth Council." in shown
    assert sorted(Judged.objects.values_list("agency__key", "is_whole")) == [("council", True), ("harbour-view", False)]
    assert Agency.objects.get(key="harbour-view").name in page(client, cast.vera, "/case-audits/").text


def test_whoever_may_not_know_the_child_finds_no_audit(client: Client, cast: Cast) -> None:
    audit = begun(cast, child(cast))
    for who, status in ((cast.farah, 404), (cast.dev, 404), (cast.vera, 403), (cast.ellis, 403), (cast.uma, 403)):
        page(client, who, f"/case-audits/{audit.pk}", status)
    with viewing_as(cast.farah):
        assert not CaseAudit.objects.exists()
    with viewing_as(cast.dev):
        assert not Draw.objects.exists()


def test_an_audit_follows_a_record_that_was_joined_into_another(cast: Cast) -> None:
    about, whole = child(cast), child(cast, "Amara Osei-Mensah")
    audit = begun(cast, about)
    with viewing_as(cast.hana):
        say_today(audit=audit, needed="Ring her tonight", by=cast.hana, now=timezone.now())
    Subject.objects.filter(pk=about.pk).update(joined_into=whole)
    announce(PeopleMoved(frozenset({about.pk, whole.pk}), cast.hana, timezone.now()))
    with viewing_as(cast.asha):
        moved = CaseAudit.objects.get(pk=audit.pk)
        assert (moved.subject_id, moved.scope_id) == (whole.pk, whole.scope_id)
        assert AuditAction.objects.get().scope_id == whole.scope_id
