"""The people of every database test, and small factories for what they see.

Asha is Amara's social worker, Ben is in her team, Carol is in the circle from a partner agency, Dev works for
another authority and must see nothing, Ellis audits who looked. Farah works at the front door, Gwen looks
after data, Hana manages Asha's team, Idris adds and removes staff. Kofi and Lena grade intelligence for the
police, Mina keeps its sources. Pia runs a children's home, Quinn offers return conversations, Raj searches for the
police, Sol answers critical moments. Uma analyses for the partnership, Vera leads it. Nobody here exists.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
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


AGENCIES = {
    "council": ("council", "Severnmouth Council", "council", "01632 960100"),
    "school": ("harbour-view", "Harbour View Academy", "school", "01632 960103"),
    "partnership": ("partnership", "Severnmouth Partnership", "partnership", ""),
    "elsewhere": ("westhaven", "Westhaven Council", "council", ""),
    "police": ("severnmouth-police", "Severnmouth police", "police", "01632 960101"),
    "home": ("seacroft", "Seacroft House", "children's home", "01632 960170"),
}
TEAMS = {
    "east": ("council", "Contextual Safeguarding East", "", "01632 960110"),
    "front_door": ("council", "Front Door", "front-door", ""),
    "west": ("elsewhere", "Children in Need West", "", ""),
    "intelligence": ("police", "Child Exploitation Intelligence", "intelligence", ""),
    "sources": ("police", "Source Unit", "sources", ""),
    "at_home": ("home", "Staff", "homes", ""),
    "missing": ("council", "Missing and Return", "missing", "01632 960171"),
    "search": ("police", "Missing Persons Unit", "search", "01632 960172"),
    "response": ("council", "Response", "response", "01632 960173"),
}
PEOPLE = {
    "asha": ("Asha Rahman", "practitioner", "council", "east", "Social worker"),
    "ben": ("Ben Okafor", "practitioner", "council", "east", "Social worker"),
    "carol": ("Carol Price", "practitioner", "school", "", "Designated safeguarding lead"),
    "dev": ("Dev Patel", "practitioner", "elsewhere", "west", "Social worker"),
    "ellis": ("Ellis Grant", "auditor", "partnership", "", "Auditor"),
    "farah": ("Farah Aziz", "front-door", "council", "front_door", "Front door worker"),
    "gwen": ("Gwen Harries", "data-officer", "partnership", "", "Data officer"),
    "hana": ("Hana Yilmaz", "manager", "council", "east", "Team manager"),
    "idris": ("Idris Cole", "administrator", "partnership", "", "Administrator"),
    "kofi": ("Kofi Mensah", "intelligence", "police", "intelligence", "Intelligence officer"),
    "lena": ("Lena Fischer", "intelligence", "police", "intelligence", "Intelligence supervisor"),
    "mina": ("Mina Haddad", "intelligence", "police", "sources", "Source officer"),
    "pia": ("Pia Novak", "practitioner", "home", "at_home", "Registered manager"),
    "quinn": ("Quinn Doyle", "practitioner", "council", "missing", "Return conversation worker"),
    "raj": ("Raj Singh", "practitioner", "police", "search", "Missing persons officer"),
    "sol": ("Sol Adeyemi", "practitioner", "council", "response", "Specialist worker"),
    "uma": ("Uma Sethi", "analyst", "partnership", "", "Partnership analyst"),
    "vera": ("Vera Lindqvist", "leader", "partnership", "", "Independent scrutineer"),
}


def make_cast() -> Cast:
    """Everybody, with their agencies and teams, and the partnership's headlines open to those who work with
    children. Each table is written at once: nearly every test begins here.
    """
    agencies = {
        name: Agency(key=key, name=called, kind=kind, phone=phone, in_partnership=name != "elsewhere")
        for name, (key, called, kind, phone) in AGENCIES.items()
    }
    agencies["council"].out_of_hours = "01632 960199"
    Agency.objects.bulk_create(agencies.values())
    teams = {
        name: Team(agency=agencies[agency], name=called, work=work, phone=phone)
        for name, (agency, called, work, phone) in TEAMS.items()
    }
    Team.objects.bulk_create(teams.values())
    people = {
        who: _viewer(name, role, agencies[agency], job_title=job)
        for who, (name, role, agency, _, job) in PEOPLE.items()
    }
    Viewer.objects.bulk_create(people.values())
    in_team = Viewer.teams.through
    in_team.objects.bulk_create(
        in_team(viewer=people[who], team=teams[team]) for who, (_, _, _, team, _) in PEOPLE.items() if team
    )
    loader = system_viewer("loader")
    partnership_scope()
    join_partnership()
    everything: dict[str, Any] = {**agencies, **teams, **people, "loader": loader}
    return Cast(**{one.name: everything[one.name] for one in fields(Cast)})


def _viewer(name: str, role: str, agency: Agency, **given: Any) -> Viewer:
    email = given.pop("email", f"{name.split(' ')[0].lower()}@{agency.key}.example")
    return Viewer(email=email, name=name, role=role, agency=agency, password=f"{UNUSABLE_PASSWORD_PREFIX}none", **given)


def make_viewer(name: str, role: str, agency: Agency, *teams: Team, **fields: Any) -> Viewer:
    """Somebody who signs in (with no password: tests use `client.force_login`), named first.last by their
    first name.
    """
    viewer = _viewer(name, role, agency, **fields)
    viewer.save()
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
