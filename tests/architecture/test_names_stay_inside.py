"""No letter, text message or notice names a child: they are read over shoulders.

What they say is looked at in every test that makes Kith write one (tests/support/letters.py). Titles of pages, names of
files and calendars are looked at in the sweep.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from kith.foundations.notices.actions import News, tell
from tests.support.cast import Cast, make_circle, make_person


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Amara is missing", "Ring Osei’s mother", "AMARA"])
def test_a_message_that_names_somebody_would_be_noticed(cast: Cast, text: str) -> None:
    make_person("Amara Osei")
    news = News(text, "/", "episode:1", "once", urgent=True)
    with pytest.raises(AssertionError, match="names somebody"):
        tell(viewers=[cast.asha], news=news, scope=make_circle(), now=timezone.now())
