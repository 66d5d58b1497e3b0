"""Thousands of random histories: the rules, and what the database keeps, agree with an oracle written apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.foundations.access.models import Agency
from kith.missing.actions import Back, Details, Reported, correct_return, report_missing, say_back, settle_return
from kith.missing.actions.conversations import Taking, begin_conversation, take_step
from kith.missing.actions.updates import set_aside
from kith.missing.models import Account, Conversation, Episode
from kith.missing.queries.year import by_month, year_counted
from kith.missing.rules import (
    Clock,
    SaidBy,
    Span,
    Standing,
    Step,
    Word,
    closest,
    end_of_day,
    held_by,
    return_that_counts,
)
from kith.missing.rules.counts import Side, Told, Twelve, a_year_back, compare, counted_by, five, twelve_months
from kith.missing.tests import oracle
from kith.subjects.models import Subject
from tests.support.cast import Cast, make_person

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
NIGHTS = [date(year, month, day) for year, month, day in (
    (2024, 3, 31), (2024, 10, 27), (2025, 3, 30), (2025, 10, 26), (2026, 3, 29), (2026, 10, 25), (2027, 3, 28),
    (2027, 10, 31))]  # fmt: skip
ANCHORS = [*NIGHTS, date(2025, 3, 31), date(2026, 4, 1), date(2024, 2, 29), date(2026, 8, 14)]
POLICE, COUNCIL, HOME, OTHER_FORCE = range(4)
LENGTHS = (0, 15, 30, 60, 90, 180, 360, 600, 1440, 2880, 4320)
PLACES = ("", "home", "childrens-home")
FAST = settings(max_examples=2500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

Event = tuple[str, int, int, int, int, bool, bool]
# what, by whom, start in quarter hours from the anchor, how long, which absence or place, and two marks
events = st.tuples(
    st.sampled_from(["account"] * 6 + ["back", "correction", "withdrawn", "in-error"]),
    st.integers(0, 3),
    st.integers(-288, 288),
    st.integers(-1, len(LENGTHS) - 1),
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
)
histories = st.tuples(st.sampled_from(ANCHORS), st.lists(events, min_size=1, max_size=9))


def minute_of(day: date) -> int:
    return (day.toordinal() - oracle.BEGINNING) * oracle.MINUTES


def moment(minute: int) -> datetime:
    return BEGINNING + timedelta(minutes=minute)


def account_of(event: Event, anchor: date) -> oracle.Account:
    """An account as its agency tells it; whoever knows only a day tells that day's first minute."""
    _, agency, start, length, mark, gone_is_day, back_is_day = event
    gone = minute_of(anchor) + 15 * start
    back = None if length < 0 else gone + LENGTHS[length]
    day_only = gone_is_day and mark == 0
    return oracle.Account(
        agency=agency,
        gone=oracle.start_of(oracle.day_of(gone)) if day_only else gone,
        back=oracle.start_of(oracle.day_of(back)) if back is not None and back_is_day and mark < 3 else back,
        gone_is_day=day_only,
        back_is_day=back is not None and back_is_day and mark < 3,
        missing=mark != 5,
        in_care=PLACES[mark % 3] == "childrens-home",
    )


@dataclass
class Replayed:
    """The same events by the rules alone, as report_missing and settle_return use them."""

    absences: list[oracle.Absence] = field(default_factory=list)  # only as holders of accounts and words
    words: list[list[tuple[Word, oracle.Account | None]]] = field(default_factory=list)
    backs: list[tuple[datetime, bool] | None] = field(default_factory=list)
    order: int = 0

    def tell(self, account: oracle.Account) -> int:
        span = Span(moment(account.gone), moment(account.back) if account.back is not None else None,
                    account.gone_is_day, account.back_is_day)  # fmt: skip
        fits = closest(span, account.agency, self._standing())
        number = len(self.absences) if fits is None else fits
        if fits is None:
            self.absences.append(oracle.Absence([]))
            self.words.append([])
            self.backs.append(None)
        self.absences[number].accounts.append(account)
        if account.back is not None:
            self.say(number, moment(account.back), SaidBy.ACCOUNT, account.back_is_day, account)
        return number

    def say(self, number: int, back: datetime, by: SaidBy, is_day: bool = False, of: Any = None) -> None:
        self.order += 1
        self.words[number].append((Word(by, back, is_day, self.order), of))
        self.settle(number)

    def settle(self, number: int) -> None:
        words = [
            Word(word.said_by, word.back, word.is_day, word.order, stands=of is None or not of.withdrawn)
            for word, of in self.words[number]
        ]
        counts = return_that_counts(words)
        gone = moment(self.absences[number].gone)
        self.backs[number] = (max(counts.back, gone), counts.is_day) if counts else None

    def _standing(self) -> list[Standing]:
        found = []
        for number, one in enumerate(self.absences):
            back = self.backs[number] or (None, False)
            span = Span(moment(one.gone), back[0], one.accounts[0].gone_is_day, back[1])
            agencies = frozenset(told.agency for told in one.accounts if not told.withdrawn)
            if not one.in_error:
                found.append(Standing(number, span, agencies))
        return found


