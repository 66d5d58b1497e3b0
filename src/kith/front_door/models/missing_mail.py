"""Letters that tell of a missing child, for those who search and those who follow missing children to decide on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Agency, Scope, Viewer
from kith.front_door.models.contacts import Contact
from kith.missing.models import Episode

REPORT, RETURN = "report", "return"
REPORTED, BACK, STANDING, NOT_MISSING = "reported", "back", "standing", "not"


class MissingLetter(models.Model):
    """One letter that reads as telling of a missing child or of a return. Nothing came of it by itself.

    `agency` is the sender's, where the sender is known: verified, and of an agency with a team that searches. What was
    read in it is worked out of `words` when somebody looks.
    """

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="missing_letter")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # those who search and follow
    door = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the front door that received it
    words = models.TextField()
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    tells = models.CharField(max_length=10)  # report or return
    came_at = models.DateTimeField()
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=12, blank=True)  # of that absence: the front door may not read the absence
    outcome = models.CharField(max_length=10, blank=True)  # reported, back, standing, not; empty while it waits
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["scope", "-came_at"], condition=Q(outcome=""), name="letters_to_decide")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_by=None, settled_at=None)
                | (~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "not"]) | Q(episode__isnull=False), name="what_came_of_it_is_an_absence"
            ),
        ]

    @property
    def known(self) -> bool:
        return self.agency_id is not None
