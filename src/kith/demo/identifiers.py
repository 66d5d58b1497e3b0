"""Numbers that pass their checks and belong to nobody.

NHS numbers come from the 999 range, which is never issued; unique pupil numbers from authority code 899, which no
authority holds. Rules: standards of the NHS number (modulus 11) and of the DfE's unique pupil number (modulus 23).
"""

import numpy as np

from kith.demo.chance import Texts, stream, texts
from kith.demo.systems import CAST_SIZE

LEA = 899
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _shuffled(count: int, of: int, seed: int, name: str) -> np.ndarray:
    order = np.arange(of)
    order[CAST_SIZE:] = CAST_SIZE + stream(seed, name).permutation(of - CAST_SIZE)
    return order[:count]


def nhs_numbers(count: int, seed: int) -> Texts:
    """`count` different NHS numbers in the 999 range; at most about 909,000."""
    body = np.arange(1_000_000)
    digits = body[:, None] // 10 ** np.arange(5, -1, -1) % 10
    total = 9 * (10 + 9 + 8) + (digits * np.arange(7, 1, -1)).sum(axis=1)
    check = (11 - total % 11) % 11
    good = body[check < 10] * 10 + check[check < 10]
    if count > len(good):
        raise ValueError(f"Only {len(good)} NHS numbers can be made, {count} were asked for.")
    return texts([f"999{n:07d}" for n in good[_shuffled(count, len(good), seed, "nhs")].tolist()])


def upns(count: int, seed: int) -> Texts:
    """`count` different unique pupil numbers."""
    serial = 100_000_000 - 1 - _shuffled(count, max(count, CAST_SIZE + 1), seed, "upn") * 37
    tails = [f"{LEA}{n:09d}"[:12] for n in serial.tolist()]
    return texts([upn_letter(tail) + tail for tail in tails])


def upn_letter(tail: str) -> str:
    """The check letter for the twelve digits that follow it."""
    return UPN_LETTERS[sum(int(digit) * place for place, digit in enumerate(tail, start=2)) % 23]
