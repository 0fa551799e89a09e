"""Who and what the demo organisation is made of: invented people, areas three deep, eight teams and their leaders'."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """An area with the one above it, and who leads it."""

    name: str
    above: str | None
    leader: str | None = None


class Direction(NamedTuple):
    """What a leader asks of an area: who, how many calendar days ahead, the words, what it serves, since which day."""

    area: str
    leader: str
    ahead: int
    words: str
    serves: str | None = None
    day: int | None = None


class Crew(NamedTuple):
    """A team: where it belongs, when and where it practises, who is in it, who coaches it, whose holidays it keeps."""

    name: str
    area: str
    zone: str
    week: tuple[int, ...]
    members: tuple[str, ...]
    coaches: tuple[str, ...]
    place: tuple[str, str]


WEEKDAYS = (1, 2, 3, 4, 5)
#: Country and region, by whose public holidays no coaching cycle is planned.
ENGLAND, KARNATAKA, NEW_YORK = ("GB", "ENG"), ("IN", "KA"), ("US", "NY")
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)

AREAS = {
    "fairwater-group": Place("Fairwater Group", None, "dev"),
    "business-services": Place("Business services", "fairwater-group", "marguerite"),
    "service-desk": Place("Service desk", "business-services"),
    "people-services": Place("People services", "business-services"),
    "fairwater-air": Place("Fairwater Air", "fairwater-group"),
    "ground-operations": Place("Ground operations", "fairwater-air"),
    "fairwater-health": Place("Fairwater Health", "fairwater-group", "siobhan"),
    "emergency-care": Place("Emergency care", "fairwater-health"),
    "wards": Place("Wards", "fairwater-health"),
}

TEAMS = {
    "access-requests": Crew(
        "Access requests",
        "service-desk",
        "Europe/London",
        WEEKDAYS,
        ("ana", "mirek", "joy", "lars", "hana"),
        ("ben",),
        ENGLAND,
    ),
    "devices": Crew(
        "Devices", "service-desk", "Europe/London", WEEKDAYS, ("eve", "samir", "beth", "wen"), ("ben",), ENGLAND
    ),
    "new-starters": Crew(
        "New starters",
        "people-services",
        "Europe/London",
        WEEKDAYS,
        ("priya", "owen", "katarzyna", "malik"),
        ("ben", "cleo"),
        ENGLAND,
    ),
    "payroll-questions": Crew(
        "Payroll questions",
        "people-services",
        "Asia/Kolkata",
        WEEKDAYS,
        ("lakshmi", "arjun", "farah"),
        ("noor",),
        KARNATAKA,
    ),
    "turnaround": Crew(
        "Turnaround",
        "ground-operations",
        "America/New_York",
        EVERY_DAY,
        ("carmen", "jamal", "mei", "patrick", "aisha"),
        ("grace",),
        NEW_YORK,
    ),
    "baggage": Crew(
        "Baggage",
        "ground-operations",
        "America/New_York",
        (1, 2, 3, 4, 5, 6),
        ("luis", "dana", "tevita", "ruth"),
        ("grace",),
        NEW_YORK,
    ),
    "emergency-flow": Crew(
        "Emergency flow",
        "emergency-care",
        "Europe/London",
        WEEKDAYS,
        ("nia", "kofi", "elena", "gareth", "yusuf"),
        ("anneke",),
        ENGLAND,
    ),
    "going-home": Crew(
        "Going home",
        "wards",
        "Europe/London",
        WEEKDAYS,
        ("moira", "ravi", "zofia", "tom"),
        ("anneke", "ben"),
        ENGLAND,
    ),
    "group-leadership": Crew(
        "Group leadership",
        "fairwater-group",
        "Europe/London",
        WEEKDAYS,
        ("dev", "marguerite", "siobhan"),
        ("cleo",),
        ENGLAND,
    ),
}

PEOPLE = {
    "ana": "Ana Ferreira",
    "ben": "Ben Okafor",
    "cleo": "Cleo Lindqvist",
    "dev": "Dev Raman",
    "eve": "Eve Marchetti",
    "marguerite": "Marguerite Oduya",
    "siobhan": "Siobhan Keane",
    "noor": "Noor Rahman",
    "grace": "Grace Whitfield",
    "anneke": "Anneke de Vries",
    "mirek": "Mirek Dvořák",
    "joy": "Joy Adeyemi",
    "lars": "Lars Pettersen",
    "hana": "Hana Suzuki",
    "samir": "Samir Haddad",
    "beth": "Beth Collins",
    "wen": "Wen Li",
    "priya": "Priya Nair",
    "owen": "Owen Davies",
    "katarzyna": "Katarzyna Zielińska",
    "malik": "Malik Johnson",
    "lakshmi": "Lakshmi Iyer",
    "arjun": "Arjun Mehta",
    "farah": "Farah Siddiqui",
    "carmen": "Carmen Delgado",
    "jamal": "Jamal Wright",
    "mei": "Mei Chen",
    "patrick": "Patrick O’Neill",
    "aisha": "Aisha Bello",
    "luis": "Luis Romero",
    "dana": "Dana Kowalski",
    "tevita": "Tevita Fonua",
    "ruth": "Ruth Abrams",
    "nia": "Nia Morgan",
    "kofi": "Kofi Mensah",
    "elena": "Elena Popescu",
    "gareth": "Gareth Lloyd",
    "yusuf": "Yusuf Demir",
    "moira": "Moira Campbell",
    "ravi": "Ravi Pillai",
    "zofia": "Zofia Nowak",
    "tom": "Tom Hughes",
}
ADMINISTRATOR = ("root", "Robin Achterberg")

#: What leaders ask for, those above first.
DIRECTIONS = {
    "first-time": Direction(
        "fairwater-group", "dev", 900, "Whoever needs us is served the first time they ask, in each of our businesses"
    ),
    "day-one": Direction(
        "business-services",
        "marguerite",
        520,
        "Whoever joins us or changes jobs can work, and is paid right, from the first day",
        serves="first-time",
    ),
    "nobody-waits": Direction("service-desk", "marguerite", 400, "Nobody waits for IT", serves="day-one"),
    "on-their-way": Direction(
        "fairwater-air",
        "dev",
        380,
        "9 of 10 passengers and their bags arrive within 15 minutes of the promised time",
        serves="first-time",
    ),
    "four-hours": Direction(
        "fairwater-health",
        "siobhan",
        600,
        "9 of 10 people who come to an emergency department are treated, admitted or home within 4 hours",
        serves="first-time",
    ),
    "well-kept": Direction(
        "wards",
        "siobhan",
        330,
        "Whoever lies on one of our wards is looked after as a guest, and leaves on the day on which they are well",
        serves="four-hours",
        day=-31,
    ),
}
