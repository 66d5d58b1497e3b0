"""The loop of learning: when it is due, what was sent, which teams have read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from kith.case_audits.models import Learning, LearningRead, LearningRhythm
from kith.case_audits.rules.rhythm import DueDay, Rhythm, Stretch, answers, days_due, measured
from kith.case_audits.telling import told_of_learning
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.access.viewing import viewing_as

JOB = "case-audits"
MOST_DAYS = 60  # due days that a page looks back


@dataclass(frozen=True)
class Loop:
    """How the loop stands today. `next_due`: None where nobody set a rhythm."""

    rhythm: LearningRhythm | None
    last_sent: Learning | None
    owed: date | None  # the last day due, where nothing answered it
    next_due: date | None
    measured: list[DueDay]

    def answered_by(self, today: date) -> date | None:
        """The day that what is sent today answers."""
        return self.owed or self.next_due


@dataclass(frozen=True)
class TeamRead:
    """How many of a team's people who were told have read it."""

    team: str
    read: int
    told: int


def loop_on(today: date) -> Loop:
    """As far as whoever looks may see it."""
    rhythms = list(LearningRhythm.objects.select_related("owner", "set_by").order_by("set_at", "pk"))
    last = learnings().order_by("-sent_at", "-pk").first()
    if not rhythms:
        return Loop(None, last, None, None, [])
    days = days_due(_stretches(rhythms), today)
    rows = Learning.objects.exclude(due_on=None).order_by("-sent_at").values_list("due_on", "sent_at")
    sent = {due: localdate(at) for due, at in rows if due}  # the first that answered it counts
    owed = answers([one for one in days if one <= today], sent, today)
    coming = next((one for one in days if one > today and one not in sent), None)
    return Loop(rhythms[-1], last, owed, coming, measured(days, sent, today)[:MOST_DAYS])


def learnings() -> QuerySet[Learning]:
    """Months' learning, the newest first."""
    return Learning.objects.select_related("written_by", "changed_by").order_by("-month", "-sent_at")


def learning_or_none(learning_id: int) -> Learning | None:
    """One month's learning."""
    return learnings().filter(pk=learning_id).first()


def has_read(learning: Learning, viewer: Viewer) -> bool:
    """Whether somebody said that they read it."""
    return LearningRead.objects.filter(learning=learning, viewer=viewer).exists()


def read_by_team(learning: Learning) -> list[TeamRead]:
    """Of each team that is told: how many have read it. Nobody is named."""
    read = set(LearningRead.objects.filter(learning=learning).values_list("viewer_id", flat=True))
    with viewing_as(system_viewer(JOB)):
        rows = list(told_of_learning().values_list("teams__name", "teams__agency__name", "pk"))
    told: Counter[str] = Counter()
    by_team: Counter[str] = Counter()
    for team, agency, viewer in rows:
        name = f"{team}, {agency}"
        told[name] += 1
        by_team[name] += viewer in read
    return [TeamRead(name, by_team[name], told[name]) for name in sorted(told)]


def possible_owners() -> list[Viewer]:
    """Managers of the partnership's agencies, by name."""
    found = Viewer.objects.filter(role=Role.MANAGER.value, is_active=True, agency__in_partnership=True)
    return list(found.select_related("agency").order_by("name"))


def _stretches(rhythms: list[LearningRhythm]) -> list[Stretch]:
    """Each until the next one's first day."""
    after = [*(one.since for one in rhythms[1:]), None]
    return [Stretch(Rhythm(one.every), one.since, before) for one, before in zip(rhythms, after, strict=True)]
