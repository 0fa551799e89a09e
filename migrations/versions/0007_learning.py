"""the index of what was learned

``flask prepare`` fills it from what stands in the other tables (``kata/learning/actions.py``).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: Where the words lie, by each engine's own means.
TEXT = {
    "sqlite": ("create virtual table learned_text using fts5(words, tokenize = 'porter unicode61', prefix = '2 3 4')",),
    "postgresql": (
        "create table learned_text (id integer primary key, words text not null, vector tsvector not null)",
        "create index ix_learned_text_vector on learned_text using gin (vector)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "learned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.CheckConstraint("(board_id is null) <> (area_id is null)", name=op.f("ck_learned_board_or_area")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_learned_area_id")),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_learned_board_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_learned_measure_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target_condition.id"], name=op.f("fk_learned_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_learned_kind_subject_id")),
    )
    op.create_index("ix_learned_board", "learned", ["board_id", "id"], unique=False)
    for statement in TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table learned_text")
    op.drop_index("ix_learned_board", table_name="learned")
    op.drop_table("learned")
