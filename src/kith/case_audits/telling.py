"""Who is told what of case audits. No notice names a child."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from kith.case_audits.models import AuditAction, CaseAudit, Learning, LearningRhythm
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.foundations.design_system.words import short_day
from kith.foundations.notices.actions import News, tell

JOB = "case-audits"


def tell_today(*, action: AuditAction, audit: CaseAudit, now: datetime) -> None:
    """Whoever must act, and the managers of their teams, at once, however full their day is."""
    news = News(
        text="A case audit found something that a child needs today",
        path=reverse("case-audit", args=[audit.pk]),
        about=f"case-audit:{audit.pk}",
        once=f"case-audit-today:{action.pk}",
        urgent=True,
        past_budget=True,
    )
    tell(viewers=[action.owner, *_managers(action.owner)], news=news, scope=audit.scope, now=now)


def tell_completed(*, audit: CaseAudit, now: datetime) -> None:
    """The worker whose record it is."""
    if audit.worker is None:
        return
    news = News(
        text="A case audit of a record of yours is finished. Read it, and say what you think of it",
        path=reverse("case-audit", args=[audit.pk]),
        about=f"case-audit:{audit.pk}",
        once=f"case-audit-completed:{audit.pk}",
    )
    tell(viewers=[audit.worker], news=news, scope=audit.scope, now=now)


def tell_set(*, action: AuditAction, audit: CaseAudit, now: datetime) -> None:
    """Whoever is to do something."""
    news = News(
        text="A case audit asks you to do something",
        path=reverse("case-audit", args=[audit.pk]),
        about=f"case-audit:{audit.pk}",
        once=f"case-audit-action:{action.pk}",
    )
    tell(viewers=[action.owner], news=news, scope=audit.scope, now=now)


def told_of_learning() -> QuerySet[Viewer]:
    """Everybody in a team of the partnership who works with children; once for each of their teams."""
    works = [role.value for role in (Role.PRACTITIONER, Role.MANAGER, Role.FRONT_DOOR)]
    return Viewer.objects.filter(agency__in_partnership=True, teams__isnull=False, role__in=works, is_active=True)


def tell_learning(*, learning: Learning, now: datetime) -> int:
    """Everybody in a team of the partnership who works with children. Answers how many were told."""
    with viewing_as(system_viewer(JOB)):
        told = list(told_of_learning().distinct())
    news = News(
        text=f"What case audits taught us in {learning.month:%B %Y}",
        path=reverse("case-audit-learned", args=[learning.pk]),
        about=f"learning:{learning.pk}",
        once=f"case-audit-learning:{learning.pk}",
    )
    return len(tell(viewers=told, news=news, scope=learning.scope, now=now))


def tell_due(*, rhythm: LearningRhythm, due_on: date, is_late: bool, now: datetime) -> int:
    """Whoever owns the learning; once it is late, every week anew and whoever set the rhythm too."""
    week = now.astimezone(HERE).isocalendar().week
    told = [rhythm.owner, rhythm.set_by] if is_late else [rhythm.owner]
    words = f"was due on {short_day(due_on)} and was not sent" if is_late else f"is due on {short_day(due_on)}"
    news = News(
        text=f"What case audits taught {words}",
        path=reverse("case-audits-learning-new"),
        about=f"learning-due:{due_on}",
        once=f"case-audit-learning-due:{due_on}" + (f":late:{week}" if is_late else ""),
    )
    return len(tell(viewers=told, news=news, scope=rhythm.scope, now=now))


def _managers(of: Viewer) -> list[Viewer]:
    """Managers who share a team with somebody; where none does, those of the agency."""
    managers = Viewer.objects.filter(role=Role.MANAGER.value, is_active=True).exclude(pk=of.pk)
    same = list(managers.filter(teams__in=of.teams.all()).distinct())
    return same or list(managers.filter(Q(agency=of.agency_id) & Q(agency__isnull=False)))
