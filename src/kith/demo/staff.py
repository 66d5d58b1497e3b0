"""Who works for the council's children's social care, and which children each works with.

Asha and Ben are the cast's; every other child with open work has a worker from an invented list.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.names import some_first_names, some_surnames
from kith.demo.world import World

TEAMS = (
    "Contextual Safeguarding East",
    "Assessment East Central",
    "Assessment North",
    "Assessment South",
    "Family Help North",
    "Family Help South",
    "Children in Care",
    "Care Leavers",
)
HELD = 18


@dataclass(frozen=True)
class Worker:
    """A worker with an invented name, sign-in and phone."""

    number: str
    name: str
    email: str
    team: str
    role: str
    registration: str
    phone: str
    caseload: int = HELD


def workers(world: World) -> list[Worker]:
    """Asha, Ben, and one worker for every eighteen children with open work."""
    rng = world.rng("staff")
    count = max(10, len(_open_work(world)) // HELD + 4)
    women, men = (
        some_first_names(rng, "british", "F", "middle", count),
        some_first_names(rng, "british", "M", "middle", count),
    )
    surnames = some_surnames(rng, "british", count)
    made = [_worker(n, women[n] if n % 4 else men[n], surnames[n]) for n in range(count)]
    return [_from_cast(cast.ASHA, 1, 19), _from_cast(cast.BEN, 2, 20), *made]


def _worker(n: int, first: str, last: str) -> Worker:
    email = f"{first}.{last}{n}@severnmouth.example".lower().replace("'", "")
    return Worker(
        f"SW{n + 10:04d}",
        f"{first} {last}",
        email,
        TEAMS[n % len(TEAMS)],
        "Social worker",
        f"SWX{10_000 + n}",
        f"01632 960{110 + n % 80}",
    )


def _from_cast(person: cast.Staff, number: int, held: int) -> Worker:
    return Worker(
        f"SW{number:04d}", person.name, person.email, person.team, person.role, f"SWX0000{number}", person.phone, held
    )


def _open_work(world: World) -> list[int]:
    referred = world.events["referrals"].filter(pl.col("end").is_null())["person"].to_list()
    care = world.events["care"].filter(pl.col("end").is_null())["person"].to_list()
    return sorted({*referred, *care})


def allocations(world: World) -> dict[int, Worker]:
    """Each child's worker: Asha has Amara and eighteen others, Ben twenty; a family shares a worker."""
    cached = world.truth.get("_allocations")
    if cached is None:
        world.truth["_allocations"] = cached = _allocated(world)
    staff = {w.email: w for w in workers(world)}
    return {
        pid: staff[email] for pid, email in zip(cached["person"].to_list(), cached["worker"].to_list(), strict=True)
    }


def _allocated(world: World) -> pl.DataFrame:
    staff = workers(world)
    everyone = sorted({*world.events["referrals"]["person"].to_list(), *world.events["care"]["person"].to_list()})
    household = world.people["household"].to_numpy()
    given = {pid: staff[2 + int(household[pid]) % (len(staff) - 2)].email for pid in everyone}
    given |= {p.pid: cast.ASHA.email for p in cast.ASHAS} | {p.pid: cast.BEN.email for p in cast.BENS}
    free = [pid for pid in _near_by_age(world) if pid >= len(cast.PEOPLE)]
    given |= dict.fromkeys(free[:16], cast.ASHA.email) | dict.fromkeys(free[16:34], cast.BEN.email)
    return pl.DataFrame({"person": list(given), "worker": list(given.values())})


def _near_by_age(world: World) -> list[int]:
    """Teenagers with open work first: the team works with harm outside the home."""
    open_work = np.array(_open_work(world))
    return [
        int(pid)
        for pid in open_work[np.argsort(-np.where(world.age[open_work] < 18, world.age[open_work], 0), kind="stable")]
    ]
