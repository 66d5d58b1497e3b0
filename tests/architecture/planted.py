"""A small world whose every word can be recognised, and the addresses of every page about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from kith.foundations.access.actions import break_glass
from kith.foundations.access.models import Team
from kith.foundations.documents.actions import keep
from kith.foundations.documents.models import Document
from kith.foundations.documents.rules import Checked, Kind
from kith.foundations.drafts.models import Draft
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.actions.advice import Consulted, log_consultation
from kith.front_door.actions.checks import Asked, ask
from kith.front_door.actions.mailbox import take_email
from kith.front_door.checking import token_hash
from kith.front_door.models import CheckLink, Contact, MailKept
from kith.intelligence.actions import (
    FlagGiven,
    Given,
    Graded,
    NamedGiven,
    Recipient,
    approve,
    give,
    grade,
    make_version,
    pass_on,
    set_flag,
)
from kith.intelligence.models import Report
from kith.linkage.models import (
    Delivery,
    Judgement,
    Match,
    PartingRequest,
    ReferenceUnderReview,
    Reject,
    SourceRecord,
    UnderReview,
)
from kith.pathways.actions import open_work
from kith.subjects.models import Involvement, LinkEvidence, Reference, RestrictedPart, Subject
from kith.subjects.search import refresh
from tests.architecture.planted_bookings import plant_bookings
from tests.architecture.planted_case_audits import AUDITED, HANDED_IN, plant_case_audits
from tests.architecture.planted_caseload import plant_caseload
from tests.architecture.planted_contexts import WEIGHED, plant_contexts
from tests.architecture.planted_exchange import REFUSED, SENT, plant_exchange
from tests.architecture.planted_figures import plant_figures
from tests.architecture.planted_front_door import plant_decision
from tests.architecture.planted_group_assessments import plant_group_assessment
from tests.architecture.planted_missing import ABSENT, plant_missing
from tests.architecture.planted_missing_mail import LETTERED, plant_missing_mail
from tests.architecture.planted_moments import plant_moments
from tests.architecture.planted_networks import DRAWN, plant_networks
from tests.architecture.planted_places import plant_places
from tests.architecture.planted_problem_profiles import plant_problem_profiles
from tests.architecture.planted_profiles import KEPT, plant_profiles
from tests.architecture.planted_register import plant_register
from tests.architecture.planted_reports import plant_reports
from tests.architecture.planted_reviews import plant_reviews
from tests.architecture.planted_shared_places import plant_shared_place
from tests.architecture.planted_talks import BACK_CHILD, SAID_ON_RETURN, plant_talks
from tests.support.cast import (
    NOW,
    Cast,
    let_in,
    make_circle,
    make_entry,
    make_group,
    make_link,
    make_person,
    make_place,
)

NAMES = ("Zephyrine", "Quillfeather", "Brambleworth", "Wobblegate", "Yarrowmere")  # children, a group, a place
WORDS = ("Plumscribble", "Nettlewhisper", "Dandyprivate", "Foxgloveline", "Marchpaneway", "QX9 7ZZ", "Sphinxclinic")
UNDER_REVIEW = ("Tansydown", "Tansydowne")  # whom a data officer compares
REJECTED = "Teaselrow"  # in a row that could not be loaded, which a data officer mends
REASON = "Gorsewhisper rang because she must be found before tonight."  # why the glass was broken
UNSENT = "Cloudberryfold"  # typed by Asha and not sent: nobody else's, not even an administrator's
REPORTED, PASSED_ON, FLAGGED = "Cuckoowort", "Ladysmantle", "Honeywort"  # intelligence: given, passed on, flagged
SOURCE = "Snapdragonwell"  # who told whoever gave it
TOLD, ASKED = "Agrimonyfield", "Meadowsweetgate"  # at the front door: told, and asked of an agency
LINK = "a-link-that-was-planted"  # to a check, without an account
PLANTED = (
    *NAMES, *WORDS, *UNDER_REVIEW, REJECTED, "Gorsewhisper", UNSENT,
    REPORTED, PASSED_ON, FLAGGED, SOURCE,
    BACK_CHILD, SAID_ON_RETURN,
    BACK_CHILD,
    TOLD, ASKED, ABSENT, LETTERED, KEPT, SENT, REFUSED,
    DRAWN, AUDITED, HANDED_IN, WEIGHED,
)  # fmt: skip
FEED = "annex-a-adopters"  # one that is built in


@dataclass(frozen=True)
class World:
    """What was planted, and the number to put into an address for each of its parts."""

    child: Subject
    numbers: dict[str, Any] = field(default_factory=dict)


def plant(cast: Cast) -> World:
    """Plants; the kept files of deliveries go where `settings.DELIVERIES` points, so point it at a folder of the test.

    A child, a friend, a group, a place; entries, links, facts, a secret part, a broken glass, a match to decide."""
    now = timezone.now()
    child = make_person("Zephyrine Quillfeather", postcode="QX9 7ZZ", address="3 Marchpaneway")
    friend = make_person("Thaddea Brambleworth", headline=False)
    group = make_group("The Yarrowmere evening group")
    place = make_place("Wobblegate Park", address="Wobblegate Lane")
    for subject in (child, friend, group, place):
        let_in(subject, cast.east, cast.carol)
    private = {child.pk: "Dandyprivate, for her alone"}
    entry = make_entry("Plumscribble was said at school", child, friend, group, private=private, written_by=cast.asha)
    make_entry("Foxgloveline at the park", group, place, significant=True)
    make_link(child, friend, text="Nettlewhisper told us that they are friends", written_by=cast.asha)
    Subject.objects.filter(pk=child.pk).update(what_matters_now="Foxgloveline matters", what_matters_by=cast.asha,
                                               what_matters_at=NOW)  # fmt: skip
    Involvement.objects.create(subject=child, scope=child.scope, agency=cast.council, worker="Asha Rahman",
                               role="Social worker", recorded_at=NOW, is_lead=True)  # fmt: skip
    delivery = Delivery.objects.create(feed=FEED, file_name="planted.csv", sha256="0" * 64, bytes=1, received_at=NOW,
                                       state="loaded", rows_rejected=1, brought_by=cast.loader)  # fmt: skip
    reject = Reject.objects.create(delivery=delivery, row=3, reasons=["No date"], original={"name": REJECTED})
    folder = settings.DELIVERIES / delivery.sha256 / FEED
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rejects.csv").write_text(f"Row,What to mend,name\n3,No date,{REJECTED}\n")
    _secret_part(child, delivery)
    known = Reference.objects.create(system="council", key="C1", subject=child, scope=child.scope, first_seen=NOW)
    _say(known, child.scope, delivery, {"first_name": "Zephyrine", "address": "3 Marchpaneway", "postcode": "QX9 7ZZ"})
    broken = break_glass(viewer=cast.farah, subject_id=place.pk, scope=place.scope, reason=REASON, now=now)
    match, judgement = _under_review(cast, delivery)
    Draft.objects.create(viewer=cast.asha, path=f"/records/{child.pk}/what-matters", mark=uuid4(), kept_at=now,
                         fields={"text": [f"{UNSENT} rang"]})  # fmt: skip
    sent = Checked(name="Foxgloveline.txt", kind=Kind.TEXT, content=b"Plumscribble was said at school")
    keep(checked=sent, scope=child.scope, by=cast.asha, now=NOW)
    work = open_work(
        subject_id=child.pk, pathway="assessment", team=cast.east, because="Foxgloveline", by=cast.asha, now=now
    )
    refresh()
    intelligence = _intelligence(cast, child)
    plant_shared_place(child, WORDS[0])
    checks = _checks(cast)
    numbers = {
        "subject_id": child.pk,
        "work_id": work.pk,
        "entry_id": entry.pk,
        "document_id": Document.objects.get().pk,
        "evidence_id": LinkEvidence.objects.get(subject=child).pk,
        "match_id": match.pk,
        "judgement_id": judgement.pk,
        "request_id": PartingRequest.objects.get().pk,
        "broken_id": broken.pk,
        "viewer_id": cast.ben.pk,
        "delivery_id": delivery.pk,
        "reject_id": reject.pk,
        "slug": FEED,
        "pk": 1,
        "uidb36": "1",
        "key": "set-password",
        **intelligence,
        **plant_bookings(cast, REPORTED),
        **plant_group_assessment(cast, group, WORDS[0]),
        **checks,
        **plant_talks(cast),
        **plant_decision(cast, checks["contact_id"]),
        **plant_missing(cast, child),
        **plant_figures(cast),
        **plant_places(),
        **plant_caseload(cast),
        **plant_reports(cast),
        **plant_reviews(cast),
        **plant_case_audits(cast, child),
        **plant_contexts(cast, child),
        **plant_problem_profiles(cast),
        **plant_moments(cast, child),
        **plant_profiles(cast),
        **plant_networks(cast, child),
        **plant_missing_mail(),
        **plant_exchange(cast),
        **plant_register(),
    }
    return World(child, numbers)


def _secret_part(child: Subject, delivery: Delivery) -> None:
    scope = make_circle()
    RestrictedPart.objects.create(subject=child, audience="Sphinxclinic", scope=scope)
    reference = Reference.objects.create(system="clinic", key="S1", subject=child, scope=scope, first_seen=NOW)
    said = {"first_name": "Zephyrine", "note": "Sphinxclinic"}
    _say(reference, scope, delivery, said)


def _checks(cast: Cast) -> dict[str, Any]:
    """Farah asks Carol's school about somebody whom a contact names; there is a link to it too."""
    now = timezone.now()
    cast.carol.teams.add(Team.objects.create(agency=cast.school, name="Checks", work="checks"))
    told = Told("child", f"{TOLD} rang", WhoGave("public", name=TOLD), named=(NamedIn("person", "child", ASKED),))
    contact = Contact.objects.get(pk=receive(told=told, once=uuid4(), now=now).contact_id)
    named = list(contact.named.values_list("pk", flat=True))
    asked = Asked(contact.pk, f"What of {ASKED}?", "decide", "red", named=named)
    check = ask(asked=asked, agencies=[cast.school], once=uuid4(), by=cast.farah, now=now)[0]
    until = now + timedelta(days=1)
    CheckLink.objects.create(check_asked=check, scope=check.scope, token_hash=token_hash(LINK), made_at=now,
                             expires_at=until)  # fmt: skip
    asked_us = Consulted("named", TOLD, f"{TOLD} asks", "Advice", "advice", child_name=TOLD)
    consultation = log_consultation(consulted=asked_us, once=uuid4(), by=cast.farah, now=now)
    take_email(raw=f"{TOLD}, which is no letter".encode(), now=now)
    return {
        "contact_id": contact.pk,
        "check_id": check.pk,
        "token": LINK,
        "consultation_id": consultation.pk,
        "letter_id": MailKept.objects.get().pk,
    }


