"""leadership"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
TOTALS = (
    *("teams", "practising", "boards", "living", "waiting", "waiting_weeks", "waiting_months"),
    *("moments", "moments_worked", "outcomes", "better", "worse"),
    *("answered", "weeks", "weeks_coached", "new_coaches", "experiments", "numbered", "less", "more"),
    *("timed", "learned_1", "learned_3", "learned_7", "learned_14"),
    *("in_time", "late", "not_achieved", "left"),
)
LEVELS = ("novice", "beginner", "competent", "proficient", "expert")
ADDED = (
    ("experiment", "ended_at"),
    ("target_condition", "ended_at"),
    ("coaching_cycle", "held_on"),
    ("challenge", "moment_id"),
)


def upgrade() -> None:
    op.create_table(
        "team_figures",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.JSON(), nullable=False),
        sa.Column("practising_since", sa.Date(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("learners", sa.JSON(), nullable=False),
        sa.Column("seals", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_figures_team_id")),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_team_figures")),
    )
    op.create_table(
        "area_figures",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in TOTALS),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_figures_area_id")),
        sa.PrimaryKeyConstraint("area_id", "day", name=op.f("pk_area_figures")),
    )
    op.create_table(
        "area_people",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_people_area_id")),
        sa.PrimaryKeyConstraint("area_id", "day", name=op.f("pk_area_people")),
    )
    _levels_and_changes()
    for table, column in ADDED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _levels_and_changes() -> None:
    op.create_table(
        "levels_told",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in LEVELS),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_levels_told_area_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_levels_told_skill_id")),
        sa.PrimaryKeyConstraint("area_id", "skill_id", "quarter", name=op.f("pk_levels_told")),
    )
    op.create_table(
        "outcome_change",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("nature", sa.String(length=8), nullable=False),
        sa.CheckConstraint("nature in ('better', 'worse', 'neither')", name=op.f("ck_outcome_change_nature")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_outcome_change_measure_id")),
        sa.PrimaryKeyConstraint("measure_id", "day", name=op.f("pk_outcome_change")),
    )
    op.create_index(op.f("ix_outcome_change_day"), "outcome_change", ["day"])
    op.create_table(
        "figures_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tree", sa.String(length=64), nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("levels_until", sa.Date(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_figures_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures_state")),
    )


def downgrade() -> None:
    for table, column in ADDED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("figures_state", "outcome_change", "levels_told", "area_people", "area_figures", "team_figures"):
        op.drop_table(table)
