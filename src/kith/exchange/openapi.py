"""The description of the addresses for other systems, as OpenAPI 3.1: made of the fields by which calls are read."""

from __future__ import annotations

from typing import Any

from kith.exchange.bodies import report_body, return_body
from kith.exchange.rules.missing_api import LONGEST_BODY, NUMBER, NUMBER_LENGTH, ONCE

ABOUT = (
    "Tell Kith that a child is missing, and that they are back, from your own system. Your report is kept whole. Where "
    "one child on record is certain to be meant, by NHS number or by name and date of birth, it stands on that record "
    "(201); otherwise the team that follows missing children says who is meant (202). An answer names nobody. In "
    "immediate danger ring 999 as well: nobody reads this for you."
)
MARK_ABOUT = (
    "A mark of your own for this call. The same call again with the same mark, because an answer was lost, has the "
    "same answer and changes nothing. Another body with the same mark is refused (409)."
)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, as a sentence."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
STATE = {
    "type": "object",
    "required": ["number", "state", "reference", "received_at"],
    "properties": {
        "number": {"type": "string", "description": "Your own number."},
        "state": {"enum": ["open", "back"], "description": "As far as your agency told it."},
        "reference": {"type": ["string", "null"], "description": "Kith's own; null until the child is matched."},
        "received_at": {"type": "string", "format": "date-time"},
        "back_at": {"type": "string", "format": "date-time", "description": "As your agency told it."},
        "note": {"type": "string"},
    },
    "additionalProperties": False,
}
WRONG = {
    "400": "The body is not JSON, a name stands twice, the Idempotency-Key is missing, or a cookie was sent",
    "401": "No key, or none that there is",
    "403": "The key was ended, or the agency may not report",
    "404": "Your agency told nothing under this number",
    "405": "Another method",
    "409": "This Idempotency-Key, or this number, came before with another body",
    "413": f"The body has more than {LONGEST_BODY} bytes",
    "415": "The body is not application/json",
    "422": "Fields that cannot be taken, each with what is wrong",
    "429": "Too many calls in a minute, or with a wrong key; Retry-After says in how many seconds to call again",
}
READ_ONLY, WRITES, WRITES_NEW = (
    ("400", "401", "403", "404", "405", "429"),
    ("400", "401", "403", "404", "405", "409", "413", "415", "422", "429"),
    ("400", "401", "403", "405", "409", "413", "415", "422", "429"),
)


def description(server: str) -> dict[str, Any]:
    """The whole document. `server`: the address of this installation."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kith: missing children, for other systems", "version": "1.0.0", "description": ABOUT},
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": {
            "/api/v1/missing": {"post": _post("report", "A child is missing", "Report", WRITES_NEW)},
            "/api/v1/missing/{number}": {"get": _get(), "parameters": [_number()]},
            "/api/v1/missing/{number}/return": {
                "post": _post("return", "A child is back", "Return", WRITES),
                "parameters": [_number()],
            },
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "kithkey_…"}},
            "schemas": {
                "Report": report_body().schema() | {"examples": [report_body().sample()]},
                "Return": return_body().schema() | {"examples": [return_body().sample()]},
                "State": STATE,
                "Problem": PROBLEM,
            },
        },
    }


def _post(name: str, summary: str, body: str, wrong: tuple[str, ...]) -> dict[str, Any]:
    mark = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": MARK_ABOUT,
        "schema": {"type": "string", "pattern": f"^{ONCE}$"},
    }
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [mark],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _schema(body)}}},
        "responses": {
            "200": _state("The same call again: the answer that it had"),
            "201": _state("New, on the child's record"),
            "202": _state("Kept; a person says who is meant"),
            **_problems(wrong),
        },
    }


def _get() -> dict[str, Any]:
    told = {"200": _state("What your agency told"), **_problems(READ_ONLY)}
    return {"operationId": "state", "summary": "What your agency has told under this number", "responses": told}


def _number() -> dict[str, Any]:
    return {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "Your own number of the report. A slash in it stays as it is, or is written %2F.",
        "schema": {"type": "string", "maxLength": NUMBER_LENGTH, "pattern": f"^{NUMBER}$"},
    }


def _state(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": _schema("State")}}}


def _problems(codes: tuple[str, ...]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _schema("Problem")}}
    return {code: {"description": WRONG[code], "content": content} for code in codes}


def _schema(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
