"""Who on record may be meant: found as the search finds, with why, as far as whoever looks may know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kith.front_door.models import Named
from kith.subjects.search import understand
from kith.subjects.search.presenters import Result, show_search
from kith.subjects.search.queries import Found, find, readable

MOST_SUGGESTED = 5


def asked_of(named: Named) -> list[str]:
    """What is typed into the search for somebody named: with all that was told, then with less."""
    details = named.details
    born = str(details.get("date_of_birth") or details.get("born") or "")
    age = f"aged {details['age']}" if str(details.get("age") or "").isdigit() else ""
    postcode = str(details.get("postcode") or "")
    if named.kind == "person":
        return [f"{named.name} {born or age}".strip()]
    return list(dict.fromkeys(text for text in (named.name, postcode) if text.strip()))


def suggested(named: Named, today: date, instead: str = "") -> tuple[Result, ...]:
    """Records of the same kind that may be meant, the likeliest first. `instead`: other words to look for."""
    found: dict[int, Found] = {}
    for text in [instead] if instead.strip() else asked_of(named):
        for one in find(understand(text, today=today), today=today):
            found.setdefault(one.subject_id, one)
    return _shown(named.kind, found.values(), today)


def _shown(kind: str, found: Iterable[Found], today: date) -> tuple[Result, ...]:
    ranked = sorted(found, key=lambda one: -one.points)[: MOST_SUGGESTED * 3]
    subjects, headlines = readable(one.subject_id for one in ranked)
    kinds = {pk: row.kind for row_of in (headlines, subjects) for pk, row in row_of.items()}
    same = [one for one in ranked if kinds.get(one.subject_id) == kind][:MOST_SUGGESTED]
    shown = show_search(understand("", today=today), same, 1, subjects, headlines, today)
    return shown.results
