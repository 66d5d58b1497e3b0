"""Each request is answered as whoever asks, whole or not at all, and nothing stays behind on the connection."""

import random
import threading
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

import kith.config.urls as urls
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Agency
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record, request_id_now
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person

NUMBERS = count(1)


def looking(request: HttpRequest) -> HttpResponse:
    """Who the database thinks is looking, and whom they see."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user, kith_viewer()")
        role, viewer = cursor.fetchone()
    names = ",".join(sorted(Subject.objects.values_list("name", flat=True)))
    return HttpResponse(f"{role}|{viewer}|{names}|{request_id_now.get()}")


def writes_and_then(request: HttpRequest, what: str) -> HttpResponse:
    record(viewer=request.user, action="wrote", now=timezone.now())
    Agency.objects.create(key=f"made-{next(NUMBERS)}", name="Made", kind="school")
    if what == "answers-500":
        return HttpResponse("broken", status=500)
    raise {"fails": RuntimeError("boom"), "404": Http404, "403": PermissionDenied, "not-allowed": NotAllowed("No.")}[
        what
    ]


@pytest.fixture(autouse=True)
def _pages(settings) -> None:
    more = [
        path("looking/<int:subject_id>", lambda r, subject_id: looking(r)),
        path("wrote/<str:what>", writes_and_then),
    ]
    settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [*urls.urlpatterns, *more]})


@pytest.mark.django_db
def test_a_page_is_answered_as_whoever_is_signed_in(client: Client, cast: Cast) -> None:
    amara = make_person("Amara Osei")
    let_in(amara, cast.east)
    client.force_login(cast.asha)
    role, viewer, names, request_id = client.get("/looking/1").content.decode().split("|")
    assert (role, int(viewer), names) == ("kith_served", cast.asha.pk, "Amara Osei")
    assert len(request_id) == 32
    client.force_login(cast.dev)
    assert client.get("/looking/1").content.decode().split("|")[1:3] == [str(cast.dev.pk), ""]


@pytest.mark.django_db
def test_a_session_that_names_a_system_job_is_nobodys(client: Client, cast: Cast) -> None:
    make_person()
    client.force_login(system_viewer("loader"))
    assert client.get("/looking/1").url == "/accounts/login/?next=/looking/1"


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["fails", "answers-500"])
def test_what_fails_is_undone_whole_and_written_down(client: Client, cast: Cast, what: str) -> None:
    client.raise_request_exception = False
    client.force_login(cast.asha)
    assert client.get(f"/wrote/{what}").status_code == 500
    assert not Agency.objects.filter(name="Made").exists()
    assert not AuditEvent.objects.filter(action="wrote").exists()
    line = AuditEvent.objects.get(action="error")
    assert line.viewer_id == cast.asha.pk
    assert line.details["status"] == 500
    assert "boom" not in str(line.details)


@pytest.mark.django_db
@pytest.mark.parametrize(("what", "status"), [("404", 404), ("403", 403), ("not-allowed", 403)])
def test_a_refusal_is_written_down(client: Client, cast: Cast, what: str, status: int) -> None:
    client.force_login(cast.dev)
    response = client.get(f"/wrote/{what}")
    assert response.status_code == status
    line = AuditEvent.objects.get(action="refused")
    assert (line.viewer_id, line.details["status"]) == (cast.dev.pk, status)
    assert len(line.request_id) == 32


@pytest.mark.django_db
def test_what_is_not_allowed_says_why_and_changes_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.dev)
    assert "No." in client.get("/wrote/not-allowed").content.decode()
    assert not Agency.objects.filter(name="Made").exists()


@pytest.mark.django_db
def test_an_attempt_on_a_record_names_the_record(client: Client, cast: Cast) -> None:
    client.force_login(cast.dev)
    assert client.get("/records/123456/").status_code == 404
    for number in ("123456", "9" * 40):
        client.get(f"/records/{number}/looked")
    assert [123456] in AuditEvent.objects.filter(action="refused").values_list("subjects", flat=True)


@pytest.mark.django_db(transaction=True)
def test_hundreds_of_requests_over_reused_connections_show_nobody_anybody_elses() -> None:
    """Eight threads, each with one connection kept open, asking as people picked at random, some requests failing."""
    from tests.support.cast import make_cast

    cast = make_cast()
    expected = {}
    for viewer in cast.everybody():
        let_in(make_person(f"Child of {viewer.name}"), viewer)
        expected[viewer.pk] = f"Child of {viewer.name}"
    sessions = {}
    for viewer in cast.everybody():
        client = Client()
        client.force_login(viewer)
        sessions[viewer.pk] = client.cookies
    wrong: list[str] = []

    def ask_often(seed: int) -> None:
        chance = random.Random(seed)
        client = Client(raise_request_exception=False)
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
        try:
            for _ in range(60):
                viewer = chance.choice([None, *expected])
                client.cookies = sessions[viewer] if viewer else type(client.cookies)()
                if chance.random() < 0.2:
                    client.get("/wrote/fails")
                    continue
                response = client.get("/looking/1")
                if viewer is None:
                    wrong.extend([] if response.status_code == 302 else ["nobody was let in"])
                    continue
                role, seen_as, names, _ = response.content.decode().split("|")
                if (role, seen_as, names) != ("kith_served", str(viewer), expected[viewer]):
                    wrong.append(f"{viewer} saw {role} {seen_as} {names}")
            if connection.connection.info.backend_pid != backend:
                wrong.append("the connection was not reused")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask_often, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.django_db
def test_pages_that_need_no_viewer_need_no_transaction(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/theme.css").status_code == 200
