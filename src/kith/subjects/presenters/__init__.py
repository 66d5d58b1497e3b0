"""People, groups, places, links and whom to ring, as they are shown: frozen, in words, without a query."""