def play(anchor: date, told: list[Event], on: Any) -> oracle.History:
    """Tells one history to the oracle and, in the same order, to `on` (tell, say, withdraw, in_error)."""
    history = oracle.History()
    for event in told:
        what, mark = event[0], event[4]
        if what == "account" or not history.absences:
            account = account_of(event, anchor)
            number = history.tell(account)
            on.tell(account, number)
            continue
        number = mark % len(history.absences)
        absence = history.absences[number]
        if absence.in_error:
            continue
        if what in {"back", "correction"}:
            back = absence.gone + LENGTHS[max(event[3], 0)]
            absence.told.append(oracle.Said(back, what == "correction"))
            on.say(number, back, what == "correction")
        elif what == "withdrawn":
            account = absence.accounts[event[1] % len(absence.accounts)]
            account.withdrawn = True
            on.withdraw(number, account)
        else:
            absence.in_error = True
            on.in_error(number)
    return history


class OnRules:
    """Plays by the rules and says at once where they differ."""

    def __init__(self) -> None:
        self.replayed = Replayed()

    def tell(self, account: oracle.Account, number: int) -> None:
        assert self.replayed.tell(account) == number

    def say(self, number: int, back: int, correction: bool) -> None:
        self.replayed.say(number, moment(back), SaidBy.CORRECTION if correction else SaidBy.FOUND)

    def withdraw(self, number: int, account: oracle.Account) -> None:
        self.replayed.settle(number)

    def in_error(self, number: int) -> None:
        self.replayed.absences[number].in_error = True


@FAST
@given(histories)
def test_absences_and_returns(history: tuple[date, list[Event]]) -> None:
    anchor, told = history
    rules = OnRules()
    expected = play(anchor, told, rules)
    for number, absence in enumerate(expected.absences):
        back, found = absence.back(), rules.replayed.backs[number]
        assert found == (back and (moment(back[0]), back[1]))
        if found and back:
            due = held_by(found[0])
            assert due == moment(absence.due() or 0)
            for held in (back[0], back[0] + 72 * 60, back[0] + 72 * 60 + 1):
                assert Clock(found[0], due, moment(held)).in_time() is (held - back[0] <= 72 * 60)


@FAST
@given(st.integers(minute_of(date(2024, 1, 1)), minute_of(date(2028, 1, 1))))
def test_days_here(minute: int) -> None:
    """The oracle's own calendar and the rules' agree on where every day ends."""
    assert end_of_day(moment(minute)) == moment(oracle.start_of(oracle.day_of(minute) + 1))


@FAST
@given(
    st.lists(st.tuples(st.integers(-500, 500), st.lists(events, min_size=1, max_size=3)), max_size=4),
    st.integers(-40, 40),
)
def test_counts_of_a_year(children: list[tuple[int, list[Event]]], days: int) -> None:
    as_at = date(2026, 4, 1) + timedelta(days=days)
    played = [play(date(2026, 4, 1) + timedelta(days=shift), told, OnNothing()) for shift, told in children]
    told = [one for child, history in enumerate(played) for one in told_of(child, history)]
    year = twelve_months(as_at)
    assert year == Twelve(a_year_back(a_year_back(as_at)), a_year_back(as_at), as_at)
    for side, agencies in ((Side.POLICE, {POLICE, OTHER_FORCE}), (Side.COUNCIL, {COUNCIL})):
        counted = counted_by(told, side)
        for first, until in ((year.first, year.as_at), (year.before, year.first)):
            assert five(counted, first, until) == oracle.counts(played, agencies, days_of(first), days_of(until))
    compared = {one.absence: one.told_by.value for one in compare(told, year)}
    assert compared == expected_told_by(played, year)


