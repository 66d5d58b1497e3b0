"""What the page of unsent words shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kith.foundations.drafts.forms_at import kept_form, title_of
from kith.foundations.drafts.models import Draft
from kith.foundations.drafts.rules import first_words, own_words


@dataclass(frozen=True)
class DraftShown:
    """One form's unsent words: what the form is, how they begin, all of them, and where they can be put back."""

    pk: int
    title: str
    begins: str
    words: tuple[str, ...]
    kept_at: datetime
    path: str  # empty where the form is no longer there


def present_drafts(drafts: Iterable[Draft]) -> list[DraftShown]:
    """In the order given."""
    return [
        DraftShown(
            pk=draft.pk,
            title=title_of(draft.path),
            begins=first_words(draft.fields),
            words=own_words(draft.fields),
            kept_at=draft.kept_at,
            path=draft.path if kept_form(draft.path) else "",
        )
        for draft in drafts
    ]
