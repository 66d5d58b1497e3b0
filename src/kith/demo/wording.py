"""Short notes as practitioners write them: what happened, never blaming the child.

The source of harm comes before the child; nothing says a child chose, refused or “put herself at risk”.
"""

from kith.demo.chance import Rng, Texts, texts

REPORT_NOTES = {
    "sexual exploitation": (
        "An adult man was seen buying food for young people at {place} and asking for their phone numbers.",
        "Young people told us an older man waits near {place} in a silver car and offers lifts home.",
        "A young person said an adult keeps messaging after they met at {place} and will not stop.",
        "Staff noticed an adult giving vapes to a group of young people at {place}.",
    ),
    "criminal exploitation": (
        "An adult on an e-bike is meeting young people at {place} most evenings and handing over packages.",
        "A young person told us they are frightened of an adult who says they owe money. Mentioned {place}.",
        "Two adults unknown to staff waited for young people at {place} and left when approached.",
        "A parent is worried that an adult has given her child a second phone. Meeting point said to be {place}.",
    ),
    "violence between young people": (
        "Young people say they feel unsafe at {place} after school and have been told to stay away by an older group.",
        "A video is going round of a fight at {place}. Young people are worried about what happens next.",
        "A shopkeeper near {place} is worried about arguments between two groups of young people.",
    ),
}
SCHOOL_NOTES = {
    "Worry": (
        "{name} was quiet and tearful in tutor time. Had not slept. Spoke to a trusted adult for twenty minutes.",
        "{name} told a teacher about feeling unsafe walking past {place}. We agreed to leave by the other gate.",
        "{name} came in with a new phone, worried about it ringing. An adult gave it. Told home and social care.",
        "{name} asked to stay in the library at lunch. Said older pupils from another school wait outside.",
        "Friends of {name} are worried that an adult is messaging at night. Screens kept, social care told.",
        "{name} was late three times this week. Said the bus stop near {place} does not feel safe.",
    ),
    "Worry, younger": (
        "{name} was hungry this morning. Breakfast given. Office will sort the lunch account.",
        "{name} said it is noisy at home at night and it is hard to sleep. Class teacher will check in daily.",
        "{name} came without a coat again. We found one and spoke to home kindly.",
        "{name} was upset after a friend moved away. Time with the learning mentor helped.",
    ),
    "Talk with home": (
        "Mum rang: worried because {name} came home late and upset. Agreed to talk again tomorrow.",
        "Talked with home about how {name} is settling. Good ideas shared both ways.",
        "Grandad came in. Pleased with how {name} is doing and worried about the walk home past {place}.",
    ),
    "Good news": (
        "{name} spoke openly with the mentor about friendships. Felt proud of the art coursework.",
        "Lovely piece of work by {name} in drama. Shared with home.",
        "{name} has been in every day this fortnight. Card sent home.",
    ),
}
RETURN_NOTES = {
    "seeing friends": (
        "Went to {place} with friends. Felt safe there until it got dark.",
        "Wanted to see friends from the old school. Would like lifts at weekends.",
    ),
    "family difficulty at home": (
        "Said home felt too loud and needed space. Would like somewhere quiet to go that is allowed.",
        "There had been an argument at home. Would like help to talk it through.",
    ),
    "someone made her or him go": (
        "Told us an adult was waiting at {place} and would not let the group leave. Would like another school bus.",
        "An adult kept ringing until they met at {place}. Was frightened. Would like a new number.",
    ),
    "unhappy where living": (
        "Does not feel at home there yet. Misses the dog. Would like to choose things for the room.",
    ),
    "wanted to see family": ("Wanted to see family. Would like more family time at weekends.",),
    "difficulty at school": ("School had gone badly and home would have asked. Walked round {place} until late.",),
    "an adult was in touch online": (
        "Someone met online asked to meet at {place}. Was older than they had said. Left and rang a friend.",
    ),
}
HOSPITAL_NOTES = {
    "Assault": (
        "Hand injury, hit by an older boy near {place}.",
        "Bruising to face, was assaulted at {place}.",
        "Felt very unwell after a drink given by an adult at {place}.",
    ),
    "Accident": (
        "Head injury after a fall at {place}.",
        "Cut to forearm from a broken glass.",
        "Sore wrist, fell from scooter.",
    ),
    "Self-harm": ("Hurt herself or himself. Seen by the mental health nurse, safety plan agreed.",),
    "Sport": ("Ankle injury, football.", "Finger injury, netball.", "Knock to the knee, rugby."),
    "Road traffic": ("Knocked from a bicycle near {place}. Bruises.", "Passenger in a car collision. Sore neck."),
}
HOME_NOTES = {
    "any day": (
        "Had breakfast with staff and talked about the football.",
        "Quiet evening, watched a film with the others.",
        "Spoke to mum on the phone for half an hour and was pleased.",
        "Went to college. Back at 4 pm, in good spirits.",
        "Found it hard to sleep. Night staff sat and talked until calmer.",
        "Cooked tea for everyone. Proud of it.",
        "Upset after family time. Keyworker listened and went for a walk together.",
        "Went to the gym with a keyworker.",
        "Phone rang several times from a withheld number. Was anxious afterwards and told staff who it was.",
        "Dentist appointment kept. No treatment needed.",
    ),
    "gone": ("Not back at the agreed time. Staff rang, looked around {place}, then reported missing.",),
    "back": ("Back safe. Warm drink, something to eat, offered a talk and a doctor. Return conversation asked for.",),
}
NAMELESS = "The pupil"


def notes(rng: Rng, lines: dict[str, tuple[str, ...]], kinds: list[str], names: Texts, spots: Texts) -> list[str]:
    """One note each by its kind, with the name and place filled in."""
    chance = rng.random(len(kinds))
    chosen = [lines[kind][int(part * len(lines[kind]))] for kind, part in zip(kinds, chance, strict=True)]
    return [
        line.format(name=name or NAMELESS, place=place or "town")
        for line, name, place in zip(chosen, names, spots, strict=True)
    ]


def report_notes(rng: Rng, harms: list[str], spots: Texts | list[str | None]) -> list[str]:
    """A note for each report, by the harm it is about."""
    chance = rng.random(len(harms))
    lines = [REPORT_NOTES[harm][int(c * len(REPORT_NOTES[harm]))] for harm, c in zip(harms, chance, strict=True)]
    return [line.format(place=place) for line, place in zip(lines, texts(list(spots)), strict=True)]
