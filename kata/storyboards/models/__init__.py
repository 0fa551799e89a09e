"""The tables of a storyboard, a noun a file, each with the rules that it can keep by itself."""

from kata.storyboards.models.boards import BoardOpening, Storyboard
from kata.storyboards.models.challenges import Challenge
from kata.storyboards.models.conditions import CurrentCondition, TargetCondition, TargetMeasure
from kata.storyboards.models.experiments import Amendment, Experiment, Photo
from kata.storyboards.models.obstacles import Obstacle
from kata.storyboards.models.signals import SignalAnswer

__all__ = [
    "Amendment",
    "BoardOpening",
    "Challenge",
    "CurrentCondition",
    "Experiment",
    "Obstacle",
    "Photo",
    "SignalAnswer",
    "Storyboard",
    "TargetCondition",
    "TargetMeasure",
]
