"""folded names"""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Which column of which table holds which other one folded.
FOLDED = {
    "person": ("name", "name_folded"),
    "team": ("name", "name_folded"),
    "storyboard": ("focus_process", "focus_process_folded"),
}
ROWS_AT_ONCE = 1000

ACCENTS = re.compile("[\u0300-\u036f]")
LETTERS = str.maketrans("łøđðħŧŋı’‘ʼ", "loddhtni'''") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})


def upgrade() -> None:
    for table, (_source, kept) in FOLDED.items():
        op.add_column(table, sa.Column(kept, sa.String(), nullable=False, server_default=""))
    for table, (source, kept) in FOLDED.items():
        _fill(table, source, kept)


def downgrade() -> None:
    for table, (_source, kept) in FOLDED.items():
        op.drop_column(table, kept)


def _fill(table: str, source: str, kept: str) -> None:
    rows = sa.table(table, sa.column("id", sa.Integer), sa.column(source), sa.column(kept))
    some = sa.select(rows.c.id, rows.c[source]).order_by(rows.c.id).limit(ROWS_AT_ONCE)
    change = rows.update().where(rows.c.id == sa.bindparam("row")).values({kept: sa.bindparam("folded")})
    connection, last = op.get_bind(), 0
    while found := connection.execute(some.where(rows.c.id > last)).all():
        connection.execute(change, [{"row": id_, "folded": folded(text)} for id_, text in found])
        last = found[-1].id


def folded(text: str) -> str:
    """As the app folded when this was written: a migration must not import what changes afterwards."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", ACCENTS.sub("", apart).translate(LETTERS))
