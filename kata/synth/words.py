"""The words of an invented organisation: names, processes, and the sentences that people write on their boards.

Some words come in nearly every sentence and some seldom, as in real texts, since that decides how hard a search works.
"""

from __future__ import annotations

from random import Random

FIRST = (
    "Ada Amir Anja Arne Asha Bela Bram Carla Chidi Dana Dario Edda Elif Emeka Esra Farid Fenna Gita Goran Hana Hugo"
    " Ines Ivo Jana Joris Kaja Kofi Lale Lars Lena Luca Maja Malik Mara Milan Mira Nadia Nils Noor Olga Omar"
    " Petra Pia Quinn Rafi Rosa Runa Sami Sanne Selma Tariq Tessa Timo Uma Vera Wanda Yara Yusuf Zain Zoe"
).split()
LAST = (
    "Abel Adeyemi Ahlers Bakker Banerjee Bauer Becker Castro Cohen Conti Costa Dahl Demir Diaz Duarte Ekman Erdem"
    " Farkas Ferrari Fischer Garcia Gomes Haas Hansen Horvat Ibarra Ito Jansen Jensen Kaya Keller Khan Kovac Kumar"
    " Laine Larsen Lopez Mazur Meyer Moreau Mutasa Nagy Nkosi Novotny Okoro Olsen Park Patel Pereira Quist Rossi"
    " Ruiz Santos Sato Schulz Silva Suzuki Tanaka Toth Usman Varga Vos Weber Wolf Yilmaz Zeman"
).split()
PLACES = "Harbour Meadow Quarry River Bridge Orchard Forest Hill Station Market Garden Mill Castle Valley Lake".split()
SERVICES = (
    "Invoices,Deliveries,Appointments,Claims,Repairs,Returns,Permits,Contracts,Payslips,Bookings,Complaints,Refunds,"
    "Enrolments,Inspections,Transfers,Discharges,Onboarding,Replacements,Subscriptions,Quotations"
).split(",")
CUSTOMERS = ("Tenants", "Patients", "Passengers", "Suppliers", "Branch offices", "Families", "Students", "Residents")
MOMENTS = ("The first answer", "The day it is needed", "When something went wrong", "The last bill")

#: What steps are about: each of these seldom comes.
THINGS = (
    "badge barcode binder blanket bolt boiler calendar cartridge catalogue ceiling checklist clamp clipboard conveyor"
    " counter courier crate cupboard dashboard dispenser docket doorbell drawer envelope fence filter folder forklift"
    " funnel gasket gauge greenhouse handover handrail headset hinge hopper invoice jacket kettle keypad label ladder"
    " ledger lever locker logbook magnet manifold meter monitor notebook pager pallet parcel passport pipe poster pump"
    " radio ramp receipt register roster scanner seal shelf signature spindle spreadsheet stamp sticker switchboard"
    " tablet tap template ticket token trolley turnstile valve voucher waybill whiteboard window wrench"
).split()
WHO = ("the approver", "the caller", "the shift lead", "the nurse", "the clerk", "the driver", "two of the team")
WHEN = ("at noon", "before the first call", "in the morning", "on two days", "at the handover", "for one hour")


def person(chance: Random) -> str:
    """Somebody's name."""
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def process(chance: Random) -> str:
    """What a storyboard is about."""
    return f"{chance.choice(SERVICES)} that wait for a {chance.choice(THINGS)}"


def step(chance: Random) -> str:
    """What somebody will do next."""
    return chance.choice(
        (
            "Ask {who} {when} what the {thing} was needed for, and write down each answer.",
            "Put the {thing} next to the {other} and count how often anybody looks for it {when}.",
            "Let {who} try the request without the {thing} {when}.",
            "Stand beside {who} {when} and note each time the {thing} is in the way.",
        )
    ).format(**_parts(chance))


def expectation(chance: Random) -> str:
    """What somebody thinks will come of it."""
    return chance.choice(
        (
            "Half of the requests are done without the {thing}, and nobody asks twice.",
            "At most {n} of ten requests wait for {who}.",
            "{Who} needs the {thing} in {n} of ten requests, not in all.",
        )
    ).format(**_parts(chance))


def happened(chance: Random) -> str:
    """What was seen and counted."""
    return chance.choice(
        (
            "{n} of ten requests were done; the others waited for the {other}.",
            "{Who} looked for the {thing} {n} times, twice in the wrong place.",
            "Nobody asked {when}. The {thing} was used in {n} of ten requests.",
        )
    ).format(**_parts(chance))


def learned(chance: Random) -> str:
    """What somebody makes of it."""
    return chance.choice(
        (
            "It is not the {thing} that makes the request wait, it is the {other}.",
            "{Who} decides sooner when the {thing} lies there {when}.",
            "We did not know how the request gets from the {thing} to the {other}.",
        )
    ).format(**_parts(chance))


def obstacle(chance: Random) -> str:
    """What stands in the way."""
    return chance.choice(
        (
            "Nobody knows where the {thing} is when the request comes.",
            "{Who} has to wait for the {thing} and the {other}.",
            "The {thing} shows another number than the {other}.",
        )
    ).format(**_parts(chance))


def pattern(chance: Random) -> str:
    """How a process should run."""
    return "Each request goes from the {thing} to the {other} on the day on which it came.".format(**_parts(chance))


def facts(chance: Random) -> str:
    """How a process runs now."""
    return "{n} of ten requests come back, most often {when}; the {thing} is filled in twice.".format(**_parts(chance))


def reflection(chance: Random) -> str:
    """What a target condition or a whole storyboard taught."""
    return "We thought that the {thing} was the obstacle. Counting {when} showed that it was the {other}.".format(
        **_parts(chance)
    )


def voice(chance: Random) -> str:
    """What a customer said."""
    return "I asked for the {thing} and heard nothing for {n} days; then {who} rang me up {when}.".format(
        **_parts(chance)
    )


def note(chance: Random) -> str:
    """What a coach writes down, or tells the learner."""
    return "You said what you expected of the {thing} before you looked. Say {when} what you will count.".format(
        **_parts(chance)
    )


def _parts(chance: Random) -> dict[str, object]:
    who = chance.choice(WHO)
    return {
        "who": who,
        "Who": who[0].upper() + who[1:],
        "when": chance.choice(WHEN),
        "thing": chance.choice(THINGS),
        "other": chance.choice(THINGS),
        "n": chance.randrange(2, 9),
    }
