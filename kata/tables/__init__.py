"""Files of rows, in and out: bytes become a `Table`, rows become CSV and XLSX. Pure."""

from kata.tables.blocks import Block, Stretch
from kata.tables.cells import FAILED_FORMULAS, MISSING_WORDS, Cell, is_missing, missing_words, text_of
from kata.tables.dates import moment_in, survey_dates
from kata.tables.files import read
from kata.tables.numbers import DecimalSign, number_in, survey_numbers
from kata.tables.problems import Code, Problem, Refused
from kata.tables.short_years import Order
from kata.tables.surveys import Example, Sightings, Verdict, survey_values
from kata.tables.table import Column, Table
from kata.tables.workbooks import is_workbook

__all__ = [
    "FAILED_FORMULAS",
    "MISSING_WORDS",
    "Block",
    "Cell",
    "Code",
    "Column",
    "DecimalSign",
    "Example",
    "Order",
    "Problem",
    "Refused",
    "Sightings",
    "Stretch",
    "Table",
    "Verdict",
    "is_missing",
    "is_workbook",
    "missing_words",
    "moment_in",
    "number_in",
    "read",
    "survey_dates",
    "survey_numbers",
    "survey_values",
    "text_of",
]
