"""What somebody is told stands on their desk until they have seen it."""

import pytest
from django.test import Client

from kith.foundations.notices.actions import News, tell
from kith.foundations.notices.models import Notice
from tests.support.cast import NOW, Cast, make_circle


@pytest.mark.django_db
def test_told_on_the_desk_until_seen(client: Client, cast: Cast) -> None:
    news = News("A time you rely on was set right: M-AB12CD", "/missing/", "episode:1", "once")
    tell(viewers=[cast.asha, cast.ben], news=news, scope=make_circle(), now=NOW)
    client.force_login(cast.asha)
    page = client.get("/").content.decode()
    assert "You are told" in page
    assert "M-AB12CD" in page
    asha, ben = (Notice.objects.get(viewer=viewer).pk for viewer in (cast.asha, cast.ben))
    assert client.post("/notices/seen", {"notice": [asha, ben, "x"]}).status_code == 302
    assert "You are told" not in client.get("/").content.decode()
    assert Notice.objects.get(pk=ben).seen_at is None
