"""What settling needs to know of each feed: whose it is, who may read it, whether it may be known to
exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kith.linkage.feeds.catalogue import Catalogue
from kith.linkage.loading.catalogue import catalogue

PROTECTED_ADDRESS = "protected-address"  # the one restricted audience whose feeds are registers too


@dataclass(frozen=True)
class FeedWords:
    """A feed as a record page speaks of it. `restricted` names its audience where not even the circle may
    read it.
    """

    feed: str
    title: str = ""
    agency: str = ""
    restricted: str = ""
    known_existence: bool = True

    @property
    def protects_existence(self) -> bool:
        """Whether whoever is on this feed's list gets no headline, whoever else knows them.

        A register of protected children: a feed that may not be known to exist and that the circle may read, or that
        is kept for those who look after protected addresses. What a restricted service (a clinic) keeps to itself
        says nothing of what others may tell.
        """
        return not self.known_existence and self.restricted in ("", PROTECTED_ADDRESS)


FRONT_DOOR = FeedWords("front-door-contact", title="Told to the front door")


def feed_words() -> Mapping[str, FeedWords]:
    """Every defined feed by its key, and what is told to the front door."""
    return {**_words(catalogue()), FRONT_DOOR.feed: FRONT_DOOR}


@lru_cache(maxsize=8)
def _words(known: Catalogue) -> Mapping[str, FeedWords]:
    return {
        key: FeedWords(key, feed.title, feed.agency, feed.restricted_to, feed.known_existence)
        for key, feed in known.feeds.items()
    }


def protecting_feeds() -> list[str]:
    """The feeds that are registers of protected children."""
    return [words.feed for words in feed_words().values() if words.protects_existence]
