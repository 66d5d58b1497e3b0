"""Groups of agencies that audit together: begun, ended, what became of each meeting."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time

from django.db import transaction

from kith.case_audits.models import Group, Meeting
from kith.case_audits.permissions import check_can_draw, check_planned, check_reason
from kith.case_audits.rules.groups import days_planned
from kith.case_audits.rules.kinds import is_of_several
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE


@dataclass(frozen=True)
class NewGroup:
    """Who meets about what, every how many weeks, from when on."""

    title: str
    theme: str
    kind: str
    every_weeks: int
    first_on: date
    at: time
    chair: Viewer
    agencies: list[str]  # keys


@transaction.atomic
def begin_group(*, group: NewGroup, by: Viewer, now: datetime) -> Group:
    """A standing schedule. Raises NotAllowed; ValueError where it makes no sense."""
    check_can_draw(by)
    days_planned(group.first_on, group.every_weeks, group.first_on, group.first_on)
    if group.theme not in THEMES or not is_of_several(group.kind) or not group.agencies:
        raise ValueError("A group has a theme, audits of several agencies, and agencies")
    made = Group.objects.create(scope=figures_scope(), made_by=by, made_at=now, **_fields(group))
    record(viewer=by, action="begin-audit-group", what=f"Began the audit group {made.pk}: {made.title}", now=now)
    return made


@transaction.atomic
def end_group(*, group: Group, by: Viewer, now: datetime) -> None:
    """It meets no more; what became of its meetings stays. Raises NotAllowed."""
    check_can_draw(by)
    Group.objects.filter(pk=group.pk, ended_on=None).update(ended_on=now.astimezone(HERE).date())
    record(viewer=by, action="end-audit-group", what=f"Ended the audit group {group.pk}: {group.title}", now=now)


@transaction.atomic
def note_missed(*, group: Group, planned_on: date, why: str, by: Viewer, now: datetime) -> Meeting:
    """That a planned meeting was not held, and why. Raises NotAllowed, for a day that was not planned too."""
    check_can_draw(by)
    check_reason(why)
    check_planned(group, planned_on)
    made, _ = Meeting.objects.update_or_create(
        group=group,
        planned_on=planned_on,
        defaults={"scope": group.scope, "kind": group.kind, "held_on": planned_on, "attendance": {}, "is_held": False,
                  "why_not": why.strip()[:300], "noted_by": by, "noted_at": now},
    )  # fmt: skip
    record(viewer=by, action="note-audit-meeting", what=f"Noted that group {group.pk} did not meet: {why}", now=now)
    return made


def _fields(group: NewGroup) -> dict[str, object]:
    return {one.name: getattr(group, one.name) for one in fields(group)}
