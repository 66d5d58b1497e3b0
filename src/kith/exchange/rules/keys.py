"""Keys with which an agency's system calls: how they are written, and how a secret is told from another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

OPENING = "kithkey"  # by which whoever finds one in a log or a repository knows what it is
WRITTEN = re.compile(rf"{OPENING}_([a-z0-9]{{8}})_([A-Za-z0-9_-]{{43}})")
NO_SECRET = "0" * 64


@dataclass(frozen=True)
class Shown:
    """A key as its holder writes it: the open part that names it, and the secret."""

    handle: str
    secret: str

    def __repr__(self) -> str:
        return f"Shown({self.handle!r}, …)"  # so that no error report holds a secret

    @property
    def text(self) -> str:
        return f"{OPENING}_{self.handle}_{self.secret}"


def read_key(text: str) -> Shown | None:
    """The key, or None where this is none."""
    found = WRITTEN.fullmatch(text)
    return Shown(found[1], found[2]) if found else None


def hash_of(secret: str) -> str:
    """What is kept of it. The secret is 256 random bits, so nobody can find it by trying."""
    return sha256(secret.encode()).hexdigest()


def is_secret(secret: str, kept: str) -> bool:
    """Whether it is the secret of which this hash was kept, in a time that does not tell how much of it fits."""
    return compare_digest(hash_of(secret), kept or NO_SECRET)
