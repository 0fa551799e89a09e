"""names and notes of conversations can be struck out for good"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: What the record told of a conversation until now, in words that may name somebody.
TOLD = {"conversation": "partner", "conversation_held": "note"}


def upgrade() -> None:
    for table in TOLD:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
            batch_op.add_column(sa.Column("struck_reason", sa.String(length=300), server_default="", nullable=False))
    with op.batch_alter_table("conversation_held") as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("voice") as batch_op:
        batch_op.alter_column("struck_reason", existing_type=sa.String(length=300), server_default="")
    _forget_the_words()


def _forget_the_words() -> None:
    """Take the words out of the record: they stand in one place from now on, so that they can be struck out there."""
    activity = sa.table(
        "activity", sa.column("id", sa.Integer), sa.column("subject_type", sa.String), sa.column("snapshot", sa.JSON)
    )
    connection = op.get_bind()
    told = sa.select(activity).where(activity.c.subject_type.in_(list(TOLD)), activity.c.snapshot.is_not(None))
    for row in connection.execute(told).all():
        kept = {name: value for name, value in row.snapshot.items() if name != TOLD[row.subject_type]}
        connection.execute(sa.update(activity).where(activity.c.id == row.id).values(snapshot=kept))


def downgrade() -> None:
    with op.batch_alter_table("voice") as batch_op:
        batch_op.alter_column("struck_reason", existing_type=sa.String(length=300), server_default=None)
    with op.batch_alter_table("conversation_held") as batch_op:
        batch_op.drop_column("version")
    for table in reversed(TOLD):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("struck_reason")
            batch_op.drop_column("struck_at")
