"""From what a partner gives to what they hear: each step as the one who takes it sees the world."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from kith.foundations.access.models import Team
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter
from kith.intelligence.actions import (
    NamedGiven,
    approve,
    close,
    give,
    grade,
    join,
    link_named,
    make_version,
    pass_on,
    return_version,
    say_use,
    unjoin,
)
from kith.intelligence.actions.grading import Graded
from kith.intelligence.actions.passing_on import Recipient
from kith.intelligence.actions.versions import NotReady
from kith.intelligence.models import Grading, Named, Receipt, Report, Version
from kith.intelligence.queries import others
from kith.intelligence.queries.reports import Stage, item_or_none, items, likely_same
from kith.intelligence.tests.given import PUBLIC, approved, given, graded, passed_to_east, receive, report_of
from kith.subjects.models import LinkEvidence
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db


def news(cast: Cast, who: str = "carol") -> list[str]:
    with viewing_as(getattr(cast, who)):
        return [line.kind for receipt in others.my_receipts() for line in receipt.lines.all()]


def stage(cast: Cast, report: Report) -> Stage:
    with viewing_as(cast.kofi):
        item = item_or_none(report.pk)
        assert item is not None
        return item.stage


def test_a_report_goes_from_given_to_used_and_its_giver_hears_each_step(cast: Cast) -> None:
    report = report_of(receive(cast))
    assert (stage(cast, report), news(cast)) == (Stage.GRADE, ["received"])
    graded(cast, report)
    assert (stage(cast, report), news(cast)) == (Stage.MAKE, ["received", "graded"])
    version = approved(cast, report)
    assert stage(cast, report) == Stage.SHARE
    passed = passed_to_east(cast, version)
    assert (stage(cast, report), news(cast)[-1]) == (Stage.WAITING, "passed-on")
    with viewing_as(cast.asha):
        assert [one.version.text for one in others.received(cast.asha)] == [PUBLIC]
        say_use(passed_on_id=passed.pk, used=True, text="In the plan for the coach station", by=cast.asha, now=NOW)
    assert (stage(cast, report), news(cast)[-1]) == (Stage.DONE, "used")


def test_what_is_not_used_comes_back_with_its_reason(cast: Cast) -> None:
    report = report_of(receive(cast))
    graded(cast, report)
    passed = passed_to_east(cast, approved(cast, report))
    with viewing_as(cast.ben):
        say_use(passed_on_id=passed.pk, used=False, text="The car was sold in May", by=cast.ben, now=NOW)
    with viewing_as(cast.carol):
        line = others.my_receipts()[0].lines.all()[3]
        assert (line.kind, line.text) == ("not-used", "The car was sold in May")


def test_what_goes_no_further_is_answered_too(cast: Cast) -> None:
    report = report_of(receive(cast))
    with viewing_as(cast.kofi):
        first = close(report_id=report.pk, because="Known already", by=cast.kofi, now=NOW)
        assert close(report_id=report.pk, because="Known already", by=cast.kofi, now=NOW) == first
    assert news(cast) == ["received", "not-used"]
    assert stage(cast, report) == Stage.DONE


def test_somebody_without_a_sign_in_hears_by_letter(cast: Cast) -> None:
    receipt = receive(cast, by=cast.loader, giver_name="Pat Poole", giver_email="pat@example.org")
    close(report_id=report_of(receipt).pk, because="Known already", by=cast.kofi, now=NOW)
    letters = list(Letter.objects.order_by("pk"))
    assert [letter.to for letter in letters] == ["pat@example.org"] * 2
    assert "Known already" in letters[1].body
    assert all("Tamsin" not in letter.body + letter.subject for letter in letters)


def test_staff_are_told_by_letter_only_that_there_is_news(cast: Cast) -> None:
    receipt = receive(cast)
    close(report_id=report_of(receipt).pk, because="Known already", by=cast.kofi, now=NOW)
    letter = Letter.objects.get()
    assert letter.to == cast.carol.email
    assert "Known already" not in letter.body


def test_a_form_sent_twice_is_one_report(cast: Cast) -> None:
    mark = uuid4()
    with viewing_as(cast.carol):
        first = give(given=given(), by=cast.carol, now=NOW, once=mark)
        assert give(given=given(), by=cast.carol, now=NOW, once=mark) == first
        assert give(given=given(text="Something else"), by=cast.carol, now=NOW, once=mark) != first
    assert Report.objects.count() == Receipt.objects.count() == 2


def test_without_a_team_that_grades_nothing_is_lost_in_silence(cast: Cast) -> None:
    Team.objects.filter(work="intelligence").update(work="")
    with pytest.raises(NotAllowed, match="Nobody grades intelligence here"):
        receive(cast)


def test_who_does_not_work_with_children_gives_none(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        receive(cast, by=cast.gwen)


def test_a_grading_is_never_changed(cast: Cast) -> None:
    report = report_of(receive(cast))
    graded(cast, report)
    graded(cast, report, information_code="C")
    assert [one.words for one in Grading.objects.order_by("pk")] == ["2B", "2C"]
    assert news(cast) == ["received", "graded"]
    for change in (lambda: Grading.objects.update(source_code="1"), lambda: Grading.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            change()


def test_conditions_must_be_said(cast: Cast) -> None:
    report = report_of(receive(cast))
    with pytest.raises(ValueError, match="conditions"):
        graded(cast, report, handling_code="C")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grading.objects.create(
            report=report, scope=report.scope, source_code="1", information_code="A", handling_code="C",
            priority="low", by=cast.kofi, at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("field", ["source_code", "information_code", "handling_code", "priority"])
def test_only_codes_in_force_grade(cast: Cast, field: str) -> None:
    codes = {"source_code": "1", "information_code": "A", "handling_code": "P", "priority": "low", field: "9"}
    report = report_of(receive(cast))
    with pytest.raises(ValueError, match="not a code"):
        grade(report_id=report.pk, graded=Graded(**codes), by=cast.kofi, now=NOW)


def test_nobody_approves_their_own_version(cast: Cast) -> None:
    report = report_of(receive(cast))
    graded(cast, report)
    version = make_version(report_id=report.pk, text=PUBLIC, by=cast.kofi, now=NOW)
    with pytest.raises(PermissionDenied, match="Somebody else"):
        approve(version_id=version.pk, by=cast.kofi, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(decided_by=cast.kofi, decided_at=NOW, approved=True)


def test_a_version_given_back_is_made_anew(cast: Cast) -> None:
    report = report_of(receive(cast))
    with pytest.raises(NotReady, match="Grade it first"):
        make_version(report_id=report.pk, text=PUBLIC, by=cast.kofi, now=NOW)
    graded(cast, report)
    version = make_version(report_id=report.pk, text="Tamsin says so", by=cast.kofi, now=NOW)
    with pytest.raises(NotReady, match="waits"):
        make_version(report_id=report.pk, text=PUBLIC, by=cast.lena, now=NOW)
    to = [Recipient(cast.council.pk)]
    with pytest.raises(NotReady, match="approve"):
        pass_on(version_id=version.pk, to=to, purpose="protect", basis="public-task", by=cast.kofi, now=NOW)
    return_version(version_id=version.pk, because="Leave out who said it", by=cast.lena, now=NOW)
    assert stage(cast, report) == Stage.MAKE
    approved(cast, report)
    assert stage(cast, report) == Stage.SHARE


def test_passed_on_to_the_same_team_once_and_to_nobody_else(cast: Cast) -> None:
    report = report_of(receive(cast))
    graded(cast, report)
    version = approved(cast, report)
    passed_to_east(cast, version)
    with pytest.raises(IndexError):
        passed_to_east(cast, version)
    for who in ("asha", "ben", "hana", "kofi", "lena"):
        with viewing_as(getattr(cast, who)):
            assert Version.objects.exists(), who
    for who in ("carol", "dev", "ellis", "farah", "gwen", "idris", "mina"):
        with viewing_as(getattr(cast, who)):
            assert not Version.objects.exists(), who
    with viewing_as(cast.asha):
        assert not Report.objects.exists()


def test_passed_on_to_a_whole_agency(cast: Cast) -> None:
    report = report_of(receive(cast))
    graded(cast, report)
    version = approved(cast, report)
    with viewing_as(cast.kofi):
        to = [Recipient(cast.school.pk)]
        pass_on(version_id=version.pk, to=to, purpose="place", basis="public-task", by=cast.kofi, now=NOW)
    with viewing_as(cast.carol):
        assert others.received(cast.carol).count() == 1


def test_conditions_of_handling_go_with_it(cast: Cast) -> None:
    report = report_of(receive(cast))
    graded(cast, report, handling_code="C", conditions="Not to be named in court")
    version = approved(cast, report)
    with pytest.raises(NotReady, match="conditions"):
        passed_to_east(cast, version)


def test_reports_of_one_thing_are_suggested_joined_and_parted(cast: Cast) -> None:
    report = report_of(receive(cast))
    other = report_of(receive(cast, by=cast.asha, text="Phones were handed out from a car", named=given().named[:1]))
    far = report_of(receive(cast, text="Somebody shouts at pupils near the bridge", named=()))
    with viewing_as(cast.kofi):
        likely = likely_same(other)
        assert [one.report for one in likely] == [report]
        assert likely[0].reasons[0] == "the same vehicle: QX07ABC"
        joining = join(report_id=other.pk, into_id=report.pk, because="the same vehicle", by=cast.kofi, now=NOW)
        assert [one.report for one in items()] == [report, far]
        with pytest.raises(NotReady):
            join(report_id=far.pk, into_id=other.pk, because="x", by=cast.kofi, now=NOW)
    assert news(cast, "asha") == ["received", "joined"]
    close(report_id=report.pk, because="Known already", by=cast.kofi, now=NOW)
    assert news(cast, "asha") == ["received", "joined", "not-used"]
    with viewing_as(cast.lena):
        unjoin(joining_id=joining.pk, by=cast.lena, now=NOW)
    assert stage(cast, other) == Stage.GRADE


def test_named_is_evidence_and_no_link_of_any_record(cast: Cast) -> None:
    amara = make_person()
    let_in(amara, cast.kofi)
    report = report_of(receive(cast))
    with viewing_as(cast.kofi):
        one = Named.objects.order_by("pk")[1]
        link_named(named_id=one.pk, subject_id=amara.pk, by=cast.kofi, now=NOW)
        assert [row.report for row in others.named_about(amara.pk)] == [report]
    with viewing_as(cast.lena), pytest.raises(PermissionDenied):
        link_named(named_id=one.pk, subject_id=amara.pk, by=cast.lena, now=NOW)
    assert not LinkEvidence.objects.exists()


def test_at_a_record_it_shows_to_those_who_may_read_both(cast: Cast) -> None:
    amara = make_person()
    let_in(amara, cast.asha, cast.carol, cast.kofi)
    report = report_of(receive(cast))
    graded(cast, report)
    passed_to_east(cast, approved(cast, report, about=(amara.pk,)))
    seen = {}
    for who in ("asha", "ben", "carol", "kofi"):
        with viewing_as(getattr(cast, who)):
            seen[who] = len(others.versions_about(amara.pk))
    assert seen == {"asha": 1, "ben": 1, "carol": 0, "kofi": 1}


def test_who_gives_names_only_records_that_are_open_to_them(cast: Cast) -> None:
    amara = make_person()
    with pytest.raises(PermissionDenied):
        receive(cast, named=(NamedGiven("person", "Amara Osei", subject_id=amara.pk),))
