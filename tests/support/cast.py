"""The people of every database test, and small factories for what they see.

Asha is Amara's social worker, Ben is in her team, Carol is in the circle from a partner agency, Dev works for
another authority and must see nothing, Ellis audits who looked. Farah works at the front door, Gwen looks
after data, Hana manages Asha's team, Idris adds and removes staff. Kofi and Lena grade intelligence for the
police, Mina keeps its sources. Pia runs a children's home, Quinn offers return conversations, Raj searches for the
police, Sol answers critical moments. Uma analyses for the partnership, Vera leads it. Nobody here exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.actions import join_partnership, open_circle, partnership_scope, system_viewer
from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.subjects.models import Group, Headline, LinkEvidence, Person, Place, Subject

NOW = datetime(2026, 11, 3, 16, 10, tzinfo=UTC)  # Tuesday 3 November 2026, 4:10 pm


@dataclass(frozen=True)
class Cast:
    """Agencies, teams and people. `everybody()` lists the people in the order of the alphabet."""

    council: Agency
    school: Agency
    elsewhere: Agency
    police: Agency
    east: Team
    front_door: Team
    intelligence: Team
    sources: Team
    asha: Viewer
    ben: Viewer
    carol: Viewer
    dev: Viewer
    ellis: Viewer
    farah: Viewer
    gwen: Viewer
    hana: Viewer
    idris: Viewer
    kofi: Viewer
    lena: Viewer
    mina: Viewer
    home: Agency
    at_home: Team
    missing: Team
    search: Team
    response: Team
    pia: Viewer
    quinn: Viewer
    raj: Viewer
    sol: Viewer
    uma: Viewer
    vera: Viewer
    loader: Viewer

    def everybody(self) -> list[Viewer]:
        return [
            self.asha,
            self.ben,
            self.carol,
            self.dev,
            self.ellis,
            self.farah,
            self.gwen,
            self.hana,
            self.idris,
            self.kofi,
            self.lena,
            self.mina,
            self.pia,
            self.quinn,
            self.raj,
            self.sol,
            self.uma,
            self.vera,
        ]


def make_cast() -> Cast:
    """Everybody, with their agencies and teams, and the partnership's headlines open to those who work with
    children.
    """
    council = Agency.objects.create(
        key="council",
        name="Severnmouth Council",
        kind="council",
        phone="01632 960100",
        out_of_hours="01632 960199",
    )
    school = Agency.objects.create(key="harbour-view", name="Harbour View Academy", kind="school", phone="01632 960103")
    partnership = Agency.objects.create(key="partnership", name="Severnmouth Partnership", kind="partnership")
    elsewhere = Agency.objects.create(key="westhaven", name="Westhaven Council", kind="council", in_partnership=False)
    east = Team.objects.create(agency=council, name="Contextual Safeguarding East", phone="01632 960110")
    front_door = Team.objects.create(agency=council, name="Front Door", work="front-door")
    west = Team.objects.create(agency=elsewhere, name="Children in Need West")
    police = Agency.objects.create(
        key="severnmouth-police", name="Severnmouth police", kind="police", phone="01632 960101"
    )
    intelligence = Team.objects.create(agency=police, name="Child Exploitation Intelligence", work="intelligence")
    sources = Team.objects.create(agency=police, name="Source Unit", work="sources")
    home = Agency.objects.create(key="seacroft", name="Seacroft House", kind="children's home", phone="01632 960170")
    at_home = Team.objects.create(agency=home, name="Staff", work="homes")
    missing = Team.objects.create(agency=council, name="Missing and Return", work="missing", phone="01632 960171")
    search = Team.objects.create(agency=police, name="Missing Persons Unit", work="search", phone="01632 960172")
    response = Team.objects.create(agency=council, name="Response", work="response", phone="01632 960173")
    cast = Cast(
        council=council,
        school=school,
        elsewhere=elsewhere,
        police=police,
        east=east,
        front_door=front_door,
        intelligence=intelligence,
        sources=sources,
        asha=make_viewer("Asha Rahman", "practitioner", council, east, job_title="Social worker"),
        ben=make_viewer("Ben Okafor", "practitioner", council, east, job_title="Social worker"),
        carol=make_viewer("Carol Price", "practitioner", school, job_title="Designated safeguarding lead"),
        dev=make_viewer("Dev Patel", "practitioner", elsewhere, west, job_title="Social worker"),
        ellis=make_viewer("Ellis Grant", "auditor", partnership, job_title="Auditor"),
        farah=make_viewer("Farah Aziz", "front-door", council, front_door, job_title="Front door worker"),
        gwen=make_viewer("Gwen Harries", "data-officer", partnership, job_title="Data officer"),
        hana=make_viewer("Hana Yilmaz", "manager", council, east, job_title="Team manager"),
        idris=make_viewer("Idris Cole", "administrator", partnership, job_title="Administrator"),
        kofi=make_viewer("Kofi Mensah", "intelligence", police, intelligence, job_title="Intelligence officer"),
        lena=make_viewer("Lena Fischer", "intelligence", police, intelligence, job_title="Intelligence supervisor"),
        mina=make_viewer("Mina Haddad", "intelligence", police, sources, job_title="Source officer"),
        home=home,
        at_home=at_home,
        missing=missing,
        search=search,
        response=response,
        pia=make_viewer("Pia Novak", "practitioner", home, at_home, job_title="Registered manager"),
        quinn=make_viewer("Quinn Doyle", "practitioner", council, missing, job_title="Return conversation worker"),
        raj=make_viewer("Raj Singh", "practitioner", police, search, job_title="Missing persons officer"),
        sol=make_viewer("Sol Adeyemi", "practitioner", council, response, job_title="Specialist worker"),
        uma=make_viewer("Uma Sethi", "analyst", partnership, job_title="Partnership analyst"),
        vera=make_viewer("Vera Lindqvist", "leader", partnership, job_title="Independent scrutineer"),
        loader=system_viewer("loader"),
    )
    partnership_scope()
    join_partnership()
    return cast


def make_viewer(name: str, role: str, agency: Agency, *teams: Team, **fields: Any) -> Viewer:
    """Somebody who signs in (with no password: tests use `client.force_login`), named first.last by their
    first name.
    """
    first = name.split(" ")[0].lower()
    email = fields.pop("email", f"{first}@{agency.key}.example")
    viewer = Viewer.objects.create(
        email=email, name=name, role=role, agency=agency, password=f"{UNUSABLE_PASSWORD_PREFIX}none", **fields
    )
    viewer.teams.set(teams)
    return viewer


def make_circle() -> Scope:
    """A circle with nobody in it yet."""
    return Scope.objects.create(kind="circle")


def make_person(name: str = "Amara Osei", *, headline: bool = True, now: datetime = NOW, **fields: Any) -> Subject:
    """A child (or, with `is_child=False`, an adult) with their own circle; in the partnership's headlines
    unless withheld.
    """
    subject = Subject.objects.create(kind="person", name=name, scope=make_circle(), created_at=now)
    first, _, last = name.partition(" ")
    born = fields.pop("date_of_birth", date(2010, 12, 8))
    identity = {"is_child": True, "first_name": first, "last_name": last, "date_of_birth": born, **fields}
    Person.objects.create(subject=subject, scope=subject.scope, **identity)
    if headline:
        make_headline(subject, date_of_birth=born)
    return subject


def make_group(name: str = "Friday night at the park", *, now: datetime = NOW, **fields: Any) -> Subject:
    """A peer group with its own circle, and no headline."""
    subject = Subject.objects.create(kind="group", name=name, scope=make_circle(), created_at=now)
    Group.objects.create(subject=subject, scope=subject.scope, **fields)
    return subject


def make_place(name: str = "Harbour Park", *, headline: bool = True, now: datetime = NOW, **fields: Any) -> Subject:
    """A place with its own circle, in the partnership's headlines."""
    subject = Subject.objects.create(kind="place", name=name, scope=make_circle(), created_at=now)
    Place.objects.create(subject=subject, scope=subject.scope, **{"kind": "park", **fields})
    if headline:
        make_headline(subject)
    return subject


