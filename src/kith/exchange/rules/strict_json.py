"""Reading JSON that anybody may have sent: strictly, and never at the cost of the one who reads. Plain Python."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 16
LONGEST_FIGURE = 30


class NotJson(ValueError):
    """What was sent cannot be read; the message is the sentence to answer."""


def read_json(raw: bytes) -> Any:
    """The value. Raises NotJson for what is not JSON in UTF-8, is nested too deep, or says a name twice."""
    try:
        text = raw.decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        raise NotJson("The body is not text in UTF-8.") from None
    if _depth(text) > DEEPEST:
        raise NotJson(f"The body is nested more than {DEEPEST} deep.")
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_int=_figure, parse_float=_figure, parse_constant=_no_constant
        )
    except NotJson:
        raise
    except (ValueError, RecursionError):
        raise NotJson("The body is not JSON.") from None


def _depth(text: str) -> int:
    """How deep it is nested at most, whether or not it is JSON."""
    depth = deepest = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            quoted = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise NotJson("The body says a name twice in one object: which of the two is meant?")
    return names


def _figure(written: str) -> float:
    if len(written) > LONGEST_FIGURE:
        raise NotJson("The body has a number that is too long.")
    return float(written)


def _no_constant(name: str) -> float:
    raise NotJson(f"{name} is not JSON.")
