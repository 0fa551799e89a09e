"""The rows of the access matrix that are about barriers and the tree of challenges, and how they are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kata.alignment.models import Barrier
from kata.extensions import db
from tests.cast import TODAY, Cast

if TYPE_CHECKING:
    from tests.access.matrix import Row
    from tests.cast import Board

#: Answers that only the addresses of barriers give, in the columns of ``matrix.ANSWERS``.
ANSWERS = """
raises              in      no   ok   ok   ok   no    no   ok   no
barrier:hidden      in      --   ok   ok   ok   ok    --   ok   --
barrier:answers     in      no   no   no   no   no    no   ok   no
hidden:words        in      --   ok   ok   ok   no    --   no   --
practice:raises     in      --   un   un   un   no    --   --   --
hidden:answers      in      --   no   no   no   no    --   ok   --
"""

TABLE = """
GET   /barriers                                       -         signed-in
GET   /barriers.csv                                   -         signed-in
GET   /obstacles/<int:obstacle_id>/barrier            board     raises
GET   /obstacles/<int:obstacle_id>/barrier            closed    closed:writers
GET   /obstacles/<int:obstacle_id>/barrier            practice  closed:writers
POST  /obstacles/<int:obstacle_id>/barrier            board     raises
POST  /obstacles/<int:obstacle_id>/barrier            closed    closed:writers
POST  /obstacles/<int:obstacle_id>/barrier            practice  practice:raises
GET   /barriers/<int:barrier_id>                      board     signed-in
GET   /barriers/<int:barrier_id>                      closed    barrier:hidden
GET   /barriers/<int:barrier_id>/words                board     team
GET   /barriers/<int:barrier_id>/words                closed    hidden:words
POST  /barriers/<int:barrier_id>/words                board     team
POST  /barriers/<int:barrier_id>/words                closed    hidden:words
GET   /barriers/<int:barrier_id>/withdrawal           board     team
GET   /barriers/<int:barrier_id>/withdrawal           closed    hidden:words
POST  /barriers/<int:barrier_id>/withdrawal           board     team
POST  /barriers/<int:barrier_id>/withdrawal           closed    hidden:words
GET   /barriers/<int:barrier_id>/answer               board     barrier:answers
GET   /barriers/<int:barrier_id>/answer               closed    hidden:answers
POST  /barriers/<int:barrier_id>/answer               board     barrier:answers
POST  /barriers/<int:barrier_id>/answer               closed    hidden:answers
GET   /barriers/<int:barrier_id>/passing              board     barrier:answers
GET   /barriers/<int:barrier_id>/passing              closed    hidden:answers
POST  /barriers/<int:barrier_id>/passing              board     barrier:answers
POST  /barriers/<int:barrier_id>/passing              closed    hidden:answers
POST  /barriers/<int:barrier_id>/companions           board     barrier:answers
POST  /barriers/<int:barrier_id>/companions           closed    hidden:answers
POST  /barriers/<int:barrier_id>/parting              board     barrier:answers
POST  /barriers/<int:barrier_id>/parting              closed    hidden:answers
GET   /challenges                                     -         signed-in
GET   /challenges.csv                                 -         signed-in
GET   /challenges/<slug>                              -         signed-in
GET   /challenges/<slug>.csv                          -         signed-in
POST  /barriers/<int:barrier_id>/reading              board     signed-in
POST  /barriers/<int:barrier_id>/reading              closed    barrier:hidden
"""

Body = dict[str, Any]


def values(row: Row, cast: Cast) -> Body:
    """What stands in the place of the variables of these addresses."""
    area = {"slug": "service-desk"} if row.rule.startswith("/challenges/") else {}
    return {"barrier_id": cast.raised.closed if row.about == "closed" else cast.raised.board, **area}


def _version(row: Row, cast: Cast) -> int:
    return db.session.get_one(Barrier, values(row, cast)["barrier_id"]).version


#: A form that each address accepts from somebody who may send it.
BODIES: dict[str, Callable[[Row, Cast], Body]] = {
    "/obstacles/<int:obstacle_id>/barrier": lambda row, cast: {
        "kind": "policy",
        "text": "Two signatures are asked for",
        "cost": "Three days of waiting.",
    },
    "/barriers/<int:barrier_id>/words": lambda row, cast: {
        "kind": "tool",
        "text": "No form asks for the system",
        "cost": "Two days.",
        "version": _version(row, cast),
    },
    "/barriers/<int:barrier_id>/withdrawal": lambda row, cast: {"why": "ourselves", "version": _version(row, cast)},
    "/barriers/<int:barrier_id>/answer": lambda row, cast: {
        "kind": "promised",
        "by_date": (TODAY + timedelta(days=9)).isoformat(),
        "version": _version(row, cast),
    },
    "/barriers/<int:barrier_id>/passing": lambda row, cast: {
        "reason": "The form is the group's.",
        "version": _version(row, cast),
    },
    "/barriers/<int:barrier_id>/companions": lambda row, cast: {
        "other": cast.raised.board if row.about == "closed" else cast.raised.closed
    },
}


def _below_the_top(_board: Board, cast: Cast) -> None:
    """The barriers wait below the area that dev leads, so that they can be passed up to it."""
    for barrier_id in (cast.raised.board, cast.raised.closed):
        db.session.get_one(Barrier, barrier_id).area_id = cast.areas["desk"]


#: What has to be so before a request makes sense.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {
    "POST /barriers/<int:barrier_id>/passing": (_below_the_top,),
}
