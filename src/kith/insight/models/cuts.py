"""Cuts: frozen, minimised, dated extracts; who is who in them; and each time somebody asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.subjects.models import Subject

CODE = 12  # letters


class Pseudonym(models.Model):
    """What a cut calls somebody or somewhere: letters drawn by lot, which say nothing. Only named jobs read this.

    It goes with its subject: what stands in an old cut under the code is then nobody's.
    """

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, primary_key=True, related_name="+")
    code = models.CharField(max_length=CODE, unique=True)


class Cut(models.Model):
    """One cut: its files stand in a folder of its name, and never change. Seen by whoever sees figures."""

    name = models.CharField(max_length=40, unique=True)  # such as 2026-11-20-0d78fff1f6
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField()  # its last day: what is counted ended before it
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)  # of its manifest
    rows = models.JSONField(default=dict)  # table → how many rows
    seconds = models.FloatField(default=0)  # how long it took

    class Meta:
        indexes = [models.Index(fields=["-made_at"])]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="a_cut_has_a_purpose")]

    def __str__(self) -> str:
        return self.name


class Reidentified(models.Model):
    """Somebody asked whom rows of a cut are about: who, why, which rows, when. Never changed."""

    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="reidentified")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=300)
    about = models.CharField(max_length=300)  # which rows, in words
    people = models.IntegerField()  # how many

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="whom_it_is_about_has_a_purpose")]
