"""Tables of what happened (tickets, answers, flights) become dated readings of a measure, by a recipe. Pure."""

from kata.tallies.periods import Period
from kata.tallies.reader import Reason, Unfit
from kata.tallies.recipe import (
    Average,
    BadRecipe,
    Check,
    Condition,
    DateColumn,
    Empty,
    OfAnswers,
    OfNumber,
    OfTime,
    Question,
    Recipe,
    Rows,
    Share,
    Transcription,
    Unit,
)
from kata.tallies.stored import from_plain, to_plain
from kata.tallies.tally import PeriodReading, Tally, tally
from kata.tallies.transcript import Flaw, Lines, Transcript

__all__ = [
    "Average",
    "BadRecipe",
    "Check",
    "Condition",
    "DateColumn",
    "Empty",
    "Flaw",
    "Lines",
    "OfAnswers",
    "OfNumber",
    "OfTime",
    "Period",
    "PeriodReading",
    "Question",
    "Reason",
    "Recipe",
    "Rows",
    "Share",
    "Tally",
    "Transcript",
    "Transcription",
    "Unfit",
    "Unit",
    "from_plain",
    "tally",
    "to_plain",
]
