"""Charts as geometry: what `kata.spc` found, placed on paper. No template, no database, no language in here.

`draw` makes the big chart, `small` the one of lists, `spark` the line beside a condition, `growth` the steps of a
person's skill, `predictions` what was expected beside what happened, `stacks` columns of several kinds; the templates
of `templates/charts` write them as SVG, and `png` turns the SVG of a file into a picture.
"""

from kata.charts.growth import Axes, Growth, axes, growth
from kata.charts.labels import Labels
from kata.charts.parts import ProcessChart
from kata.charts.predictions import PredictionChart, predictions
from kata.charts.process import NOTHING, common_span, draw
from kata.charts.scales import Frame
from kata.charts.sheets import FILE, FILE_RANGES, Sheet, sheet
from kata.charts.small import SmallChart, Spark, small, spark
from kata.charts.stacks import Stacks, highest, stacks
from kata.charts.story import Condition, Experiment, Phase, Story

__all__ = [
    "FILE",
    "FILE_RANGES",
    "NOTHING",
    "Axes",
    "Condition",
    "Experiment",
    "Frame",
    "Growth",
    "Labels",
    "Phase",
    "PredictionChart",
    "ProcessChart",
    "Sheet",
    "SmallChart",
    "Spark",
    "Stacks",
    "Story",
    "axes",
    "common_span",
    "draw",
    "growth",
    "highest",
    "predictions",
    "sheet",
    "small",
    "spark",
    "stacks",
]
