"""A letter that tells of a missing child: proposed to those who decide, and what they decide. Nothing by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from kith.foundations.access.actions import team_audience
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import TeamWork
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.front_door.mailbox.reading import EmailRead
from kith.front_door.models import Contact, MissingLetter
from kith.front_door.models.missing_mail import BACK, NOT_MISSING, REPORTED, RETURN, STANDING
from kith.front_door.queries.missing_mail import searching_agency
from kith.linkage.newcomers import Newcomer
from kith.missing.actions import Back, Reported, report_missing, say_back
from kith.missing.actions.desk import desk_audience
from kith.missing.actions.newcomers import record_of_newcomer
from kith.missing.actions.returns import say_account_back
from kith.missing.models import Account, Episode
from kith.missing.permissions import check_can_see_board
from kith.missing.queries.concerned import on_the_desk
from kith.missing.rules.mail import read_missing

SETTLED = "Something has come of this letter already."
WORDS = {
    "report": "A letter tells of a missing child: look at it, and say what it is",
    "return": "A letter tells that a child is back: look at it, and say what it is",
}


def propose_missing(*, contact: Contact, letter: EmailRead, by: Viewer, now: datetime) -> MissingLetter | None:
    """Where a letter reads as telling of a missing child, those who decide are told. None for any other letter.

    `by` is the named job that takes letters in. The contact stays at the front door whatever becomes of it.
    """
    read = read_missing(letter.words, now)
    if not read.tells or not Team.objects.filter(work=TeamWork.MISSING.value).exists():
        return None
    proposed = MissingLetter.objects.create(
        contact=contact,
        scope=desk_audience(now=now),
        door=team_audience(team=contact.team, now=now),
        words=contact.what,
        sender=letter.sender,
        sender_name=letter.sender_name,
        agency=searching_agency(letter.sender) if letter.verified else None,
        tells=read.tells,
        came_at=now,
    )
    news = News(
        text=WORDS[read.tells],
        path=reverse("missing-letter", args=[proposed.pk]),
        about=f"missing-letter:{proposed.pk}",
        once=f"missing-letter:{proposed.pk}",
        urgent=proposed.known,
    )
    tell(viewers=on_the_desk(), news=news, scope=proposed.scope, now=now)
    record(viewer=by, action="propose-missing", what=f"Letter of contact {contact.reference}", now=now)
    return proposed


@transaction.atomic
def report_from_letter(*, letter_id: int, reported: Reported, by: Viewer, now: datetime) -> Episode:
    """Whoever decides says that it is a report, as they corrected it. Of two at once, the first one's stands."""
    letter = _locked(letter_id, by)
    if letter.episode:
        return letter.episode
    episode = report_missing(reported=reported, by=by, now=now)
    _keep_with(letter, episode)
    if letter.tells != RETURN:
        _settle(letter, REPORTED, by, now)
    return episode


@transaction.atomic
def report_newcomer_from_letter(
    *, letter_id: int, newcomer: Newcomer, reported: Reported, by: Viewer, now: datetime
) -> Episode:
    """The same of a child of whom there is no record: one begins with the report. `reported` says of nobody yet."""
    letter = _locked(letter_id, by)
    if letter.episode:
        return letter.episode
    subject_id = record_of_newcomer(newcomer=newcomer, by=by, now=now)
    return report_from_letter(letter_id=letter_id, reported=replace(reported, subject_id=subject_id), by=by, now=now)


@transaction.atomic
def back_from_letter(*, letter_id: int, episode_id: int, back: Back, by: Viewer, now: datetime) -> Episode:
    """The letter tells that the child of this absence is back.

    It ends the account of the sender's agency, where that has told of this absence; else it is the word of `by`'s.
    """
    letter = _locked(letter_id, by)
    if letter.outcome == BACK and letter.episode:
        return letter.episode
    told = Account.objects.filter(episode=episode_id, agency=letter.agency, withdrawn_at=None).order_by("-pk").first()
    said: dict[str, Any] = {"back": back, "by": by, "now": now}
    episode = say_account_back(account_id=told.pk, **said) if told else say_back(episode_id=episode_id, **said)
    _keep_with(letter, episode)
    _settle(letter, BACK, by, now)
    return episode


@transaction.atomic
def tells_of_standing(*, letter_id: int, episode_id: int, by: Viewer, now: datetime) -> Episode:
    """The letter says again what stands already: nothing is added, and the letter is kept with that absence."""
    letter = _locked(letter_id, by)
    if letter.episode is None:
        _keep_with(letter, Episode.objects.get(pk=episode_id))
        _settle(letter, STANDING, by, now)
    assert letter.episode is not None
    return letter.episode


@transaction.atomic
def not_missing(*, letter_id: int, by: Viewer, now: datetime) -> None:
    """It is no report: the contact waits at the front door as any other. Whoever decides may still look again."""
    letter = _locked(letter_id, by)
    if letter.outcome == NOT_MISSING:
        return
    if letter.episode:
        raise NotAllowed(SETTLED)
    _settle(letter, NOT_MISSING, by, now)


def _locked(letter_id: int, by: Viewer) -> MissingLetter:
    check_can_see_board(by)
    return MissingLetter.objects.select_for_update(of=("self",)).select_related("episode", "agency").get(pk=letter_id)


def _keep_with(letter: MissingLetter, episode: Episode) -> None:
    letter.episode, letter.reference = episode, episode.reference
    letter.save(update_fields=["episode", "reference"])


def _settle(letter: MissingLetter, outcome: str, by: Viewer, now: datetime) -> None:
    letter.outcome, letter.settled_by, letter.settled_at = outcome, by, now
    letter.save(update_fields=["outcome", "settled_by", "settled_at"])
    subjects = [letter.episode.subject_id] if letter.episode else []
    record(viewer=by, action="settle-missing-letter", subjects=subjects, what=f"Letter {letter.pk}: {outcome}", now=now)
