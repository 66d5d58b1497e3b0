"""The council beside its case system: front door, early help, return conversations, placements, protected addresses."""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import Days, either
from kith.demo.dress import ISO, column_text, dated, day_array, days_of, place_column, place_names, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.names import some_first_names, some_surnames
from kith.demo.wording import HOME_NOTES, RETURN_NOTES, notes
from kith.demo.world import World

SYSTEM = "council/csc"
SECOND_MANAGER = timedelta(days=300)  # ago: since then two managers decide at the front door


def feeds(world: World) -> list[Feed]:
    """Every council feed about children that is not a standard table."""
    return [
        front_door(world),
        early_help(world),
        return_conversations(world),
        placed_here(world),
        protected(world),
        daily_log(world),
    ]


def _decided(world: World, day: Days) -> Days:
    """Most on the day; more wait for two days of those that come before a weekend, and before a second manager came."""
    before_weekend = (day.astype(int) + 3) % 7 >= 4  # a Friday, a Saturday or a Sunday; Monday is 0
    before_second = day < np.datetime64(world.today - SECOND_MANAGER, "D")
    share = 0.06 + 0.08 * before_weekend + 0.07 * before_second
    return day + 2 * (world.rng("decided").random(len(day)) < share)


def front_door(world: World) -> Feed:
    """Contacts about harm outside the home: the front door's own tracker."""
    events = world.events["outside_home"]
    who, spot = events["person"].to_numpy(), events["place"].to_numpy()
    seen = world.seen(SYSTEM, who, "front door")
    frame = pl.DataFrame(
        {
            "Tracker no": serial("FD", pl.Series(range(len(events)))),
            "Person ID": seen["key"],
            "Surname": seen["last_name"],
            "First name": seen["first_name"],
            "DOB": days_of(seen["born"]),
            "Received": days_of(events["day"]),
            "From": events["source"],
            "Harm": events["harm"],
            "Place": place_column(spot),
            "Place postcode": place_column(spot, "postcode"),
            "Decision": events["outcome"],
            "Decided": days_of(_decided(world, day_array(events["day"]))),
        }
    )
    groups = ("Contact",) * 5 + ("Worry",) * 5 + ("Decision",) * 2
    return Feed(
        "council-front-door",
        cast.COUNCIL,
        "EFH contact tracker ",
        frame,
        who,
        Shape("xlsx", title=("Contacts about harm outside the home", "Front Door"), groups=groups, sheet="Tracker"),
        day_array(events["day"]),
        days_ago=(22, 1),
        late=("Decision", "Decided"),
        file_date="%Y-%m-%d",
        faults=(
            Fault("Received", "2027-12-01", "received in the future"),
            Fault("Tracker no", None, "no tracker number"),
            Fault("Decision", '=IF(A5,"Social worker","")', "a formula, not a decision", "note"),
        ),
    )


def early_help(world: World) -> Feed:
    """Early help episodes with their worker."""
    events = world.events["early_help"]
    who = events["person"].to_numpy()
    seen = world.seen("council/early-help", who, "early help")
    names = _workers(world, "early help", 14)
    worker = np.array([hash_free(pid, len(names)) for pid in who.tolist()], dtype=int)
    frame = pl.DataFrame(
        {
            "EpisodeID": serial("EHE", events["episode"]),
            "FamilyMemberNo": seen["key"],
            "Surname": seen["last_name"],
            "Forename": seen["first_name"],
            "DateOfBirth": dated(seen["born"]),
            "Postcode": seen["postcode"],
            "StartDate": dated(events["start"]),
            "EndDate": dated(events["end"]),
            "Reason": events["reason"],
            "EndReason": pl.select(pl.when(events["end"].is_not_null()).then(events["ending"]))[:, 0],
            "Worker": column_text([names[w] for w in worker]),
            "WorkerPhone": column_text([f"01632 960{210 + w}" for w in worker]),
        }
    )
    return Feed(
        "council-early-help",
        "council-early-help",
        "early_help_episodes_",
        frame,
        who,
        Shape(delimiter=";", bom=True, line_end="\r\n"),
        day_array(events["start"]),
        days_ago=(34, 4),
        late=("EndDate", "EndReason"),
        faults=(
            Fault("StartDate", "29/02/2025", "the day does not exist"),
            Fault("FamilyMemberNo", None, "no person number"),
        ),
    )


def hash_free(number: int, choices: int) -> int:
    """The same choice for the same number, every time."""
    return number * 2654435761 % 2**32 % choices


def _workers(world: World, name: str, count: int) -> list[str]:
    rng = world.rng("workers", name)
    firsts, lasts = some_first_names(rng, "british", "F", "middle", count), some_surnames(rng, "british", count)
    return [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]


