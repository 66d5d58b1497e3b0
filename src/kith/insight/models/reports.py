"""Reports, problem profiles among them: of which kind, cut, period and subject; every version of what was written;
actions; and what was signed off. A draft's rows are there for those who may write it, in the database itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.insight.models.cuts import Cut


class Report(models.Model):
    """One report of one period of one cut, beside another period; a problem profile is one of a subject, for a purpose.
    It never changes: what is written in it stands in versions of their own."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # a key of rules.reports.report_kinds
    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="reports")
    period = models.CharField(max_length=60)  # a window's key
    comparator = models.CharField(max_length=20)  # a value of rules.reports.Comparator
    subject = models.CharField(max_length=130, blank=True, default="")  # as rules.profiles.Subject.name has it, or none
    called = models.CharField(max_length=300, blank=True, default="")  # what the subject is called, in that cut
    purpose = models.CharField(max_length=300, blank=True, default="")
    was_profile = models.BigIntegerField(null=True, unique=True)  # its number while problem profiles had their own
    made_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="", called="") | (~Q(subject="") & ~Q(called="") & ~Q(purpose="")),
                name="a_profile_has_a_subject_and_a_purpose",
            )
        ]


class ReportWords(models.Model):
    """One version of what somebody wrote in one section; the newest stands. `beside`: how the same measures moved
    elsewhere, as whoever counts there says: {"area": words, "by": {measure: "-7.3"}}."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="words")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    beside = models.JSONField(default=dict)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "section", "-at"])]


class ReportStep(models.Model):
    """One version of one action of a delivery plan: what, who answers for it, by when, how it stands."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    number = models.IntegerField()  # within the report; the newest version of a number stands
    what = models.CharField(max_length=500)
    owner = models.CharField(max_length=200)
    due = models.DateField(null=True)
    state = models.CharField(max_length=20)  # a value of rules.reports.State
    progress = models.TextField(blank=True)
    taken_out = models.BooleanField(default=False)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )  # of an earlier plan
    from_rating = models.ForeignKey("Rating", on_delete=models.PROTECT, null=True, related_name="+")  # of a meeting
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "number", "-at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="an_action_says_what"),
            models.CheckConstraint(condition=~Q(owner=""), name="an_action_has_an_owner"),
        ]


class ReportSigned(models.Model):
    """A report as it was signed off: all of it, as data, and the checksum of its numbers. It never changes."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="signed")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()  # of foundations.papers.keeping
    checksum = models.CharField(max_length=64)
    checked = models.CharField(max_length=500)  # what the signer looked at, in their words
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(checked=""), name="a_signature_says_what_was_checked")]


class ReportRecipient(models.Model):
    """One version of a line of a distribution list: to whom a kind of report goes; of an address the newest stands."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # a key of rules.reports.report_kinds
    agency = models.CharField(max_length=120)
    name = models.CharField(max_length=120)  # a person, or a post such as clerk to the scrutiny commission
    email = models.EmailField()
    taken_out = models.BooleanField(default=False)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "email", "-id"])]
        constraints = [models.CheckConstraint(condition=~Q(agency="") & ~Q(name=""), name="a_recipient_is_somebody")]


class ReportSent(models.Model):
    """To whom a signed report was sent, when, with the checksum of the numbers that the link leads to."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sendings")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(ReportRecipient, on_delete=models.PROTECT, related_name="+")
    checksum = models.CharField(max_length=64)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "recipient"], name="a_report_is_sent_once_to_each")]
