"""What follows from what: a step up is a contact, a step down is early help, and each once."""

from __future__ import annotations

import pytest

from kith.foundations.access.models import Team
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.front_door.models import Contact
from kith.pathways.actions import move_work, open_work
from kith.pathways.models import Work
from tests.support.cast import NOW, Cast, let_in, make_person, make_viewer

pytestmark = pytest.mark.django_db


def moved(cast: Cast, pathway: str, to_state: str) -> None:
    child = make_person()
    let_in(child, cast.asha)
    with viewing_as(cast.asha):
        given = {"because": "Told twice", "by": cast.asha, "now": NOW}
        work = open_work(subject_id=child.pk, pathway=pathway, team=cast.east, **given)
        move_work(work_id=work.pk, to_state=to_state, why="Things have changed.", by=cast.asha, now=NOW)


def test_early_help_stepped_up_is_a_contact_at_the_front_door(cast: Cast) -> None:
    moved(cast, "early-help", "stepped-up")
    contact = Contact.objects.get()
    assert (contact.what, contact.giver.viewer, contact.came_by) == ("Things have changed.", cast.asha, "staff")
    assert contact.named.get().name == "Amara Osei"


def test_social_work_stepped_down_goes_to_early_help(cast: Cast) -> None:
    team = Team.objects.create(agency=cast.council, name="Family Wellbeing", work="early-help")
    nell = make_viewer("Nell Adeyemi", "practitioner", cast.council, team)
    moved(cast, "assessment", "stepped-down")
    with viewing_as(nell):
        work = Work.objects.get(ended_at=None)
        assert (work.pathway, work.state, work.because) == ("early-help", "asked", "Things have changed.")


def test_where_no_team_gives_early_help_nothing_is_stepped_down(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="gives early help"):
        moved(cast, "assessment", "stepped-down")
    assert not Work.objects.filter(pathway="early-help").exists()


def test_any_other_step_has_no_consequence(cast: Cast) -> None:
    moved(cast, "assessment", "assessing")
    assert not Contact.objects.exists()
    assert Work.objects.count() == 1
