"""A child is reported missing, and is back: what each agency says is kept; the absence is worked out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from secrets import choice
from uuid import UUID, uuid5

from django.db import transaction

from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.announcing import announce
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB, desk_audience, missing_team
from kith.missing.actions.facts import EpisodeOpened
from kith.missing.actions.grades_told import keep_grades
from kith.missing.actions.settling import is_long_past, settle_and_tell
from kith.missing.models import Account, Episode, Return
from kith.missing.permissions import check_can_report
from kith.missing.rules import Kind, SaidBy, Span, Standing, closest, how_near
from kith.missing.rules.letters import new_reference
from kith.subjects.models import Subject


@dataclass(frozen=True)
class Details:
    """What helps the search. `missing_from` and `harm_feared` are codes."""

    missing_from: str = ""
    last_seen_at_place: str = ""
    circumstances: str = ""
    clothing: str = ""
    carries: str = ""
    likely_places: str = ""
    companions: str = ""
    harm_feared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reported:
    """One agency's account of one absence.

    `number`: the agency's own. `came_by`: form, email, api or feed. `told_by`: name and post of whoever reported.
    `told_at`: when they did, where that was before it is written down. `found_by` and `returned_to` are codes.
    `entry_id`, `feed` and `feed_key`: where a feed told it.
    """

    subject_id: int
    agency_id: int
    kind: str
    gone_at: datetime
    gone_is_day: bool = False
    back_at: datetime | None = None
    back_is_day: bool = False
    number: str = ""
    told_by: str = ""
    told_at: datetime | None = None
    came_by: str = "form"
    grade: str = ""
    found_at_place: str = ""
    found_place_id: int | None = None
    found_by: str = ""
    returned_to: str = ""
    harm_seen: str = ""
    details: Details = Details()
    entry_id: int | None = None
    feed: str = ""
    feed_key: str = ""

    @property
    def span(self) -> Span:
        return Span(self.gone_at, self.back_at, self.gone_is_day, self.back_is_day)


@transaction.atomic
def report_missing(*, reported: Reported, by: Viewer, now: datetime, once: UUID | None = None) -> Episode:
    """Keeps an agency's account, on the absence it tells of or on a new one. Answers that absence.

    `once` is the mark of the form: the same answers with the same mark are one report. Raises NotAllowed where `by` may
    not report, or where no team follows missing children. Whoever reports need not be let into the child's record.
    """
    check_can_report(by)
    job = system_viewer(JOB)
    with viewing_as(job):
        sent_as = uuid5(once, json.dumps([by.pk, asdict(reported)], default=str)) if once else None
        known = Episode.objects.filter(sent_as=sent_as).first() if sent_as else None
        if known:
            return known
        subject = Subject.objects.select_for_update().get(pk=reported.subject_id)  # one report of a child at a time
        standing = _standing(subject)
        fits = closest(reported.span, reported.agency_id, standing)
        episode = Episode.objects.get(pk=fits) if fits else _begin(subject, reported, sent_as, by, now)
        _keep_account(episode, reported, joined=bool(fits), by=by, now=now)
        what = f"Reported {Kind(reported.kind).value}: {episode.reference}"
        record(viewer=by, action="report-missing", subjects=[subject.pk], what=what, now=now)
        if not fits:
            open_to_those_who_talk(episode=episode, by=by, now=now)
            announce(EpisodeOpened(episode, by, now, long_past=is_long_past(reported.back_at, now)))
        settle_and_tell(episode=episode, why="An agency told us more", by=by, now=now)
    return episode


def _begin(subject: Subject, reported: Reported, sent_as: UUID | None, by: Viewer, now: datetime) -> Episode:
    details = asdict(reported.details) | {"harm_feared": list(reported.details.harm_feared)}
    return Episode.objects.create(
        reference=new_reference("M", choice),
        subject=subject,
        scope_id=subject.scope_id,
        desk=desk_audience(now=now),
        kind=reported.kind,
        gone_at=reported.gone_at,
        gone_is_day=reported.gone_is_day,
        told_at=reported.told_at or now,
        opened_by=by,
        sent_as=sent_as,
        grade=reported.grade,
        **details,
    )


def _keep_account(episode: Episode, reported: Reported, *, joined: bool, by: Viewer, now: datetime) -> Account:
    account = Account.objects.create(
        subject_id=episode.subject_id,
        told_of_id=reported.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        episode=episode,
        joined_because=_why_joined(episode, reported.span) if joined else "",
        missing_from=reported.details.missing_from,
        told_at=reported.told_at or now,
        **{
            name: getattr(reported, name)
            for name in (
                "agency_id", "number", "came_by", "kind", "gone_at", "gone_is_day", "back_at", "back_is_day", "grade",
                "found_at_place", "found_place_id", "told_by", "entry_id", "feed", "feed_key",
            )
        },
    )  # fmt: skip
    keep_grades(accounts=[account], by=by, now=now)
    seen = {name: getattr(reported, name) for name in ("found_by", "returned_to", "harm_seen")}
    say_what_account_says(account=account, seen=seen, by=by, now=now)
    return account


def say_what_account_says(
    *, account: Account, by: Viewer, now: datetime, seen: Mapping[str, str] | None = None
) -> None:
    """Its return, as one word among others; nothing while it tells of none or says again what it has said.

    `seen`: what else was told of the return: found_by, returned_to, harm_seen.
    """
    said = account.returns.filter(episode_id=account.episode_id).order_by("-pk").first()
    if account.back_at is None or (said and (said.back_at, said.back_is_day) == (account.back_at, account.back_is_day)):
        return
    word = word_of(account=account, by=by, now=now)
    for name, told in (seen or {}).items():
        setattr(word, name, told)
    word.save()


def word_of(*, account: Account, by: Viewer, now: datetime) -> Return:
    """An account's word on the return, not yet kept. For one that tells of a return."""
    assert account.back_at is not None
    return Return(
        subject_id=account.subject_id,
        scope_id=account.scope_id,
        desk_id=account.desk_id,
        episode_id=account.episode_id,
        said_by=SaidBy.ACCOUNT.value,
        agency_id=account.agency_id,
        account=account,
        back_at=account.back_at,
        back_is_day=account.back_is_day,
        place=account.found_at_place,
        place_subject_id=account.found_place_id,
        by=by,
        at=now,
    )


