"""The rows of the access matrix that are about stories and the links to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kata.extensions import db
from kata.storyboards.models import Storyboard
from tests.cast import TODAY, Board, Cast

#: Answers that only the addresses of stories give, in the columns of ``matrix.ANSWERS``.
ANSWERS = """
story:shares        in      no   ok   no   ok   no    no   no   no
story:hidden        in      --   un   no   un   no    --   --   --
story:stops         in      no   ok   ok   ok   no    no   no   ok
gone                --      --   --   --   --   --    --   --   --
"""

TABLE = """
GET   /boards/<int:board_id>/story                    board     signed-in
GET   /boards/<int:board_id>/story                    closed    closed:readers
GET   /boards/<int:board_id>/story                    practice  closed:readers
GET   /boards/<int:board_id>/story/chapters/<int:number>  board  signed-in
GET   /boards/<int:board_id>/story/chapters/<int:number>  closed closed:readers
POST  /boards/<int:board_id>/story/links              board     story:shares
POST  /boards/<int:board_id>/story/links              closed    story:hidden
POST  /boards/<int:board_id>/story/links              practice  story:hidden
POST  /story-links/<int:link_id>/stopping             -         story:stops
POST  /story-links/<int:link_id>/replacement          -         story:shares
GET   /stories/<token>                                -         anyone
GET   /stories/<token>/chapters/<int:number>          -         gone
GET   /stories/<token>/photos/<int:photo_id>          -         gone
GET   /stories/<token>/photos/<int:photo_id>/small    -         gone
"""

Body = dict[str, Any]
#: The photo is one of another board than the link's; the link's board has no chapter.
NUMBER = 1


def values(cast: Cast) -> Body:
    """What stands in the place of the variables of the addresses of stories."""
    return {"link_id": cast.told.link, "number": NUMBER}


#: A form that each address accepts from somebody who may send it.
BODIES: dict[str, Callable[..., Body]] = {
    "/boards/<int:board_id>/story/links": lambda row, cast: {"until": "", "names": "without"},
}


def _ended(board: Board, _cast: Cast) -> None:
    db.session.get_one(Storyboard, board.id).end("It taught enough.", TODAY)


#: What has to be so before a request makes sense.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {
    "POST /boards/<int:board_id>/story/links": (_ended,),
}
