"""A manager's Monday: who holds what and how heavy it is, what is overdue or due this week, whose it is and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from kith.desk.caseload_queries import Held
from kith.desk.caseload_rules import Weights, week_ends
from kith.foundations.charts import Table
from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.front_door.models import Check
from kith.missing.models import Conversation
from kith.missing.presenters.talks import state_of
from kith.missing.queries.talks import clock_between, episodes_of
from kith.pathways.models import Work
from kith.pathways.rules import Duty, duties, pathways

NOBODY = "Nobody yet"
CLOSED = "A child whose record is not open to you"
SORTS = ("worker", "children", "weight", "overdue")
COLUMNS = (
    "Worker",
    "Children and young people",
    "Leads",
    "Pieces of work",
    "Missing now",
    "Conversations on return",
    "Overdue",
    "Due this week",
    "Weight",
)


@dataclass(frozen=True)
class Due:
    """One duty that is late or falls due this week: about whom, whose it is, and why it is due."""

    about: str
    page: str
    number: int
    what: str
    clock: ClockWords
    due_at: datetime
    whose: str
    holder: int  # whose work it counts as: a member of the team; nought for nobody's
    why: str
    stands: str


@dataclass(frozen=True)
class WorkerRow:
    """What one worker holds, counted and weighed. `holder` nought: what nobody holds yet."""

    holder: int
    name: str
    about: str
    children: int
    leads: int
    works: int
    missing: int
    talks: int
    overdue: int
    due: int
    weight: Decimal
    made_of: str  # what the weight is made of, in words

    @property
    def cells(self) -> tuple[Any, ...]:
        return (self.name, self.children, self.leads, self.works, self.missing, self.talks, self.overdue, self.due,
                float(self.weight))  # fmt: skip


@dataclass(frozen=True)
class ChildRow:
    """One record that a worker works on: what is open with it, and what falls due first."""

    subject_id: int
    name: str
    leads: bool
    works: tuple[str, ...]
    missing: str
    clock: ClockWords | None
    duty: str


def show_due(held: Held, now: datetime) -> list[Due]:
    """Late, and due until the end of the week; what is latest first."""
    found = [*_of_works(held, now), *_of_talks(held, now), *_of_checks(held, now)]
    until = week_ends(now)
    return sorted((one for one in found if one.due_at < until), key=lambda one: (one.due_at, one.page, one.number))


def _of_works(held: Held, now: datetime) -> Iterable[Due]:
    members = {member.pk for member in held.members}
    for work in held.works:
        for duty in _duties(work):
            holder = work.worker_id if work.worker_id in members else 0
            yield Due(
                about=held.names.get(work.subject_id, CLOSED),
                page="work",
                number=work.pk,
                what=duty.rule.title,
                clock=words.clock(duty.due_at, now),
                due_at=duty.due_at,
                whose=work.worker.name if work.worker else NOBODY,
                holder=holder or 0,
                why=_why(duty),
                stands=_stands(work, held),
            )


def _duties(work: Work) -> tuple[Duty, ...]:
    allocated = work.worker_id is not None
    return duties(work.pathway, work.state, work.opened_at, work.state_since, allocated=allocated)


def _why(duty: Duty) -> str:
    kind = "law" if duty.rule.kind == "law" else "local standard"
    doubt = "" if duty.rule.checked else ", not yet verified"
    return f"{duty.rule.allowed} from {duty.rule.starts} on {words.short_day(duty.started)} ({kind}{doubt})"


def _stands(work: Work, held: Held) -> str:
    path, last = pathways()[work.pathway], held.last_steps.get(work.pk)
    state = f"{path.title}: {path.state(work.state).title.lower()} since {words.short_day(work.state_since)}"
    return f"{state}. Last step: {last.why}" if last else state


def _of_talks(held: Held, now: datetime) -> Iterable[Due]:
    members = {member.pk for member in held.members}
    for talk in held.talks:
        clocks = [one for episode in episodes_of(talk) if (one := clock_between(episode.back_at, talk))]
        running = [one for one in clocks if one.runs()]
        if not running:
            continue
        first = min(running, key=lambda one: one.due)
        yield Due(
            about=held.names.get(talk.subject_id, CLOSED),
            page="talk",
            number=talk.pk,
            what="Conversation on return",
            clock=words.clock(first.due, now),
            due_at=first.due,
            whose=_talker(talk),
            holder=talk.talker_id if talk.talker_id in members else held.leads.get(talk.subject_id, 0),
            why=f"Within 72 hours of the return on {words.short_day(first.back)}",
            stands=state_of(talk),
        )


def _talker(talk: Conversation) -> str:
    if talk.talker:
        return talk.talker.name
    return f"{NOBODY} of {talk.team.name}" if talk.team else NOBODY


def _of_checks(held: Held, now: datetime) -> Iterable[Due]:
    ours = {team.pk for team in held.teams}
    members = {member.pk for member in held.members}
    for check in held.checks:
        asked = check.team_id in ours
        yield Due(
            about="A question of the front door",
            page="check-answer" if asked else "contact-checks",
            number=check.pk if asked else check.contact_id,
            what="Answer to the front door" if asked else f"Answer of {check.agency.name}",
            clock=words.clock(check.due_at, now),
            due_at=check.due_at,
            whose=f"{NOBODY} of {_team(held, check)}" if asked else check.asked_by.name,
            holder=check.asked_by_id if check.asked_by_id in members and not asked else 0,
            why=f"Asked on {words.short_day(check.asked_at)} for {words.moment(check.due_at, now)}",
            stands="Not answered yet",
        )


def _team(held: Held, check: Check) -> str:
    return next((team.name for team in held.teams if team.pk == check.team_id), check.agency.name)


def show_workers(
    held: Held, due: Iterable[Due], weights: Weights, now: datetime, sort: str = "worker"
) -> list[WorkerRow]:
    """A row for each member, and one for what nobody holds yet; members with nothing too, so that all are seen."""
    late: Counter[int] = Counter()
    soon: Counter[int] = Counter()
    for one in due:
        (late if one.due_at < now else soon)[one.holder] += 1
    rows = [_row(held, weights, who.pk, who.name, who.job_title, late, soon) for who in held.members]
    nobodys = _row(held, weights, 0, NOBODY, "waits to be shared out", late, soon)
    if nobodys.works or nobodys.talks or nobodys.overdue or nobodys.due:
        rows.append(nobodys)
    return sorted(rows, key=lambda row: (-_by(row, sort), row.holder == 0, row.name))


def _by(row: WorkerRow, sort: str) -> Decimal:
    """What rows are put in order by, the most first; by name they are all alike."""
    numbers: dict[str, Decimal | int] = {"children": row.children, "weight": row.weight, "overdue": row.overdue}
    return Decimal(numbers.get(sort, 0))


def _row(
    held: Held, weights: Weights, holder: int, name: str, about: str, late: Counter[int], soon: Counter[int]
) -> WorkerRow:
    leads = {child for child, worker in held.leads.items() if worker == holder}
    works = _works_of(held, holder)
    talks = sum((talk.talker_id or 0) == holder for talk in held.talks if holder or _is_ours(held, talk))
    children = leads | {work.subject_id for work in works if work.subject.kind == "person"}
    gone = len(children & held.missing.keys())
    things = Counter(work.pathway for work in works)
    things.update({"lead": len(leads), "missing": gone, "conversation": talks})
    return WorkerRow(
        holder=holder,
        name=name,
        about=about,
        children=len(children),
        leads=len(leads),
        works=len(works),
        missing=gone,
        talks=talks,
        overdue=late[holder],
        due=soon[holder],
        weight=weights.of(things),
        made_of=_made_of(things, weights),
    )


def _works_of(held: Held, holder: int) -> list[Work]:
    if holder:
        return [work for work in held.works if work.worker_id == holder]
    members = {member.pk for member in held.members}
    return [work for work in held.works if work.worker_id not in members]


def _is_ours(held: Held, talk: Conversation) -> bool:
    return talk.team_id in {team.pk for team in held.teams}


def _made_of(things: Counter[str], weights: Weights) -> str:
    parts = []
    for key, number in things.items():
        one = weights.by_key.get(key)
        if number and one:
            parts.append(f"{number} × {float(one.weight):g} {one.title[0].lower()}{one.title[1:]}")
    return "; ".join(sorted(parts, key=lambda part: part.split(" ", 3)[-1]))


def show_children(held: Held, holder: int, now: datetime) -> list[ChildRow]:
    """Every record a worker leads or works on, by name; what falls due first beside it."""
    works = _works_of(held, holder)
    leads = {child for child, worker in held.leads.items() if worker == holder}
    rows = []
    for subject in leads | {work.subject_id for work in works}:
        here = [work for work in works if work.subject_id == subject]
        first = min((duty for work in here for duty in _duties(work)), key=lambda duty: duty.due_at, default=None)
        gone = held.missing.get(subject)
        rows.append(
            ChildRow(
                subject_id=subject,
                name=held.names.get(subject, CLOSED),
                leads=subject in leads,
                works=tuple(_work_words(work) for work in here),
                missing=f"missing since {words.moment(gone.gone_at, now)}" if gone else "",
                clock=words.clock(first.due_at, now) if first else None,
                duty=first.rule.title if first else "",
            )
        )
    return sorted(rows, key=lambda row: (row.name, row.subject_id))


def _work_words(work: Work) -> str:
    path = pathways()[work.pathway]
    return f"{path.title}: {path.state(work.state).title.lower()}"


def sentence(due: list[Due], now: datetime) -> str:
    """Who is overdue, in one sentence."""
    late = Counter(one.whose for one in due if one.due_at < now)
    soon = sum(one.due_at >= now for one in due)
    if not late:
        rest = words.count(soon, "duty", "duties")
        return (
            f"Nothing is overdue; {rest} due by Sunday." if soon else "Nothing is overdue, and nothing due by Sunday."
        )
    most = ", ".join(f"{name} {number}" for name, number in late.most_common(3))
    others = f" and {len(late) - 3} others" if len(late) > 3 else ""
    rest = f"{words.count(soon, 'more duty falls', 'more duties fall')} due" if soon else "Nothing else falls due"
    return f"{late.total()} overdue: {most}{others}. {rest} by Sunday."


def workers_table(rows: Iterable[WorkerRow]) -> Table:
    """The same for a file."""
    return Table("Who holds what", COLUMNS, tuple(row.cells for row in rows))


def due_table(due: Iterable[Due]) -> Table:
    """Clocks for a file, without the names of children."""
    columns = ("What", "Due", "How it stands", "Whose", "Why it is due", "Where the work stands")
    rows = tuple((one.what, one.due_at.isoformat(timespec="minutes"), one.clock.words, one.whose, one.why,
                  one.stands.split(". Last step:")[0]) for one in due)  # fmt: skip
    return Table("Overdue and due this week", columns, rows)
