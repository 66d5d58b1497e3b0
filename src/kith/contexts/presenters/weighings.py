"""A weighing in words and as a picture: the child's view first, then what harms, what keeps safe, how it weighs.

The same weighing is shown twice: to those who work with the child, with places and groups named as far as each of them
may know those; and to the child and parents, with every word and no name of a group or of a place that is not public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.contexts.models import Change, Shared, Weighed, Weighing
from kith.contexts.queries.standing import as_stood
from kith.contexts.rules import (
    HEAVY,
    KINDS,
    NOT_ASKED,
    NOT_FOUND,
    OUTCOMES,
    SAFETY,
    SHARED,
    WEIGHTS,
    WHOM,
    changed,
    is_due,
)
from kith.foundations.access.rules import Tier
from kith.foundations.charts import WordScales, WordSeries
from kith.foundations.design_system import words
from kith.subjects.presenters.links import NamedOther
from kith.subjects.queries import SeenName

STEPS = ("some", "much", "most")


@dataclass(frozen=True)
class Says:
    """Whose words, and the words; `asked` is False where nobody has asked."""

    whose: str
    text: str
    asked: bool = True


@dataclass(frozen=True)
class ContextShown:
    """One context."""

    context_id: int
    named: NamedOther
    kind: str
    weight: str
    gives: str
    heavy: bool
    says: tuple[Says, ...]
    harm: str
    safety: str
    why: str


@dataclass(frozen=True)
class WeighingShown:
    """One version, as somebody may read it."""

    weighing_id: int
    signed: str
    by: str
    conclusion: str
    review: str
    review_is_due: bool
    contexts: tuple[ContextShown, ...]
    picture: WordScales | None
    changed: tuple[str, ...]
    follows: int | None


@dataclass(frozen=True)
class SharedShown:
    """Whom it was made with or shown to, or why not, in a sentence; their words, or the reason; who wrote it down."""

    words: str
    said: str
    by: str


@dataclass(frozen=True)
class SharedWith:
    """Everything told of one weighing, and of whom nobody has said anything yet."""

    told: tuple[SharedShown, ...]
    missing: str


@dataclass(frozen=True)
class ChangeShown:
    """A planned change."""

    change_id: int
    named: NamedOther
    what: str
    who: str
    due: str
    how_known: str
    planned: str
    outcome: str
    outcome_why: str
    outcome_said: str
    late: bool
    linked: bool


def harm_words(weight: str) -> str:
    """How its harm weighs, where nothing beside it says that it is about harm."""
    return "Harm: not yet asked" if weight == NOT_ASKED else WEIGHTS[weight]


def safety_words(gives: str) -> str:
    """How much safety it gives, likewise."""
    return "Safety: not yet asked" if gives == NOT_ASKED else SAFETY[gives]


def named_here(one: Weighed | Change, seen: Mapping[int, SeenName]) -> NamedOther:
    """What whoever looks may call it: a record they may not know is “a place” or “a group of friends”."""
    known = seen.get(one.linked_id or 0)
    if known:
        return NamedOther(known.name, known.subject_id, known.tier == Tier.HEADLINE)
    kind = KINDS[one.kind]
    if one.linked_id:
        return NamedOther(words.sentence(kind.unnamed))
    return NamedOther(one.called or kind.title)


def named_to_family(one: Weighed | Change, names: Mapping[int, str]) -> NamedOther:
    """What a child or parent is told: no group by name, and of places only those that everybody may know."""
    kind = KINDS[one.kind]
    if one.linked_id:
        return NamedOther(names.get(one.linked_id, words.sentence(kind.unnamed)))
    return NamedOther(one.called or kind.title)


def show_weighing(
    weighing: Weighing,
    rows: Sequence[Weighed],
    before: Sequence[Weighed],
    named: Mapping[int, NamedOther],
    agencies: Mapping[str, str],
    today: date,
) -> WeighingShown:
    """`named` says of each row's number (of `rows` and `before`) what it is called here."""
    shown = tuple(_context(one, named[one.pk], agencies) for one in rows)
    stood = [as_stood(one, named[one.pk].name) for one in rows]
    was = [as_stood(one, named[one.pk].name) for one in before]
    return WeighingShown(
        weighing_id=weighing.pk,
        signed=words.day(weighing.signed_at) if weighing.signed_at else "",
        by=_signed_by(weighing),
        conclusion=weighing.conclusion,
        review=words.day(weighing.review_on) if weighing.review_on else "",
        review_is_due=is_due(weighing.review_on, today),
        contexts=shown,
        picture=picture_of(rows, named) if rows else None,
        changed=changed(was, stood) if weighing.follows_id else (),
        follows=weighing.follows_id,
    )


