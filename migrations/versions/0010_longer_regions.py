"""parts of a region with holidays of their own have longer names"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SHORT, LONG = sa.String(length=10), sa.String(length=40)


def upgrade() -> None:
    with op.batch_alter_table("team") as batch_op:
        batch_op.alter_column("region", existing_type=SHORT, type_=LONG, existing_server_default="")


def downgrade() -> None:
    """A team in a region with a longer name has to choose again."""
    team = sa.table("team", sa.column("region", sa.String))
    op.execute(team.update().where(sa.func.length(team.c.region) > SHORT.length).values(region=""))
    with op.batch_alter_table("team") as batch_op:
        batch_op.alter_column("region", existing_type=LONG, type_=SHORT, existing_server_default="")
