"""The people every demonstration and test can count on: the same at every size and seed.

Ages move with `today`, so that Amara is always fifteen and always about to turn sixteen.
Every system gives a cast member the same number each time: see `number_in` and `kith.demo.systems`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kith.demo.colleagues import *  # noqa: F403 - the cast is one list to whoever uses it


@dataclass(frozen=True)
class CastPerson:
    """An invented person with a part to play. `pid` is the person's number in the sealed truth."""

    pid: int
    key: str
    first_name: str
    last_name: str
    sex: str
    ethnicity: str
    community: str
    age: int
    days_to_birthday: int = 180
    known_as: str = ""
    middle_names: str = ""
    former_last_name: str = ""
    home: str = ""
    role: str = "child"
    mother: int = -1
    father: int = -1
    language: str = "English"
    interpreter: bool = False
    school: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    def born(self, today: date) -> date:
        """Date of birth: this many days from `today` the person turns `age + 1`."""
        if self.key == "amara":
            return _swappable_birthday(today, self.age + 1)
        turns = today + timedelta(days=self.days_to_birthday)
        return _years_before(turns, self.age + 1)


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day - timedelta(days=1)
    return day.replace(year=day.year - years)


def _swappable_birthday(today: date, turns: int) -> date:
    """The first birthday five weeks or more ahead whose day and month can be taken for each other."""
    day = today + timedelta(days=35)
    while day.day > 12 or day.day == day.month:
        day += timedelta(days=1)
    return _years_before(day, turns)


