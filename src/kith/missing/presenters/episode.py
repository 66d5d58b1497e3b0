"""One absence in words, at the tier of whoever reads it: the record's own words only where the record is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.missing.models import Account, Conversation, Episode, Grade, Return
from kith.missing.presenters.board import day_or_time, grade_words, how_long
from kith.missing.queries.episode import Seen
from kith.missing.queries.returns import stand
from kith.missing.queries.whom import Whom
from kith.missing.rules import Kind, SaidBy, held_by
from kith.missing.rules.codes import title

CAME_BY = {"form": "told here", "feed": "from its own system", "email": "by e-mail", "api": "from its own system"}


@dataclass(frozen=True)
class Line:
    """A fact and what is known of it."""

    label: str
    value: str


@dataclass(frozen=True)
class AccountShown:
    """What one agency says. `why`: why it stands where it does, and by whom; empty for the first."""

    account_id: int
    agency: str
    number: str
    kind: str
    gone: str
    back: str
    missing_from: str
    grade: str
    told: str
    why: str
    can_undo: bool
    withdrawn: str


@dataclass(frozen=True)
class WordShown:
    """One word on the return. `counts`: the clock runs from it."""

    back: str
    said_by: str
    place: str
    how: str
    harm: str
    why: str
    told: str
    counts: bool


@dataclass(frozen=True)
class GradeShown:
    """One grading, as it was given."""

    grade: str
    by: str
    when: str
    reasons: str
    asked: str
    why_not: str


@dataclass(frozen=True)
class UpdateShown:
    """What was being done."""

    text: str
    by: str


@dataclass(frozen=True)
class EpisodeShown:
    """The page of one absence."""

    episode_id: int
    reference: str
    heading: str
    kind: str
    is_back: bool
    set_aside: str
    grade: str
    child: dict[str, object]
    subject_id: int | None  # where the record is open to whoever looks
    initials: str
    facts: tuple[Line, ...]
    accounts: tuple[AccountShown, ...]
    apart_allowed: bool
    near: tuple[tuple[int, str], ...]
    words: tuple[WordShown, ...]
    disagree: bool
    grades: tuple[GradeShown, ...]
    updates: tuple[UpdateShown, ...]
    clock: ClockWords | None
    conversation: str
    conversation_id: int | None


def show_episode(seen: Seen, child: Whom, now: datetime, today: date) -> EpisodeShown:
    """Everything the page needs, in words."""
    episode = seen.episode
    live = [one for one in seen.accounts if one.withdrawn_at is None]
    said = _words(seen, now)
    return EpisodeShown(
        episode_id=episode.pk,
        reference=episode.reference,
        heading=_heading(episode, now),
        kind=kind_words(episode.kind),
        is_back=episode.back_at is not None,
        set_aside=episode.not_missing_because,
        grade=grade_words(episode.grade),
        child=show_child(child, today),
        subject_id=episode.subject_id if seen.is_open else None,
        initials=words.initials(child.name),
        facts=tuple(_facts(episode, now)),
        accounts=tuple(_account(one, now, first=one == seen.accounts[0]) for one in seen.accounts),
        apart_allowed=len(live) > 1 and not episode.not_missing_because,
        near=tuple((one.pk, f"{one.reference}, from {words.day(one.gone_at)}") for one in seen.near),
        words=tuple(said),
        disagree=len({one.back for one in said}) > 1,
        grades=tuple(_grade(one, now) for one in seen.grades),
        updates=tuple(
            UpdateShown(one.text, _by(one.by.name, one.agency.name if one.agency else "", one.at, now))
            for one in seen.updates
        ),
        clock=_clock(episode, seen.conversation, now),
        conversation=talk_words(seen.conversation, now),
        conversation_id=seen.conversation.pk if seen.conversation else None,
    )


def show_child(child: Whom, today: date) -> dict[str, object]:
    """As the bar at the top takes it: what whoever searches must know, whatever else is closed to them."""
    facts = [
        words.age(child.born, today) if child.born else "",
        f"known as {child.known_as}" if child.known_as else "",
        child.pronouns,
        f"speaks {child.language}" if child.language else "",
        child.needs,
    ]
    lead = ", ".join(part for part in (child.worker, child.responsible, child.phone) if part)
    return {
        "kind": "child",
        "name": child.name or "Not known",
        "facts": [fact for fact in facts if fact],
        "lead": f"Lead: {lead}" if lead else "",
    }


def kind_words(kind: str) -> str:
    return "Away" if kind == Kind.AWAY.value else "Missing"


def talk_words(talk: Conversation | None, now: datetime) -> str:
    """Where the conversation on return has got to."""
    if talk is None or not (talk.offered_at or talk.not_offered_at or talk.declined_at or talk.held_at):
        return "Not offered yet"
    if talk.held_at:
        done = f"Held {words.moment(talk.held_at, now)}"
        return f"{done}, written up" if talk.written_up_at else done
    if talk.declined_at:
        return _with("Declined", title("declined", talk.reason) if talk.reason else "")
    if talk.not_offered_at:
        return _with("Not offered", title("not_offered", talk.reason) if talk.reason else "")
    return "Accepted" if talk.accepted_at else "Offered"


def length_words(episode: Episode, now: datetime) -> str:
    """How long it was, or has been: "7 hours"."""
    figure, unit = how_long(episode.gone_at, episode.back_at or now, is_day=episode.gone_is_day)
    return f"{figure} {unit}"


def _with(said: str, reason: str) -> str:
    return f"{said}: {reason[:1].lower()}{reason[1:]}" if reason else said


def _heading(episode: Episode, now: datetime) -> str:
    kind = kind_words(episode.kind)
    if episode.back_at is None:
        return f"{kind} for {length_words(episode, now)}"
    return f"Back: was {kind.lower()} for {length_words(episode, now)}"


def _facts(episode: Episode, now: datetime) -> list[Line]:
    said = [
        ("Last seen", day_or_time(episode.gone_at, now, is_day=episode.gone_is_day)),
        ("Where they were last seen", episode.last_seen_at_place),
        ("Missing from", title("missing_from", episode.missing_from) if episode.missing_from else ""),
        ("What happened", episode.circumstances),
        ("What they wear", episode.clothing),
        ("What they have with them", episode.carries),
        ("Where they may be", episode.likely_places),
        ("Who they may be with", episode.companions),
        ("Harm feared", ", ".join(title("harms", harm) for harm in episode.harm_feared)),
        ("First told", words.moment(episode.told_at, now)),
    ]
    if episode.back_at:
        said.insert(1, ("Back", day_or_time(episode.back_at, now, is_day=episode.back_is_day)))
    return [Line(label, value) for label, value in said if value]


def _account(account: Account, now: datetime, *, first: bool) -> AccountShown:
    return AccountShown(
        account_id=account.pk,
        agency=account.agency.name,
        number=account.number,
        kind=kind_words(account.kind),
        gone=day_or_time(account.gone_at, now, is_day=account.gone_is_day),
        back=day_or_time(account.back_at, now, is_day=account.back_is_day) if account.back_at else "",
        missing_from=title("missing_from", account.missing_from) if account.missing_from else "",
        grade=grade_words(account.grade) if account.grade else "",
        told=_told(account, now),
        why=_why(account, first=first),
        can_undo=account.moved_from_id is not None,
        withdrawn=f"Taken back by the agency {words.moment(account.withdrawn_at, now)}" if account.withdrawn_at else "",
    )


def _told(account: Account, now: datetime) -> str:
    parts = [account.told_by, CAME_BY.get(account.came_by, account.came_by), words.moment(account.told_at, now)]
    return ", ".join(part for part in parts if part)


def _why(account: Account, *, first: bool) -> str:
    if not account.joined_because:
        return "" if first else "Nobody has said why it stands here"
    if account.joined_by is None:
        return f"Joined by the rule: {account.joined_because}"
    decided = "Told apart" if account.kept_apart else "Joined"
    return f"{decided} by {account.joined_by.name}: {account.joined_because}"


def _words(seen: Seen, now: datetime) -> list[WordShown]:
    counts = stand(seen.returns)
    return [_word(one, now, counts=one.pk == counts) for one in reversed(seen.returns)]


def _word(word: Return, now: datetime, *, counts: bool) -> WordShown:
    how = [
        title("found_by", word.found_by) if word.found_by else "",
        f"now: {title('returned_to', word.returned_to).lower()}" if word.returned_to else "",
    ]
    agency = word.agency.name if word.agency else word.by.name
    said_by = {SaidBy.ACCOUNT.value: f"{agency}’s account", SaidBy.CORRECTION.value: f"Set right by {word.by.name}"}
    return WordShown(
        back=day_or_time(word.back_at, now, is_day=word.back_is_day),
        said_by=said_by.get(word.said_by, f"{word.by.name}, {agency}"),
        place=word.place,
        how=", ".join(part for part in how if part),
        harm=word.harm_seen,
        why=word.why,
        told=words.moment(word.at, now),
        counts=counts,
    )


def _grade(grade: Grade, now: datetime) -> GradeShown:
    return GradeShown(
        grade=grade_words(grade.code),
        by=_by(grade.grader or grade.by.name, grade.agency.name, grade.at, now),
        when=words.moment(grade.at, now),
        reasons=grade.reasons,
        asked="; ".join(grade.consider_high),
        why_not=grade.why_not_high,
    )


def _by(name: str, agency: str, at: datetime, now: datetime) -> str:
    return ", ".join(part for part in (name, agency, words.moment(at, now)) if part)


def _clock(episode: Episode, talk: Conversation | None, now: datetime) -> ClockWords | None:
    if episode.back_at is None or episode.not_missing_because or (talk and (talk.declined_at or talk.not_offered_at)):
        return None
    return words.clock(held_by(episode.back_at), now, done=talk.held_at if talk else None)
