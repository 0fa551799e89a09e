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
    "ix_voice_heard": ("voice", "heard_on", "id"),
}
#: Indexes of some rows alone: the table, its columns, and which rows.
PARTIAL: dict[str, tuple[str, list[str], str]] = {
    "ix_experiment_measure": ("experiment", ["measure_id"], "measure_id is not null"),
    "ix_person_found": ("person", ["name", "id", "name_folded"], "disabled_at is null"),
}


def upgrade() -> None:
    for name, (table, *columns) in PLAIN.items():
        op.create_index(name, table, columns, unique=False)
    for name, (table, columns, which) in PARTIAL.items():
        rows = sa.text(which)
        op.create_index(name, table, columns, unique=False, sqlite_where=rows, postgresql_where=rows)


def downgrade() -> None:
    for name, (table, *_columns) in (PARTIAL | PLAIN).items():
        op.drop_index(name, table_name=table)
