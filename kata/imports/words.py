"""The sentences of this room: why a file is refused, why a row does not count, and a recipe told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flask_babel
from flask_babel import lazy_gettext as _l

from kata.tables import FAILED_FORMULAS, Code, Refused
from kata.tallies import (
    Average,
    Check,
    Condition,
    OfAnswers,
    OfNumber,
    OfTime,
    Period,
    Question,
    Reason,
    Recipe,
    Rows,
    Share,
    Transcription,
    Unit,
)

# The library has no types; this is what it gives.
_: Callable[..., str] = flask_babel.gettext

KIND = {"dates": _l("dates"), "numbers": _l("numbers"), "words": _l("words"), "blank": _l("nothing")}
STATE = {
    "arrived": _l("waits to be read"),
    "reading": _l("being read"),
    "asked": _l("waits for you"),
    "saving": _l("being saved"),
    "done": _l("saved"),
    "refused": _l("not taken"),
}
#: The encodings that are offered; the first name is that of UTF-8 with its mark or without.
ENCODING = {
    "utf-8-sig": _l("UTF-8"),
    "utf-16": _l("UTF-16"),
    "cp1252": _l("Western Europe (Windows-1252)"),
    "cp1250": _l("Central Europe (Windows-1250)"),
    "cp1257": _l("Baltic (Windows-1257)"),
    "cp1251": _l("Cyrillic (Windows-1251)"),
    "cp1253": _l("Greek (Windows-1253)"),
    "cp1254": _l("Turkish (Windows-1254)"),
    "cp1255": _l("Hebrew (Windows-1255)"),
    "cp1256": _l("Arabic (Windows-1256)"),
    "mac_roman": _l("Western Europe (old Macintosh)"),
    "cp850": _l("Western Europe (DOS 850)"),
    "cp932": _l("Japanese (Shift JIS)"),
    "gb18030": _l("Chinese (GB 18030)"),
    "big5": _l("Chinese (Big5)"),
    "cp949": _l("Korean (Windows-949)"),
}
DELIMITER = {",": _l("commas"), ";": _l("semicolons"), "\t": _l("tabs"), "|": _l("upright strokes")}
_SAME = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16", "latin-1": "cp1252"}
PERIOD = {Period.DAY: _l("day"), Period.WEEK: _l("week"), Period.MONTH: _l("month")}
UNIT = {Unit.MINUTES: _l("minutes"), Unit.HOURS: _l("hours"), Unit.DAYS: _l("days")}
AVERAGE = {
    Average.MEDIAN: _l("the median"),
    Average.MEAN: _l("the mean"),
    Average.PERCENTILE: _l("a percentile"),
}
TEST = {
    Check.IS: _l("is"),
    Check.IS_NOT: _l("is not"),
    Check.CONTAINS: _l("contains"),
    Check.CONTAINS_NOT: _l("does not contain"),
    Check.BLANK: _l("is blank"),
    Check.NOT_BLANK: _l("is not blank"),
    Check.AT_LEAST: _l("is at least"),
    Check.AT_MOST: _l("is at most"),
}
QUESTION = {
    Question.NPS: _l("Likely to recommend us? 0 to 10 (NPS)"),
    Question.CSAT: _l("How satisfied? 1 to 5 (CSAT: the share of 4 and 5)"),
    Question.CES: _l("It was easy: 1 to 7 (CES 2.0: the share of 5 to 7)"),
    Question.CES_ORIGINAL: _l("How much effort? 1 to 5 (CES 1.0: the mean)"),
}
#: Why rows of events do not count.
LEFT_OUT = {
    Reason.DATE_MISSING: _l("have no date"),
    Reason.DATE_UNREADABLE: _l("have a date that cannot be read"),
    Reason.DATE_AHEAD: _l("have a date that has not come yet"),
    Reason.NO_SUCH_DAY: _l("have a day that never was where the team is"),
    Reason.VALUE_MISSING: _l("say nothing in the column that counts"),
    Reason.VALUE_UNREADABLE: _l("cannot be read in the column that counts"),
    Reason.NO_TIME_OF_DAY: _l("have a day on one end and a time of day on the other"),
    Reason.END_BEFORE_START: _l("end before they start"),
    Reason.NOT_AN_ANSWER: _l("hold no answer to the question"),
    Reason.OFF_SCALE: _l("hold an answer that the question does not offer"),
}
_FLAW = {
    Reason.DATE_MISSING: _l("there is no date. Add it, or leave the row out."),
    Reason.DATE_UNREADABLE: _l("“%(value)s” is not a date that can be read. Write it as 2026-06-12."),
    Reason.DATE_AHEAD: _l("“%(value)s” has not come yet. Correct it, or leave the row out."),
    Reason.NO_SUCH_DAY: _l("“%(value)s” is a day that never was where the team is."),
    Reason.VALUE_UNREADABLE: _l("“%(value)s” is not a number. Leave units and words out; a gap is an empty cell."),
    Reason.DATE_TWICE: _l("row %(value)s has the same day. Leave one of them out, or count rows as events."),
    Reason.COUNT_MISSING: _l("one of the two counts is missing. Give both, or neither for a gap."),
}
_REFUSED = {
    Code.EMPTY: _l("There is nothing in this file."),
    Code.NOT_A_TABLE: _l("This file is not a table. Save it from your spreadsheet as CSV or XLSX."),
    Code.TOO_LARGE: _l("This file is too large to be unpacked safely. Split it, or save it as CSV."),
    Code.SCATTERED: _l("Something stands far below everything else in this sheet. Clear it, or move it elsewhere."),
    Code.PASSWORD: _l("This file is locked by a password. Save it without one."),
    Code.BROKEN: _l("This file is damaged, or not what its name says. Open it in your spreadsheet and save it anew."),
    Code.TWICE: _l("This file holds the part “%(value)s” twice, so nobody can tell which one is meant. Save it anew."),
    Code.SEVERAL_SHEETS: _l("This file has several sheets. Say which one to read."),
    Code.NO_SUCH_SHEET: _l("This file has no sheet called “%(value)s”."),
    Code.NO_SUCH_ROW: _l("This file has no row %(row)s to take the names of the columns from."),
    Code.NUL: _l("Row %(row)s holds characters that no text has. Save the file anew as CSV."),
    Code.ENCODING: _l("This file cannot be read as text (%(value)s). Save it anew as CSV in UTF-8."),
    Code.QUOTES: _l("Row %(row)s has a quotation mark that is not closed, or closed too early."),
    Code.LONG_CELL: _l("Row %(row)s has a cell that is longer than any reading needs."),
    Code.TOO_WIDE: _l("Row %(row)s has more columns than a spreadsheet can hold."),
    Code.RAGGED: _l("Row %(row)s has %(value)s cells, where the first row has %(wanted)s."),
}
VANISHED = _l("The file is not here any more. Choose it again.")
FAULT = _l("Something went wrong here while the file was read. It is our fault, not yours; nothing was saved.")
FORGOTTEN = _l("Nobody came back to this file for a week, so it was deleted. Nothing was saved.")
DROPPED = _l("You left this file out. Nothing was saved.")
_NOTHING_READ = {"vanished": VANISHED, "fault": FAULT, "forgotten": FORGOTTEN, "dropped": DROPPED}


def encoding(codec: str) -> str:
    """What people call it."""
    name = _SAME.get(codec, codec)
    return str(ENCODING.get(name, name.upper()))


def delimiter(sign: str) -> str:
    """What stands between the cells."""
    return str(DELIMITER.get(sign, sign)) if sign else _("nothing: there is one column")


def plain_refusal(refusal: Refused) -> dict[str, Any]:
    """A refusal as it is kept: its problems, and how many there are in truth."""
    problems = [
        {"code": each.code.value, "row": each.row, "value": each.value, "wanted": each.wanted}
        for each in refusal.problems
    ]
    return {"problems": problems, "total": refusal.total}


def refusals(outcome: Mapping[str, Any]) -> list[str]:
    """Why the file is refused, a sentence each."""
    if outcome.get("why"):
        return [str(_NOTHING_READ[outcome["why"]])]
    return [_problem(each) for each in outcome.get("problems", ())]


def _problem(told: Mapping[str, Any]) -> str:
    value = told["value"] if len(told["value"]) <= 60 else f"{told['value'][:59]}…"
    return str(_REFUSED[Code(told["code"])]) % {"row": told["row"], "value": value, "wanted": told["wanted"]}


def flaw(told: Mapping[str, Any]) -> str:
    """What is wrong in a row, in a sentence that names row, column and value."""
    value = told["value"] if len(told["value"]) <= 40 else f"{told['value'][:39]}…"
    if told["words"]:
        what = told["words"]
    elif told["reason"] == "note":
        what = _("the note is longer than 500 characters.")
    elif value in FAILED_FORMULAS:
        what = _("the formula failed (%(value)s). Mend it in your spreadsheet; a gap is an empty cell.", value=value)
    else:
        what = str(_FLAW[Reason(told["reason"])]) % {"value": value}
    if not told["row"]:
        return f"{value}: {what}"
    return _("Row %(row)s, column “%(column)s”: %(what)s", row=told["row"], column=told["column"], what=what)


def definition(recipe: Recipe | Transcription) -> str:
    """The recipe as an operational definition."""
    if isinstance(recipe, Transcription):
        of = " / ".join(f"“{name}”" for name in recipe.numbers)
        return _("%(of)s by the day in “%(date)s”, as the file has it.", of=of, date=recipe.date.column)
    sentences = [
        _(
            "%(what)s, for each %(period)s by “%(date)s”.",
            what=_counted(recipe),
            period=PERIOD[recipe.period],
            date=recipe.date.column,
        )
    ]
    if recipe.conditions:
        told = _(" and ").join(condition(each) for each in recipe.conditions)
        sentences.append(_("Only rows where %(told)s.", told=told))
    return " ".join(sentences)


def condition(of: Condition) -> str:
    """“made_sla” is “true”"""
    told = f"“{of.column}” {TEST[of.check]}"
    return told if of.check.of_blank else f"{told} “{of.value}”"


def _counted(recipe: Recipe) -> str:
    match recipe.count:
        case Share(of):
            return _("The share of rows, in per cent, where %(told)s", told=condition(of))
        case OfNumber(column=column, average=average, percent=percent):
            return _("%(average)s of “%(column)s”", average=_average(average, percent), column=column)
        case OfTime(start=start, end=end, unit=unit, average=average, percent=percent):
            return _(
                "%(average)s of the time from “%(start)s” to “%(end)s”, in %(unit)s",
                average=_average(average, percent),
                start=start.column,
                end=end.column,
                unit=UNIT[unit],
            )
        case OfAnswers(column=column, question=question):
            return f"“{column}”: {QUESTION[question]}"
        case Rows():
            return _("The number of rows")


def _average(average: Average, percent: float) -> str:
    if average is Average.PERCENTILE:
        return _("The %(percent)sth percentile", percent=f"{percent:g}")
    return _("The mean") if average is Average.MEAN else _("The median")
