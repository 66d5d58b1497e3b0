"""What is recorded may be anybody's words, and never keeps the line from being written."""

from __future__ import annotations

import pytest

from kith.foundations.audit.actions import record
from kith.foundations.audit.models import AuditEvent
from tests.support.cast import NOW, Cast


@pytest.mark.django_db
def test_a_nought_among_the_letters_is_left_out(cast: Cast) -> None:
    record(viewer=cast.asha, action="search", what="Looked for a\x00b", because="c\x00d", now=NOW)
    line = AuditEvent.objects.get()
    assert (line.what, line.because) == ("Looked for ab", "cd")