AMARA: Final = CastPerson(
    0,
    "amara",
    "Amara",
    "Osei",
    "F",
    "BAFR",
    "ghanaian",
    15,
    middle_names="Abena",
    home="amara",
    mother=1,
    father=2,
    language="Twi",
    school="Harbour View Academy",
    about="In care, living with her grandmother. Two agencies disagree about her birth date, two about her surname.",
)
AMARAS_MOTHER: Final = CastPerson(
    1,
    "amaras-mother",
    "Gifty",
    "Osei",
    "F",
    "BAFR",
    "ghanaian",
    38,
    home="amaras-mother",
    role="mother",
    former_last_name="Mensah",
    language="Twi",
)
AMARAS_FATHER: Final = CastPerson(
    2,
    "amaras-father",
    "Emmanuel",
    "Osei",
    "M",
    "BAFR",
    "ghanaian",
    44,
    home="amaras-father",
    role="father",
    language="Twi",
)
AMARAS_CARER: Final = CastPerson(
    3,
    "amaras-carer",
    "Efua",
    "Mensah",
    "F",
    "BAFR",
    "ghanaian",
    63,
    home="amara",
    role="carer",
    language="Twi",
    interpreter=True,
    about="Amara's grandmother and foster carer. Needs a Twi interpreter.",
)
KAI: Final = CastPerson(
    4,
    "kai",
    "Kai",
    "Morgan",
    "M",
    "WBRI",
    "british",
    14,
    75,
    home="morgan",
    mother=6,
    school="Harbour View Academy",
    about="Twin of Kane: same surname, birth date, address and school.",
)
KANE: Final = CastPerson(
    5,
    "kane",
    "Kane",
    "Morgan",
    "M",
    "WBRI",
    "british",
    14,
    75,
    home="morgan",
    mother=6,
    school="Harbour View Academy",
    about="Twin of Kai.",
)
MORGAN_MOTHER: Final = CastPerson(
    6,
    "morgan-mother",
    "Stacey",
    "Morgan",
    "F",
    "WBRI",
    "british",
    36,
    home="morgan",
    role="mother",
    former_last_name="Lintern",
)
LEO: Final = CastPerson(
    7,
    "leo",
    "Leo",
    "Whitcombe",
    "M",
    "WBRI",
    "british",
    16,
    210,
    home="whitcombe",
    mother=8,
    school="Fernhill Academy",
    about="Ben's: being criminally exploited by adults, has an education, health and care plan.",
)
LEOS_MOTHER: Final = CastPerson(
    8, "leos-mother", "Joanne", "Whitcombe", "F", "WBRI", "british", 41, home="whitcombe", role="mother"
)
ZOFIA: Final = CastPerson(
    9,
    "zofia",
    "Zofia",
    "Nowak",
    "F",
    "WOTH",
    "polish",
    13,
    120,
    known_as="Zosia",
    home="nowak",
    mother=10,
    language="Polish",
    school="Fernhill Academy",
    about="Called Zosia. Youth work has a Zosia Novak, born a day later, no address: a person must decide.",
)
ZOFIAS_MOTHER: Final = CastPerson(
    10,
    "zofias-mother",
    "Agnieszka",
    "Nowak",
    "F",
    "WOTH",
    "polish",
    39,
    home="nowak",
    role="mother",
    language="Polish",
    interpreter=True,
)
EWAN: Final = CastPerson(
    11,
    "ewan",
    "Ewan",
    "Pryce",
    "M",
    "WBRI",
    "british",
    15,
    95,
    home="seacroft-house",
    role="placed child",
    school="Fernhill Academy",
    about="In the care of Eastmere County Council, placed in a home in Severnmouth.",
)
ISLA: Final = CastPerson(
    12,
    "isla",
    "Isla",
    "Hartnell",
    "F",
    "WBRI",
    "british",
    15,
    60,
    home="hartnell",
    mother=13,
    about="Lives at a protected address: that any agency knows her may not be told to others.",
)
ISLAS_MOTHER: Final = CastPerson(
    13,
    "islas-mother",
    "Gemma",
    "Hartnell",
    "F",
    "WBRI",
    "british",
    37,
    home="hartnell",
    role="mother",
    former_last_name="Speed",
)
TYRESE: Final = CastPerson(
    14,
    "tyrese",
    "Tyrese",
    "Grant",
    "M",
    "BCRB",
    "caribbean",
    16,
    140,
    home="seacroft-house",
    mother=15,
    school="Harbour View Academy",
    about="Lives at Seacroft House, whose daily log gives him more than a thousand entries.",
)
TYRESES_MOTHER: Final = CastPerson(
    15, "tyreses-mother", "Simone", "Grant", "F", "BCRB", "caribbean", 40, home="tyreses-mother", role="mother"
)
TIA: Final = CastPerson(
    16,
    "tia",
    "Tia",
    "Brennan",
    "F",
    "WIRI",
    "irish",
    15,
    250,
    home="brennan",
    mother=17,
    school="Harbour View Academy",
    about="A friend of Amara's.",
)
TIAS_MOTHER: Final = CastPerson(
    17, "tias-mother", "Siobhan", "Brennan", "F", "WIRI", "irish", 42, home="brennan", role="mother"
)
JAMAL: Final = CastPerson(
    18,
    "jamal",
    "Jamal",
    "Warsame",
    "M",
    "BAFR",
    "somali",
    16,
    33,
    home="warsame",
    mother=19,
    language="Somali",
    school="Harbour View Academy",
    about="A friend of Amara's.",
)
JAMALS_MOTHER: Final = CastPerson(
    19,
    "jamals-mother",
    "Hawa",
    "Warsame",
    "F",
    "BAFR",
    "somali",
    40,
    home="warsame",
    role="mother",
    language="Somali",
    interpreter=True,
)
MARLON: Final = CastPerson(
    20,
    "marlon",
    "Marlon",
    "Vickery",
    "M",
    "WBRI",
    "british",
    27,
    300,
    home="vickery",
    role="adult of concern",
    about="An adult believed to be exploiting children who spend time at Harbour Park.",
)
PEOPLE: Final = (
    AMARA,
    AMARAS_MOTHER,
    AMARAS_FATHER,
    AMARAS_CARER,
    KAI,
    KANE,
    MORGAN_MOTHER,
    LEO,
    LEOS_MOTHER,
    ZOFIA,
    ZOFIAS_MOTHER,
    EWAN,
    ISLA,
    ISLAS_MOTHER,
    TYRESE,
    TYRESES_MOTHER,
    TIA,
    TIAS_MOTHER,
    JAMAL,
    JAMALS_MOTHER,
    MARLON,
)
CHILDREN: Final = tuple(p for p in PEOPLE if p.role in ("child", "placed child"))
FRIENDS: Final = (AMARA, TIA, JAMAL)
HARBOUR_PARK: Final = "Harbour Park"
ASHAS: Final = (AMARA, TIA, TYRESE)
BENS: Final = (LEO, KAI)
HOMES: Final = {
    "amara": ("14 Capstan Street", "QX1 4AB"),
    "amaras-mother": ("3 Tallow Court", "QX3 2DE"),
    "amaras-father": ("Flat 9, Mariner House", "QX2 7LT"),
    "morgan": ("27 Ropewalk Terrace", "QX5 3GH"),
    "whitcombe": ("8 Skylark Close", "QX9 1NP"),
    "nowak": ("52 Orchard Vale Road", "QX7 6RS"),
    "hartnell": ("2 Withheld Lane", "QX13 9ZZ"),
    "seacroft-house": ("Seacroft House, 40 Seawall Parade", "QX14 2BD"),
    "tyreses-mother": ("61 Marshwater Road", "QX11 5TW"),
    "brennan": ("19 Lanthorn Quay", "QX1 4AD"),
    "warsame": ("Flat 22, Castle Weir House", "QX2 1EF"),
    "vickery": ("5 Sailmaker Yard", "QX3 8JU"),
}
