"""the whole record can be read by kind, by address and by day

Administrators ask it what happened; without these indexes each question reads all of it.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_activity_kind", "activity", ["subject_type", "verb", "id"], unique=False)
    op.create_index("ix_activity_address", "activity", ["address", "id"], unique=False)
    op.create_index("ix_activity_at", "activity", ["at"], unique=False)


def downgrade() -> None:
    for name in ("ix_activity_at", "ix_activity_address", "ix_activity_kind"):
        op.drop_index(name, table_name="activity")
