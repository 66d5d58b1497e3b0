"""What somebody told the front door: once, in their words, with whom they named and who they are."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.subjects.models import Subject


class Contact(models.Model):
    """One thing told, about a child, a group, a place or an adult. Its words are never edited.

    Only the front door team that received it sees it; what it leads to stands on the records of those it is about.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the receiving team's audience
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contacts")
    reference = models.CharField(max_length=16, unique=True)  # said to the giver, such as K7M-4PQ-2XD
    sent_as = models.UUIDField(unique=True)  # the form's own mark: the same form sent again is the same contact
    came_by = models.CharField(max_length=20)  # a key of codes: web, partner, phone, email, staff, feed
    about = models.CharField(max_length=20)  # child, group, place, online or adult
    received_at = models.DateTimeField()
    in_danger = models.BooleanField(default=False)  # the giver said that somebody is in danger now
    what = models.TextField()
    on = models.DateField(null=True)  # when it happened, where one day was given
    when = models.JSONField(default=dict)  # {days: [...], hours: [...], words: ""}
    where = models.JSONField(default=dict)  # {words, name, postcode, latitude, longitude, online, kind, not_sure}
    how_known = models.CharField(max_length=20, blank=True)  # a key of codes
    harms = models.JSONField(default=list)  # keys of codes: harm types
    factors = models.JSONField(null=True)  # keys of codes: None not yet asked, [] none of these
    act_by = models.DateTimeField()  # the first of its clocks, worked out when it was received, for the queue's order
    decided_at = models.DateTimeField(null=True)
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="splits")
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    taken_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # who is looking at it
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["scope", "act_by"], condition=Q(decided_at=None), name="waiting_by_act_by")]
        constraints = [
            models.CheckConstraint(condition=~Q(joined_into=F("id")), name="a_contact_is_not_its_own_duplicate"),
            models.CheckConstraint(condition=~Q(what=""), name="a_contact_says_something"),
        ]

    def __str__(self) -> str:
        return self.reference


class Giver(models.Model):
    """Who told, as far as they said. `unnamed` True: their name goes to no other agency and on no record."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="giver", primary_key=True)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # professional, public, parent, young-person or staff
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    agency_name = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")  # known by their email
    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # told while signed in
    email = models.EmailField(blank=True)
    email_verified = models.BooleanField(default=False)
    phone = models.CharField(max_length=60, blank=True)
    best_time = models.CharField(max_length=200, blank=True)  # when and how it is safe to reach them
    unnamed = models.BooleanField(default=False)
    family_told = models.CharField(max_length=20, blank=True)  # yes, no, not-safe: whether they spoke with the family


class Named(models.Model):
    """Somebody or somewhere that a contact names. What was typed stays; who it is, a person decides."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="named")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # person, group or place
    part = models.CharField(max_length=20)  # child, adult, group, place: what part they have in what is told
    name = models.CharField(max_length=300)
    details = models.JSONField(default=dict)  # {first_name, last_name, born, age, school, address, postcode, about …}
    order = models.PositiveSmallIntegerField(default=0)
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, related_name="+")  # who it is
    made_new = models.BooleanField(default=False)  # their record was begun from this contact
    settled_at = models.DateTimeField(null=True)  # somebody decided who it is, or that no record is needed

    class Meta:
        indexes = [models.Index(fields=["contact", "order"]), models.Index(fields=["subject"])]

    @property
    def opening_reference(self) -> str:
        """What opens their record to the front door, so that deciding can find it and close it."""
        return f"contact:{self.contact_id}:{self.pk}"


class Attached(models.Model):
    """A file given with a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="attached")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    document_id = models.BigIntegerField()  # in foundations.documents, with the same audience
    name = models.CharField(max_length=200)


class Received(models.Model):
    """That a letter or message was received, by its own number: the same one sent twice is one contact."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=300, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="received_as")
