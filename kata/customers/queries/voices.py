"""Reading what was heard. A team may close its voices to itself: ``heard_by`` stands in every one of these reads, or
``heard`` where the statement is built once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, Select, String, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from kata import clock, trigrams
from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.customers.models import Conversation, Customer, Listening, MomentOfTruth, Voice, VoiceWording
from kata.customers.words import IN_USE_DAYS, excerpt
from kata.extensions import UtcDateTime, db, fetch
from kata.folding import pattern
from kata.identity.models import Person
from kata.teams.models import Team

LIST_SIZE = 30
#: So many voices the command box looks through.
LOOKED_AT = 2_000
#: How long an administrator's look into closed voices lasts, and the verb that records it.
LOOK = timedelta(hours=1)
OPENED = "opened the closed voices"
ME, MY_TEAMS = bindparam("me", type_=Integer), bindparam("my_teams", type_=Integer, expanding=True)
SINCE = bindparam("looked_since", type_=UtcDateTime())


def heard_by(viewer: Viewer, team_id: Any) -> ColumnElement[bool]:
    """Whether the viewer may know what the team in the column ``team_id`` heard: it is open, theirs, or opened."""
    since = clock.now() - LOOK if viewer.is_administrator else None
    return _ways(team_id, sorted(viewer.teams), viewer.person_id, since)


def heard(is_administrator: bool, team_id: Any) -> ColumnElement[bool]:
    """The same with the values left open, for statements that are built once: ``me``, ``my_teams``, and ``ears``."""
    return _ways(team_id, MY_TEAMS, ME, SINCE if is_administrator else None)


def ears(viewer: Viewer) -> dict[str, Any]:
    """The value of ``heard`` for an administrator: since when a look into closed voices lasts."""
    return {"looked_since": clock.now() - LOOK} if viewer.is_administrator else {}


def _ways(team_id: Any, teams: Any, me: Any, since: Any) -> ColumnElement[bool]:
    closed = select(Listening.team_id).where(Listening.closed.is_(True))
    ways = [team_id.not_in(closed), team_id.in_(teams)]
    if since is not None:
        ways.append(
            team_id.in_(
                select(Activity.team_id).where(
                    Activity.subject_type == Listening.__tablename__,
                    Activity.verb == OPENED,
                    Activity.person_id == me,
                    Activity.at > since,
                )
            )
        )
    return or_(*ways)


def visible(viewer: Viewer) -> Select[Voice]:
    """The voices that the viewer may see; compose further."""
    return select(Voice).where(heard_by(viewer, Voice.team_id))


def voice(viewer: Viewer, *, lock: bool, voice_id: int) -> Voice | None:
    """The voice with its team; the loader of the addresses below ``/voices/<id>``."""
    query = visible(viewer).join(Voice.team).where(Voice.id == voice_id).options(contains_eager(Voice.team))
    return db.session.scalars(query.with_for_update(of=Voice) if lock else query).one_or_none()


def team(viewer: Viewer, *, lock: bool, slug: str) -> Team | None:
    """The team whose voices the viewer may see; the loader of the addresses of a team's voices."""
    query = select(Team).where(Team.slug == slug, heard_by(viewer, Team.id)).options(joinedload(Team.area))
    return db.session.scalars(query.with_for_update(of=Team) if lock else query).one_or_none()


def open_team(viewer: Viewer, *, lock: bool, slug: str) -> Team | None:
    """The same while the team practises: where a new voice is written."""
    found = team(viewer, lock=lock, slug=slug)
    return found if found is not None and found.closed_at is None else None


# Whether voices are closed --------------------------------------------------------------------------------------------


def listening(team_id: int) -> Listening | None:
    """How the team listens; ``None`` while it never said, which means openly."""
    return db.session.scalars(select(Listening).where(Listening.team_id == team_id)).one_or_none()


class Hearing(NamedTuple):
    """Whether a team's voices are closed to itself, and whether a viewer is told of them all the same."""

    closed: bool
    told: bool


def hearing(viewer: Viewer, team_id: int) -> Hearing:
    """What the viewer may know of what the team hears."""
    row = db.session.execute(
        select(heard_by(viewer, Team.id).label("heard"), Listening.closed)
        .outerjoin(Listening, Listening.team_id == Team.id)
        .where(Team.id == team_id)
    ).one()
    return Hearing(bool(row.closed), bool(row.heard))


def looks(team_id: int) -> list[Any]:
    """When administrators looked into the team's closed voices, and why; newest first."""
    query = (
        select(Activity.at, Activity.snapshot, Person.name)
        .join(Person, Person.id == Activity.person_id)
        .where(Activity.subject_type == Listening.__tablename__, Activity.verb == OPENED, Activity.team_id == team_id)
        .order_by(Activity.id.desc())
        .limit(20)
    )
    return list(db.session.execute(query))


