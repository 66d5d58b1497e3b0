"""Staff: added, changed and ended by administrators only, and what they see follows at once."""

import pytest
from django.test import Client
from django.utils import timezone

from kith.foundations.access.actions import add_staff, change_staff, deactivate
from kith.foundations.access.models import Viewer, ViewerScope
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Headline, Subject
from tests.support.cast import Cast, let_in, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Osei")
    let_in(amara, cast.east, cast.carol)
    return amara


def sees(viewer: Viewer) -> tuple[bool, bool]:
    with viewing_as(viewer):
        return Subject.objects.exists(), Headline.objects.exists()


def test_idris_adds_somebody_and_puts_them_in_a_team(client: Client, cast: Cast, amara: Subject) -> None:
    client.force_login(cast.idris)
    new = {"name": "Jo Lee", "email": "Jo@council.example", "agency": cast.council.pk, "role": "practitioner"}
    response = client.post("/staff/new", new)
    jo = Viewer.objects.get(email="jo@council.example")
    assert response.url == f"/staff/{jo.pk}/"
    assert sees(jo) == (False, True)
    client.post(f"/staff/{jo.pk}/", {"role": "practitioner", "teams": [cast.east.pk], "job_title": "Social worker"})
    assert sees(jo) == (True, True)
    client.post(f"/staff/{jo.pk}/", {"role": "practitioner", "teams": []})
    assert sees(jo) == (False, True)
    client.post(f"/staff/{jo.pk}/", {"role": "administrator"})
    assert sees(jo) == (False, False)
    assert "Jo Lee" in client.get(f"/staff/{jo.pk}/").content.decode()
    actions = AuditEvent.objects.filter(viewer_id=cast.idris.pk, action__endswith="-staff").values_list(
        "action", flat=True
    )
    assert set(actions) == {"add-staff", "change-staff", "read-staff"}


def test_the_same_address_twice_is_said_on_the_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.idris)
    again = {"name": "Ben", "email": cast.ben.email.upper(), "agency": cast.council.pk, "role": "practitioner"}
    response = client.post("/staff/new", again)
    assert response.status_code == 422
    assert "already on the list" in response.content.decode()


def test_ending_access_closes_everything_and_bringing_back_opens_only_the_teams(
    client, cast: Cast, amara: Subject
) -> None:
    let_in(make_person("Leo Whitcombe"), cast.ben)
    client.force_login(cast.idris)
    assert client.post(f"/staff/{cast.ben.pk}/end", {"because": ""}).status_code == 302
    assert Viewer.objects.get(pk=cast.ben.pk).is_active
    client.post(f"/staff/{cast.ben.pk}/end", {"because": "Left on 3 November"})
    assert not ViewerScope.objects.filter(viewer=cast.ben).exists()
    client.post(f"/staff/{cast.ben.pk}/bring-back")
    with viewing_as(cast.ben):
        assert list(Subject.objects.values_list("name", flat=True)) == ["Amara Osei"]


def test_only_administrators_and_nobody_upon_themselves(cast: Cast) -> None:
    now = timezone.now()
    with pytest.raises(NotAllowed):
        add_staff(name="X", email="x@x.example", role="auditor", agency=cast.council, by=cast.hana, now=now)
    with pytest.raises(NotAllowed, match="your own role"):
        change_staff(viewer=cast.idris, role="auditor", teams=[], job_title="", phone="", by=cast.idris, now=now)
    with pytest.raises(NotAllowed, match="your own access"):
        deactivate(viewer=cast.idris, because="x", by=cast.idris, now=now)
    with pytest.raises(NotAllowed, match="system job"):
        add_staff(name="X", email="x@x.example", role="system", agency=cast.council, by=cast.idris, now=now)
    with pytest.raises(NotAllowed, match="their own agency"):
        change_staff(
            viewer=cast.dev, role="practitioner", teams=[cast.east], job_title="", phone="", by=cast.idris, now=now
        )


def test_the_pages_are_for_administrators(client: Client, cast: Cast) -> None:
    for who in cast.everybody():
        client.force_login(who)
        for page in ("/staff/", "/staff/new", f"/staff/{cast.ben.pk}/"):
            assert client.get(page).status_code == (200 if who == cast.idris else 403), (who, page)
    client.force_login(cast.idris)
    assert client.get(f"/staff/{cast.loader.pk}/").status_code == 404
