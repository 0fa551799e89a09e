"""What is taken from each row, and what the takings of a period come to: one gauge for each way of counting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from kata import formulas
from kata.formulas import Answers, Figure, Promotion, Scale
from kata.tables.dates import Moment
from kata.tallies.reader import Cells, LeftOut, Reader, Reason
from kata.tallies.recipe import Average, Count, DateColumn, OfAnswers, OfNumber, OfTime, Question, Rows, Share


class Gauge(Protocol):
    def take(self, cells: Cells) -> float:
        """What the row contributes. Raises LeftOut."""

    def figure(self, taken: Sequence[float]) -> Figure:
        """What the rows of a period come to; undefined for none."""


def gauge(count: Count, reader: Reader) -> Gauge:
    match count:
        case Rows():
            return _Rows()
        case Share():
            return _Share(count, reader, reader.asks(count.of))
        case OfNumber():
            return _Number(count, reader)
        case OfTime():
            return _Time(count, reader)
        case OfAnswers():
            return _Answers(count, reader)


class _Rows:
    def take(self, cells: Cells) -> float:
        return 1.0

    def figure(self, taken: Sequence[float]) -> Figure:
        n = len(taken)
        return Figure(value=float(n) if n else None, n=n, numerator=n)


@dataclass(frozen=True, slots=True)
class _Share:
    count: Share
    reader: Reader
    holds: Callable[[Cells], bool]

    def take(self, cells: Cells) -> float:
        condition = self.count.of
        if not condition.check.of_blank:  # whether it is blank can always be said
            self.reader.known(cells, condition.column)
        if condition.check.of_number:
            self.reader.number(cells, condition.column)
        return float(self.holds(cells))

    def figure(self, taken: Sequence[float]) -> Figure:
        return formulas.share(int(sum(taken)), len(taken))


@dataclass(frozen=True, slots=True)
class _Number:
    count: OfNumber
    reader: Reader

    def take(self, cells: Cells) -> float:
        return self.reader.number(cells, self.count.column)

    def figure(self, taken: Sequence[float]) -> Figure:
        return _average(taken, self.count.average, self.count.percent)


@dataclass(frozen=True, slots=True)
class _Time:
    count: OfTime
    reader: Reader

    def take(self, cells: Cells) -> float:
        start, end = self._moment(cells, self.count.start), self._moment(cells, self.count.end)
        passed = self.reader.place.elapsed(start, end)
        if passed is None or passed < 0:
            column = self.count.end.column
            reason = Reason.NO_TIME_OF_DAY if passed is None else Reason.END_BEFORE_START
            raise LeftOut(reason, column, cells[self.reader.at[column]])
        return passed / self.count.unit.seconds

    def _moment(self, cells: Cells, of: DateColumn) -> Moment:
        """Workbooks leave out the time of day of a moment at midnight: where the other column has one, it is meant."""
        moment = self.reader.moment(cells, of)
        if isinstance(moment, datetime) or isinstance(cells[self.reader.at[of.column]], str):
            return moment
        others = (cells[self.reader.at[each.column]] for each in (self.count.start, self.count.end))
        return datetime.combine(moment, time()) if any(isinstance(each, datetime) for each in others) else moment

    def figure(self, taken: Sequence[float]) -> Figure:
        return _average(taken, self.count.average, self.count.percent)


_SCALES = {
    Question.NPS: formulas.LIKELIHOOD,
    Question.CSAT: formulas.FIVE_POINTS,
    Question.CES: formulas.EASE,
    Question.CES_ORIGINAL: formulas.EFFORT,
}
_FAULTS = {"not_an_answer": Reason.NOT_AN_ANSWER, "off_scale": Reason.OFF_SCALE}


@dataclass(frozen=True, slots=True)
class _Answers:
    count: OfAnswers
    reader: Reader

    @property
    def scale(self) -> Scale:
        return _SCALES[self.count.question]

    def take(self, cells: Cells) -> float:
        column = self.count.column
        answer = self.scale.read(self.reader.number(cells, column, Reason.NOT_AN_ANSWER))
        if isinstance(answer, str):
            raise LeftOut(_FAULTS[answer], column, cells[self.reader.at[column]])
        return float(answer)

    def figure(self, taken: Sequence[float]) -> Figure:
        match self.count.question:
            case Question.NPS:
                return formulas.nps(Promotion.of(taken))
            case Question.CSAT:
                return formulas.csat(Answers.of(taken, self.scale))
            case Question.CES:
                return formulas.ces_agreeing(Answers.of(taken, self.scale))
            case Question.CES_ORIGINAL:
                return formulas.ces_original(Answers.of(taken, self.scale))


def _average(taken: Sequence[float], average: Average, percent: float) -> Figure:
    if average is Average.MEAN:
        return formulas.mean(taken)
    return formulas.percentile(taken, 50 if average is Average.MEDIAN else percent)
