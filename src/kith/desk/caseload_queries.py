"""Live: what the people of a manager's teams hold now, as far as row security lets the manager read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q

from kith.foundations.access.models import Team, Viewer
from kith.front_door.models import Check
from kith.missing.models import Conversation, Episode
from kith.missing.queries.standing import open_episodes
from kith.missing.queries.talk_lists import listed_talks
from kith.pathways.models import Move, Work
from kith.subjects.models import Involvement, Subject

MOST = 5000  # pieces of work; more than any team has


@dataclass(frozen=True)
class Held:
    """What a team holds. `leads`: child → worker who leads; `names`: of every subject spoken of that may be read."""

    teams: list[Team]
    members: list[Viewer]
    leads: dict[int, int]
    works: list[Work]
    talks: list[Conversation]
    checks: list[Check]
    missing: dict[int, Episode]
    names: dict[int, str] = field(default_factory=dict)
    last_steps: dict[int, Move] = field(default_factory=dict)

    def subjects(self) -> set[int]:
        """Whose records the team works on."""
        return {*self.leads, *(work.subject_id for work in self.works)}


def held_by_teams_of(manager: Viewer, now: datetime, today: date) -> Held:
    """Everything at once, in a number of questions that does not grow with the team."""
    teams = list(manager.teams.select_related("agency").order_by("name"))
    members = list(Viewer.objects.filter(teams__in=teams, is_active=True).distinct().order_by("name"))
    leads = _leads(members, today)
    works = _works(teams, members)
    subjects = {*leads, *(work.subject_id for work in works)}
    talks = _talks(teams, members, subjects)
    gone = Episode.objects.filter(open_episodes(), subject_id__in=subjects).order_by("gone_at")
    spoken_of = {*subjects, *(talk.subject_id for talk in talks)}
    return Held(
        teams=teams,
        members=members,
        leads=leads,
        works=works,
        talks=talks,
        checks=_checks(teams, members),
        missing={one.subject_id: one for one in gone},
        names=dict(Subject.objects.filter(pk__in=spoken_of).values_list("pk", "name")),
        last_steps=_last_steps(works),
    )


def _leads(members: Iterable[Viewer], today: date) -> dict[int, int]:
    """Children whom one of these leads the work with, by the worker's email, or by name in the same agency."""
    people = list(members)
    by_email = {person.email.lower(): person.pk for person in people}
    by_name = {(person.agency_id, person.name): person.pk for person in people}
    mine = Q(worker_key__in=by_email) | Q(email__in=by_email)
    mine |= Q(worker__in=[person.name for person in people], agency__in=[person.agency_id for person in people])
    stands = Q(ended_at=None) & (Q(until=None) | Q(until__gte=today))
    rows = Involvement.objects.filter(mine, stands, is_lead=True, subject__kind="person", subject__joined_into=None)
    found = {}
    for subject, key, email, agency, worker in rows.order_by("pk").values_list(
        "subject_id", "worker_key", "email", "agency_id", "worker"
    ):
        who = by_email.get(key.lower()) or by_email.get(email.lower()) or by_name.get((agency, worker))
        if who:
            found[subject] = who
    return found


def _works(teams: list[Team], members: list[Viewer]) -> list[Work]:
    theirs = Q(team__in=teams) | Q(worker__in=members)
    rows = Work.objects.filter(theirs, ended_at=None, taken_back=False)
    return list(rows.select_related("subject", "team__agency", "worker").order_by("state_since", "pk")[:MOST])


def _talks(teams: list[Team], members: list[Viewer], subjects: set[int]) -> list[Conversation]:
    """Not yet held: those the team is to hold, and those that children of the team wait for."""
    theirs = Q(talker__in=members) | Q(talker=None, team__in=teams) | Q(subject_id__in=subjects)
    return list(listed_talks("running").filter(theirs)[:MOST])


def _checks(teams: list[Team], members: list[Viewer]) -> list[Check]:
    """Questions that the teams must answer, and those that they asked and nobody has answered."""
    theirs = Q(team__in=teams) | Q(asked_by__in=members)
    rows = Check.objects.filter(theirs, answered_at=None, withdrawn_at=None)
    return list(rows.select_related("agency", "asked_by").order_by(F("due_at"), "pk")[:MOST])


def _last_steps(works: Iterable[Work]) -> dict[int, Move]:
    rows = Move.objects.filter(work__in=[work.pk for work in works]).order_by("work_id", "-at", "-pk")
    return {move.work_id: move for move in rows.distinct("work_id")}
