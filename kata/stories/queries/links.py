"""Links to stories: one by its address, those of a storyboard, and the photo that one of them may show."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import aliased, contains_eager

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.stories.models import StoryLink
from kata.stories.queries.opening import BOARD, works
from kata.storyboards.models import Photo, Storyboard
from kata.storyboards.queries.boards import seen_by, who
from kata.teams.models import Team

#: So many of the newest links are listed.
SHOWN = 30
STOPPER = aliased(Person)
LINK, PHOTO = bindparam("link", type_=Integer), bindparam("photo", type_=Integer)


def link(viewer: Viewer, *, lock: bool = False, link_id: int) -> StoryLink | None:
    """The link to the story of a storyboard that the viewer sees, for the guard; locked where it writes."""
    query = _link(viewer.is_administrator, lock)
    return db.session.scalars(query, {"link": link_id, **who(viewer)}).one_or_none()


@cache
def _link(is_administrator: bool, lock: bool) -> Any:
    query = (
        select(StoryLink)
        .join(StoryLink.board)
        .join(Storyboard.team)
        .where(StoryLink.id == LINK, seen_by(is_administrator))
        .options(contains_eager(StoryLink.board).contains_eager(Storyboard.team))
        .execution_options(populate_existing=True)
    )
    # The board first, as everywhere: whoever reopens it stops its links, too.
    return query.with_for_update(of=[Storyboard, StoryLink]) if lock else query


def made(token_hash: str) -> StoryLink | None:
    """The link that was just made with a token."""
    return db.session.scalars(select(StoryLink).where(StoryLink.token_hash == token_hash)).one_or_none()


def of_board(board_id: int) -> list[Any]:
    """The newest links to a storyboard's story: by whom, when, until when, and whether each still opens it."""
    return list(fetch(_of_board(), {"board": board_id, "now": clock.now()}))


@cache
def _of_board() -> Any:
    return (
        select(
            StoryLink.id,
            StoryLink.made_at,
            StoryLink.expires_at,
            StoryLink.with_names,
            StoryLink.stopped_at,
            Person.name.label("made_by"),
            STOPPER.name.label("stopped_by"),
            works().label("works"),
        )
        .join(Storyboard, Storyboard.id == StoryLink.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .join(Person, Person.id == StoryLink.made_by_id)
        .outerjoin(STOPPER, STOPPER.id == StoryLink.stopped_by_id)
        .where(StoryLink.board_id == BOARD)
        .order_by(StoryLink.id.desc())
        .limit(SHOWN)
    )


def photo(board_id: int, photo_id: int) -> str | None:
    """The checksum of a photo that stands on this very storyboard."""
    checksum: str | None = fetch(_photo(), {"board": board_id, "photo": photo_id}).scalar()
    return checksum


@cache
def _photo() -> Any:
    return select(Photo.sha256).where(Photo.id == PHOTO, Photo.board_id == BOARD, Photo.removed_at.is_(None))
