"""Case audits. What is of one child has the audience of that child's circle; counts and learning that of figures."""

from __future__ import annotations

from django.db import models

from kith.foundations.access.models import Agency, Scope, Viewer
from kith.foundations.documents.models import Document
from kith.subjects.models import Subject


class Group(models.Model):
    """Agencies that audit together and meet every so many weeks. Ended, never erased."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    title = models.CharField(max_length=120)
    theme = models.CharField(max_length=40)  # a key of rules.themes
    kind = models.CharField(max_length=40)  # a key of rules.kinds: the audits it makes
    every_weeks = models.IntegerField()
    first_on = models.DateField()
    at = models.TimeField()
    chair = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    agencies = models.JSONField(default=list)  # keys of those asked
    made_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True)


class Draw(models.Model):
    """A drawing by lot: of how many, with which seed, by whom. Names nobody."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    kind = models.CharField(max_length=40)  # a key of rules.kinds
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=80)
    population = models.IntegerField()
    drawn = models.IntegerField()
    drawn_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="draws")
    meets_on = models.DateField(null=True)  # the planned day of the group's meeting it was drawn for


class CaseAudit(models.Model):
    """One child's record, looked at by an auditor: drawn, opened with a reason, completed, reflected on, closed."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)  # the child's circle
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, null=True, related_name="audits")
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=60)  # the version of its questions: queries.templates.form_named
    auditor = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)  # why the record was opened
    opened_at = models.DateTimeField(null=True)
    needs_today = models.CharField(max_length=1000, blank=True)
    asked_today_at = models.DateTimeField(null=True)  # whether anything needs doing today was answered first
    completed_at = models.DateTimeField(null=True)
    reflection = models.TextField(blank=True)
    reflected_at = models.DateTimeField(null=True)
    again_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="again")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["auditor", "completed_at"]), models.Index(fields=["worker", "completed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["draw", "subject"], name="drawn_once"),
            models.UniqueConstraint(fields=["again_of"], name="audited_again_once"),
        ]


class Part(models.Model):
    """What one agency answered: question → {judgement, words, evidence}."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    audit = models.ForeignKey(CaseAudit, on_delete=models.CASCADE, related_name="parts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    answers = models.JSONField(default=dict)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "agency"], name="one_part_of_an_agency")]


class AuditAction(models.Model):
    """What must be done because of an audit, by whom, by when."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    audit = models.ForeignKey(CaseAudit, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(max_length=1000)
    owner = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    is_today = models.BooleanField(default=False)  # a child needs it now
    set_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    came_of = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "done_at"])]


class Judged(models.Model):
    """That an audit was done and how each question was judged, without the child: for counting and learning."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    kind = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day: no more is kept of when
    is_whole = models.BooleanField()  # the audit was completed by it; else one agency's part of it
    judgements = models.JSONField(default=dict)  # question → judgement

    class Meta:
        indexes = [models.Index(fields=["month"])]


class Meeting(models.Model):
    """A meeting of agencies that audit together: who came. attendance: agency's key → {came, words}.

    Of a group: the day that was planned, and that it was not held, with why.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    kind = models.CharField(max_length=40)
    held_on = models.DateField()
    attendance = models.JSONField(default=dict)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="meetings")
    planned_on = models.DateField(null=True)
    is_held = models.BooleanField(default=True)
    why_not = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "planned_on"], name="a_planned_meeting_noted_once")]


class Submission(models.Model):
    """An audit that one agency made by itself and handed in: in words, and as a file where there is one.

    The file has an audience of its own (`Document.scope`): its agency, or everybody who sees figures.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    records = models.IntegerField()
    theme = models.CharField(max_length=40, default="other")  # a key of rules.themes
    grade = models.CharField(max_length=20, blank=True)  # a key of rules.questions.JUDGEMENTS; "": not judged
    findings = models.TextField()
    actions = models.TextField(blank=True)
    file = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="+")
    is_file_shared = models.BooleanField(default=False)  # with everybody who sees figures
    handed_in_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(max_length=300, blank=True)


class Learning(models.Model):
    """A month's learning, written and sent to teams: what was good, what keeps coming up, you said, we did."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    month = models.DateField()
    good = models.TextField()
    keeps_coming_up = models.TextField()
    you_said = models.TextField(blank=True)
    we_did = models.TextField(blank=True)
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_to = models.IntegerField()  # how many were told
    due_on = models.DateField(null=True)  # the day it was due, where a rhythm stood
    changed = models.TextField(blank=True)  # what is different since
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")


class LearningRead(models.Model):
    """That somebody who was told of learning has read it, as they say."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    learning = models.ForeignKey(Learning, on_delete=models.CASCADE, related_name="reads")
    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learning", "viewer"], name="learning_read_once")]


class LearningRhythm(models.Model):
    """How often learning is due, and from whom. The latest stands; earlier ones say what was due then."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    every = models.CharField(max_length=20)  # rules.rhythm.Rhythm
    since = models.DateField()  # the first day it is due
    owner = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()


class FormVersion(models.Model):
    """A later version of a template: what it asks now, and why it was changed. Never changed itself."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # figures
    key = models.CharField(max_length=50)  # of rules.templates
    number = models.IntegerField()  # 2 and up: the first stands in rules.templates
    questions = models.JSONField()  # a list of {key, title, ask}
    why = models.CharField(max_length=300)
    made_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="a_version_of_a_template_once")]
