"""How ratings that meetings reviewed are shown: what is asked, what was said, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.design_system.words import short_day
from kith.insight.actions.reviews import Seen
from kith.insight.models import Rating, RatingsReview
from kith.insight.presenters.figures import COLOURS, MeasureRow, show_dashboard
from kith.insight.queries.figures import all_figures
from kith.insight.queries.reviews import latest_ratings, waits_for_executive
from kith.insight.report_permissions import can_write_reports
from kith.insight.rules.measures import DASHBOARDS, measures
from kith.insight.rules.targets import Colour

NAMES = {Colour.RED: "Red", Colour.AMBER: "Amber", Colour.GREEN: "Green", Colour.NONE: "Not rated"}
OF_BADGE = {kind: colour for colour, kind in COLOURS.items()}
ASKED = (Colour.RED, Colour.AMBER)


@dataclass(frozen=True)
class RatingShown:
    """What a meeting said of a measure."""

    number: int
    measure: str
    title: str
    met: str  # who met when
    review: int
    colour: str  # in words
    badge: str
    seen: str
    commentary: str
    action: str
    owner: str
    due: str
    is_late: bool
    escalated: bool
    answer: str  # of the executive, with who and when
    done: str  # what its owner said when it was done


@dataclass(frozen=True)
class Asked:
    """A measure that a review asks about, and what was said of it, if anything."""

    row: MeasureRow
    colour: str
    said: RatingShown | None


@dataclass(frozen=True)
class ReviewLine:
    """A review in the list."""

    number: int
    dashboard: str
    group: str
    met_on: str
    said: str
    cut: str


def show_rating(one: Rating, today: date) -> RatingShown:
    """One rating, with its answers."""
    answers = {answer.of_executive: answer for answer in one.answers.all()}
    told = {of: f"{said.words} ({said.by.name}, {short_day(said.at)})" for of, said in answers.items()}
    colour = Colour(one.colour)
    return RatingShown(
        number=one.pk,
        measure=one.measure,
        title=title_of(one.measure),
        met=f"{one.review.group}, {short_day(one.review.met_on)}",
        review=one.review_id,
        colour=NAMES[colour],
        badge=COLOURS[colour],
        seen=one.seen,
        commentary=one.commentary,
        action=one.action,
        owner=one.owner.name,
        due=short_day(one.due),
        is_late=one.due < today and False not in told,
        escalated=one.escalated,
        answer=told.get(True, ""),
        done=told.get(False, ""),
    )


def show_ratings(found: Iterable[Rating], today: date) -> list[RatingShown]:
    """Several of them."""
    return [show_rating(one, today) for one in found]


def show_reviewed(viewer: Viewer, today: date) -> dict[str, Any]:
    """Beside a dashboard: what the newest meeting said of each measure, and, for a leader, what waits for an answer."""
    latest = {key: show_rating(one, today) for key, one in latest_ratings().items()}
    waits = show_ratings(waits_for_executive(), today) if may_answer(viewer) else []
    return {"reviewed": latest, "waits": waits, "may_review": can_write_reports(viewer)}


def title_of(measure: str) -> str:
    """A measure that is no more keeps its key."""
    return measures()[measure].title if measure in measures() else measure


def show_reviews(found: Iterable[RatingsReview], said: Mapping[int, int]) -> list[ReviewLine]:
    """Lines of the list; `said`: of how many measures something was said, by review."""
    return [
        ReviewLine(
            one.pk,
            DASHBOARDS.get(one.dashboard, one.dashboard),
            one.group,
            short_day(one.met_on),
            str(said.get(one.pk, 0)),
            one.cut.name,
        )
        for one in found
    ]


def rows_of(review: RatingsReview) -> list[MeasureRow]:
    """Every measure of its dashboard, as its cut told it."""
    return [row for section in show_dashboard(all_figures(review.cut), review.dashboard) for row in section.rows]


def show_asked(review: RatingsReview, said: Mapping[str, Rating], today: date) -> list[Asked]:
    """What the meeting is asked about: everything red or amber, red first; and whatever else it spoke of."""
    found = [row for row in rows_of(review) if OF_BADGE[row.colour] in ASKED or row.key in said]
    found.sort(key=lambda row: (list(Colour).index(OF_BADGE[row.colour]), row.title))
    return [
        Asked(row, NAMES[OF_BADGE[row.colour]], show_rating(said[row.key], today) if row.key in said else None)
        for row in found
    ]


def seen_of(row: MeasureRow) -> Seen:
    """A rating as it stands on the page."""
    words = [row.now, f"before {row.before}" if row.before else "", row.change, row.verdict]
    return Seen(row.key, OF_BADGE[row.colour].value, ", ".join(one for one in words if one))


def may_answer(viewer: Viewer) -> bool:
    """Whether somebody answers for the executive."""
    return viewer.role == Role.LEADER.value
