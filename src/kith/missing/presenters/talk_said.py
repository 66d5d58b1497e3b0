"""What a child said, as those may read it who make them safe; and to whom it went."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.design_system.words import day_and_time
from kith.missing.models import Said
from kith.missing.rules.codes import title
from kith.missing.rules.telling import BY_HAND, RECIPIENTS, may_tell

LINES = (
    ("own_words", "In their own words", ""),
    ("push", "What made it hard to stay", "push"),
    ("pull", "What drew them", "pull"),
    ("travelled", "How they travelled", ""),
    ("happened", "What happened", ""),
    ("harm", "Harm", "harms"),
    ("harm_words", "Who or what harmed them", ""),
    ("feelings", "How they are now", ""),
    ("would_help", "What would help them", ""),
    ("trusted", "An adult they trust", ""),
    ("safety", "To keep them safe", ""),
    ("for_parent", "What the parent or carer is told", ""),
    ("summary", "Summary for the record", ""),
)


@dataclass(frozen=True)
class RecipientShown:
    """One recipient: what the child agreed, what went and when; `by_hand`: people tell them, and then say so."""

    key: str
    title: str
    agreed: str
    went: tuple[str, ...]
    by_hand: bool


@dataclass(frozen=True)
class SaidShown:
    """What was said, line by line; the talker's own view apart from it."""

    written: str
    lines: tuple[tuple[str, str], ...]
    named: tuple[str, ...]
    view: str
    recipients: tuple[RecipientShown, ...]
    before: tuple[str, ...]


def show_said(said: Said) -> SaidShown:
    """For the child's social worker and those who talk with children on return."""
    lines = [(words, _value(getattr(said, name), codes)) for name, words, codes in LINES]
    who = "by the child, alone" if said.by_child else f"by {said.by.name}"
    if said.by_child and said.by.agency_id:
        who = f"by the child, alone, and gone through by {said.by.name}"
    return SaidShown(
        written=f"Written {who}, {day_and_time(said.at)}",
        lines=tuple((words, value) for words, value in lines if value),
        named=tuple(_named(one.kind, one.value, one.about) for one in said.mentioned.order_by("pk")),
        view=said.view,
        recipients=_recipients(said),
        before=tuple(
            f"{day_and_time(one.written_at)}, {one.written_by.name}{f': changed because {one.why}' if one.why else ''}"
            for one in said.before.select_related("written_by").order_by("pk")
        ),
    )


def _recipients(said: Said) -> tuple[RecipientShown, ...]:
    consents = {one.recipient: one for one in said.consents.all()}
    sent = list(said.sent.order_by("at", "pk"))
    shown = []
    for key in RECIPIENTS:
        consent = consents.get(key)
        went = tuple(f"{day_and_time(one.at)}: {one.what}" for one in sent if one.recipient == key)
        if consent is None:
            continue
        agreed = title("agreed", consent.answer)
        more = consent.anyway_because or consent.words
        told = f"{agreed}. Told anyway, and the child knows: {more}" if consent.anyway_because else agreed
        told = f"{agreed}: {more}" if more and not consent.anyway_because else told
        by_hand = key in BY_HAND and may_tell(consent.answer, consent.anyway_because) and not went
        shown.append(RecipientShown(key, title("recipients", key), told, went, by_hand))
    return tuple(shown)


def _value(value: str | list[str], codes: str) -> str:
    return "; ".join(title(codes, key) for key in value) if isinstance(value, list) else value


def _named(kind: str, value: str, about: str) -> str:
    return f"{title('named', kind)}: {value}{f' ({about})' if about else ''}"