def _why_joined(episode: Episode, span: Span) -> str:
    told = (
        Agency.objects.filter(pk__in=episode.accounts.values("agency")).order_by("name").values_list("name", flat=True)
    )
    began = Span(episode.gone_at, episode.back_at, episode.gone_is_day, episode.back_is_day)
    return f"{' and '.join(told)} tells of the same time: {how_near(began, span)}"[:300]


def _standing(subject: Subject) -> list[Standing]:
    """The absences that an account may join: those counted, in the order they were told."""
    episodes = (
        Episode.objects.filter(subject=subject, not_missing_because="").order_by("pk").prefetch_related("accounts")
    )
    return [
        Standing(
            episode.pk,
            Span(episode.gone_at, episode.back_at, episode.gone_is_day, episode.back_is_day),
            frozenset(account.agency_id for account in episode.accounts.all() if account.withdrawn_at is None),
        )
        for episode in episodes
    ]


def open_to_those_who_talk(*, episode: Episode, by: Viewer, now: datetime) -> None:
    """The record opens to the team that follows missing children; it closes when the conversation is done."""
    open_circle(
        scope=episode.scope,
        team=missing_team(),
        because=f"{'Missing' if episode.kind == Kind.MISSING.value else 'Away'} since {episode.gone_at:%-d %B %Y}",
        reason_kind="missing",
        reference=f"episode:{episode.pk}",
        by=by,
        now=now,
    )
