"""The finished storyboard of the cast, of which a link tells the story: ana's, from before her open one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kata.activity.actions import record
from kata.identity.secrets import hashed
from kata.stories.models import StoryLink
from kata.storyboards.models import Storyboard
from kata.teams.models import Team
from tests.cast_boards import TODAY, days_ago, keep

STORY_TOKEN = "a-link-to-a-story-of-the-cast"


@dataclass(frozen=True)
class Told:
    """Ids of the storyboard and of the link to its story, which has no end."""

    board: int
    link: int


def tell(team: Team, ids: dict[str, int]) -> Told:
    """A board that has only its process and its people, so that no search and no list of a test is longer for it."""
    row: Any = Storyboard(
        team_id=team.id, team=team, focus_process="Handing out keys", learner_id=ids["ana"], coach_id=ids["ben"]
    )
    with days_ago(110):
        board: Storyboard = keep(row, "started", ids["ana"])
    with days_ago(95):
        board.end("", TODAY)
        record("ended", board, by=ids["ana"])
        board.archive()
        record("archived", board, by=ids["ana"])
    with days_ago(94):
        link = StoryLink(token_hash=hashed(STORY_TOKEN), board_id=board.id, board=board, made_by_id=ids["ana"])
        keep(link, "shared the story", ids["ana"])
    return Told(board.id, link.id)
