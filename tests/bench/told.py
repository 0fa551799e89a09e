"""A story to be read from outside: a storyboard that has ended, and a link to it."""

from __future__ import annotations

from kata import clock
from kata.extensions import db
from kata.stories import actions
from kata.storyboards.models import Storyboard
from kata.teams.models import Team

TOKEN = "a-story-to-measure"


def finish_and_share(board_id: int, by: int) -> str:
    """End the storyboard and share it; the token of the link."""
    board = db.session.get_one(Storyboard, board_id)
    team = db.session.get_one(Team, board.team_id)
    board.team = team
    board.end("We ask once.", clock.today(team.time_zone))
    actions.share(board, TOKEN, until=None, with_names=True, by=by)
    db.session.commit()
    return TOKEN
