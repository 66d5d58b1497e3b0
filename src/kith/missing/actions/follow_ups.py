"""Some days after a return a parent or carer is asked what they noticed, by a link that names nobody, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import choice

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.foundations.private_links.actions import NoSuchLink, To, end_links, send_link, use_up
from kith.missing.actions.desk import JOB, talkers_audience
from kith.missing.models import Conversation, Episode, FollowUp
from kith.missing.queries.concerned import lead_workers
from kith.missing.queries.follow_ups import to_be_asked
from kith.missing.queries.talks import episodes_of, talkers
from kith.missing.rules.clock import FOLLOW_UP, REPLY, first
from kith.missing.rules.letters import new_reference
from kith.missing.rules.steps import NotAStep
from kith.missing.rules.telling import names_in
from kith.missing.talks_permissions import check_can_read_said
from kith.subjects.models import Subject

PARENT, ANSWERED = "parent", "reply"
SUBJECT = "You can add something"
ASK = "You can add anything you have noticed: {link} The link expires in 7 days. {partnership}"
REPLIED = "There is an answer for you from {partnership}. To read it: {link} The link expires in 7 days."
NEWS = "A parent or carer has answered {reference}. A reply is due {due}."
NEWS_NO_REPLY = "A parent or carer has answered {reference}."
NO_ADDRESS = "No message can go: this installation has no address of its own yet. Ring them."
NAMES_A_CHILD = "The reply names {names}. Write it without names: others may read it on their phone."
NOT_ANSWERED = "They have not told us anything yet."
REPLIED_ALREADY = "They were answered already."


@dataclass(frozen=True)
class Asking:
    """Whom of the family is asked, and how. `relation` is a code; `ask_on` None: by the rule."""

    name: str
    relation: str
    phone: str = ""
    email: str = ""
    language: str = "en"
    ask_on: datetime | None = None


@dataclass(frozen=True)
class Noticed:
    """What a parent or carer tells. `noticed`: codes."""

    noticed: tuple[str, ...] = ()
    words: str = ""
    would_help: str = ""
    wants_reply: bool = False
    kept_from_child: bool = False


@transaction.atomic
def plan_follow_up(*, conversation_id: int, asking: Asking, by: Viewer, now: datetime) -> FollowUp:
    """Somebody who works with the child names who is to be asked; by rule three days after the latest return."""
    check_can_read_said(by)
    conversation = Conversation.objects.get(pk=conversation_id)
    episode = max(episodes_of(conversation), key=lambda one: one.back_at or one.gone_at)
    with viewing_as(system_viewer(JOB)):
        row = FollowUp.objects.create(
            subject_id=episode.subject_id,
            scope_id=episode.scope_id,
            talkers=talkers_audience(now=now),
            episode=episode,
            reference=new_reference("F", choice),
            ask_on=max(asking.ask_on or first(FOLLOW_UP, episode.back_at or now), now),
            name=asking.name.strip(),
            relation=asking.relation,
            phone=asking.phone.strip(),
            email=asking.email.strip(),
            language=asking.language,
            by=by,
        )
    what = f"{row.reference}: a parent or carer is to be asked after {episode.reference}"
    record(viewer=by, action="plan-follow-up", subjects=[episode.subject_id], what=what, now=now)
    return row


def ask_parents(*, by: Viewer, now: datetime, site: str = "") -> int:
    """Sends the neutral message to everybody whose day has come. Answers how many went."""
    with viewing_as(system_viewer(JOB)):
        return sum(_ask(row, by, now, site) for row in to_be_asked(now))


@transaction.atomic
def _ask(row: FollowUp, by: Viewer, now: datetime, site: str) -> bool:
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("talkers").get(pk=row.pk)
    if row.asked_at or row.stopped_because or not _send(row, PARENT, SUBJECT, ASK, now, site):
        return False
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    record(viewer=by, action="ask-parent", subjects=[row.subject_id], what=f"Asked {row.reference}", now=now)
    return True


@transaction.atomic
def answer_follow_up(*, secret: str, noticed: Noticed, now: datetime) -> FollowUp:
    """What a parent or carer tells us, once. Those who talk with children on return and the lead worker see it now."""
    opened = use_up(secret=secret, now=now)
    if opened.purpose != PARENT:
        raise NoSuchLink
    job = system_viewer(JOB)
    with viewing_as(job):
        row = FollowUp.objects.select_for_update(of=("self",)).get(pk=int(opened.about.removeprefix("follow-up:")))
        row.answered_at, row.noticed = now, list(noticed.noticed)
        row.noticed_words, row.would_help = noticed.words.strip(), noticed.would_help.strip()
        row.wants_reply, row.kept_from_child = noticed.wants_reply, noticed.kept_from_child
        row.reply_due_at = first(REPLY, now) if noticed.wants_reply else None
        row.save()
        what = f"A parent or carer answered {row.reference}"
        record(viewer=job, action="answer-follow-up", subjects=[row.subject_id], what=what, now=now)
        _tell_of_answer(row, now)
        return row


@transaction.atomic
def reply_to_parent(*, follow_up_id: int, text: str, by: Viewer, now: datetime, site: str = "") -> FollowUp:
    """Our reply stands behind a private link of its own. Raises NotAStep with the sentence to show."""
    check_can_read_said(by)
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("talkers").get(pk=follow_up_id)
    if row.answered_at is None or row.replied_at:
        raise NotAStep(REPLIED_ALREADY if row.replied_at else NOT_ANSWERED)
    check_names_no_child(subject_id=row.subject_id, text=text)
    row.reply, row.replied_at = text.strip(), now
    row.save(update_fields=["reply", "replied_at"])
    if not _send(row, ANSWERED, "An answer for you", REPLIED, now, site):
        raise NotAStep(NO_ADDRESS)
    record(viewer=by, action="reply-follow-up", subjects=[row.subject_id], what=f"Replied to {row.reference}", now=now)
    return row


@transaction.atomic
def stop_follow_up(*, follow_up_id: int, because: str, by: Viewer, now: datetime) -> FollowUp:
    """They are not asked after all; a link that went is of no use any more."""
    check_can_read_said(by)
    row = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up_id)
    if row.answered_at:
        raise NotAStep("They have told us already.")
    row.stopped_because = because.strip()[:300]
    row.save(update_fields=["stopped_because"])
    end_links(purpose=PARENT, about=f"follow-up:{row.pk}", now=now)
    what = f"Not asked: {row.reference}"
    record(viewer=by, action="stop-follow-up", subjects=[row.subject_id], what=what, because=because[:300], now=now)
    return row


def check_names_no_child(*, subject_id: int, text: str) -> None:
    """Raises NotAStep where words for a family's phone name the child."""
    with viewing_as(system_viewer(JOB)):
        name = Subject.objects.filter(pk=subject_id).values_list("name", flat=True).first() or ""
    if found := names_in(text, [name]):
        raise NotAStep(NAMES_A_CHILD.format(names=" and ".join(found)))


def _send(row: FollowUp, purpose: str, subject: str, words: str, now: datetime, site: str) -> bool:
    return send_link(
        purpose=purpose,
        about=f"follow-up:{row.pk}",
        to=To(row.phone, "" if row.phone else row.email),
        scope=row.talkers,
        subject=subject,
        words=words.replace("{partnership}", settings.PARTNERSHIP.name),
        site=site,
        now=now,
    )


def _tell_of_answer(row: FollowUp, now: datetime) -> None:
    episode = Episode.objects.get(pk=row.episode_id)
    due = timezone.localtime(row.reply_due_at).strftime("%-d %B, %H:%M") if row.reply_due_at else ""
    text = (
        NEWS.format(reference=row.reference, due=f"by {due}") if due else NEWS_NO_REPLY.format(reference=row.reference)
    )
    news = News(
        text=text, path=reverse("follow-up", args=[row.pk]), about=f"follow-up:{row.pk}", once=f"answered:{row.pk}"
    )
    people = [*talkers(), *lead_workers(episode, now, timezone.localdate(now))]
    tell(viewers=people, news=news, scope=row.talkers, now=now)
