"""One module for each family of agencies: true events in, that agency's files out."""

from kith.demo.agencies import education, health, police, social_care

FEEDS = (social_care.feeds, police.feeds, education.feeds, health.feeds)
