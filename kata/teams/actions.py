"""What happens to areas and teams, and who belongs to them."""

from __future__ import annotations

from collections.abc import Container
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.identity import actions as identity
from kata.identity import queries as people
from kata.identity.models import Person
from kata.identity.secrets import hashed, token_of_submission
from kata.outbox import actions as outbox
from kata.outbox.sending import is_set_up
from kata.rules import DomainError
from kata.teams import queries
from kata.teams.languages import DEFAULT
from kata.teams.models import Area, AreaLeader, Invitation, Membership, Team
from kata.teams.slugs import free, slug_of

INVITATION_LIFETIME = timedelta(days=14)

# Teams ----------------------------------------------------------------------------------------------------------------


def create_team(
    area: Area,
    *,
    name: str,
    time_zone: str,
    practice_days: int,
    country: str = "",
    region: str = "",
    language: str = DEFAULT,
    by: int,
) -> Team:
    """A new team in an area that is open."""
    _expect_open(area)
    slug = _new_slug(Team, name, "team")
    team = Team(area_id=area.id, name=name, slug=slug, time_zone=time_zone, practice_days=practice_days)
    team.work_in(country, region)
    team.language = language
    db.session.add(team)
    record("created", team, by=by)
    return team


def rewrite_team(
    team: Team,
    seen: int | None,
    *,
    name: str,
    area_id: int,
    time_zone: str,
    practice_days: int,
    country: str,
    region: str,
    language: str = DEFAULT,
    areas: Container[int],
    by: int,
) -> None:
    """Change a team; its address stays. It may move to ``areas`` only, which are those that its editor leads."""
    team.expect_version(seen)
    if area_id != team.area_id:
        _move_team(team, area_id, areas)
    team.name, team.time_zone, team.practice_days = name, time_zone, practice_days
    team.work_in(country, region)
    team.language = language
    record("rewrote", team, by=by)


def _move_team(team: Team, area_id: int, areas: Container[int]) -> None:
    queries.lock_areas()
    area = db.session.get(Area, area_id)
    if area is None or area_id not in areas:
        raise DomainError("area_id", _("Pick one of the areas in the list."))
    _expect_open(area, field="area_id")
    team.area_id = area_id


def close_team(team: Team, *, by: int) -> None:
    """The team practises no more. What it learned stays, and stays readable; nobody joins it."""
    if team.closed_at is None:
        team.closed_at = clock.now()
        record("closed", team, by=by)


def reopen_team(team: Team, *, by: int) -> None:
    """The team practises again, in its area or, where that was closed, after that is opened."""
    if team.closed_at is None:
        return
    area = db.session.get(Area, team.area_id)
    if area is not None:
        _expect_open(area)
    team.closed_at = None
    record("reopened", team, by=by)


# Memberships ----------------------------------------------------------------------------------------------------------


def add_member(team: Team, person_id: int | None, role: str, *, by: int) -> Membership:
    """Somebody with an account belongs to the team from now on; again in the same role changes nothing."""
    _expect_open_team(team)
    person = people.person(person_id) if person_id is not None else None
    if person is None or person.disabled_at is not None:
        raise DomainError("", _("There is no open account for this person any more."))
    return _belong(team.id, person.id, role, by=by)


def change_role(membership: Membership, role: str, *, by: int) -> None:
    """The person goes on in another role: one membership ends, another starts, so that both stay in the history."""
    _expect_current(membership)
    if membership.role == role:
        return
    _end(membership, by=by)
    _belong(membership.team_id, membership.person_id, role, by=by)


def end_membership(membership: Membership, *, by: int) -> None:
    """The person leaves the team; that they belonged to it stays."""
    if membership.ended_at is None:
        _end(membership, by=by)


def _end(membership: Membership, *, by: int) -> None:
    membership.ended_at = clock.now()
    record("ended", membership, by=by)


def _belong(team_id: int, person_id: int, role: str, *, by: int) -> Membership:
    if current := queries.current_membership(team_id, person_id, role):
        return current
    membership = Membership(team_id=team_id, person_id=person_id, role=role)
    db.session.add(membership)
    record("joined", membership, by=by)
    return membership


# Invitations ----------------------------------------------------------------------------------------------------------


def invite(team: Team, *, role: str, email: str | None, once: str, by: int) -> Invitation:
    """Make a link that lets one person join; with ``email``, only the person with that address. Its hash is kept.

    ``once`` is the key of the submission, of which the link is made (``invitation_token``). An invitation that names an
    address is mailed there, where mails are sent.
    """
    _expect_open_team(team)
    invitation = Invitation(
        token_hash=hashed(invitation_token(by, team.id, once)),
        team_id=team.id,
        role=role,
        email=(email or "").lower() or None,
        created_by_id=by,
        expires_at=clock.now() + INVITATION_LIFETIME,
    )
    db.session.add(invitation)
    record("invited", invitation, by=by)
    if invitation.email and is_set_up():
        about = {"by": by, "team": team.id, "once": once}
        outbox.write("invitation", str(invitation.id), invitation.email, about=about)
    return invitation


def invitation_token(by: int, team_id: int, once: str) -> str:
    """What stands in the link of an invitation; the same submission makes the same."""
    return token_of_submission("invitation", by, team_id, once)


