"""Who is on call, who took whose shift, what is handed over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Scope, Team, Viewer
from kith.moments.rules.rota import ShiftKind


class Shift(models.Model):
    """One stretch in which somebody is on call. Taken off the rota, it stays; it no longer counts."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the partnership: whom to ring
    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")  # who has it now
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.title) for kind in ShiftKind])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    phone = models.CharField(max_length=40, blank=True)
    added_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    off_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    off_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["team", "ends_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_shift_lasts"),
            models.UniqueConstraint(
                fields=["team", "viewer", "starts_at"], condition=Q(off_at=None), name="nobody_twice_on_one_shift"
            ),
        ]


class Swap(models.Model):
    """A shift that was offered to others of the team, who took it, and whether that was undone."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="swaps")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    offered_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    taken_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(taken_at=None, undone_at=None), name="a_shift_is_on_offer_once"
            ),
        ]


class HandoverNote(models.Model):
    """What whoever leaves says to whoever takes over, and who has read it."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the team's
    text = models.TextField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["team", "taken_at"])]


class CalendarAddress(models.Model):
    """The secret address of somebody's own shifts for their calendar. Only its hash is kept."""

    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["viewer"], condition=Q(revoked_at=None), name="one_calendar_address_stands")
        ]
