"""barriers can be taken back, everyone who waits has news of their own, and what serves a challenge is found"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATUS = "status in ('open', 'removed', 'promised', 'cannot', 'instead'{more})"
NEW = ("back_why", "back_words", "back_at", "back_by_id")


def upgrade() -> None:
    op.create_index(op.f("ix_challenge_serves_id"), "challenge", ["serves_id"])
    op.create_table(
        "barrier_news",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("barrier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_barrier_news_person_id")),
        sa.ForeignKeyConstraint(["barrier_id"], ["barrier.id"], name=op.f("fk_barrier_news_barrier_id")),
        sa.PrimaryKeyConstraint("person_id", "barrier_id", name=op.f("pk_barrier_news")),
    )
    op.create_index(op.f("ix_barrier_news_barrier_id"), "barrier_news", ["barrier_id"])
    op.execute(
        "insert into barrier_news (person_id, barrier_id) select raised_by_id, id from barrier where unread = true"
    )
    op.drop_index("ix_barrier_raised_by", table_name="barrier")
    with op.batch_alter_table("barrier") as batch_op:
        batch_op.drop_column("unread")
        batch_op.add_column(sa.Column("back_why", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("back_words", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("back_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("back_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_barrier_back_by_id"), "person", ["back_by_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("ck_barrier_status"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_barrier_status"), STATUS.format(more=", 'taken_back'"))
        batch_op.create_check_constraint(batch_op.f("ck_barrier_back_why"), "back_why in ('ourselves', 'gone')")
        batch_op.create_check_constraint(
            batch_op.f("ck_barrier_back_has_its_reason"), "(status = 'taken_back') = (back_why is not null)"
        )


def downgrade() -> None:
    """A barrier that was taken back is told as one that was removed, which is how the version before can say it."""
    with op.batch_alter_table("barrier") as batch_op:
        batch_op.add_column(sa.Column("unread", sa.Boolean(), server_default=sa.false(), nullable=False))
        for name in ("ck_barrier_back_has_its_reason", "ck_barrier_back_why", "ck_barrier_status"):
            batch_op.drop_constraint(batch_op.f(name), type_="check")
    op.execute("update barrier set status = 'removed', answered_at = back_at where status = 'taken_back'")
    op.execute(
        "update barrier set unread = true where exists (select 1 from barrier_news"
        " where barrier_news.barrier_id = barrier.id and barrier_news.person_id = barrier.raised_by_id)"
    )
    with op.batch_alter_table("barrier") as batch_op:
        batch_op.alter_column("unread", existing_type=sa.Boolean(), server_default=None)
        batch_op.create_check_constraint(batch_op.f("ck_barrier_status"), STATUS.format(more=""))
        batch_op.drop_constraint(batch_op.f("fk_barrier_back_by_id"), type_="foreignkey")
        for column in NEW:
            batch_op.drop_column(column)
    op.create_index("ix_barrier_raised_by", "barrier", ["raised_by_id", "unread"])
    op.drop_table("barrier_news")
    op.drop_index(op.f("ix_challenge_serves_id"), table_name="challenge")