def _intelligence(cast: Cast, child: Subject) -> dict[str, Any]:
    """Carol gives, Kofi and Lena grade and approve, Asha's team receives it; Kofi flags a vehicle."""
    now = timezone.now()
    named = (NamedGiven("person", REPORTED),)
    from_whom = {"source_name": SOURCE, "source_reach": f"At {SOURCE} House"}
    given = Given(f"{REPORTED} was seen", "somebody", named=named, **from_whom)
    receipt = give(given=given, by=cast.carol, now=now)
    report = Report.objects.get(number=receipt.number)
    grade(report_id=report.pk, graded=Graded("2", "B", "P", "low"), by=cast.kofi, now=now)
    version = make_version(report_id=report.pk, text=f"{PASSED_ON} at times", about=[child.pk], by=cast.kofi, now=now)
    approve(version_id=version.pk, by=cast.lena, now=now)
    to = [Recipient(cast.council.pk, cast.east.pk)]
    passed = pass_on(version_id=version.pk, to=to, purpose="protect", basis="public-task", by=cast.kofi, now=now)
    until = timezone.localdate(now) + timedelta(days=30)
    flag = FlagGiven(FLAGGED, FLAGGED, cast.kofi.pk, until, until, vehicle="QX07 ZZZ")
    return {
        "report_id": report.pk,
        "named_id": report.named.get().pk,
        "passed_on_id": passed[0].pk,
        "flag_id": set_flag(flag=flag, by=cast.kofi, now=now).pk,
        "number": report.number,
    }


