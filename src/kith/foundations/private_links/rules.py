"""Secrets, codes and limits of private links. Plain Python; the time is passed in."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

LASTS = timedelta(days=7)
SHOWN_LASTS = timedelta(hours=24)  # one that somebody reads off a screen
CODE_LASTS = timedelta(minutes=15)
CONFIRMED_FOR = timedelta(hours=2)
HOUR = timedelta(hours=1)
TRIES_A_CODE, CODES_AN_HOUR, OPENINGS_AN_HOUR = 5, 5, 120
WRONG_CODES_IN_ALL = 15  # then the link is locked for good
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
SHOWN_LETTERS = 12  # 60 bits, tried at most so often a minute from one place


def new_secret() -> str:
    """256 bits that nobody guesses, for an address."""
    return secrets.token_urlsafe(32)


def new_shown_secret() -> str:
    """Twelve letters and figures that somebody reads off a screen, such as "K7QF-W2MB-9XHD"."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(SHOWN_LETTERS))
    return "-".join(drawn[start : start + 4] for start in range(0, SHOWN_LETTERS, 4))


def as_shown(typed: str) -> str:
    """What was typed, as such letters are shown; anything else as it is."""
    letters = "".join(letter for letter in typed.upper() if letter in LETTERS)
    if len(letters) != SHOWN_LETTERS:
        return typed.strip()
    return "-".join(letters[start : start + 4] for start in range(0, SHOWN_LETTERS, 4))


def secret_hash(secret: str) -> str:
    """All that is kept of a secret."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether both are equal, answered in the same time whatever they are."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_code() -> str:
    """Six figures."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_hash(code: str, link: int, key: str) -> str:
    """All that is kept of a code, of no use for another link."""
    return hmac.new(key.encode(), f"private:{link}:{code}".encode(), sha256).hexdigest()


def figures(typed: str) -> str:
    """The figures of what was typed."""
    return "".join(one for one in typed if one.isdigit() and one.isascii())
