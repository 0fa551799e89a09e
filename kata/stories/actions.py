"""Sharing a story by a link, stopping the link, and putting another in its place."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Connection, event, inspect, select, update

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.identity.secrets import hashed
from kata.rules import DomainError
from kata.stories.models import StoryLink
from kata.stories.words import why_not_shared
from kata.storyboards.models import Storyboard
from kata.teams.models import Team


def share(board: Storyboard, token: str, *, until: date | None, with_names: bool, by: int) -> StoryLink:
    """Make a link by which anyone may read the story up to a day, or without an end; its hash is kept."""
    _expect_shareable(board)
    if until is not None and until < clock.today(board.team.time_zone):
        raise DomainError("until", _("This day lies behind. Pick today or a day that lies ahead."))
    link = StoryLink(
        token_hash=hashed(token),
        board_id=board.id,
        board=board,
        with_names=with_names,
        made_by_id=by,
        expires_at=_end_of(until, board.team.time_zone) if until else None,
    )
    db.session.add(link)
    record("shared the story", link, by=by)
    return link


def stop(link: StoryLink, *, by: int) -> None:
    """The link opens nothing from now on."""
    if link.stopped_at is None:
        link.stop(by)
        record("stopped the link", link, by=by)


def replace(link: StoryLink, token: str, *, by: int) -> StoryLink:
    """Stop the link and make another in its place, which tells as much and lasts as long."""
    _expect_shareable(link.board)
    if link.stopped_at is not None or (link.expires_at is not None and link.expires_at <= clock.now()):
        raise DomainError("", _("This link works no more, so there is nothing to put another in the place of."))
    stop(link, by=by)
    other = StoryLink(
        token_hash=hashed(token),
        board_id=link.board_id,
        board=link.board,
        with_names=link.with_names,
        made_by_id=by,
        expires_at=link.expires_at,
    )
    db.session.add(other)
    record("shared the story", other, by=by)
    return other


def _expect_shareable(board: Storyboard) -> None:
    team_closed = board.team.closed_at is not None
    if why := why_not_shared(finished=not board.live, closed=board.closed, team_closed=team_closed):
        raise DomainError("", why)


def _end_of(day: date, zone: str) -> datetime:
    """The last second of a day where the team is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)) - timedelta(seconds=1)


def stop_with_board(_mapper: Any, connection: Connection, board: Storyboard) -> None:
    """Whoever reopens a storyboard or closes it to its team stops its links for good, in the same transaction.

    A link that came back to life with the next ending would show strangers what nobody had meant for them.
    """
    attributes = inspect(board).attrs
    if not any(attributes[name].history.has_changes() for name in ("closed", "ended_on", "archived_at")):
        return
    if board.live or board.closed:
        _stop_links(connection, StoryLink.board_id == board.id)


def stop_with_team(_mapper: Any, connection: Connection, team: Team) -> None:
    """Whoever closes a team stops the links to its stories for good, likewise."""
    if team.closed_at is not None and inspect(team).attrs.closed_at.history.has_changes():
        _stop_links(connection, StoryLink.board_id.in_(select(Storyboard.id).where(Storyboard.team_id == team.id)))


def _stop_links(connection: Connection, those: ColumnElement[bool]) -> None:
    connection.execute(update(StoryLink).where(those, StoryLink.stopped_at.is_(None)).values(stopped_at=clock.now()))


event.listen(Storyboard, "after_update", stop_with_board)
event.listen(Team, "after_update", stop_with_team)
