"""customers and measures"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MEASURE_CHECKS = {
    "ck_measure_per": "per is null or per > 0",
    "ck_measure_bounds": "low is null or high is null or low < high",
    "ck_measure_cadence": "cadence in ('', 'day', 'week', 'month', 'quarter')",
    "ck_measure_preset": "preset in ('mdc', 'wheeler', 'run')",
    "ck_measure_shift": "shift between 6 and 9",
    "ck_measure_trend": "trend in (0, 6, 7)",
    "ck_measure_baseline": "baseline is null or baseline >= 12",
}
READING_CHECKS = {
    "ck_reading_both_counts": "(numerator is null) = (denominator is null)",
    "ck_reading_denominator": "denominator is null or denominator > 0",
}


def upgrade() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_customer_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("team_id", "name", name=op.f("uq_customer_team_id_name")),
    )
    op.create_table(
        "listening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_listening_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listening")),
        sa.UniqueConstraint("team_id", name=op.f("uq_listening_team_id")),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("partner", sa.String(length=160), nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rhythm in ('week', 'two weeks', 'month', 'quarter')", name=op.f("ck_conversation_rhythm")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_conversation_customer_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_conversation_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_team_id"), ["team_id"], unique=False)

    op.create_table(
        "import_recipe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_import_recipe_by_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_import_recipe_measure_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_import_recipe_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_recipe")),
        sa.UniqueConstraint("measure_id", "name", name=op.f("uq_import_recipe_measure_id_name")),
    )
    with op.batch_alter_table("import_recipe", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_recipe_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index("ix_import_recipe_shape", ["team_id", "shape"], unique=False)

    op.create_table(
        "measure_picture",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_measure_picture_measure_id")),
        sa.PrimaryKeyConstraint("measure_id", name=op.f("pk_measure_picture")),
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_phase_by_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_phase_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
    )
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.create_index(
            "uq_phase_day",
            ["measure_id", "starts_on"],
            unique=True,
            sqlite_where=sa.text("removed_at is null"),
            postgresql_where=sa.text("removed_at is null"),
        )

    op.create_table(
        "conversation_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_conversation_held_by_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_conversation_held_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_held")),
    )
    with op.batch_alter_table("conversation_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_held_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "moment_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_moment_measure_measure_id")),
        sa.ForeignKeyConstraint(["moment_id"], ["moment_of_truth.id"], name=op.f("fk_moment_measure_moment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment_measure")),
        sa.UniqueConstraint("moment_id", "measure_id", name=op.f("uq_moment_measure_moment_id_measure_id")),
    )
    with op.batch_alter_table("moment_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moment_measure_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recipe_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('arrived', 'reading', 'asked', 'saving', 'done', 'refused')", name=op.f("ck_upload_state")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_upload_by_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_upload_measure_id")),
        sa.ForeignKeyConstraint(["recipe_id"], ["import_recipe.id"], name=op.f("fk_upload_recipe_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_upload_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_team_id"), ["team_id"], unique=False)

    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("moment_id", sa.Integer(), nullable=True),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=24), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("says", sa.String(length=24), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_reason", sa.String(length=300), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "says in ('has not worked', 'needs to change', 'someone does better', 'worked well')",
            name=op.f("ck_voice_says"),
        ),
        sa.CheckConstraint(
            "source in ('letter', 'focus group', 'complaint', 'one-to-one', 'survey card', 'market research', 'loyalty and defection', 'panel', 'customer meeting')",
            name=op.f("ck_voice_source"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_voice_by_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation_held.id"], name=op.f("fk_voice_conversation_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_voice_customer_id")),
        sa.ForeignKeyConstraint(["moment_id"], ["moment_of_truth.id"], name=op.f("fk_voice_moment_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_voice_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
    )
    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_moment_id"), ["moment_id"], unique=False)
        batch_op.create_index("ix_voice_team", ["team_id", "heard_on", "id"], unique=False)

    op.create_table(
        "signal_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_signal_answer_board_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_signal_answer_by_id")),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name=op.f("fk_signal_answer_experiment_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_signal_answer_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_answer")),
        sa.UniqueConstraint(
            "board_id", "measure_id", "day", "rule", name=op.f("uq_signal_answer_board_id_measure_id_day_rule")
        ),
    )
    with op.batch_alter_table("signal_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_answer_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "voice_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_voice_wording_by_id")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_voice_wording_voice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_wording")),
    )
    with op.batch_alter_table("voice_wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_wording_voice_id"), ["voice_id"], unique=False)

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("per", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("low", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("high", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("target", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("cadence", sa.String(length=8), server_default="", nullable=False))
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("preset", sa.String(length=8), server_default="mdc", nullable=False))
        batch_op.add_column(sa.Column("shift", sa.Integer(), server_default="7", nullable=False))
        batch_op.add_column(sa.Column("trend", sa.Integer(), server_default="7", nullable=False))
        batch_op.add_column(sa.Column("screened", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("baseline", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_measure_owner_id"), "person", ["owner_id"], ["id"])
        for name, rule in MEASURE_CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(name), rule)

    with op.batch_alter_table("moment_of_truth", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("customer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_index(batch_op.f("ix_moment_of_truth_customer_id"), ["customer_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_moment_of_truth_customer_id"), "customer", ["customer_id"], ["id"])

    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.add_column(sa.Column("numerator", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("denominator", sa.Double(), nullable=True))
        for name, rule in READING_CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(name), rule)


def downgrade() -> None:
    with op.batch_alter_table("reading", schema=None) as batch_op:
        for name in READING_CHECKS:
            batch_op.drop_constraint(batch_op.f(name), type_="check")
        batch_op.drop_column("denominator")
        batch_op.drop_column("numerator")

    with op.batch_alter_table("moment_of_truth", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_moment_of_truth_customer_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_moment_of_truth_customer_id"))
        batch_op.drop_column("version")
        batch_op.drop_column("archived_at")
        batch_op.drop_column("place")
        batch_op.drop_column("customer_id")
        batch_op.drop_column("about")

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_measure_owner_id"), type_="foreignkey")
        for name in MEASURE_CHECKS:
            batch_op.drop_constraint(batch_op.f(name), type_="check")
        batch_op.drop_column("baseline")
        batch_op.drop_column("screened")
        batch_op.drop_column("trend")
        batch_op.drop_column("shift")
        batch_op.drop_column("preset")
        batch_op.drop_column("owner_id")
        batch_op.drop_column("cadence")
        batch_op.drop_column("target")
        batch_op.drop_column("high")
        batch_op.drop_column("low")
        batch_op.drop_column("per")

    with op.batch_alter_table("voice_wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voice_wording_voice_id"))

    op.drop_table("voice_wording")
    with op.batch_alter_table("signal_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_answer_measure_id"))

    op.drop_table("signal_answer")
    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.drop_index("ix_voice_team")
        batch_op.drop_index(batch_op.f("ix_voice_moment_id"))

    op.drop_table("voice")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_team_id"))
        batch_op.drop_index(batch_op.f("ix_upload_by_id"))

    op.drop_table("upload")
    with op.batch_alter_table("moment_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moment_measure_measure_id"))

    op.drop_table("moment_measure")
    with op.batch_alter_table("conversation_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_held_conversation_id"))

    op.drop_table("conversation_held")
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_phase_day", sqlite_where=sa.text("removed_at is null"), postgresql_where=sa.text("removed_at is null")
        )

    op.drop_table("phase")
    op.drop_table("measure_picture")
    with op.batch_alter_table("import_recipe", schema=None) as batch_op:
        batch_op.drop_index("ix_import_recipe_shape")
        batch_op.drop_index(batch_op.f("ix_import_recipe_measure_id"))

    op.drop_table("import_recipe")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_team_id"))

    op.drop_table("conversation")
    op.drop_table("listening")
    op.drop_table("customer")
