"""What is wrong with a call, as RFC 9457 has it: application/problem+json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpResponse


class Problem(Exception):  # noqa: N818 - reads as what is said
    """A call that is answered with what is wrong: the status, a sentence, and what is wrong with each field."""

    def __init__(
        self,
        status: int,
        detail: str,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.fields, self.headers = status, detail, fields or {}, headers or {}


def problem(wrong: Problem) -> HttpResponse:
    """The answer. It says nothing that the caller did not send, and names nobody."""
    said: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(wrong.status).phrase,
        "status": wrong.status,
        "detail": wrong.detail,
    }
    if wrong.fields:
        said["errors"] = [{"field": name, "detail": f"“{name}” {what}."} for name, what in wrong.fields.items()]
    text = json.dumps(said, indent=1, ensure_ascii=False).encode("utf-8", "replace")
    return HttpResponse(text, status=wrong.status, content_type="application/problem+json", headers=dict(wrong.headers))
