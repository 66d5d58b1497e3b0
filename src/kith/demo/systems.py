"""Each agency system's own numbers for people.

A cast member has the same number in a system at every size and seed; everyone else's is shuffled, so that no
number can be guessed from another's.
"""

from dataclasses import dataclass

import numpy as np

from kith.demo import cast
from kith.demo.chance import Ints, Texts, stream, texts


@dataclass(frozen=True)
class System:
    """A record system: how its numbers look, where they start, how many people it holds twice.

    `shared` systems send several feeds, which must agree about a person; the others are looked at once.
    """

    name: str
    pattern: str
    start: int
    twice: float = 0.0
    shared: bool = False


SYSTEMS = {
    s.name: s
    for s in (
        System("council/csc", "%d", 410_000, shared=True),
        System("council/early-help", "EH-%06d", 20_000),
        System("council/placed", "PN%05d", 2_000),
        System("council/protected", "PA%04d", 1_000),
        System("police/niche", "N%08d", 30_417_000, twice=0.04, shared=True),
        System("police/portal", "PPI-%07d", 5_000),
        System("education/hub", "PU%07d", 700_000, shared=True),
        System("education/parents", "PC%07d", 100_000, shared=True),
        System("education/send", "EHC%05d", 11_000),
        System("education/welfare", "EW/%05d", 4_000, shared=True),
        System("education/safeguarding", "SG%06d", 60_000),
        System("health/emergency", "T%07d", 2_210_000, twice=0.05, shared=True),
        System("health/camhs", "RX%06d", 310_000),
        System("health/school-nursing", "%08d", 55_000_000),
        System("health/sexual-health", "SXH%06d", 80_000),
        System("health/gp", "GP%08d", 40_000_000),
        System("justice/youth", "YJ%05d", 7_000),
        System("justice/probation", "A%06dE", 120_000),
        System("housing/tenancy", "TEN%07d", 900_000),
        System("housing/homeless", "HL%06d", 33_000),
        System("council/tax", "%09d", 600_100_000, shared=True),
        System("council/licensing", "PHV%05d", 1_500, shared=True),
        System("health/substance", "SM%05d", 2_000),
        System("youth/work", "Y%05d", 9_000),
        System("voluntary/exploitation", "VX-%04d", 500),
        System("voluntary/mentors", "M%04d", 300),
        System("home-office/nrm", "NRM%07d", 6_500_000),
        System("care/seacroft", "SH%03d", 100),
    )
}
CAST_SIZE = len(cast.PEOPLE)


def numbers(system: str, people: Ints, everyone: int, seed: int, second: bool = False) -> Texts:
    """The system's numbers for these people; `second` gives the number of a person's duplicate record."""
    spec = SYSTEMS[system]
    order = np.arange(everyone)
    order[CAST_SIZE:] = CAST_SIZE + stream(seed, "numbers", system).permutation(everyone - CAST_SIZE)
    places = order[people] + (everyone if second else 0)
    return texts([spec.pattern % (spec.start + 7 * place) for place in places.tolist()])


def number_in(system: str, person: cast.CastPerson) -> str:
    """A cast member's number in a system."""
    spec = SYSTEMS[system]
    return spec.pattern % (spec.start + 7 * person.pid)
