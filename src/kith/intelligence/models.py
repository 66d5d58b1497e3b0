"""Three tables, three audiences: the report, its source, and the version passed on; and what stands around them.

The source's row carries the report's number and no key to it, so that no table leads from one to the other.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.intelligence.rules.codes import Kind, News
from kith.subjects.models import Subject

CODE = 30  # letters of a code
NUMBER = 12


class Scoped(models.Model):
    """A row with an audience."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Report(Scoped):
    """What somebody passed on, in their words: read by the team that grades it. Never says who gave it."""

    number = models.CharField(max_length=NUMBER, unique=True)  # random: numbers in order would tell who came when
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")  # None: of no agency
    came_from = models.CharField(max_length=120, blank=True)  # what it was part of, such as `contact:17`
    given_at = models.DateTimeField()
    text = models.TextField()
    happened_on = models.DateField(null=True)
    happened_when = models.CharField(max_length=200, blank=True)  # the rest of when, in words
    how_known = models.CharField(max_length=CODE)
    harms = models.JSONField(default=list)
    source_shows = models.CharField(max_length=10, blank=True)  # could the words tell who it was: yes, no, not-known
    danger_now = models.BooleanField(default=False)
    referred = models.CharField(max_length=10, blank=True)
    referral = models.CharField(max_length=120, blank=True)
    priority = models.CharField(max_length=CODE)  # as it came; the grading says what it is
    sent_as = models.UUIDField(null=True, unique=True)  # of the form's own mark and everything typed into it
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["given_at"])]

    def __str__(self) -> str:
        return self.number


class Named(Scoped):
    """Somebody or something that a report names: evidence of having been named, and of nothing else."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="named")
    kind = models.CharField(max_length=CODE, choices=[(kind.value, kind.value) for kind in Kind])
    value = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")  # may be this one


class Booking(Scoped):
    """A room or apartment that a report says was booked. Which place it was is the report's `named`."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="bookings")
    named = models.ForeignKey(Named, on_delete=models.CASCADE, related_name="bookings")
    kind = models.CharField(max_length=CODE)  # a code of `stays`
    stayed_from = models.DateField(null=True)
    stayed_until = models.DateField(null=True)
    booker = models.CharField(max_length=200, blank=True)  # the name it was booked in
    card_digits = models.CharField(max_length=4, blank=True)  # the card's last four: never more of it
    by_another = models.CharField(max_length=10, blank=True)  # than the guest: yes, no, not-known; so all below
    card_stolen = models.CharField(max_length=10, blank=True)
    in_cash = models.CharField(max_length=10, blank=True)
    told_by_management = models.CharField(max_length=10, blank=True)  # to the police or the card's bank
    about = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(card_digits__regex=r"^([0-9]{4})?$"), name="last_four_digits_or_none"),
        ]


class BookingAlike(Scoped):
    """A prompt: two bookings may have the same booker or card. Kept, so that it is counted how often it was wrong."""

    first = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="alike_first")  # the later of the two
    second = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="alike_second")
    because = models.CharField(max_length=300)
    at = models.DateTimeField()
    overruled_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    overruled_at = models.DateTimeField(null=True)
    overruled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_bookings_are_compared_once"),
            models.CheckConstraint(
                condition=Q(overruled_by=None) | ~Q(overruled_because=""), name="whoever_overrules_says_why"
            ),
        ]


class Source(Scoped):
    """Who gave a report and who told them: read by the team that keeps sources, and by nobody else."""

    number = models.CharField(max_length=NUMBER, unique=True)
    giver = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    giver_name = models.CharField(max_length=200, blank=True)
    giver_email = models.EmailField(blank=True)
    giver_agency = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)  # who told the giver
    reach = models.CharField(max_length=300, blank=True)  # how to reach them, and how not to
    kept_at = models.DateTimeField()


class Receipt(Scoped):
    """What the giver may see of their own report: their words, and what became of them."""

    number = models.CharField(max_length=NUMBER, unique=True)
    giver = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField(blank=True)  # where letters go: for those without a sign-in
    text = models.TextField()
    given_at = models.DateTimeField()


class ReceiptLine(Scoped):
    """One piece of news for the giver."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=20, choices=[(news.value, news.value) for news in News])
    text = models.TextField(blank=True)
    at = models.DateTimeField()


class Grading(Scoped):
    """How far a report can be relied on and how it may be handled. Never changed: to grade again adds a row."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="gradings")
    source_code = models.CharField(max_length=5)
    information_code = models.CharField(max_length=5)
    handling_code = models.CharField(max_length=5)
    conditions = models.TextField(blank=True)
    priority = models.CharField(max_length=CODE)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(handling_code="C") | ~Q(conditions=""), name="conditions_are_said_where_there_are_any"
            )
        ]

    @property
    def words(self) -> str:
        """As it is written, such as 2B."""
        return f"{self.source_code}{self.information_code}"


class Version(Scoped):
    """What may be passed on of a report, in words that do not tell its source. An audience of its own."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    grade = models.CharField(max_length=10)
    handling_code = models.CharField(max_length=5)
    conditions = models.TextField(blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kept_because = models.CharField(max_length=300, blank=True)  # why words that were pointed out stay
    decided_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    because = models.CharField(max_length=500, blank=True)  # why it was returned

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="approved_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, approved=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="decided_by_somebody_at_some_time",
            ),
        ]


class VersionNamed(Scoped):
    """A record that a version is about, as evidence: for those who may read both the version and the record."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="about")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")


class PassedOn(Scoped):
    """A version passed to one team or agency: for what, on what ground, on what conditions."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="passed_on")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")  # None: all of the agency
    purpose = models.CharField(max_length=CODE)
    basis = models.CharField(max_length=CODE)
    conditions = models.TextField(blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "agency", "team"], nulls_distinct=False, name="a_version_once_to_a_team"
            )
        ]


class Use(Scoped):
    """What a receiver did with it: used in a plan, or not used because."""

    passed_on = models.ForeignKey(PassedOn, on_delete=models.CASCADE, related_name="uses")
    used = models.BooleanField()
    text = models.CharField(max_length=500)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Joining(Scoped):
    """Somebody's decision that a report tells of the same thing as another; can be undone."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="joinings")
    into = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="joined_here")
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(report=F("into")), name="a_report_is_not_joined_into_itself"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(undone_at=None), name="a_report_is_joined_into_one_other"
            ),
        ]


class Closing(Scoped):
    """Why a report goes no further. The giver is told the same words."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="closing")
    because = models.CharField(max_length=500)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Flag(Scoped):
    """A sign on a record or a vehicle that has an owner, a reason and an end."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    vehicle = models.CharField(max_length=20, blank=True)
    says = models.CharField(max_length=120)
    why = models.CharField(max_length=500)
    owner = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_on = models.DateField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=None) & ~Q(vehicle="") | Q(subject__isnull=False) & Q(vehicle=""),
                name="a_flag_on_one_record_or_one_vehicle",
            ),
            models.CheckConstraint(condition=Q(review_on__lte=F("expires_on")), name="reviewed_before_it_expires"),
        ]
