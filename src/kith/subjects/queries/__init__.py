"""Questions about people, groups and places.

Row security has already decided which rows there are to ask about.
"""

from kith.subjects.queries.choosing import NOUGHT, Candidate, chosen, found_by_words, suggested
from kith.subjects.queries.circles import CircleSubject, my_circles, people_in_circle
from kith.subjects.queries.involvement import involvements_of, last_heard_by_agency, ring_list
from kith.subjects.queries.links import evidence_written_by, links_of, others_seen
from kith.subjects.queries.mentions import mentioned, named_in
from kith.subjects.queries.records import (
    SeenName,
    headline_of,
    names_seen,
    now_joined_into,
    restricted_parts_held,
    subject_in_full,
    tier_of,
)

__all__ = [
    "NOUGHT",
    "Candidate",
    "CircleSubject",
    "SeenName",
    "chosen",
    "evidence_written_by",
    "found_by_words",
    "headline_of",
    "involvements_of",
    "last_heard_by_agency",
    "links_of",
    "mentioned",
    "my_circles",
    "named_in",
    "names_seen",
    "people_in_circle",
    "now_joined_into",
    "others_seen",
    "restricted_parts_held",
    "ring_list",
    "subject_in_full",
    "suggested",
    "tier_of",
]
