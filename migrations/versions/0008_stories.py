"""links to stories"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "story_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("stopped_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_story_link_board_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_story_link_made_by_id")),
        sa.ForeignKeyConstraint(["stopped_by_id"], ["person.id"], name=op.f("fk_story_link_stopped_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_story_link_token_hash")),
    )
    op.create_index(op.f("ix_story_link_board_id"), "story_link", ["board_id"])


def downgrade() -> None:
    op.drop_table("story_link")
