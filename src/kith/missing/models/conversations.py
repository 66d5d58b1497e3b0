"""The conversation that is offered when a child is back: its steps, what the child said, and to whom that went."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.missing.models.episodes import CODE, LINE, Episode, OfAChild
from kith.missing.rules import Step
from kith.subjects.models import Subject


class OfThoseWhoTalk(models.Model):
    """A row for those of the child's circle who work in social care, and for the team that talks with children on
    return: never for the search, the home, the school or a carer.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the child's circle
    talkers = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the audience of those who talk

    class Meta:
        abstract = True


class Conversation(OfAChild):
    """One conversation offered after a return, or after several: from the first offer to its writing up.

    The times are worked out of its steps; each is None until that has happened.
    """

    reference = models.CharField(max_length=12, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")  # who offers it
    talker = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # who is to hold it
    offered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    not_offered_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    written_up_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=CODE, blank=True)  # a code: why declined, or why not offered
    independent = models.BooleanField(null=True)  # whether whoever held it is independent of where the child lives
    offer_again_on = models.DateField(null=True)  # after it was declined: when it is offered once more
    offer_again_who = models.CharField(max_length=200, blank=True)  # and by which other adult, if another
    feed = models.CharField(max_length=80, blank=True)
    feed_key = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["held_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "feed_key"], condition=~Q(feed=""), name="a_conversation_once_from_a_feed"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Covered(OfAChild):
    """An episode that a conversation covers. One conversation may cover several; an episode has one."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="covered")
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="covered")


class Taken(OfAChild):
    """One step: what happened when, told by whom. Never changed; a wrong one is set right by another row."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=[(step.value, step.value) for step in Step])
    at = models.DateTimeField()  # when it happened
    reason = models.CharField(max_length=CODE, blank=True)  # a code, for declined and not offered
    words = models.TextField(blank=True)
    how = models.CharField(max_length=CODE, blank=True)  # a code: text, call, walk …, as the child chose
    who = models.CharField(max_length=200, blank=True)  # whom the child chose to talk with, or who made the offer
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="set_right_by")

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"])]


class Said(OfThoseWhoTalk):
    """What the child said, in their words, and what would help: for their social care and those who talk."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="said")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    own_words = models.TextField(blank=True)
    push = models.JSONField(default=list)  # codes: what made it hard to stay
    pull = models.JSONField(default=list)  # codes: what drew them
    travelled = models.CharField(max_length=LINE, blank=True)
    happened = models.TextField(blank=True)
    harm = models.JSONField(default=list)  # codes
    harm_words = models.TextField(blank=True)
    feelings = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    trusted = models.CharField(max_length=LINE, blank=True)  # an adult they trust
    safety = models.TextField(blank=True)  # what is to be done, for the worker
    view = models.TextField(blank=True)  # the talker's own view, kept apart from the child's words
    summary = models.TextField(blank=True)  # goes on the record, for everybody in the child's circle
    for_parent = models.TextField(blank=True)  # in plain words, without the child's name
    by_child = models.BooleanField(default=False)  # the child wrote it alone
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)


class SaidBefore(OfThoseWhoTalk):
    """What was written down before somebody set it right, every word as it stood."""

    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="before")
    fields = models.JSONField()
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    why = models.CharField(max_length=LINE, blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Mentioned(OfThoseWhoTalk):
    """A person, place, vehicle or account that the child named."""

    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="mentioned")
    kind = models.CharField(max_length=CODE)  # person, place, vehicle, phone, online
    value = models.CharField(max_length=200)
    about = models.CharField(max_length=LINE, blank=True)
    to_police = models.BooleanField(default=False)  # where the child agreed to some of it: whether to this
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")


class Consent(OfThoseWhoTalk):
    """What the child agreed may be told to one recipient."""

    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="consents")
    recipient = models.CharField(max_length=CODE)  # a code: police, worker, parent, school, health
    answer = models.CharField(max_length=CODE)  # a code: all, some, none
    words = models.CharField(max_length=LINE, blank=True)
    anyway_because = models.CharField(max_length=LINE, blank=True)  # told although not agreed: why, and the child knows


class Sent(OfThoseWhoTalk):
    """What went to one recipient, and when."""

    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="sent")
    recipient = models.CharField(max_length=CODE)
    what = models.CharField(max_length=LINE)
    led_to = models.CharField(max_length=120, blank=True)  # such as `intelligence:I-ABC123` or `entry:17`
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Warned(OfAChild):
    """That those concerned were warned so many hours after a return."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="warnings")
    hours = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "hours"], name="warned_once_at_each_hour")]


class FollowUp(OfThoseWhoTalk):
    """What a parent or carer is asked some days after a return, by a neutral private link; and what they answered."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="follow_ups")
    reference = models.CharField(max_length=12, unique=True)
    ask_on = models.DateTimeField()  # when the message goes
    name = models.CharField(max_length=200)  # who they are, for those who work with the child
    relation = models.CharField(max_length=CODE)  # a code: mother, father, carer, foster carer …
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    noticed = models.JSONField(default=list)  # codes
    noticed_words = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    wants_reply = models.BooleanField(default=False)
    kept_from_child = models.BooleanField(default=False)  # asked that it is not in the child's own copy
    reply_due_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    stopped_because = models.CharField(max_length=LINE, blank=True)  # why it was not asked after all
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="there_is_a_way_to_ask_them")]
