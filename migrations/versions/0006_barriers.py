"""barriers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _barrier()
    op.create_table(
        "barrier_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("barrier_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["barrier_id"], ["barrier.id"], name=op.f("fk_barrier_stop_barrier_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_barrier_stop_area_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_barrier_stop_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_stop")),
    )
    op.create_index(op.f("ix_barrier_stop_barrier_id"), "barrier_stop", ["barrier_id"])
    op.create_table(
        "barrier_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("barrier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_date", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("kind in ('removed', 'promised', 'cannot', 'instead')", name=op.f("ck_barrier_answer_kind")),
        sa.CheckConstraint(
            "(kind = 'promised') = (by_date is not null)", name=op.f("ck_barrier_answer_promise_has_its_day")
        ),
        sa.CheckConstraint("kind not in ('cannot', 'instead') or words <> ''", name=op.f("ck_barrier_answer_says_why")),
        sa.ForeignKeyConstraint(["barrier_id"], ["barrier.id"], name=op.f("fk_barrier_answer_barrier_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_barrier_answer_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_answer")),
    )
    op.create_index(op.f("ix_barrier_answer_barrier_id"), "barrier_answer", ["barrier_id"])


def _barrier() -> None:
    op.create_table(
        "barrier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("obstacle_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_folded", sa.String(), server_default="", nullable=False),
        sa.Column("cost", sa.String(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("promised_for", sa.Date(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('practice', 'procedure', 'programme', 'policy', 'tool', 'skill')", name=op.f("ck_barrier_kind")
        ),
        sa.CheckConstraint(
            "status in ('open', 'removed', 'promised', 'cannot', 'instead')", name=op.f("ck_barrier_status")
        ),
        sa.CheckConstraint(
            "(status = 'promised') = (promised_for is not null)", name=op.f("ck_barrier_promise_has_its_day")
        ),
        sa.CheckConstraint("lead_id is null or lead_id <> id", name=op.f("ck_barrier_not_own_lead")),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_barrier_board_id")),
        sa.ForeignKeyConstraint(["obstacle_id"], ["obstacle.id"], name=op.f("fk_barrier_obstacle_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_barrier_area_id")),
        sa.ForeignKeyConstraint(["moment_id"], ["moment_of_truth.id"], name=op.f("fk_barrier_moment_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_barrier_measure_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_barrier_raised_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["barrier.id"], name=op.f("fk_barrier_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier")),
    )
    op.create_index(op.f("ix_barrier_board_id"), "barrier", ["board_id"])
    op.create_index(op.f("ix_barrier_obstacle_id"), "barrier", ["obstacle_id"])
    op.create_index(op.f("ix_barrier_lead_id"), "barrier", ["lead_id"])
    op.create_index("ix_barrier_area", "barrier", ["area_id", "status"])
    op.create_index("ix_barrier_raised", "barrier", ["raised_at", "id"])
    op.create_index("ix_barrier_raised_by", "barrier", ["raised_by_id", "unread"])
    waiting = sa.text("status in ('open', 'promised')")
    op.create_index(
        "uq_barrier_waiting", "barrier", ["obstacle_id"], unique=True, sqlite_where=waiting, postgresql_where=waiting
    )


def downgrade() -> None:
    for table in ("barrier_answer", "barrier_stop", "barrier"):
        op.drop_table(table)
