"""*Access on the first working day*: the board that shows a stranger what the improvement kata is.

The explanations are invented; the numbers of the outcome measure that the texts quote are the real ones of those days.
"""

from __future__ import annotations

from kata.demo.boards import access_first, access_second, access_third
from kata.demo.script import Stage, Story


def tell(stage: Stage) -> None:
    """Three target conditions in fourteen weeks: one achieved, one not, one on its way."""
    story = Story(stage, "access-requests")
    story.start(-65, "Access on the first working day", learner="ana", coach="ben", second="cleo")
    story.challenge(
        -65,
        "ana",
        "Whoever asks for access is working again the same day.",
        by=story.days.ahead(205),
        aim=("share", 62, 95),
        moment="I can’t get in",
        serves="nobody-waits",
    )
    access_first.tell(story)
    access_second.tell(story)
    access_third.tell(story)
