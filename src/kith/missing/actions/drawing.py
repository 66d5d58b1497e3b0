"""Absences and conversations made of what feeds have told: after each load, what is new; running it again adds nothing.

A first load brings years at once, so everything is worked out in memory and written in a few statements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from secrets import choice

from django.db import transaction

from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.announcing import announce
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import desk_audience
from kith.missing.actions.drawn_conversations import draw_conversations
from kith.missing.actions.episodes import open_to_those_who_talk, word_of
from kith.missing.actions.facts import ChildBack, EpisodeOpened
from kith.missing.actions.grades_told import keep_grades
from kith.missing.actions.settling import is_long_past, settle_and_tell
from kith.missing.models import Account, Drawn, Episode, Return
from kith.missing.queries.told import ABSENCES, FeedEntry, drawn_up_to, fresh, recorded_up_to, taken_back
from kith.missing.rules import SaidBy, Span, Standing, Word, closest, how_near, overlap, return_that_counts
from kith.missing.rules.letters import new_reference
from kith.missing.rules.reading import Read, read_told

BATCH = 1000
SAID = ("gone_at", "gone_is_day", "back_at", "back_is_day", "missing_from", "grade", "found_at_place")
CHANGED = (*SAID, "kind", "found_place", "entry", "withdrawn_at", "feed", "feed_key", "number")


@dataclass(frozen=True)
class DrawReport:
    """What a drawing did."""

    accounts: int = 0
    episodes: int = 0
    changed: int = 0
    withdrawn: int = 0
    conversations: int = 0


@dataclass
class _Child:
    """What stands of one child while a drawing goes on."""

    episodes: list[Episode] = field(default_factory=list)
    accounts: dict[int, list[Account]] = field(default_factory=lambda: defaultdict(list))  # by the episode's key


@transaction.atomic
def draw_from_feeds(*, by: Viewer, now: datetime) -> DrawReport:
    """`by` is a named system job. Nothing is drawn where no team follows missing children yet; it is caught up with."""
    if not Team.objects.filter(work=TeamWork.MISSING.value).exists():
        return DrawReport()
    with viewing_as(by):
        since, up_to = drawn_up_to(), recorded_up_to()
        if up_to is None or up_to <= since:
            return DrawReport()
        report = _Drawing(by, now, desk_audience(now=now)).run(fresh(ABSENCES, since))
        withdrawn = _withdraw(since, by, now)
        conversations = draw_conversations(since=since, by=by, now=now)
        Drawn.objects.update_or_create(defaults={"up_to": up_to})
        what = f"{report.accounts} accounts of missing children from feeds, {report.episodes} absences"
        record(viewer=by, action="draw-missing", what=what, because="A delivery was brought", now=now)
    return DrawReport(report.accounts, report.episodes, report.changed, withdrawn, conversations)


class _Drawing:
    def __init__(self, by: Viewer, now: datetime, desk: Scope) -> None:
        self.by, self.now, self.desk = by, now, desk
        self.agencies = dict(Agency.objects.values_list("pk", "name"))
        self.children: dict[int, _Child] = {}
        self.new_episodes: list[Episode] = []
        self.new_accounts: list[Account] = []
        self.changed: list[Account] = []

    def run(self, told: list[FeedEntry]) -> DrawReport:
        self._know({one.subject_id for one in told})
        known = {(a.feed, a.feed_key): a for a in self._accounts_of(told)}
        for one in told:
            account = known.get((one.feed, one.feed_key))
            if account:
                self._say_anew(account, one, read_told(one.told))
            else:
                self._place(one, read_told(one.told))
        self._write()
        return DrawReport(len(self.new_accounts), len(self.new_episodes), len(self.changed))

    def _accounts_of(self, told: list[FeedEntry]) -> list[Account]:
        feeds, keys = {one.feed for one in told}, [one.feed_key for one in told]
        return list(Account.objects.filter(feed__in=feeds, feed_key__in=keys).select_related("episode"))

    def _know(self, subjects: set[int]) -> None:
        self.children = {subject: _Child() for subject in subjects}
        for episode in Episode.objects.filter(subject__in=subjects).order_by("pk"):
            self.children[episode.subject_id].episodes.append(episode)
        for account in Account.objects.filter(subject__in=subjects, withdrawn_at=None).order_by("pk"):
            self.children[account.subject_id].accounts[account.episode_id].append(account)

    def _say_anew(self, account: Account, one: FeedEntry, read: Read) -> None:
        """A row that has changed: most often, the child is back now."""
        account.entry_id, account.withdrawn_at = one.entry_id, None
        self._set(account, one, read)
        self.changed.append(account)

    def _set(self, account: Account, one: FeedEntry, read: Read) -> None:
        for name in SAID:
            setattr(account, name, getattr(read, name))
        account.kind, account.found_place_id = read.kind.value, one.place_id

    def _place(self, one: FeedEntry, read: Read) -> None:
        child = self.children[one.subject_id]
        if account := self._told_by_hand(child, one, read):
            account.feed, account.feed_key, account.number = one.feed, one.feed_key, account.number or one.number
            account.entry_id = one.entry_id
            if account.back_at is None:
                account.back_at, account.back_is_day = read.back_at, read.back_is_day
            self.changed.append(account)
            return
        episode = self._absence(child, one, read)
        account = Account(
            subject_id=one.subject_id,
            scope_id=one.scope_id,
            told_of_id=one.subject_id,
            desk=self.desk,
            episode=episode,
            agency_id=one.agency_id,
            number=one.number,
            came_by="feed",
            told_at=one.recorded_at,
            entry_id=one.entry_id,
            feed=one.feed,
            feed_key=one.feed_key,
            joined_because=self._why(child.accounts[episode.pk or -id(episode)], read),
        )
        self._set(account, one, read)
        child.accounts[episode.pk or -id(episode)].append(account)
        self.new_accounts.append(account)

    def _told_by_hand(self, child: _Child, one: FeedEntry, read: Read) -> Account | None:
        """The same agency's word of the same absence, which somebody gave here before its file came."""
        span = Span(read.gone_at, read.back_at, read.gone_is_day, read.back_is_day)
        theirs = [a for accounts in child.accounts.values() for a in accounts if a.agency_id == one.agency_id]
        return next((a for a in theirs if not a.feed and a.pk and overlap(_span(a), span)), None)

    def _absence(self, child: _Child, one: FeedEntry, read: Read) -> Episode:
        span = Span(read.gone_at, read.back_at, read.gone_is_day, read.back_is_day)
        fits = closest(span, one.agency_id, self._standing(child))
        if fits is not None:
            return child.episodes[fits]
        episode = Episode(
            reference=new_reference("M", choice),
            subject_id=one.subject_id,
            scope_id=one.scope_id,
            desk=self.desk,
            kind=read.kind.value,
            gone_at=read.gone_at,
            gone_is_day=read.gone_is_day,
            told_at=min(one.recorded_at, self.now),
            missing_from=read.missing_from,
            grade=read.grade,
            back_at=None,
            opened_by=self.by,
        )
        child.episodes.append(episode)
        self.new_episodes.append(episode)
        return episode

    def _standing(self, child: _Child) -> list[Standing]:
        """Keyed by the place in the child's list: the order in which they were told."""
        return [
            Standing(
                place,
                _span_of(episode, accounts),
                frozenset(account.agency_id for account in accounts if not account.kept_apart),
            )
            for place, episode in enumerate(child.episodes)
            if (accounts := child.accounts[episode.pk or -id(episode)]) and not episode.not_missing_because
        ]

    def _why(self, others: list[Account], read: Read) -> str:
        if not others:
            return ""
        names = " and ".join(sorted({self.agencies[other.agency_id] for other in others}))
        span = Span(read.gone_at, read.back_at, read.gone_is_day, read.back_is_day)
        return f"{names} tells of the same time: {how_near(_span(others[0]), span)}"[:300]

    def _write(self) -> None:
        Episode.objects.bulk_create(self.new_episodes, batch_size=BATCH)
        Account.objects.bulk_create(self.new_accounts, batch_size=BATCH)
        Account.objects.bulk_update(self.changed, CHANGED, batch_size=BATCH)
        keep_grades(accounts=self.new_accounts, by=self.by, now=self.now)
        self._say_returns()
        self._announce()

    def _say_returns(self) -> None:
        """Each new account's return is a word; the first return of a new absence is worked out of them here."""
        telling = [a for a in self.new_accounts if a.back_at is not None]
        Return.objects.bulk_create([word_of(account=a, by=self.by, now=self.now) for a in telling], batch_size=BATCH)
        fresh_ones = {id(episode) for episode in self.new_episodes}
        words: dict[int, list[Word]] = defaultdict(list)
        for order, account in enumerate(telling):
            assert account.back_at is not None
            words[id(account.episode)].append(Word(SaidBy.ACCOUNT, account.back_at, account.back_is_day, order))
        for episode in self.new_episodes:
            if counts := return_that_counts(words[id(episode)]):
                episode.back_at, episode.back_is_day = max(counts.back, episode.gone_at), counts.is_day
        Episode.objects.bulk_update(self.new_episodes, ["back_at", "back_is_day"], batch_size=BATCH)
        stood = {a.episode_id: a.episode for a in telling if id(a.episode) not in fresh_ones}
        for account in self.changed:
            said = account.returns.order_by("-pk").first()
            if account.back_at and (
                said is None or (said.back_at, said.back_is_day) != (account.back_at, account.back_is_day)
            ):
                word_of(account=account, by=self.by, now=self.now).save()
            stood[account.episode_id] = account.episode
        for episode in stood.values():
            settle_and_tell(episode=episode, why="An agency's file told us more", by=self.by, now=self.now)

    def _announce(self) -> None:
        """Of what is recent. Years that arrive at once ring nobody."""
        for episode in self.new_episodes:
            if is_long_past(episode.back_at or episode.gone_at, self.now):
                continue
            open_to_those_who_talk(episode=episode, by=self.by, now=self.now)
            announce(EpisodeOpened(episode, self.by, self.now, long_past=episode.back_at is not None))
            if episode.back_at is not None:
                announce(ChildBack(episode, self.by, self.now))