# Lists ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which voices somebody asks for; everything empty means all that are in use."""

    source: str = ""
    says: str = ""
    words: str = ""
    moment_id: int | None = None
    archived: bool = False


def listed(
    viewer: Viewer, team_id: int, wanted: Wanted, *, before: tuple[date, int] | None = None, limit: int | None = None
) -> list[Any]:
    """The team's voices, the newest first; those ``before`` the day and id of the last one of the page before."""
    query = rows(viewer).where(Voice.team_id == team_id, *_matches(wanted))
    if before is not None:
        day, voice_id = before
        query = query.where(or_(Voice.heard_on < day, and_(Voice.heard_on == day, Voice.id < voice_id)))
    return list(db.session.execute(query.limit(limit)))


def rows(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Voices as lists show them, newest first, with the names around each."""
    return (
        select(
            Voice.id,
            Voice.team_id,
            Voice.moment_id,
            Voice.conversation_id,
            Voice.source,
            Voice.says,
            Voice.heard_on,
            Voice.words,
            Voice.why,
            Voice.struck_at,
            Voice.struck_reason,
            Voice.archived_at,
            Voice.version,
            MomentOfTruth.name.label("moment"),
            Customer.name.label("customer"),
            Person.name.label("by"),
        )
        .outerjoin(MomentOfTruth, MomentOfTruth.id == Voice.moment_id)
        .outerjoin(Customer, Customer.id == Voice.customer_id)
        .outerjoin(Person, Person.id == Voice.by_id)
        .where(heard_by(viewer, Voice.team_id))
        .order_by(Voice.heard_on.desc(), Voice.id.desc())
    )


def row(viewer: Viewer, voice_id: int) -> Any | None:
    """One voice as the lists show it."""
    return db.session.execute(rows(viewer).where(Voice.id == voice_id)).one_or_none()


def heard_at(viewer: Viewer, held_ids: Collection[int]) -> dict[int, list[Any]]:
    """What was heard in each of these conversations, in the order in which it was written down."""
    query = rows(viewer).where(Voice.conversation_id.in_(held_ids), Voice.archived_at.is_(None))
    found: dict[int, list[Any]] = defaultdict(list)
    for each in db.session.execute(query.order_by(None).order_by(Voice.id)) if held_ids else ():
        found[each.conversation_id].append(each)
    return found


def newest(viewer: Viewer, moment_ids: Collection[int]) -> dict[int, list[Any]]:
    """The newest two voices at each moment, in one statement."""
    found: dict[int, list[Any]] = defaultdict(list)
    values = {"moments": sorted(moment_ids), **_listener(viewer)}
    for voice_row in fetch(_newest(viewer.is_administrator), values) if moment_ids else ():
        found[voice_row.moment_id].append(voice_row)
    return found


@cache
def _newest(is_administrator: bool) -> Any:
    turn = func.row_number().over(partition_by=Voice.moment_id, order_by=(Voice.heard_on.desc(), Voice.id.desc()))
    moments = bindparam("moments", type_=Integer, expanding=True)
    recent = (
        select(Voice.id, Voice.moment_id, Voice.words, Voice.source, Voice.heard_on, Voice.says, turn.label("turn"))
        .where(Voice.moment_id.in_(moments), Voice.archived_at.is_(None), heard(is_administrator, Voice.team_id))
        .subquery()
    )
    return select(recent).where(recent.c.turn <= 2).order_by(recent.c.moment_id, recent.c.turn)


def _listener(viewer: Viewer) -> dict[str, Any]:
    """The values of ``heard`` for a viewer."""
    return {"me": viewer.person_id, "my_teams": sorted(viewer.teams), **ears(viewer)}


def wordings(voice_ids: Collection[int]) -> dict[int, list[Any]]:
    """What each of these voices said before, oldest first, with who reworded it and when."""
    query = (
        select(VoiceWording.voice_id, VoiceWording.words, VoiceWording.why, VoiceWording.until, Person.name.label("by"))
        .outerjoin(Person, Person.id == VoiceWording.by_id)
        .where(VoiceWording.voice_id.in_(voice_ids))
        .order_by(VoiceWording.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for each in db.session.execute(query) if voice_ids else ():
        found[each.voice_id].append(each)
    return found


def old_wordings(voice_id: int) -> list[VoiceWording]:
    """The wordings themselves, for the one action that takes them away."""
    return list(db.session.scalars(select(VoiceWording).where(VoiceWording.voice_id == voice_id)))


class FoundVoice(NamedTuple):
    """A voice in the command box: some of its words, where it is, who heard it."""

    label: str
    href: str
    detail: str


def find_voices(viewer: Viewer, words: str, limit: int) -> list[FoundVoice]:
    """The newest voices in use, among those that the viewer may hear, that hold the words or were understood so.

    What very many have said is looked for among the newest ``LOOKED_AT`` of the organisation, back to the day of the
    last of them: a box answers while somebody types. The search of what was learned finds them all.
    """
    values = {"words": pattern(words), "most": limit, "me": viewer.person_id, "my_teams": sorted(viewer.teams)}
    asked = _found(viewer.is_administrator, trigrams.way(words))
    rows = fetch(asked, {**values, **trigrams.letters(words), **ears(viewer)})
    return [FoundVoice(excerpt(row.words, row.why, words), f"/voices/{row.id}", row.team) for row in rows]


@cache
def _found(is_administrator: bool, by: str) -> Any:
    wanted = bindparam("words", type_=String)
    query = (
        select(Voice.id, Voice.words, Voice.why, Team.name.label("team"))
        .join(Team, Team.id == Voice.team_id)
        .where(
            heard(is_administrator, Voice.team_id),
            Voice.archived_at.is_(None),
            or_(*(part.ilike(wanted, escape="\\") for part in (Voice.words, Voice.why))),
        )
    )
    newest = (Voice.heard_on.desc(), Voice.id.desc())
    last = Voice.__table__.alias().c
    oldest = select(last.heard_on).order_by(last.heard_on.desc(), last.id.desc()).offset(LOOKED_AT - 1).limit(1)
    since = func.coalesce(oldest.scalar_subquery(), literal(date.min, Date))
    return trigrams.found(query, Voice, newest, by, walked=query.where(Voice.heard_on >= since))


def _matches(wanted: Wanted) -> list[ColumnElement[bool]]:
    matches: list[ColumnElement[bool]] = [
        Voice.archived_at.is_not(None) if wanted.archived else Voice.archived_at.is_(None)
    ]
    if wanted.source:
        matches.append(Voice.source == wanted.source)
    if wanted.says:
        matches.append(Voice.says == wanted.says)
    if wanted.moment_id is not None:
        matches.append(Voice.moment_id == wanted.moment_id)
    if wanted.words:
        matches.append(or_(*(part.icontains(wanted.words, autoescape=True) for part in (Voice.words, Voice.why))))
    return matches


# Sources --------------------------------------------------------------------------------------------------------------


def sources(viewer: Viewer, team_ids: Collection[int], today: date, *, moment_id: int | None = None) -> list[Any]:
    """How much each team heard at each moment through each source, within the last twelve months and ever.

    Rows of team_id, moment_id, source, recent, total and the day of the last one; of one moment only where it is given.
    """
    values = {"teams": sorted(team_ids), "since": today - timedelta(days=IN_USE_DAYS), **_listener(viewer)}
    if moment_id is not None:
        values["moment"] = moment_id
    query = _sources(viewer.is_administrator, of_moment=moment_id is not None)
    return list(fetch(query, values)) if team_ids else []


@cache
def _sources(is_administrator: bool, *, of_moment: bool) -> Any:
    recent = func.sum(case((Voice.heard_on > bindparam("since", type_=Date), 1), else_=0))
    query = (
        select(
            Voice.team_id,
            Voice.moment_id,
            Voice.source,
            recent.label("recent"),
            func.count().label("total"),
            func.max(Voice.heard_on).label("last"),
        )
        .where(Voice.team_id.in_(bindparam("teams", type_=Integer, expanding=True)), Voice.archived_at.is_(None))
        .where(heard(is_administrator, Voice.team_id))
        .group_by(Voice.team_id, Voice.moment_id, Voice.source)
    )
    return query.where(Voice.moment_id == bindparam("moment", type_=Integer)) if of_moment else query


def summary(viewer: Viewer, team_id: int, today: date) -> Any:
    """How many customers and moments the team has, how many sources it uses (``None``: not told), and its next talk."""
    values = {"team": team_id, "since": today - timedelta(days=IN_USE_DAYS), **_listener(viewer)}
    return fetch(_summary(viewer.is_administrator), values).one()


@cache
def _summary(is_administrator: bool) -> Any:
    told = heard(is_administrator, Team.id)
    customers = select(func.count()).where(Customer.team_id == Team.id, Customer.archived_at.is_(None))
    moments = select(func.count()).where(MomentOfTruth.team_id == Team.id, MomentOfTruth.archived_at.is_(None))
    used = select(func.count(Voice.source.distinct())).where(
        Voice.team_id == Team.id, Voice.archived_at.is_(None), Voice.heard_on > bindparam("since", type_=Date)
    )
    talk = select(func.min(Conversation.next_on)).where(
        Conversation.team_id == Team.id, Conversation.archived_at.is_(None)
    )
    columns = {
        "customers": customers.correlate(Team).scalar_subquery(),
        "moments": moments.correlate(Team).scalar_subquery(),
        "sources": case((told, used.correlate(Team).scalar_subquery())),
        "next_talk": case((told, talk.correlate(Team).scalar_subquery())),
    }
    query = select(*(column.label(name) for name, column in columns.items()))
    return query.where(Team.id == bindparam("team", type_=Integer))
