"""What stories add to the history of a board."""

from __future__ import annotations

from kata.stories import words
from kata.storyboards.queries import history

history.ABOVE |= words.PHRASES
