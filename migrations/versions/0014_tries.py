"""how often an obstacle was tried is counted by an index

Each obstacle of a board asks it; without one, SQLite and PostgreSQL read the experiments of everybody for each.
"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_experiment_obstacle", "experiment", ["obstacle_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_experiment_obstacle", table_name="experiment")
