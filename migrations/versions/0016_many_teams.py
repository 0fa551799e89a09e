"""what a page asks of one measure, target, team or conversation is found by an index

In an organisation of two thousand teams each of these questions read the rows of everybody.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PLAIN: dict[str, tuple[str, ...]] = {
    "ix_challenge_measure": ("challenge", "measure_id"),
    "ix_experiment_target": ("experiment", "target_id"),
    "ix_membership_team": ("membership", "team_id"),
    "ix_team_name": ("team", "name_folded", "id"),
    "ix_target_measure_board": ("target_measure", "board_id"),
    "ix_target_measure_measure": ("target_measure", "measure_id"),
    "ix_voice_conversation": ("voice", "conversation_id"),
}
COUNTED = sa.text("measure_id is not null")


def upgrade() -> None:
    for name, (table, *columns) in PLAIN.items():
        op.create_index(name, table, columns, unique=False)
    op.create_index(
        "ix_experiment_measure",
        "experiment",
        ["measure_id"],
        unique=False,
        sqlite_where=COUNTED,
        postgresql_where=COUNTED,
    )


def downgrade() -> None:
    op.drop_index("ix_experiment_measure", table_name="experiment")
    for name, (table, *_columns) in PLAIN.items():
        op.drop_index(name, table_name=table)
