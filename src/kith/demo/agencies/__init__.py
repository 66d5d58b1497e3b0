"""One module for each family of agencies: true events in, that agency's files out."""

from kith.demo.agencies import (
    council,
    education,
    health,
    homes,
    justice,
    police,
    returns,
    social_care,
    supervision,
    voluntary,
)

FEEDS = (
    social_care.feeds,
    returns.feeds,
    police.feeds,
    education.feeds,
    health.feeds,
    council.feeds,
    justice.feeds,
    homes.feeds,
    voluntary.feeds,
    supervision.feeds,
)
