"""Names for the linkage bench. Deliberately not the engine's lists, so that the figures are honest.

Where public name data is at hand (environment KITH_SHARED_DATA or ../shared/data: ONS baby names, UK surnames
and name variants published by others) it is used; otherwise the short lists below serve. `Names.origin` says which.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

BOYS = ["Oliver", "Harry", "Jack", "Charlie", "Thomas", "Jacob", "Alfie", "Riley", "William", "James", "Joshua", "George", "Ethan", "Noah", "Samuel", "Daniel", "Muhammad", "Oscar", "Max", "Archie", "Logan", "Joseph", "Tyler", "Lucas", "Mohammed", "Leo", "Benjamin", "Dylan", "Jayden", "Isaac", "Alexander", "Jake", "Adam", "Edward", "Callum", "Matthew", "Luke", "Nathan", "Connor", "Michael", "Finley", "Ryan", "Yusuf", "Ibrahim", "Kacper", "Jakub", "Ahmed", "Omar", "Ali", "Abdi", "Liam", "Aaron", "Kai", "Reuben", "Theo", "Toby", "Zachary", "Louis", "Harvey", "Jude", "Robert", "Rhys", "Owen", "Ewan", "Hamza", "Bilal", "Andrei", "Stefan", "Mateusz", "Tomasz", "Minh", "Arjun", "Rohan", "Kwame", "Jermaine", "Tyrone", "Dominic", "Patrick", "Sean", "Aidan", "Cian", "Mehmet", "Emre", "Arben", "David", "Peter", "Anthony", "Stephen", "Francis", "Gabriel", "Christopher", "Nicholas", "Jonathan", "Frederick", "Albert", "Stanley", "Bobby", "Tommy", "Teddy", "Freddie"]
GIRLS = ["Amelia", "Olivia", "Jessica", "Emily", "Lily", "Ava", "Mia", "Isla", "Sophie", "Isabella", "Evie", "Ruby", "Poppy", "Grace", "Sophia", "Chloe", "Freya", "Ella", "Charlotte", "Isabelle", "Scarlett", "Daisy", "Lola", "Holly", "Eva", "Lucy", "Summer", "Erin", "Hannah", "Millie", "Phoebe", "Alice", "Imogen", "Aisha", "Fatima", "Maryam", "Zainab", "Khadija", "Hodan", "Amina", "Zuzanna", "Maja", "Oliwia", "Julia", "Aleksandra", "Elena", "Ioana", "Maria", "Anna", "Ellie", "Abigail", "Georgia", "Megan", "Lexi", "Layla", "Leah", "Maisie", "Molly", "Amber", "Katie", "Jasmine", "Rosie", "Eleanor", "Martha", "Florence", "Matilda", "Bethany", "Rebecca", "Rachel", "Catherine", "Elizabeth", "Victoria", "Margaret", "Caitlin", "Niamh", "Aoife", "Cerys", "Ffion", "Seren", "Linh", "Thi", "Priya", "Anjali", "Elif", "Zeynep", "Shanice", "Keisha", "Natasha", "Danielle", "Naomi", "Esther", "Tiffany", "Jade", "Paige", "Courtney", "Skye", "Willow"]
VARIANTS = ["william:bill,billy,will,liam,wil", "thomas:tom,tommy", "robert:bob,rob,bobby", "james:jim,jamie,jimmy", "elizabeth:liz,beth,lizzie,libby", "catherine:kate,cathy,katie,katherine,kathryn", "alexander:alex,sandy,xander,aleksander", "mohammed:muhammad,mohamed,mohammad,muhammed,mo", "muhammad:mohammed,mohamed,mohammad", "yusuf:yousef,youssef,yusif", "ibrahim:ebrahim,ibraheem", "aleksandra:alexandra,ola,sandra", "zuzanna:susanna,zuzia", "fatima:fatimah,fathima,fatma", "aisha:ayesha,aysha,aishah", "maryam:mariam,miriam,maryum", "khadija:khadijah,kadija", "ahmed:ahmad,ahmet", "abdi:cabdi", "daniel:dan,danny", "samuel:sam,sammy", "joshua:josh", "benjamin:ben,benji", "matthew:matt", "michael:mike,mick,mikey", "joseph:joe,joey", "edward:ted,eddie,ned", "christopher:chris,kit", "nicholas:nick,nicky", "jonathan:jon,jonny,john", "frederick:fred,freddie", "anthony:tony", "stephen:steven,steve", "patrick:paddy,pat", "zachary:zac,zak,zach", "connor:conor", "callum:calum", "sean:shaun,shawn", "aidan:aiden,aden", "isabella:bella,izzy", "isabelle:isobel,isabel,izzy", "eleanor:ellie,nell,nora", "abigail:abi,abbie,gail", "margaret:maggie,meg,peggy", "rebecca:becky,becca", "victoria:vicky,tori", "charlotte:lottie,charlie", "florence:flo,florrie", "matilda:tilly,tilda", "sophia:sofia,zofia", "sophie:sofie", "jessica:jess,jessie", "natasha:tasha", "bethany:beth", "caitlin:kaitlyn,catlin", "jakub:jacob,kuba", "kacper:casper", "tomasz:tomek,thomas", "mateusz:mateo,matthew", "zainab:zaynab,zeinab", "hannah:hanna,hana"]
SURNAME_HEADS = ["Ash", "Brad", "Clif", "Den", "East", "Farn", "Gar", "Hart", "Ing", "Kirk", "Lang", "Mar", "Nor", "Oak", "Pem", "Rad", "Stan", "Thorn", "Under", "Wal", "Win", "Har", "Hol", "Stock", "Mid", "Brom", "Cal", "Chad", "Elm", "Graf"]
SURNAME_TAILS = ["ton", "ley", "worth", "field", "ford", "wood", "well", "by", "ham", "son", "man", "brook", "bury", "den", "land", "shaw", "stead", "more", "wick", "gate"]
SURNAMES = ["Smith", "Jones", "Williams", "Taylor", "Brown", "Davies", "Evans", "Wilson", "Thomas", "Johnson", "Roberts", "Robinson", "Thompson", "Wright", "Walker", "White", "Edwards", "Hughes", "Green", "Hall", "Lewis", "Harris", "Clarke", "Patel", "Khan", "Ali", "Ahmed", "Hussain", "Begum", "Singh", "Kaur", "Nguyen", "Tran", "Nowak", "Kowalski", "Wisniewska", "Popescu", "Ionescu", "Mohamed", "Abdi", "Hassan", "Hersi", "Yilmaz", "Kaya", "Hoxha", "Murphy", "Kelly", "OBrien", "McDonald", "Campbell", "Stewart", "Okafor", "Mensah", "Owusu", "Adeyemi", "Grant", "Francis", "Shah", "Chowdhury", "Rahman", "Miah", "Uddin", "Baker", "Cooper", "Turner", "Hill"]
STREETS = ["Church", "Station", "Park", "Mill", "School", "Victoria", "Albert", "King", "Queen", "High", "Green", "Manor", "Chapel", "West", "North", "South", "York", "Windsor", "Orchard", "Meadow", "Elm", "Cedar", "Willow", "Highfield", "Grange", "Springfield", "Hawthorn", "Poplar", "Beech", "Lime"]
STREET_KINDS = (("Road", "Rd"), ("Street", "St"), ("Avenue", "Ave"), ("Close", "Cl"), ("Lane", "Ln"), ("Drive", "Dr"))


@dataclass(frozen=True)
class Names:
    """Weighted first names by sex, weighted surnames, and the other spellings of each first name."""

    boys: np.ndarray
    boy_weights: np.ndarray
    girls: np.ndarray
    girl_weights: np.ndarray
    surnames: np.ndarray
    surname_weights: np.ndarray
    variants: dict[str, list[str]]
    origin: str


def load_names() -> Names:
    """Public name data where it is at hand, the short lists otherwise."""
    folder = Path(os.environ.get("KITH_SHARED_DATA", "../shared/data"))
    ons = folder / "names_uk" / "ons_baby_names_ew_1996_2024.csv.gz"
    surnames = folder / "sdglinkage_uk" / "lastname_uk.csv"
    if ons.exists() and surnames.exists():
        return _published_names(folder, ons, surnames)
    return _short_names()


def _published_names(folder: Path, ons: Path, surnames: Path) -> Names:
    boys, girls = _ons_counts(ons)
    with surnames.open(newline="", encoding="utf-8") as text:
        families = {row["surname"].title(): float(row["freq"]) for row in csv.DictReader(text)}
    for name in SURNAMES[23:60]:
        families[name] = max(families.get(name, 0.0), 0.0012)
    return Names(
        *_weighted(boys), *_weighted(girls), *_weighted(families),
        variants=_published_variants(folder), origin="published name data",
    )


def _ons_counts(path: Path) -> tuple[dict[str, float], dict[str, float]]:
    counts: dict[str, dict[str, float]] = {"M": defaultdict(float), "F": defaultdict(float)}
    with gzip.open(path, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            if int(row["year"]) >= 2004:
                counts[row["sex"]][row["name"]] += float(row["count"])
    return counts["M"], counts["F"]


def _published_variants(folder: Path) -> dict[str, list[str]]:
    variants: dict[str, list[str]] = defaultdict(list)
    with (folder / "sdglinkage_uk" / "firstname_uk_variant.csv").open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            variants[row["forename"]].append(row["forename2"])
    with (folder / "names_uk" / "nicknames_carltonnorthern.csv").open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            variants[row["name1"]].append(row["name2"])
    for name, others in _short_variants().items():
        variants[name].extend(others)
    return variants


def _short_names() -> Names:
    families = {f"{a}{b}": 1.0 for a, b in product(SURNAME_HEADS, SURNAME_TAILS)}
    families |= {name: 40.0 / (rank + 1) + 3 for rank, name in enumerate(SURNAMES)}
    return Names(
        *_weighted(_ranked(BOYS)), *_weighted(_ranked(GIRLS)), *_weighted(families),
        variants=_short_variants(), origin="the bench's own short lists",
    )


def _short_variants() -> dict[str, list[str]]:
    return {name: others.split(",") for name, others in (line.split(":") for line in VARIANTS)}


def _ranked(names: Iterable[str]) -> dict[str, float]:
    return {name: 1.0 / (rank + 8) for rank, name in enumerate(names)}


def _weighted(counts: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    weights = np.array(list(counts.values()))
    return np.array(list(counts), dtype=object), weights / weights.sum()