class OnNothing:
    """The oracle alone."""

    def tell(self, *_: Any) -> None: ...
    def say(self, *_: Any) -> None: ...
    def withdraw(self, *_: Any) -> None: ...
    def in_error(self, *_: Any) -> None: ...


def days_of(day: date) -> int:
    return day.toordinal() - oracle.BEGINNING


def told_of(child: int, history: oracle.History) -> Iterator[Told]:
    sides = {POLICE: Side.POLICE, OTHER_FORCE: Side.POLICE, COUNCIL: Side.COUNCIL, HOME: Side.OTHER}
    for number, absence in enumerate(history.absences):
        for one in absence.accounts:
            back = None if one.back is None else moment(one.back)
            yield Told(child * 100 + number, child, sides[one.agency], moment(one.gone), back, one.gone_is_day,
                       one.missing, one.withdrawn, absence.in_error, one.in_care)  # fmt: skip


def expected_told_by(played: list[oracle.History], year: Twelve) -> dict[int, str]:
    window = days_of(year.first), days_of(year.as_at)
    found = {
        child * 100 + number: oracle.told_by(absence, {POLICE, OTHER_FORCE}, {COUNCIL}, *window)
        for child, history in enumerate(played)
        for number, absence in enumerate(history.absences)
    }
    return {absence: by for absence, by in found.items() if by}


class OnDatabase:
    """Plays by the actions, as the site and the feeds do."""

    def __init__(self, cast: Cast, child: Subject, agencies: list[Agency], now: datetime) -> None:
        self.cast, self.child, self.agencies, self.now = cast, child, agencies, now
        self.episodes: list[Episode] = []
        self.kept: dict[int, int] = {}

    def tell(self, account: oracle.Account, number: int) -> None:
        reported = Reported(
            subject_id=self.child.pk,
            agency_id=self.agencies[account.agency].pk,
            kind="missing" if account.missing else "away",
            gone_at=moment(account.gone),
            gone_is_day=account.gone_is_day,
            back_at=None if account.back is None else moment(account.back),
            back_is_day=account.back_is_day,
            details=Details(missing_from="childrens-home" if account.in_care else "home"),
        )
        episode = report_missing(reported=reported, by=self.cast.loader, now=self.now)
        if number == len(self.episodes):
            assert episode not in self.episodes
            self.episodes.append(episode)
        assert episode == self.episodes[number]
        self.kept[id(account)] = Account.objects.latest("pk").pk

    def say(self, number: int, back: int, correction: bool) -> None:
        given = {"episode_id": self.episodes[number].pk, "back": Back(moment(back)), "now": self.now}
        if correction:
            correct_return(**given, why="The home saw them come in", by=self.cast.pia)
        else:
            say_back(**given, by=self.cast.raj)

    def withdraw(self, number: int, account: oracle.Account) -> None:
        Account.objects.filter(pk=self.kept[id(account)]).update(withdrawn_at=self.now)
        settle_return(episode=Episode.objects.get(pk=self.episodes[number].pk))

    def in_error(self, number: int) -> None:
        set_aside(episode_id=self.episodes[number].pk, because="It was a cousin", by=self.cast.quinn, now=self.now)


def random_history(random: Random, most: int = 8) -> list[Event]:
    kinds = ["account"] * 6 + ["back", "correction", "withdrawn", "in-error"]
    return [
        (random.choice(kinds), random.randrange(4), random.randint(-288, 288), random.randint(-1, len(LENGTHS) - 1),
         random.randrange(6), random.random() < 0.5, random.random() < 0.5)
        for _ in range(random.randint(1, most))
    ]  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def agencies(cast: Cast) -> list[Agency]:
    other = Agency.objects.create(key="westhaven-police", name="Westhaven police", kind="police", in_partnership=False)
    return [cast.police, cast.council, cast.home, other]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(36))
