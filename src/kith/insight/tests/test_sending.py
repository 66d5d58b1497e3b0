"""Plans followed one after the other, and signed reports sent to those on their list, by a link of their own."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.letters.actions import send_letter
from kith.foundations.letters.models import Letter
from kith.foundations.papers import FORMATS
from kith.foundations.papers.paper import checksum_of
from kith.foundations.papers.tests.test_papers import READ
from kith.insight.actions.reports import (
    StepSaid,
    begin_report,
    carry_over,
    mark_of,
    sign_report,
    write_section,
    write_step,
)
from kith.insight.actions.reviews import RatingSaid, Seen, begin_review, write_rating
from kith.insight.actions.sending import RecipientSaid, add_recipient, send_report
from kith.insight.models import Cut, Report, ReportRecipient, ReportSent, ReportSigned
from kith.insight.presenters.reports_paper import draft_paper, final_paper
from kith.insight.queries.reports import Asked, plan_before, written
from kith.insight.rules.reports import Comparator, State, periods, report_kinds
from tests.support.cast import NOW, Cast, make_cast
from tests.support.made_figures import make_cut

pytestmark = pytest.mark.django_db
KINDS = report_kinds()
CLERK = RecipientSaid("City council", "Clerk to scrutiny", "Clerk@Council.example")


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    with viewing_as(cast.uma):
        return make_cut(cast.uma)


def begun(cast: Cast, cut: Cut, kind: str = "delivery-plan", back: int = 0) -> Report:
    chosen = KINDS[kind]
    of = Asked(cut, chosen, periods(chosen, cut.as_at)[back], Comparator.BEFORE)
    with viewing_as(cast.uma):
        report = begin_report(of=of, by=cast.uma, now=NOW)
        for section in chosen.sections:
            if section.required:
                write_section(report=report, section=section, words="It is so.", by=cast.uma, now=NOW)
    return report


def signed(cast: Cast, report: Report) -> ReportSigned:
    with viewing_as(cast.uma):
        paper = final_paper(report, cast.uma.name, NOW)
        said = "Read every section against the cut"
        return sign_report(report=report, paper=paper, mark=mark_of(paper), checked=said, by=cast.uma, now=NOW)


def wrote(cast: Cast, report: Report, what: str, state: State, number: int | None = None) -> Any:
    with viewing_as(cast.uma):
        said = StepSaid("protect", what, "Council", state)
        return write_step(report=report, said=said, number=number, by=cast.uma, now=timezone.now())


def table(cast: Cast, report: Report) -> Any:
    with viewing_as(cast.uma):
        return next(one for one in draft_paper(report).tables() if one.caption == "Actions: protect")


def test_actions_that_are_not_done_are_followed_from_plan_to_plan(cast: Cast, cut: Cut, client: Client) -> None:
    first = begun(cast, cut, back=2)
    wrote(cast, first, "A worker for each child", State.AT_RISK)
    wrote(cast, first, "Open a youth club", State.DONE)
    assert table(cast, first).columns[-1] == "Progress"
    signed(cast, first)
    second, third = begun(cast, cut, back=1), begun(cast, cut)
    client.force_login(cast.uma)
    page = client.get(reverse("report-carry", args=[second.pk])).content.decode()
    assert "A worker for each child" in page
    assert "Open a youth club" not in page
    with viewing_as(cast.uma):
        assert plan_before(second) == first
        step = written(first).steps[0]
    carry = reverse("report-carry", args=[second.pk])
    assert client.post(carry, {"steps": [step.pk]}).url == reverse("report", args=[second.pk])
    assert "Nothing to carry over" in client.get(carry).content.decode()
    wrote(cast, second, "A worker for each child", State.LATE, number=1)
    wrote(cast, second, "Train night staff", State.ON_TRACK)
    windows = [str(one) for one in periods(KINDS["delivery-plan"], cut.as_at)[:3]]
    rows = {row[0]: row[-1] for row in table(cast, second).rows}
    assert rows == {"A worker for each child": f"{windows[2]}: amber: at risk", "Train night staff": "New"}
    signed(cast, second)
    with viewing_as(cast.uma):
        steps = written(second).steps
        carry_over(report=third, steps=steps, ratings=[], section="", by=cast.uma, now=NOW)
        carry_over(report=third, steps=steps, ratings=[], section="", by=cast.uma, now=NOW)
    rows = {row[0]: row[-1] for row in table(cast, third).rows}
    assert rows == {
        "A worker for each child": f"{windows[2]}: amber: at risk; {windows[1]}: red: late",
        "Train night staff": f"{windows[1]}: green: on track",
    }


def test_an_action_of_a_meeting_comes_into_the_plan_once(cast: Cast, cut: Cut, client: Client) -> None:
    with viewing_as(cast.uma):
        review = begin_review(dashboard="partnership", cut=cut, group="Board", met_on=cut.as_at, by=cast.uma, now=NOW)
        said = RatingSaid("Two homes ring sooner than before", "Visit both homes", cast.hana, cut.as_at)
        rating = write_rating(review=review, seen=Seen("missing-reports", "red", "4"), said=said, by=cast.uma, now=NOW)
    plan = begun(cast, cut)
    client.force_login(cast.uma)
    carry = reverse("report-carry", args=[plan.pk])
    assert client.post(carry, {"ratings": [rating.pk], "section": "protect"}).status_code == 302
    assert table(cast, plan).rows == (
        ("Visit both homes", "Hana Yilmaz", "3 November 2026", "Not begun", "", "Board, 3 November 2026"),
    )
    assert "Nothing to carry over" in client.get(carry).content.decode()


def test_a_report_goes_to_its_list_when_it_is_signed_and_each_reads_what_was_signed(
    cast: Cast, cut: Cut, client: Client
) -> None:
    client.force_login(cast.uma)
    listed = reverse("report-recipients", args=["annual"])
    assert "Nobody is on the list" in client.get(listed).content.decode()
    assert client.post(listed, {"agency": "City council", "name": "Clerk", "email": "no"}).status_code == 422
    for agency, email in (("City council", "clerk@council.example"), ("Health board", "board@health.example")):
        assert client.post(listed, {"agency": agency, "name": "Clerk", "email": email}).url == listed
    gone = ReportRecipient.objects.get(email="board@health.example")
    assert client.post(listed, {"take-out": gone.pk}).url == listed
    assert client.post(listed, {"take-out": gone.pk}).status_code == 404
    report = begun(cast, cut, "annual")
    sign = reverse("report-sign", args=[report.pk])
    page = client.get(sign).content.decode()
    assert "Clerk, City council" in page
    mark = re.search(r'name="mark" value="(\w+)"', page).group(1)  # type: ignore[union-attr]
    client.post(sign, {"mark": mark, "checked": "Read it from beginning to end"})
    assert [one.recipient.email for one in ReportSent.objects.all()] == ["clerk@council.example"]
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "clerk@council.example" in page
    assert "On its way" in page
    assert AuditEvent.objects.filter(action="send-report").count() == 1
    client.logout()
    letter = Letter.objects.get(about__startswith=f"report:{report.pk}:")
    address = re.search(r"⟦(\S+)⟧", letter.body).group(1)  # type: ignore[union-attr]
    send_letter(letter_id=letter.pk, now=NOW)
    assert [one.to for one in mail.outbox] == [["clerk@council.example"]]
    assert not mail.outbox[0].attachments
    reads_it(client, address)


def reads_it(client: Client, address: str) -> None:
    """Without an account: a code first, then the report, and every file of it."""
    assert "Missing children" not in client.get(address).content.decode()
    client.post(address, {"do": "code"})
    code = re.search(r"⟦(\d+)⟧", Letter.objects.latest("pk").body).group(1)  # type: ignore[union-attr]
    client.post(address, {"do": "confirm", "code": code})
    assert "Missing children (12 month rolling)" in client.get(address).content.decode()
    sums = {checksum_of(READ[name](client.get(address, {"form": name}).content)) for name in FORMATS}
    assert sums == {ReportSigned.objects.get().checksum}


def test_only_what_is_signed_is_sent_once_by_those_who_write(cast: Cast, cut: Cut) -> None:
    report = begun(cast, cut, "annual")
    with viewing_as(cast.uma):
        add_recipient(kind=KINDS["annual"], said=CLERK, by=cast.uma, now=NOW)
        with pytest.raises(NotAllowed, match="signed off is sent"):
            send_report(report=report, site="https://kith.example/", by=cast.uma, now=NOW)
    signed(cast, report)
    for who in (cast.vera, cast.asha, cast.dev):
        with viewing_as(who):
            assert not ReportRecipient.objects.exists()
            with pytest.raises(NotAllowed):
                send_report(report=report, site="https://kith.example/", by=who, now=NOW)
            with pytest.raises(NotAllowed):
                add_recipient(kind=KINDS["annual"], said=CLERK, by=who, now=NOW)
    with viewing_as(cast.uma):
        site = {"site": "https://kith.example/", "by": cast.uma}
        assert len(send_report(report=report, now=NOW, **site)) == 1
        assert send_report(report=report, now=NOW + timedelta(hours=1), **site) == []
        for change in (
            lambda: ReportSent.objects.update(checksum="x"),
            lambda: ReportRecipient.objects.update(email="x"),
        ):
            with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
                change()