def _withdraw(since: datetime, by: Viewer, now: datetime) -> int:
    """What an agency has taken back counts no more; an absence of which nobody tells any more was none."""
    gone = list(taken_back(since).select_related("episode"))
    for account in gone:
        account.withdrawn_at = now
        account.save(update_fields=["withdrawn_at"])
    for episode in {account.episode_id: account.episode for account in gone}.values():
        if episode.accounts.filter(withdrawn_at=None).exists():
            settle_and_tell(episode=episode, why="An agency took its word back", by=by, now=now)
        else:
            episode.not_missing_because = "The agency that told of it has taken that back"
            episode.save(update_fields=["not_missing_because"])
    return len(gone)


def _span(account: Account) -> Span:
    return Span(account.gone_at, account.back_at, account.gone_is_day, account.back_is_day)


def _span_of(episode: Episode, accounts: list[Account]) -> Span:
    """As the absence stands; one that is new here has only its accounts to go by."""
    if episode.pk:
        return Span(episode.gone_at, episode.back_at, episode.gone_is_day, episode.back_is_day)
    words = [Word(SaidBy.ACCOUNT, a.back_at, a.back_is_day, n) for n, a in enumerate(accounts) if a.back_at]
    counts = return_that_counts(words)
    back = max(counts.back, episode.gone_at) if counts else None
    return Span(episode.gone_at, back, episode.gone_is_day, counts.is_day if counts else False)
