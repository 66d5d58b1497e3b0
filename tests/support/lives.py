"""A child's record as it looks after two years of several agencies' work, for pages and journeys.

Nobody here exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kith.foundations.access.models import Agency, Scope
from kith.linkage.models import Delivery, SourceRecord
from kith.subjects.models import Involvement, LinkEvidence, Reference, RestrictedPart, Subject
from tests.support.cast import (
    NOW,
    Cast,
    let_in,
    make_entry,
    make_group,
    make_link,
    make_person,
    make_place,
)

POLICE, SOCIAL_CARE, EDUCATION = "severnmouth-police", "council-childrens-social-care", "council-education"
AGENCIES = (
    {
        "key": POLICE,
        "name": "Severnmouth police",
        "kind": "police",
        "phone": "01632 960101",
        "out_of_hours": "01632 960102",
    },
    {"key": SOCIAL_CARE, "name": "Severnmouth children's social care", "kind": "social care", "phone": "01632 960100"},
    {"key": EDUCATION, "name": "Severnmouth education and inclusion", "kind": "education", "phone": "01632 960111"},
)
SAID = (
    (POLICE, "police-missing", "missing-episode", "Reported missing from her placement. Seen safe.", True),
    (EDUCATION, "school-safeguarding-log", "note", "Came in tired and hungry; breakfast club made a place.", False),
    (
        SOCIAL_CARE, "council-return-conversations", "return-interview",
        "Told her return interviewer that an older man offers lifts from the coach station.", True,
    ),
    (EDUCATION, "education-suspensions", "suspension", "Suspended for two days after an argument.", True),
    (SOCIAL_CARE, "ssd-cla-visits", "care-visit", "Visit. She talked about seeing her brother.", False),
    (POLICE, "police-stop-search", "note", "Officers spoke with young people by the skate ramp.", False),
)  # fmt: skip


@dataclass(frozen=True)
class Life:
    """Amara and those around her."""

    amara: Subject
    brother: Subject
    friend: Subject
    hidden_friend: Subject
    group: Subject
    park: Subject


def make_life(cast: Cast, *, months: int = 8) -> Life:
    """Amara Osei, open to Asha and Carol, with what seven sources say of her over some months."""
    made = [Agency.objects.update_or_create(key=given["key"], defaults=given)[0] for given in AGENCIES]
    agencies = {agency.key: agency for agency in made}
    life = _people()
    for subject in (life.amara, life.brother, life.friend, life.group, life.park):
        let_in(subject, cast.asha, because="Allocated social worker since 3 May 2026")
    let_in(life.amara, cast.carol, because="Designated safeguarding lead at her school")
    _happenings(life, agencies, months)
    _involve(life, cast, agencies[POLICE])
    _link(life)
    _say(life, cast)
    return life


def _people() -> Life:
    amara = make_person(
        known_as="Ama", pronouns="she/her", language="Twi", interpreter="Twi, for her aunt",
        in_care_since=date(2026, 5, 3),
        communication_needs="Short sentences; asks for time to think",
    )  # fmt: skip
    Subject.objects.filter(pk=amara.pk).update(
        what_matters_now="Lifts from the coach station on Fridays: ring her aunt first if she is late.",
        what_matters_at=NOW - timedelta(days=2),
    )
    park = make_place(
        address="Harbour Road", postcode="QX1 1AA", guardians="Nadia at the kiosk, Mr Cole the park keeper",
        unsafe_hours="Weekdays after school, 3 pm to 5 pm",
    )  # fmt: skip
    group = make_group(about="Four friends who were met at the park by the same adults.", review_on=date(2027, 1, 15))
    brother, friend = make_person("Kofi Osei", date_of_birth=date(2014, 2, 1)), make_person("Leo Whitcombe")
    return Life(amara, brother, friend, make_person("Noor Haddad", headline=False), group, park)


def _happenings(life: Life, agencies: dict[str, Agency], months: int) -> None:
    for index in range(months * 5):
        agency, feed, kind, summary, significant = SAID[index % len(SAID)]
        on = date(2026, 11, 2) - timedelta(days=index * 6)
        at = datetime(on.year, on.month, on.day, 16, 10, tzinfo=UTC) if agency == POLICE else None
        also = [life.friend, life.hidden_friend, life.park] if "skate ramp" in summary else []
        make_entry(
            summary, life.amara, *also, on=on, at=at, kind=kind, agency=agencies[agency], significant=significant,
            feed=feed, stated_on=on + timedelta(days=1),
        )  # fmt: skip
    make_entry(
        "I want somebody to ask me before they decide.", life.amara, on=date(2026, 10, 20), kind="own-words",
        agency=agencies[SOCIAL_CARE], feed="council-return-conversations", stated_on=date(2026, 10, 20),
    )  # fmt: skip


def _involve(life: Life, cast: Cast, police: Agency) -> None:
    told = {"subject": life.amara, "scope": life.amara.scope, "recorded_at": NOW}
    Involvement.objects.create(
        agency=cast.council, team="Contextual Safeguarding East", worker="Asha Rahman", role="Social worker",
        phone="01632 960111", since=date(2026, 5, 3), is_lead=True, **told,
    )  # fmt: skip
    Involvement.objects.create(
        agency=cast.school, worker="Carol Price", role="Designated safeguarding lead", since=date(2024, 9, 2), **told
    )
    Involvement.objects.create(
        agency=police, team="Missing team", role="Missing coordinator", since=date(2026, 6, 1), **told
    )
    Involvement.objects.create(
        agency=cast.council,
        worker="Tom Reyes",
        role="Social worker",
        since=date(2025, 1, 9),
        until=date(2026, 5, 2),
        **told,
    )


def _link(life: Life) -> None:
    amara = life.amara
    mother = make_person("Efua Osei", headline=False, is_child=False)
    aunt = make_person("Abena Mensah", headline=False, is_child=False)
    make_link(
        mother,
        amara,
        "parent-of",
        "Recorded as mother on the school roll",
        grade="recorded",
        feed="education-school-roll",
    )
    make_link(
        amara,
        life.brother,
        "sibling",
        "Recorded as brother by children's social care",
        grade="recorded",
        feed="council-return-conversations",
    )
    make_link(aunt, amara, "carer-of", "Kinship carer since May", grade="recorded", feed="council-return-conversations")
    make_link(
        amara,
        aunt,
        "household",
        "Lives with her aunt in placement",
        grade="recorded",
        feed="council-return-conversations",
    )
    make_link(
        amara,
        life.friend,
        "friend-of",
        "Told us that they are friends",
        grade="told",
        feed="council-return-conversations",
    )
    make_link(amara, life.friend, "friend-of", "Sit together at lunch", grade="seen", feed="education-school-roll")
    make_link(
        amara,
        life.hidden_friend,
        "seen-with",
        "Seen together by the coach station",
        grade="seen",
        feed="police-stop-search",
    )
    make_link(
        amara, life.friend, "seen-with", "Stopped together near the docks", grade="recorded", feed="police-stop-search",
        last_seen=date(2026, 3, 1),
    )  # fmt: skip
    make_link(
        amara, life.park, "gathers-at", "Named it as where she goes after school", grade="told",
        feed="council-return-conversations",
        last_seen=date(2025, 6, 1),
    )  # fmt: skip
    make_link(
        amara,
        life.group,
        "part-of",
        "Told us that she spends Fridays with them",
        grade="told",
        feed="council-return-conversations",
    )
    LinkEvidence.objects.filter(subject=life.group).update(outward=False)


def _say(life: Life, cast: Cast) -> None:
    shared = {"first_name": "Amara", "last_name": "Osei", "sex": "F", "postcode": "QX1 4QR"}
    said = {
        "education-school-roll": {
            **shared,
            "date_of_birth": "2010-12-08",
            "upn": "A820200195001",
            "school": "Harbour View Academy",
        },
        "ssd-person": {**shared, "date_of_birth": "2010-12-08", "language": "Twi"},
        "police-missing": {**shared, "last_name": "Osey", "date_of_birth": "2010-08-12"},
    }
    for feed, facts in said.items():
        _say_one(life.amara, life.amara.scope, feed, facts, cast)
    part = Scope.objects.create(kind="restricted")
    RestrictedPart.objects.create(subject=life.amara, audience="sexual health", scope=part)
    _say_one(life.amara, part, "health-sexual-health", {"first_name": "Amara", "gp": "Restricted Surgery"}, cast)


def _say_one(subject: Subject, scope: Scope, feed: str, facts: dict[str, str], cast: Cast) -> None:
    delivery = Delivery.objects.create(
        feed=feed,
        file_name=f"{feed}.csv",
        sha256=feed,
        bytes=1,
        received_at=NOW,
        state="loaded",
        brought_by=cast.loader,
    )
    reference = Reference.objects.create(
        system=feed, key=f"{subject.pk}", subject=subject, scope=subject.scope, first_seen=NOW
    )
    SourceRecord.objects.create(
        reference=reference, scope=scope, feed=feed, delivery=delivery, row=1, facts=facts, stated_on=date(2026, 11, 1),
        fingerprint=feed, first_seen=NOW, last_seen=NOW,
    )  # fmt: skip
