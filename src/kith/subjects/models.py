"""People, groups and places; what agencies call them; the evidence that links them; who is involved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Agency, Scope, Viewer
from kith.subjects.rules import EVIDENCE_GRADES, LINK_KINDS, SubjectKind


class Sourced(models.Model):
    """Where a row came from: a feed's delivery and row, or, with no feed, the person who wrote it."""

    feed = models.CharField(max_length=80, blank=True)
    delivery = models.BigIntegerField(null=True)
    row = models.IntegerField(null=True)
    feed_key = models.CharField(max_length=200, blank=True)  # what makes it the same row in the next delivery
    stated_on = models.DateField(null=True)  # when the agency says so, at the latest
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # withdrawn by its source; kept, no longer shown as current

    class Meta:
        abstract = True


class Subject(models.Model):
    """A person, a group or a place. Visible to its circle."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in SubjectKind])
    name = models.CharField(max_length=300)  # as it is best known, for lists and titles
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="subject")
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined_from")
    created_at = models.DateTimeField()
    what_matters_now = models.TextField(blank=True)
    what_matters_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    what_matters_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """The best-supported identity of a person, chosen by stated rules from what agencies say. Never typed here."""

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, primary_key=True, related_name="person")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    is_child = models.BooleanField(default=False)  # known to some agency as a child or care leaver under 25
    first_name = models.CharField(max_length=120, blank=True)
    middle_names = models.CharField(max_length=200, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    known_as = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField(null=True)
    died_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=80, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    communication_needs = models.CharField(max_length=300, blank=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    in_care_since = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["date_of_birth"])]


class Group(models.Model):
    """A peer group: assessed for its safety, its members never labelled."""

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, primary_key=True, related_name="group")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    about = models.TextField(blank=True)
    review_on = models.DateField(null=True)


class Place(models.Model):
    """Somewhere young people spend time, on the ground or online."""

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, primary_key=True, related_name="place")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)  # a key of rules.PLACE_KINDS
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    online = models.CharField(max_length=300, blank=True)  # platform and handle, where the place is online
    ward = models.CharField(max_length=100, blank=True)
    guardians = models.TextField(blank=True)
    unsafe_hours = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["postcode"])]


class Headline(models.Model):
    """That somebody is known and whom to ring: all that the partnership may see without the circle."""

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, primary_key=True, related_name="headline")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the partnership's
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    date_of_birth = models.DateField(null=True)
    ring = models.JSONField(default=list)  # [{agency, team, worker, role, phone}], most to be rung first


class RestrictedPart(models.Model):
    """A part of a subject's record with an audience of its own, such as sexual health."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="restricted_parts")
    audience = models.CharField(max_length=80)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="restricted_part")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "audience"], name="one_restricted_part_an_audience")]


class Reference(models.Model):
    """An agency system's own number for somebody. Everything delivered about that number follows it.

    Without a subject it has arrived and has not been linked yet; only system jobs see it.
    """

    system = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, default=SubjectKind.PERSON.value)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="references")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    first_seen = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="a_number_once_in_a_system")]


class Professional(models.Model):
    """Somebody at work, as an agency's system lists its staff: a name and number for those who are involved."""

    system = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    team = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="a_professional_once_in_a_system")]


class LinkEvidence(Sourced):
    """One piece of evidence that two subjects are linked, as one side's circle may read it.

    A link is what its evidence adds up to: no evidence, no link. Two rows are written for each piece, one a side.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="links", db_index=False)
    other = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, null=True, related_name="+")
    other_reference = models.ForeignKey(Reference, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40, choices=[(key, kind.title) for key, kind in LINK_KINDS.items()])
    outward = models.BooleanField(default=True)  # True: "subject is parent of other"; False: the other way round
    other_name = models.CharField(max_length=300)  # as this side's source names them
    text = models.TextField()
    grade = models.CharField(max_length=20, choices=list(EVIDENCE_GRADES.items()))
    first_seen = models.DateField(null=True)
    last_seen = models.DateField(null=True)
    review_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "kind"]),
            models.Index(fields=["feed", "feed_key"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=F("other")), name="nobody_is_linked_to_themselves"),
            models.CheckConstraint(condition=~Q(text=""), name="no_evidence_no_link"),
        ]


class Involvement(Sourced):
    """Somebody who works with a subject, and how to reach them."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="involvements")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.CharField(max_length=200, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    worker_key = models.CharField(max_length=200, blank=True)  # an email, or a number in the feed's system
    worker_system = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    is_lead = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["worker_key"]),
            models.Index(fields=["feed", "feed_key"]),
        ]


from kith.subjects.assessing.models import Assessment, AssessmentReview  # noqa: E402  (a file of their own)
from kith.subjects.search.models import (  # noqa: E402  (what the search looks in has a file of its own)
    SearchDay,
    SearchDoc,
    SearchKey,
    SearchName,
    SearchNumber,
    SearchPosting,
    SearchWord,
)

__all__ = [
    "Group",
    "Assessment",
    "AssessmentReview",
    "Headline",
    "Involvement",
    "LinkEvidence",
    "Person",
    "Place",
    "Professional",
    "Reference",
    "RestrictedPart",
    "SearchDay",
    "SearchDoc",
    "SearchKey",
    "SearchName",
    "SearchNumber",
    "SearchPosting",
    "SearchWord",
    "Sourced",
    "Subject",
]
