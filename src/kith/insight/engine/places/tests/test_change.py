"""Emerging, persistent, fading."""

from __future__ import annotations

import numpy as np

from kith.insight.engine.places.change import changes
from kith.insight.engine.places.tests.test_getis import ring


def test_what_came_what_stayed_and_what_went() -> None:
    rng = np.random.default_rng(1)
    one, two = rng.poisson(3, 300), rng.poisson(3, 300)
    two[10:17] += 12  # came
    one[50:57] += 12  # went
    one[90:97] += 12
    two[90:97] += 12  # stayed
    found = changes(one, two, ring(300, reach=3), seed=1).words
    assert (found[13], found[53], found[93]) == ("emerging", "fading", "persistent")
    assert set(found[110:280]) == {""}


def test_twice_as_much_everywhere_is_not_emerging() -> None:
    rng = np.random.default_rng(2)
    one, two = rng.poisson(4, 300), rng.poisson(8, 300)
    one[30:37] += 12
    two[30:37] += 24
    assert changes(one, two, ring(300, reach=3), seed=1).words[33] == "persistent"