def show_shared(rows: Sequence[Shared]) -> SharedWith:
    """In the order in which it was written."""
    there = {one.whom for one in rows}
    missing = [who[0].lower() + who[1:] for key, who in WHOM.items() if key not in there]
    return SharedWith(
        told=tuple(SharedShown(_shared(one), one.said, f"{one.by.name}, {words.short_day(one.at)}") for one in rows),
        missing=f"Nobody has said yet whether it was shown to {' or '.join(missing)}." if missing else "",
    )


def _shared(one: Shared) -> str:
    how = SHARED[one.how].lower()
    when = f", {words.day(one.on)}, with {one.present}" if one.on else ""
    return f"{WHOM[one.whom]}: {how}{when}."


def picture_of(rows: Sequence[Weighed], named: Mapping[int, NamedOther]) -> WordScales:
    """What weighs most first. Words and no numbers."""
    order = list(WEIGHTS)
    sorted_rows = sorted(rows, key=lambda one: order.index(one.weight))
    most = [named[one.pk].name for one in sorted_rows if one.weight == "most"]
    safest = [named[one.pk].name for one in sorted_rows if one.gives == "most"]
    told = [
        f"What weighs most: {_listed(most)}." if most else "",
        f"What gives most safety: {_listed(safest)}." if safest else "",
    ]
    return WordScales(
        title="What harms and what keeps safe, context by context",
        sentence=" ".join(one for one in told if one) or "No context has been found to weigh most.",
        names=tuple(named[one.pk].name for one in sorted_rows),
        series=(
            WordSeries("Harm", tuple(harm_words(one.weight) for one in sorted_rows), _steps(sorted_rows, "weight")),
            WordSeries("Safety", tuple(safety_words(one.gives) for one in sorted_rows), _steps(sorted_rows, "gives")),
        ),
        most=len(STEPS),
        what="Context",
    )


def show_changes(rows: Sequence[Change], named: Mapping[int, NamedOther], today: date) -> tuple[ChangeShown, ...]:
    """In the order given."""
    return tuple(
        ChangeShown(
            change_id=one.pk,
            named=named[one.pk],
            what=one.what,
            who=one.who,
            due=words.short_day(one.due_on),
            how_known=one.how_known,
            planned=f"{one.set_by.name}, {words.short_day(one.set_at)}",
            outcome=OUTCOMES.get(one.outcome, ""),
            outcome_why=one.outcome_why,
            outcome_said=_outcome_said(one),
            late=not one.outcome and one.due_on < today,
            linked=one.linked_id is not None,
        )
        for one in rows
    )


def _context(one: Weighed, named: NamedOther, agencies: Mapping[str, str]) -> ContextShown:
    theirs = (Says(agencies.get(said["agency"], said["agency"]), said["words"]) for said in one.agencies_say)
    return ContextShown(
        context_id=one.pk,
        named=named,
        kind=KINDS[one.kind].title,
        weight=WEIGHTS[NOT_ASKED] if one.weight == one.gives == NOT_ASKED else harm_words(one.weight),
        gives="" if one.weight == one.gives == NOT_ASKED else safety_words(one.gives),
        heavy=one.weight == "most",
        says=(_said("The child says", one.child_says), _said("Their parent or carer says", one.parent_says), *theirs),
        harm=one.harm,
        safety=one.safety,
        why=one.why if one.weight in HEAVY or one.why else "",
    )


def _said(whose: str, text: str) -> Says:
    return Says(whose, text or "Not yet asked", bool(text))


def _steps(rows: Sequence[Weighed], name: str) -> tuple[int | None, ...]:
    """From nothing found to most; None where nobody has asked."""
    place = {NOT_ASKED: None, NOT_FOUND: 0} | {key: number for number, key in enumerate(STEPS, 1)}
    return tuple(place[getattr(one, name)] for one in rows)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _signed_by(weighing: Weighing) -> str:
    who = weighing.signed_by or weighing.begun_by
    return f"{who.name}, {who.agency.name}" if weighing.signed_by and who.agency else who.name


def _outcome_said(one: Change) -> str:
    if not one.outcome_at or not one.outcome_by:
        return ""
    return f"{one.outcome_by.name}, {words.short_day(one.outcome_at)}"
