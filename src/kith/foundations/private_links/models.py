"""Links that were made, and how often they were opened and tried. Of the secret itself nothing is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope


class PrivateLink(models.Model):
    """One thing that one person without an account may do, once, by one address. Only named jobs see it."""

    purpose = models.CharField(max_length=40)  # what it is for, such as `parent`
    about = models.CharField(max_length=120)  # the work it belongs to, such as `follow-up:17`
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # of the letters that carry it
    phone = models.CharField(max_length=40, blank=True)  # where it went, and where its code goes
    email = models.EmailField(blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # first
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back, or locked after too many wrong codes
    openings_since = models.DateTimeField(null=True)
    openings = models.PositiveSmallIntegerField(default=0)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_since = models.DateTimeField(null=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    wrong_codes = models.PositiveSmallIntegerField(default=0)  # in all

    class Meta:
        indexes = [models.Index(fields=["about"])]
        constraints = [models.CheckConstraint(condition=Q(phone="") | Q(email=""), name="a_link_goes_one_way")]

    @property
    def asks_for_a_code(self) -> bool:
        """One that was sent asks for a code; one that was shown on a screen has nowhere to send it."""
        return bool(self.phone or self.email)