def _under_review(cast: Cast, delivery: Delivery) -> tuple[Match, Judgement]:
    sides = []
    for number, name in enumerate((*UNDER_REVIEW, "Tansydown", "Tansydown")):
        subject = make_person(f"Orla {name}", headline=False)
        reference = Reference.objects.create(
            system=f"system-{number}", key="1", subject=subject, scope=subject.scope, first_seen=NOW
        )
        facts = {"first_name": "Orla", "last_name": name, "date_of_birth": "2011-04-03"}
        _say(reference, subject.scope, delivery, facts)
        sides.append(reference)
    match = Match.objects.create(left=sides[0], right=sides[1], probability=0.6, weight=1.0, outcome="unsure",
                                 found_at=NOW, found_by="planted")  # fmt: skip
    UnderReview.objects.create(match=match, left_subject=sides[0].subject, right_subject=sides[1].subject)
    for side in sides[:2]:
        ReferenceUnderReview.objects.create(reference=side)
    judgement = Judgement.objects.create(left=sides[2], right=sides[3], verdict="different", reason="Tansydown",
                                         by=cast.gwen, at=NOW)  # fmt: skip
    PartingRequest.objects.create(chosen=[sides[0].pk], reason="Tansydown is another child", by=cast.asha, at=NOW)
    return match, judgement


def _say(reference: Reference, scope: Any, delivery: Delivery, facts: dict[str, str]) -> None:
    SourceRecord.objects.create(
        reference=reference, scope=scope, feed=FEED, delivery=delivery, row=1, facts=facts,
        stated_on=date(2026, 11, 1), fingerprint="f", first_seen=NOW, last_seen=NOW, is_child=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Route:
    """One address pattern: its name and the numbers it wants."""

    pattern: str
    name: str
    wants: tuple[str, ...]

    def address(self, numbers: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={key: numbers[key] for key in self.wants})


def every_route() -> list[Route]:
    """Each address of the site, included ones too."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, wanted: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern, wants = before + str(one.pattern), wanted + tuple(one.pattern.regex.groupindex)
        if isinstance(one, URLPattern):
            yield Route(pattern, one.name or "", wants)
        else:
            yield from _walk(one, pattern, wants)