def make_headline(
    subject: Subject, date_of_birth: date | None = None, ring: list[dict[str, str]] | None = None
) -> Headline:
    """That somebody is known, and whom to ring."""
    ring = ring or [{"agency": "Severnmouth Council", "team": "Contextual Safeguarding East", "phone": "01632 960110"}]
    return Headline.objects.create(
        subject=subject,
        scope=partnership_scope(),
        kind=subject.kind,
        name=subject.name,
        date_of_birth=date_of_birth,
        ring=ring,
    )


def let_in(
    subject: Subject, *who: Viewer | Team, because: str = "Allocated social worker", now: datetime = NOW
) -> None:
    """Open the subject's circle to people and teams, because of work."""
    for one in who:
        to = {"team": one} if isinstance(one, Team) else {"viewer": one}
        by = system_viewer("loader")
        open_circle(scope=subject.scope, because=because, reason_kind="allocated", by=by, now=now, **to)


def make_entry(
    summary: str,
    *about: Subject,
    on: date = date(2026, 11, 2),
    private: dict[int, str] | None = None,
    **fields: Any,
) -> Entry:
    """Something that happened, on the record of everybody in `about`;

    `private` is subject id → that one's own part.
    """
    written = {"kind": "note", "on": on, "summary": summary, "recorded_at": NOW, **fields}
    entry = Entry.objects.create(**written)
    for subject in about:
        EntrySubject.objects.create(
            entry=entry,
            subject=subject,
            scope=subject.scope,
            on=entry.on,
            significant=entry.significant,
            private_text=(private or {}).get(subject.pk, ""),
        )
    return entry


def make_link(
    subject: Subject,
    other: Subject,
    kind: str = "friend-of",
    text: str = "Told us they are friends",
    **fields: Any,
) -> None:
    """One piece of evidence that two subjects are linked, written for each side's circle."""
    said = {
        "kind": kind,
        "text": text,
        "grade": "told",
        "recorded_at": NOW,
        "last_seen": date(2026, 11, 2),
        **fields,
    }
    for side, opposite, outward in ((subject, other, True), (other, subject, False)):
        LinkEvidence.objects.create(
            subject=side, other=opposite, scope=side.scope, outward=outward, other_name=opposite.name, **said
        )
