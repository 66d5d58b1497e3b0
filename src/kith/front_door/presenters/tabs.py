"""The ways between the front door's pages."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

TABS = (
    ("Waiting", "front-door", ""),
    ("Decided", "front-door", "?show=decided"),
    ("Advice line", "advice", ""),
    ("By email", "front-door-mail", ""),
    ("Who is here today", "attendance", ""),
    ("Volumes", "front-door-volumes", ""),
)


def tabs(current: str) -> list[dict[str, object]]:
    """As the sub navigation takes them; `current` is the words of the one that is open."""
    found = [(text, _address(name), query) for text, name, query in TABS]
    return [{"text": text, "href": at + query, "current": text == current} for text, at, query in found if at]


def ways(contact_id: int, *, waits: bool) -> list[tuple[str, str]]:
    """What else can be done with a contact: address and words."""
    offered = [("contact-checks", "Ask other agencies")]
    if waits:
        offered += [("contact-split", "Split it in two"), ("contact-join", "It says the same as another")]
    found = [(_address(name, contact_id), text) for name, text in offered]
    return [(at, text) for at, text in found if at]


def _address(name: str, *numbers: int) -> str:
    try:
        return reverse(name, args=numbers)
    except NoReverseMatch:
        return ""
