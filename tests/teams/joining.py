"""What the tests of members and of invitations share: who belongs to a team, and the links that were made."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from kata.extensions import db
from kata.teams.models import Invitation, Membership
from tests.cast import Cast
from tests.conftest import SignIn

TEAM, INVITATIONS = "/teams/access-requests", "/teams/access-requests/invitations"
NEWCOMER = {"name": "Hana Sato", "email": "hana@demo.example", "password": "three geese over the harbour"}


def memberships(app: Flask, cast: Cast, name: str) -> list[tuple[str, bool]]:
    with app.app_context():
        rows = db.session.execute(
            sa.select(Membership.role, Membership.ended_at).where(Membership.person_id == cast[name].id)
        )
        return [(role, ended is None) for role, ended in rows]


def membership_of(app: Flask, cast: Cast, name: str) -> int:
    with app.app_context():
        query = sa.select(Membership.id).where(Membership.person_id == cast[name].id, Membership.ended_at.is_(None))
        return db.session.scalars(query).one()


def link_in(answer: TestResponse) -> str:
    assert answer.status_code == 200
    address = answer.text.split('id="address" href="')[1].split('"')[0]
    assert address.startswith("http://localhost/join/")
    return address.removeprefix("http://localhost")


def invited(as_: SignIn, name: str = "ben", **typed: str) -> str:
    return link_in(as_(name).fill_in(INVITATIONS, **typed))


def count_of_invitations(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Invitation).count()


def first_invitation(app: Flask) -> Invitation:
    with app.app_context():
        return db.session.scalars(sa.select(Invitation).order_by(Invitation.id.desc())).first()