def withdraw(invitation: Invitation, *, by: int) -> None:
    """The link works no more."""
    if invitation.used_at is not None:
        raise DomainError("", _("Somebody has joined by this invitation already."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = clock.now()
        record("withdrew", invitation, by=by)


def offer_again(invitation: Invitation, *, by: int) -> None:
    """Take a withdrawal back: the same link works again until it expires."""
    if invitation.withdrawn_at is not None and invitation.used_at is None:
        invitation.withdrawn_at = None
        record("offered again", invitation, by=by)


def join(token: str, person_id: int) -> Team:
    """Somebody with an account takes an invitation up and belongs to its team."""
    person = people.person(person_id)
    invitation = queries.usable_invitation(token, lock=True)
    if person is None or invitation is None:
        raise DomainError("", gone())
    if invitation.email and invitation.email != person.email:
        raise DomainError("", _("This invitation was made for another address than yours. Ask for one of your own."))
    _take_up(invitation, person)
    return invitation.team


def join_as_new(token: str, *, name: str, email: str, password: str, language: str) -> Person:
    """Somebody new takes an invitation up: an account and a membership at once. Commits before it hashes.

    An address that has an account already is what the invitation is for from then on: whoever holds it can find out
    about one address at most, and the owner of that one signs in and joins.
    """
    _expect_meant_for(queries.usable_invitation(token), email)
    password_hash = identity.hash_new_password(password, name=name, email=email)
    invitation = _expect_meant_for(queries.usable_invitation(token, lock=True), email)
    if people.owner_of(email) is not None:
        _keep_for(invitation, email)
        raise DomainError("email", identity.no_account())
    person = identity.join_anew(name, email, password_hash, time_zone=invitation.team.time_zone, language=language)
    _take_up(invitation, person)
    return person


def _expect_meant_for(invitation: Invitation | None, email: str) -> Invitation:
    if invitation is None:
        raise DomainError("", gone())
    if invitation.email and invitation.email != email.lower():
        raise DomainError("email", _("This invitation is for another address. Ask who gave it to you for a new one."))
    return invitation


def _keep_for(invitation: Invitation, email: str) -> None:
    """Commits: the request ends with a refusal, and this must stay."""
    if invitation.email is None:
        invitation.email = email.lower()
        record("kept for one address", invitation, by=None)
    db.session.commit()


def gone() -> str:
    """What is said of an invitation that cannot be used, for whichever reason."""
    return str(_("This invitation cannot be used any more. Ask who gave it to you for a new one."))


def _take_up(invitation: Invitation, person: Person) -> None:
    taken = db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
        .values(used_at=clock.now(), used_by_id=person.id)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult
        raise DomainError("", gone())
    db.session.refresh(invitation, ["used_at", "used_by_id"])
    record("accepted", invitation, by=person.id)
    _belong(invitation.team_id, person.id, invitation.role, by=person.id)


# Areas ----------------------------------------------------------------------------------------------------------------


def create_area(*, name: str, parent: Area | None, by: int) -> Area:
    """A new area below ``parent``, or at the top."""
    if parent is not None:
        _expect_open(parent, field="parent_id")
    area = Area(name=name, slug=_new_slug(Area, name, "area"), parent_id=parent.id if parent else None)
    db.session.add(area)
    record("created", area, by=by)
    return area


def rewrite_area(area: Area, seen: int | None, *, name: str, parent: Area | None, by: int) -> None:
    """Rename an area or move it, with all that is below it, anywhere but below itself. The caller holds the tree."""
    area.expect_version(seen)
    if parent is not None:
        _expect_open(parent, field="parent_id")
        if area.id in queries.areas_above(parent.id):
            raise DomainError("parent_id", _("An area cannot be moved below itself."))
    area.name, area.parent_id = name, parent.id if parent else None
    record("rewrote", area, by=by)


def close_area(area: Area, *, by: int) -> None:
    """Take an area out of the tree, once no open team and no open area is left in it."""
    if area.closed_at is not None:
        return
    if queries.teams_by_area().get(area.id):
        raise DomainError("", _("There are open teams in this area. Move or close them first."))
    if any(row.parent_id == area.id for row in queries.area_rows()):
        raise DomainError("", _("There are open areas below this one. Move or close them first."))
    area.closed_at = clock.now()
    record("closed", area, by=by)


def reopen_area(area: Area, *, by: int) -> None:
    """Put a closed area back where it was, or at the top when what was above it is closed."""
    if area.closed_at is None:
        return
    parent = db.session.get(Area, area.parent_id) if area.parent_id else None
    if parent is not None and parent.closed_at is not None:
        area.parent_id = None
    area.closed_at = None
    record("reopened", area, by=by)


def add_leader(area: Area, person_id: int | None, *, by: int) -> AreaLeader:
    """Somebody leads the area, and all below it, from now on."""
    _expect_open(area)
    person = people.person(person_id) if person_id is not None else None
    if person is None or person.disabled_at is not None:
        raise DomainError("", _("There is no open account for this person any more."))
    if current := queries.current_leadership(area.id, person.id):
        return current
    office = AreaLeader(area_id=area.id, person_id=person.id)
    db.session.add(office)
    record("appointed", office, by=by)
    return office


def end_leadership(office: AreaLeader, *, by: int) -> None:
    """The person leads the area no more; that they did stays."""
    if office.ended_at is None:
        office.ended_at = clock.now()
        record("ended", office, by=by)


def _new_slug(model: type[Area] | type[Team], name: str, fallback: str) -> str:
    slug = slug_of(name) or fallback
    return free(slug, queries.slugs_like(model, slug))


def _expect_open(area: Area, *, field: str = "") -> None:
    if area.closed_at is not None:
        raise DomainError(field, _("%(name)s is closed. Open it again first, or pick another area.", name=area.name))


def _expect_open_team(team: Team) -> None:
    if team.closed_at is not None:
        raise DomainError("", _("This team is closed. Open it again first."))


def _expect_current(membership: Membership) -> None:
    if membership.ended_at is not None:
        raise DomainError("", _("This membership has ended already. Reload the page to see who belongs to the team."))
