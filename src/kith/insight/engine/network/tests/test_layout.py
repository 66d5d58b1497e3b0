"""Where things stand in a picture."""

from __future__ import annotations

from kith.insight.engine.network.layout import LAYERS, lay_out


def test_three_layers_the_linked_near_each_other_and_always_the_same() -> None:
    kinds = ["person"] * 20 + ["place", "group"]
    links = [(a, b) for a in range(10) for b in range(a)] + [(a, b) for a in range(10, 20) for b in range(10, a)]
    spots = lay_out(kinds, links)
    assert spots == lay_out(kinds, links)
    for kind, (_, down) in zip(kinds, spots, strict=True):
        assert LAYERS[kind][0] <= down <= LAYERS[kind][1]

    def far(a: int, b: int) -> float:
        return float(((spots[a][0] - spots[b][0]) ** 2 + (spots[a][1] - spots[b][1]) ** 2) ** 0.5)

    near = [far(a, b) for a, b in links]
    apart = [far(a, b) for a in range(10) for b in range(10, 20)]
    assert sum(near) / len(near) < sum(apart) / len(apart)
    assert len(set(spots)) == len(spots)
    assert lay_out([], []) == []
    assert lay_out(["person"], []) == [(0.5, spots and lay_out(["person"], [])[0][1])]


def test_people_alone_have_the_whole_height() -> None:
    down = [
        spot[1] for spot in lay_out(["person"] * 60, [(a, b) for a in range(60) for b in range(a) if (a + b) % 9 == 0])
    ]
    assert min(down) < LAYERS["person"][0]
    assert max(down) > LAYERS["person"][1]


def test_looked_at_again_it_stands_where_it_stood() -> None:
    kinds, links = ["person"] * 6, [(0, one) for one in range(1, 6)]
    first = lay_out(kinds, links)
    stood = list(first)
    first.clear()  # what one page does with its picture is nothing to the next
    assert lay_out(kinds, links) == stood
    assert lay_out(kinds, links[:-1]) != stood