def test_what_the_database_keeps(cast: Cast, agencies: list[Agency], seed: int) -> None:
    """Two children's histories; then a conversation that covers whatever they are back from, held, declined or not."""
    random = Random(seed)
    anchor = ANCHORS[seed % len(ANCHORS)]
    now = datetime(anchor.year, anchor.month, anchor.day, tzinfo=UTC) + timedelta(days=12)
    with undone():
        children = [make_person(name, headline=False) for name in ("Amara Osei", "Leo Whitcombe")]
        on = [OnDatabase(cast, child, agencies, now) for child in children]
        played = [play(anchor, random_history(random), one) for one in on]
        for history, one in zip(played, on, strict=True):
            for number, absence in enumerate(history.absences):
                episode, back = Episode.objects.get(pk=one.episodes[number].pk), absence.back()
                assert (episode.back_at, episode.back_is_day) == ((moment(back[0]), back[1]) if back else (None, False))
        counted_as_expected(played, [one.episodes for one in on], anchor, random)
        talked_as_expected(cast, played, on, now, random)


def counted_as_expected(
    played: list[oracle.History], episodes: list[list[Episode]], anchor: date, random: Random
) -> None:
    as_at = anchor + timedelta(days=random.choice([-2, 0, 1, 3, 365, 366]))
    found = year_counted(as_at)
    sides = ((found.police, {POLICE, OTHER_FORCE}), (found.council, {COUNCIL}), (found.absences, None))
    year = found.year
    for lines, agencies in sides:
        for at, first, until in (("now", year.first, year.as_at), ("before", year.before, year.first)):
            numbers = tuple(getattr(line, at) for line in lines)
            assert numbers == oracle.counts(played, agencies, days_of(first), days_of(until)), (lines, agencies)
    numbers = {one.pk: child * 100 + number for child, of in enumerate(episodes) for number, one in enumerate(of)}
    assert {numbers[one.absence]: one.told_by.value for one in found.compared} == expected_told_by(played, year)


def talked_as_expected(
    cast: Cast, played: list[oracle.History], on: list[OnDatabase], now: datetime, random: Random
) -> None:
    """One conversation covers every absence a child is back from; each is counted with what it came to."""
    expected: dict[tuple[int, int], dict[str, int]] = {}
    for history, one in zip(played, on, strict=True):
        back = [(number, absence) for number, absence in enumerate(history.absences) if absence.back()]
        covering = {begin_conversation(episode=Episode.objects.get(pk=one.episodes[number].pk), by=cast.quinn, now=now)
                    for number, _ in back}  # fmt: skip
        assert len(covering) <= 1
        last = max((absence.back()[0] for _, absence in back), default=0)  # type: ignore[index]
        came_to, at = (
            random.choice(["held", "declined", "not-offered", "waits"]),
            last + random.choice([0, 60, 4320, 4321]),
        )
        for conversation in covering:
            end(cast, conversation, came_to, moment(at), now)
        for _, absence in back:
            if not absence.in_error:
                month = date.fromordinal(oracle.BEGINNING + oracle.day_of(absence.back()[0]))  # type: ignore[index]
                counts = expected.setdefault((month.year, month.month), {})
                counts["back"] = counts.get("back", 0) + 1
                key = came_to if came_to != "held" else "in-time" if at <= (absence.due() or 0) else "late"
                counts[key] = counts.get(key, 0) + 1
    found = {(one.month.year, one.month.month): one for one in by_month(now.date(), 2)}
    for month, counts in expected.items():
        one = found[month]
        numbers = {"back": one.back, "in-time": one.in_time, "late": one.late, "declined": one.declined,
                   "not-offered": one.not_offered}  # fmt: skip
        assert numbers == {key: counts.get(key, 0) for key in numbers}


def end(cast: Cast, conversation: Conversation, came_to: str, at: datetime, now: datetime) -> None:
    """Offered, and what it came to."""

    def step(kind: Step, **told: Any) -> None:
        take_step(conversation_id=conversation.pk, taking=Taking(kind, at, **told), by=cast.quinn, now=now)

    if came_to != "not-offered":
        step(Step.OFFERED)
    if came_to == "held":
        step(Step.HELD, independent=True)
    elif came_to == "declined":
        step(Step.DECLINED, reason="not-now")
    elif came_to == "not-offered":
        step(Step.NOT_OFFERED, reason="unsafe")
