"""people can be anonymised"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CHECK = "ck_person_nobody_gets_in_by_it"


def upgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f(CHECK),
            "anonymised_at is null or (email is null and password_hash is null and disabled_at is not null)",
        )


def downgrade() -> None:
    """The names are gone for good: whoever was anonymised stays a closed account, named by the mark alone."""
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.drop_column("anonymised_at")
