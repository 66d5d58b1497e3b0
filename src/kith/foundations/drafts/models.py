"""Words that somebody typed and has not sent, and which forms were sent. Nobody reads them but whoever typed them."""

from __future__ import annotations

from django.db import models

from kith.foundations.access.models import Viewer


class Draft(models.Model):
    """What stands in one viewer's form, kept while they write: the form's address, its own mark, and its fields."""

    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=300)  # with the number of the record the form is about
    mark = models.UUIDField()  # the form's own, the same however often it is sent
    fields = models.JSONField(default=dict)  # each field's name with its values
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["viewer", "mark"], name="one_draft_of_a_form")]
        indexes = [models.Index(fields=["viewer", "path", "-kept_at"]), models.Index(fields=["kept_at"])]


class SentForm(models.Model):
    """A form that was accepted and where that led: the same form sent again leads there too, and does nothing more."""

    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.UUIDField()
    sent_as = models.UUIDField()  # of the mark and every word that was sent; no word can be read from it
    led_to = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["viewer", "sent_as"], name="a_form_sent_twice_is_sent_once")]
        indexes = [models.Index(fields=["viewer", "mark"]), models.Index(fields=["at"])]
