"""What the search looks in: the words, dates and numbers by which subjects are known. Read only by kith_find().

Nobody reads these tables directly: row security shows them to named system jobs, who fill them, and to the search
function, which itself keeps to what its viewer may know.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.foundations.access.models import Scope


class SearchName(models.Model):
    """One way in which a source names a subject: all are searched, whoever uses them today."""

    subject = models.ForeignKey("subjects.Subject", on_delete=models.CASCADE, db_constraint=False, related_name="+")
    # the circle's scope, or a restricted part's
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    first_names = models.TextField(blank=True)
    last_names = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    date_of_birth = models.DateField(null=True)
    postcode = models.TextField(blank=True)
    address = models.TextField(blank=True)
    numbers = ArrayField(models.TextField(), default=list)

    class Meta:
        app_label = "subjects"


class SearchDoc(models.Model):
    """Everything by which one audience may find one subject, drawn together."""

    subject = models.ForeignKey(
        "subjects.Subject", on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    kind = models.CharField(max_length=10)
    in_circle = models.BooleanField()  # False: drawn from a restricted part, found by its holders only
    is_child = models.BooleanField()
    label = models.TextField()
    words = ArrayField(models.IntegerField())
    firsts = ArrayField(models.IntegerField())
    lasts = ArrayField(models.IntegerField())
    days = ArrayField(models.DateField())
    numbers = ArrayField(models.TextField())

    class Meta:
        app_label = "subjects"
        constraints = [models.UniqueConstraint(fields=["subject", "scope"], name="one_search_doc_an_audience")]


class SearchWord(models.Model):
    """A word of somebody's name, or of an address ("/14 harbour" as "/14harbour"), and how many docs have it."""

    id = models.AutoField(primary_key=True)
    word = models.TextField(db_collation="C")
    docs = models.IntegerField(default=0)

    class Meta:
        app_label = "subjects"
        constraints = [models.UniqueConstraint(fields=["word"], name="a_search_word_once")]


class SearchKey(models.Model):
    """A key by which a misspelt word is found (see keys.py)."""

    pk = models.CompositePrimaryKey("key", "word", "dropped")
    key = models.TextField(db_collation="C")
    word = models.ForeignKey(
        SearchWord, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    dropped = models.SmallIntegerField()

    class Meta:
        app_label = "subjects"


class SearchPosting(models.Model):
    """A doc with a word, and with a second word beside it (0: the word alone; otherwise the greater number)."""

    pk = models.CompositePrimaryKey("word_id", "beside", "doc_id")
    word_id = models.IntegerField()
    beside = models.IntegerField()
    doc_id = models.BigIntegerField()

    class Meta:
        app_label = "subjects"


class SearchDay(models.Model):
    """A doc with a date of birth, once for each word of its names (0: it has none)."""

    pk = models.CompositePrimaryKey("day", "word_id", "doc_id")
    day = models.DateField()
    word_id = models.IntegerField()
    doc_id = models.BigIntegerField()

    class Meta:
        app_label = "subjects"


class SearchNumber(models.Model):
    """A doc with an identifier, written without spaces or punctuation, in capitals."""

    pk = models.CompositePrimaryKey("number", "doc_id")
    number = models.TextField(db_collation="C")
    doc_id = models.BigIntegerField()

    class Meta:
        app_label = "subjects"
