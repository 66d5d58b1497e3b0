"""The council's case system: its tables in the shape of the Standard Safeguarding Dataset.

Column names: data-to-insight, Standard Safeguarding Dataset data objects specification (facts only).
Worker numbers are the worker's sign-in, as many councils use; the professionals table says who they are.
"""

from kith.demo.agencies.social_care.care import care_tables
from kith.demo.agencies.social_care.people import known_children, people_tables
from kith.demo.agencies.social_care.plans import plan_tables
from kith.demo.agencies.social_care.wellbeing import wellbeing_tables
from kith.demo.agencies.social_care.work import factors_found, work_tables
from kith.demo.agencies.social_care.workers import worker_tables
from kith.demo.feed import Feed
from kith.demo.world import World

__all__ = ["factors_found", "feeds"]


def feeds(world: World) -> list[Feed]:
    """Every table of the standard dataset."""
    known = known_children(world)
    return [
        *people_tables(world, known),
        *work_tables(world),
        *plan_tables(world),
        *care_tables(world),
        *wellbeing_tables(world, known),
        *worker_tables(world),
    ]
