"""Ratings reviewed at meetings: a word, an owner and a day for each; earlier ones stand; what is escalated waits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.notices.models import Notice
from kith.insight.actions.reviews import (
    RatingSaid,
    Seen,
    answer_rating,
    begin_review,
    finish_rating,
    write_rating,
)
from kith.insight.models import Cut, Rating, RatingsReview
from kith.insight.presenters.figures import MeasureRow, show_dashboard
from kith.insight.queries.figures import all_figures
from kith.insight.queries.reviews import ratings_of, ratings_on, versions, waits_for, waits_for_executive
from tests.support.cast import NOW, Cast, make_cast
from tests.support.made_figures import make_cut

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
RED = Seen("missing-reports", "red", "400, before 300, +100 (+33.3%), Worse")
WORDS = "Two homes ring sooner than they did a year ago"


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    with viewing_as(cast.uma):
        return make_cut(cast.uma)


def red_and_amber(cut: Cut) -> list[MeasureRow]:
    rows = [row for section in show_dashboard(all_figures(cut), "partnership") for row in section.rows]
    return [row for row in rows if row.colour in ("overdue", "soon")]


def said(cast: Cast, **more: Any) -> RatingSaid:
    return RatingSaid(**{"commentary": WORDS, "action": "Visit both homes", "owner": cast.hana,
                         "due": TODAY + timedelta(days=30), **more})  # fmt: skip


def begun(cast: Cast, cut: Cut, back: int = 0) -> RatingsReview:
    of: dict[str, Any] = {"dashboard": "partnership", "cut": cut, "group": "Quality group"}
    with viewing_as(cast.uma):
        return begin_review(met_on=TODAY - timedelta(days=back), by=cast.uma, now=NOW, **of)


def written(cast: Cast, review: RatingsReview, **more: Any) -> Rating:
    with viewing_as(cast.uma):
        return write_rating(review=review, seen=RED, said=said(cast, **more), by=cast.uma, now=NOW)


def test_a_review_asks_of_what_is_red_or_amber_and_keeps_versions(cast: Cast, cut: Cut, client: Client) -> None:
    client.force_login(cast.uma)
    day = {"met_on-day": TODAY.day, "met_on-month": TODAY.month, "met_on-year": TODAY.year}
    began = client.post(reverse("review-new"), {"dashboard": "partnership", "group": "Quality group", **day})
    review = RatingsReview.objects.get()
    assert began.url == reverse("review", args=[review.pk])
    page = client.get(began.url).content.decode()
    wanted = red_and_amber(cut)
    assert len(wanted) > 5
    assert f"{len(wanted)} ratings of {len(wanted)} still to be spoken of" in page
    assert [row.title for row in wanted if row.title not in page] == []
    first = next(row for row in wanted if row.colour == "overdue")
    write = reverse("review-write", args=[review.pk, first.key])
    due = {"due-day": 1, "due-month": 3, "due-year": 2027}
    answers = {"commentary": WORDS, "action": "Visit both homes", "owner": cast.hana.pk, "escalated": "yes", **due}
    assert client.post(write, answers | {"commentary": "x"}).status_code == 422
    assert client.post(write, answers | {"owner": cast.dev.pk}).status_code == 422
    assert client.post(write, answers | {"due-day": ""}).status_code == 422
    assert client.post(write, answers).url == began.url
    assert client.post(write, answers | {"action": "Visit all homes", "escalated": "no"}).url == began.url
    assert [one.action for one in versions(review, first.key)] == ["Visit all homes", "Visit both homes"]
    standing = ratings_of(review)[first.key]
    assert (standing.action, standing.colour, standing.escalated) == ("Visit all homes", "red", False)
    assert standing.seen.startswith(f"{first.now}, before {first.before}")
    page = client.get(began.url).content.decode()
    assert f"{len(wanted) - 1} ratings of {len(wanted)} still" in page
    for where in (
        reverse("insight-dashboard", args=["partnership"]),
        reverse("insight-measure", args=[first.key]),
    ):
        assert "Quality group" in client.get(where).content.decode()
    assert client.get(reverse("review-write", args=[review.pk, "no-such"])).status_code == 404


def test_earlier_meetings_stand_beside_the_newest(cast: Cast, cut: Cut) -> None:
    older, newer = begun(cast, cut, back=60), begun(cast, cut)
    first, second = written(cast, older), written(cast, newer, action="Visit them again")
    assert ratings_on("missing-reports") == [second, first]
    for change in (
        lambda: Rating.objects.update(action="x"),
        lambda: RatingsReview.objects.update(group="x"),
        lambda: Rating.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


def test_what_is_escalated_stands_with_leaders_until_one_answers(cast: Cast, cut: Cut, client: Client) -> None:
    rating = written(cast, begun(cast, cut), escalated=True)
    assert Notice.objects.filter(viewer=cast.vera, path=reverse("rating", args=[rating.pk])).count() == 1
    dashboard, desk, one = reverse("insight"), reverse("desk"), reverse("rating", args=[rating.pk])
    client.force_login(cast.vera)
    for where in (dashboard, desk):
        assert "Escalated to the executive" in client.get(where).content.decode()
    assert client.post(one, {"answer": "yes", "answer-words": "no"}).status_code == 422
    assert client.post(one, {"answer": "yes", "answer-words": "The board pays for one more worker"}).url == one
    assert "The board pays for one more worker" in client.get(one).content.decode()
    Notice.objects.update(seen_at=NOW)
    for where in (dashboard, desk):
        assert "Escalated to the executive" not in client.get(where).content.decode()
    with viewing_as(cast.vera), pytest.raises(NotAllowed, match="answered already"):
        answer_rating(rating=rating, words="Another answer than the first", by=cast.vera, now=NOW)
    assert AuditEvent.objects.filter(action="answer-rating", viewer_id=cast.vera.pk).count() == 1


def test_an_action_waits_on_its_owners_desk_until_they_say_it_is_done(cast: Cast, cut: Cut, client: Client) -> None:
    rating = written(cast, begun(cast, cut), due=TODAY - timedelta(days=1))
    client.force_login(cast.hana)
    desk = client.get(reverse("desk")).content.decode()
    assert "1 action that you answer for, 1 late." in desk
    one = reverse("rating", args=[rating.pk])
    assert client.post(one, {"done": "yes", "done-words": "Both homes were visited in May"}).url == one
    assert "that you answer for" not in client.get(reverse("desk")).content.decode()
    assert waits_for(cast.hana) == []


def test_only_writers_review_only_leaders_answer_and_only_the_owner_says_done(cast: Cast, cut: Cut) -> None:
    review = begun(cast, cut)
    rating = written(cast, review, escalated=True)
    more = {"dashboard": "partnership", "cut": cut, "group": "Board", "now": NOW}
    for who in (cast.asha, cast.vera, cast.dev, cast.ellis):
        with viewing_as(who), pytest.raises(NotAllowed):
            begin_review(met_on=TODAY, by=who, **more)
        with viewing_as(who), pytest.raises(NotAllowed):
            write_rating(review=review, seen=RED, said=said(cast), by=who, now=NOW)
    with viewing_as(cast.uma):
        with pytest.raises(NotAllowed, match="on its day"):
            begin_review(met_on=TODAY + timedelta(days=1), by=cast.uma, **more)
        with pytest.raises(NotAllowed, match="not on the dashboard"):
            write_rating(review=review, seen=Seen("no-such", "red", "1"), said=said(cast), by=cast.uma, now=NOW)
        with pytest.raises(NotAllowed, match="member of staff"):
            write_rating(review=review, seen=RED, said=said(cast, owner=cast.dev), by=cast.uma, now=NOW)
        with pytest.raises(NotAllowed, match="by a leader"):
            answer_rating(rating=rating, words="We answer it ourselves instead", by=cast.uma, now=NOW)
        with pytest.raises(NotAllowed, match="Whoever answers"):
            finish_rating(rating=rating, words="It was all done long ago", by=cast.uma, now=NOW)
        assert waits_for_executive() == [rating]
    for who, sees in ((cast.dev, 0), (cast.ellis, 0), (cast.asha, 1)):
        with viewing_as(who), connection.cursor() as cursor:
            for table in ("insight_ratingsreview", "insight_rating"):
                cursor.execute(f"select count(*) from {table}")  # noqa: S608 - a name of our own
                assert cursor.fetchone() == (sees,), (who.name, table)


def test_without_a_cut_there_is_nothing_to_review(cast: Cast, client: Client) -> None:
    client.force_login(cast.uma)
    page = client.get(reverse("reviews")).content.decode()
    assert "No review yet" in page
    assert "Review a dashboard" not in page
    assert client.get(reverse("review-new")).status_code == 302
