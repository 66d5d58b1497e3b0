"""The members of staff whom every demonstration can sign in as."""

from dataclasses import dataclass
from typing import Final

COUNCIL: Final = "council-childrens-social-care"
TEAM: Final = "Contextual Safeguarding East"


@dataclass(frozen=True)
class Staff:
    """A member of staff who can sign in."""

    key: str
    name: str
    email: str
    agency: str
    team: str
    role: str
    phone: str
    work: str = ""  # what the team shares, a TeamWork


ASHA: Final = Staff(
    "asha", "Asha Rahman", "asha@severnmouth.example", COUNCIL, TEAM, "Social worker", "01632 960101", "contexts"
)
BEN: Final = Staff(
    "ben", "Ben Okafor", "ben@severnmouth.example", COUNCIL, TEAM, "Social worker", "01632 960102", "contexts"
)
CAROL: Final = Staff(
    "carol",
    "Carol Price",
    "carol@harbourviewacademy.example",
    "harbour-view-academy",
    "Safeguarding",
    "Designated safeguarding lead",
    "01632 960103",
)
DEV: Final = Staff(
    "dev",
    "Dev Patel",
    "dev@westhaven.example",
    "westhaven-council",
    "Children in Need West",
    "Social worker",
    "01632 960104",
)
ELLIS: Final = Staff(
    "ellis",
    "Ellis Grant",
    "ellis@severnmouth.example",
    "severnmouth-partnership",
    "Assurance",
    "Auditor",
    "01632 960105",
)
FARAH: Final = Staff(
    "farah",
    "Farah Aziz",
    "farah@severnmouth.example",
    COUNCIL,
    "Front Door",
    "Duty manager",
    "01632 960106",
    "front-door",
)
GWEN: Final = Staff(
    "gwen",
    "Gwen Harries",
    "gwen@severnmouth.example",
    "severnmouth-partnership",
    "Data and Insight",
    "Data officer",
    "01632 960107",
)
POLICE: Final = "severnmouth-police"
GRADERS: Final = (POLICE, "Child Exploitation Intelligence")
KOFI: Final = Staff(
    "kofi", "Kofi Mensah", f"kofi@{POLICE}.example", *GRADERS, "Intelligence officer", "01632 960108", "intelligence"
)
LENA: Final = Staff(
    "lena",
    "Lena Fischer",
    f"lena@{POLICE}.example",
    *GRADERS,
    "Intelligence supervisor",
    "01632 960109",
    "intelligence",
)
MINA: Final = Staff(
    "mina", "Mina Haddad", f"mina@{POLICE}.example", POLICE, "Source Unit", "Source officer", "01632 960118", "sources"
)
NIA: Final = Staff(
    "nia",
    "Nia Rowlands",
    "nia@severnmouth.example",
    COUNCIL,
    "Front Door",
    "Front door worker",
    "01632 960119",
    work="front-door",
)
CHECKS_TEAM: Final = "Checks"
OLU: Final = Staff(
    "olu",
    "Olu Bright",
    "olu@severnmouth-police.example",
    POLICE,
    CHECKS_TEAM,
    "Safeguarding hub officer",
    "01632 960122",
    work="checks",
)
ROSA: Final = Staff(
    "rosa",
    "Rosa Lind",
    "rosa@severnmouth-health.example",
    "severnmouth-community-health",
    CHECKS_TEAM,
    "Named nurse",
    "01632 960138",
    work="checks",
)
SEACROFT: Final = "seacroft-house"
PIA: Final = Staff(
    "pia", "Pia Novak", "pia@seacroft.example", SEACROFT, "Staff", "Registered manager", "01632 960170", work="homes"
)
QUINN: Final = Staff(
    "quinn",
    "Quinn Doyle",
    "quinn@severnmouth.example",
    COUNCIL,
    "Missing and Return",
    "Return conversation worker",
    "01632 960171",
    work="missing",
)
RAJ: Final = Staff(
    "raj",
    "Raj Singh",
    "raj@severnmouth-police.example",
    POLICE,
    "Missing Persons Unit",
    "Missing persons officer",
    "01632 960172",
    work="search",
)
RESPONSE: Final = (COUNCIL, "Response")
SOL: Final = Staff(
    "sol", "Sol Adeyemi", "sol@severnmouth.example", *RESPONSE, "Specialist worker", "01632 960173", work="response"
)
TESS: Final = Staff(
    "tess", "Tess Moran", "tess@severnmouth.example", *RESPONSE, "Specialist worker", "01632 960174", work="response"
)
PARTNERSHIP: Final = "severnmouth-partnership"
UMA: Final = Staff(
    "uma",
    "Uma Sethi",
    "uma@severnmouth.example",
    PARTNERSHIP,
    "Data and Insight",
    "Partnership analyst",
    "01632 960175",
)
VERA: Final = Staff(
    "vera",
    "Vera Lindqvist",
    "vera@severnmouth.example",
    PARTNERSHIP,
    "Scrutiny",
    "Independent scrutineer",
    "01632 960176",
)
STAFF: Final = (
    *(ASHA, BEN, CAROL, DEV, ELLIS, FARAH, GWEN, KOFI, LENA, MINA, NIA, OLU),
    *(PIA, QUINN, RAJ, ROSA, SOL, TESS, UMA, VERA),
)
ALSO_ANSWERS_CHECKS: Final = (CAROL,)  # for their agency, beside their own team
