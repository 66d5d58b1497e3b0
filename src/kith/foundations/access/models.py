"""Who works here, which audiences there are, and who is in which, why and until when."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from kith.foundations.access.rules import OF_ROLES, Reach, Role, ScopeKind, TeamWork


class Agency(models.Model):
    """An organisation that works with children here, or, outside the partnership, elsewhere."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    out_of_hours = models.CharField(max_length=80, blank=True)
    in_partnership = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People of one agency who share work."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    work = models.CharField(max_length=20, blank=True, choices=[(work.value, work.title) for work in TeamWork])
    audience = models.OneToOneField("Scope", on_delete=models.PROTECT, null=True, related_name="team")  # its queue

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_name_once_in_an_agency")]

    def __str__(self) -> str:
        return self.name


class ViewerManager(BaseUserManager["Viewer"]):
    """Makes staff; named system viewers are made by actions.system_viewer."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Viewer:
        viewer = self.model(email=self.normalize_email(email).lower(), **fields)
        viewer.set_password(password)
        viewer.save(using=self._db)
        return viewer

    def get_by_natural_key(self, username: str | None) -> Viewer:
        return self.get(email=(username or "").lower())


class Viewer(AbstractBaseUser):
    """Whoever looks: a member of staff who signs in, or a named system job that acts with a stated reach."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, choices=[(role.value, role.title) for role in Role])
    reach = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Reach], default=Reach.SCOPED.value)
    job_title = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="viewers", null=True)
    teams = models.ManyToManyField(Team, related_name="viewers", blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = ViewerManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.SYSTEM.value, agency=None) | Q(reach=Reach.SCOPED.value),
                name="only_the_system_reaches_everything",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Scope(models.Model):
    """An audience. Every protected row carries exactly one."""

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in ScopeKind])
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind__in=sorted(OF_ROLES)), name="one_scope_of_a_role"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.pk}"


class Opening(models.Model):
    """A circle opened to somebody or to a team: because of what work, by whom, until when. Ended, never erased."""

    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="openings")
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, null=True, related_name="openings")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="openings")
    because = models.CharField(max_length=300)
    reason_kind = models.CharField(max_length=40)  # a key of rules.REASONS
    reference = models.CharField(max_length=120, blank=True)  # what work opened it, so that its closing can find it
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scope", "ended_at"]), models.Index(fields=["reference"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(viewer=None, team__isnull=False) | Q(viewer__isnull=False, team=None),
                name="opened_to_one_person_or_one_team",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("opened_at")), name="opens_before_it_ends"
            ),
        ]


class ViewerScope(models.Model):
    """What the openings come to: one lean row for each viewer and scope, the only thing row security reads."""

    pk = models.CompositePrimaryKey("viewer", "scope")
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["scope"])]


class BreakGlass(models.Model):
    """Somebody looked where their work had not yet opened the circle: why, until when, and who reviewed it."""

    opening = models.OneToOneField(Opening, on_delete=models.PROTECT, related_name="break_glass")
    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()
    review_due = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)  # a key of rules.REVIEW_OUTCOMES
    review_note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="reviewed_by_somebody_at_some_time",
            ),
        ]