def return_conversations(world: World) -> Feed:
    """Return conversations: offered, accepted or not, when held, and what the child said. cp1252 with curly quotes."""
    events = world.events["missing"].filter(pl.col("back").is_not_null())
    who, spot = events["person"].to_numpy(), events["found"].to_numpy()
    seen = world.seen(SYSTEM, who, "returns")
    talked = events["talked"].is_not_null()
    said = notes(world.rng("returns"), RETURN_NOTES, events["reason"].to_list(), place_names(spot), place_names(spot))
    frame = pl.DataFrame(
        {
            "Episode": serial("MI", events["episode"]),
            "PersonID": seen["key"],
            "Name": seen["first_name"].str.strip_chars() + " " + seen["last_name"].str.strip_chars(),
            "Returned": dated(events["back"], "%d/%m/%Y %H:%M"),
            "Offered": dated(events["offered"], "%d/%m/%Y %H:%M"),
            "Accepted": pl.Series(
                either(events["offered"].is_null(), None, either(events["accepted"], "Y", "N")).tolist(),
                dtype=pl.String,
            ),
            "Held": dated(events["talked"], "%d/%m/%Y %H:%M"),
            "Why": pl.select(pl.when(talked).then(events["reason"]))[:, 0],
            "Place": pl.select(pl.when(talked).then(place_column(spot)))[:, 0],
            "PlacePostcode": pl.select(pl.when(talked).then(place_column(spot, "postcode")))[:, 0],
            "InTheirWords": pl.select(pl.when(talked).then(pl.Series([f"\u201c{line}\u201d" for line in said])))[:, 0],
        }
    )
    return Feed(
        "council-return-conversations",
        cast.COUNCIL,
        "return_conversations_",
        frame,
        who,
        Shape(encoding="cp1252", quotes="always"),
        day_array(events["back"]),
        days_ago=(33, 1),
        late=("Accepted", "Held", "Why", "Place", "PlacePostcode", "InTheirWords"),
        faults=(
            Fault("Returned", "31/02/2026 10:00", "the day does not exist"),
            Fault("Episode", None, "no episode number"),
        ),
    )


def placed_here(world: World) -> Feed:
    """Children whom another authority has placed in Severnmouth, as that authority tells the council."""
    who = np.concatenate([[cast.EWAN.pid], world.with_role("placed child")])
    seen = world.seen("council/placed", who, "placed")
    names = _workers(world, "eastmere", 8)
    at = np.where(
        np.arange(len(who)) % 2 == 0,
        *(places()["name"].to_list().index(home) for home in ("Seacroft House", "Kittiwake Lodge")),
    )
    since = np.datetime64(world.today, "D") - 200 - np.arange(len(who)) * 11 % 500
    frame = pl.DataFrame(
        {
            "notice": seen["key"],
            "authority": ["Eastmere County Council"] * len(who),
            "surname": seen["last_name"],
            "forename": seen["first_name"],
            "born": dated(seen["born"], "%d-%b-%Y"),
            "sex": seen["sex"],
            "placed_at": place_column(at),
            "placed_postcode": place_column(at, "postcode"),
            "from": dated(since, "%d-%b-%Y"),
            "their_worker": [names[n % len(names)] for n in range(len(who))],
            "their_worker_phone": [f"01632 960{230 + n % len(names)}" for n in range(len(who))],
        }
    )
    return Feed(
        "council-placed-here",
        cast.COUNCIL,
        "placed_in_area_",
        frame,
        who,
        Shape(encoding="latin-1", delimiter="\t"),
        mode="snapshot",
        days_ago=(50, 5),
        faults=(Fault("from", "31-Jun-2026", "the day does not exist"),),
    )


def protected(world: World) -> Feed:
    """Children at protected addresses: a list so restricted that even being on it may not be told."""
    others = world.aged(6, 17.9)[: max(2, world.size.children // 2000)]
    who = np.concatenate([[cast.ISLA.pid], others])
    seen = world.seen("council/protected", who, "protected")
    frame = pl.DataFrame(
        {
            "List no": seen["key"],
            "Surname": seen["last_name"],
            "First name": seen["first_name"],
            "DOB": days_of(seen["born"]),
            "Since": days_of(np.datetime64(world.today, "D") - 100 - np.arange(len(who)) * 37),
            "Ring before any action": ["Farah Aziz"] * len(who),
        }
    )
    return Feed(
        "council-protected-addresses",
        cast.COUNCIL,
        "Protected addresses ",
        frame,
        who,
        Shape("xlsx", title=("RESTRICTED: protected addresses",), sheet="List"),
        mode="snapshot",
        days_ago=(26,),
        faults=(Fault("List no", None, "no list number"),),
    )


def daily_log(world: World) -> Feed:
    """Seacroft House's daily log. Tyrese has more than a thousand notes."""
    events = world.events["daily_log"]
    who, spot = events["person"].to_numpy(), events["spot"].to_numpy()
    seen = world.seen("care/seacroft", who, "log")
    frame = pl.DataFrame(
        {
            "noteId": serial("SHN", events["note"]),
            "residentNo": seen["key"],
            "forename": seen["first_name"],
            "surname": seen["last_name"],
            "dob": dated(seen["born"], ISO),
            "writtenAt": dated(events["at"], "%Y-%m-%dT%H:%M"),
            "shift": column_text(either(events["at"].dt.hour() < 15, "early", "late")),
            "note": notes(
                world.rng("home notes"), HOME_NOTES, events["kind"].to_list(), place_names(spot), place_names(spot)
            ),
        }
    )
    return Feed(
        "seacroft-daily-log",
        "seacroft-house",
        "daily_log_",
        frame,
        who,
        Shape("jsonl"),
        day_array(events["at"]),
        days_ago=(20, 1),
        faults=(
            Fault("writtenAt", "2026-02-30T08:00", "the day does not exist"),
            Fault("noteId", None, "no note number"),
        ),
    )
