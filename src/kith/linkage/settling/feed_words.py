"""What settling needs to know of each feed: whose it is, who may read it, whether it may be known to
exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kith.linkage.feeds.catalogue import Catalogue
from kith.linkage.loading.catalogue import catalogue


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
        """A feed that the circle may read, and that may not be known to exist, is a register of protected
        children:
        whoever is on it gets no headline, whoever else knows her."""
        return not self.known_existence and not self.restricted


def feed_words() -> Mapping[str, FeedWords]:
    """Every defined feed by its key."""
    return _words(catalogue())


def _words(known: Catalogue) -> Mapping[str, FeedWords]:
    return {
        key: FeedWords(key, feed.title, feed.agency, feed.restricted_to, feed.known_existence)
        for key, feed in known.feeds.items()
    }
