"""What is kept of a secret address."""

from __future__ import annotations

from hashlib import sha256


def secret_hash(secret: str) -> str:
    """Its hash: whoever reads the database cannot read the calendar."""
    return sha256(secret.encode()).hexdigest()
