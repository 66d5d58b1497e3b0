"""Run in the served home: the cast, four children open to Asha and Ben, and pairs that may be one person."""

from __future__ import annotations

import json

from kith.foundations.starting import start_django


def plant() -> dict[str, list[int]]:
    """The numbers of the children and of the matches to decide."""
    from kith.linkage.tests.delivered import says
    from kith.linkage.tests.test_judging import placed, unsure
    from tests.support.cast import let_in, make_cast, make_person

    cast = make_cast()
    children = [make_person(name) for name in ("Amara Osei", "Leo Whitcombe", "Zofia Nowak", "Noor Haddad")]
    for child in children:
        let_in(child, cast.asha, cast.ben)
    pairs = []
    for number in range(3):
        one = says("school", f"S{number}", first_name="Ali", last_name=f"Khan{number}", date_of_birth="2012-01-15")
        other = says("police", f"P{number}", first_name="Aly", last_name=f"Khan{number}", date_of_birth="2012-01-15")
        pairs.append((one, other))
    placed(cast, *[(reference,) for pair in pairs for reference in pair])
    matches = [unsure(one, other) for one, other in pairs]
    return {"children": [child.pk for child in children], "matches": [match.pk for match in matches]}


if __name__ == "__main__":
    start_django()
    print(json.dumps(plant()))
