"""Networks somebody drew: for what purpose, from whom, and pictures of them as they stood on a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.subjects.models import Subject


class Network(models.Model):
    """A network as somebody asked for it. Its links are read anew, as that viewer may see them, at each look.

    It is theirs alone, and ends some weeks later: then it is asked for anew, with its purpose.
    """

    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=20)  # a value of rules.networks.Mode
    purpose = models.CharField(max_length=300)
    bases = models.JSONField(default=list)  # lawful basis: keys of the front door's codes
    cut = models.ForeignKey("insight.Cut", on_delete=models.PROTECT, null=True, related_name="+")  # then all in codes
    seeds = models.JSONField(default=list)  # numbers of the subjects from which it begins, or of one code of the cut
    steps = models.PositiveSmallIntegerField(default=2)
    since = models.DateField(null=True)
    upto = models.DateField(null=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["viewer", "-made_at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="a_network_has_a_purpose"),
            models.CheckConstraint(condition=~Q(bases=[]), name="a_network_has_a_lawful_basis"),
            models.CheckConstraint(condition=~Q(seeds=[]), name="a_network_begins_from_somebody"),
        ]


class Snapshot(models.Model):
    """A network as it stood on a day, with what somebody makes of it. Never changed; read until it expires.

    No link in it lacks its evidence: the database refuses one that does.
    """

    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField()
    as_at = models.DateField()
    narrative = models.TextField()
    nodes = models.JSONField()  # [{id, kind, name, seed}]
    links = models.JSONField()  # [{first, second, words, strength, standing, single, first_seen, last_seen, evidence}]
    missing = models.JSONField(default=list)  # sentences
    expires_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["network", "-taken_at"])]
        constraints = [models.CheckConstraint(condition=~Q(narrative=""), name="a_snapshot_has_its_narrative")]


class SuggestionDecided(models.Model):
    """What somebody made of a suggested link, one row a side: accepted, or declined because. Undone, it may return."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # of this side
    accepted = models.BooleanField()
    because = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=list)  # why it was suggested, in sentences
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "other"])]
        constraints = [
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(because=""), name="declined_has_its_reason"),
        ]
