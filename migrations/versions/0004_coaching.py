"""coaching"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: What an installation starts with; administrators adapt it. Each skill with what a coach sees at its five levels.
SKILLS = (
    (
        "improvement",
        "Understand the direction",
        "Reads the challenge from the board when asked for it.",
        "Says the challenge and its measure, and needs help to say what the customer would notice.",
        "Says in own words what the customer would notice, by when, and what this process has to do with it.",
        "Notices without being asked when the work drifts away from the direction, and brings it back.",
        "Helps others to find a direction worth having, and to tie theirs to the one above it.",
    ),
    (
        "improvement",
        "Grasp the current condition",
        "Describes the process from memory, or from what others say.",
        "Goes and looks when reminded; facts and reasons still come mixed.",
        "Goes and sees, draws the steps, counts, and keeps facts apart from what they make of them.",
        "Chooses what to count so that the pattern shows, and looks afresh before every target condition.",
        "Teaches others to see: asks for the place, the time and the number until they find the pattern themselves.",
    ),
    (
        "improvement",
        "Set a target condition",
        "Names a result or a list of tasks as the target condition.",
        "Names a pattern with a number and a date when the coach asks for each of them.",
        "Describes how the process should run, with an outcome and a process measure, by a date that holds.",
        "Sets target conditions just beyond what is known how to reach, and learns from those that are missed.",
        "Helps others to find the next condition without giving it to them.",
    ),
    (
        "improvement",
        "Identify and focus obstacles",
        "Lists wishes and missing solutions as obstacles.",
        "Describes what happens in the process when asked; works on several obstacles at once.",
        "Describes obstacles as seen in the process, and works on one until it is gone or known better.",
        "Chooses the obstacle from which most can be learned next, and says why.",
        "Helps others to tell an obstacle from a solution in disguise.",
    ),
    (
        "improvement",
        "Design an experiment",
        "Does what seems right, and calls it an experiment.",
        "Plans a step with a day, several things changed at once.",
        "Changes one thing, small and soon, and says beforehand what will be measured and how.",
        "Picks the kind of step by what is not yet known, and makes it cheaper and sooner than others would.",
        "Helps others to find the smallest step that tells them something.",
    ),
    (
        "improvement",
        "Predict and learn",
        "Writes the expectation after the result, or something that cannot fail.",
        "Expects something before looking; explains away what did not fit.",
        "Predicts what can be checked, writes what happened as seen, and what the difference taught.",
        "Looks for the surprise, says what was thought wrong, and uses it in the next step.",
        "Makes it safe for others to be wrong, and worth their while.",
    ),
    (
        "coaching",
        "Ask in order",
        "Reads the questions from the card; skips some, or answers them.",
        "Asks all of them in order when nothing disturbs.",
        "Asks in order without the card, with the learner at the board and both looking at the same part of it.",
        "Comes back to the order after every detour, without the learner noticing.",
        "Teaches other coaches why the order is as it is.",
    ),
    (
        "coaching",
        "Listen for the threshold",
        "Hears whether the answer is right by their own opinion.",
        "Notices words such as “I think” afterwards.",
        "Notices during the answer where facts end and guessing begins, and stops there.",
        "Makes the threshold visible without showing the learner up.",
        "Helps other coaches to hear it.",
    ),
    (
        "coaching",
        "Follow up",
        "Follows a vague answer with a suggestion, or with a question that holds one.",
        "Follows with a prepared question that fits only sometimes.",
        "Follows with one short open question, then waits.",
        "Chooses the question that lets the learner see what they have not looked at.",
        "Helps other coaches to ask less and hear more.",
    ),
    (
        "coaching",
        "Give feedback on the pattern",
        "Praises or corrects the result or the solution.",
        "Says something about how the learner worked, in general words.",
        "Says what was seen of the learner’s pattern, with one example, and one thing to practise.",
        "Finds the one thing that helps this learner most now, and says it so that it is tried next time.",
        "Gives coaches such feedback, and lets them find half of it.",
    ),
    (
        "coaching",
        "Plan the next cycle",
        "Ends without saying when the next one is.",
        "Agrees on a day, and often moves it.",
        "Agrees on the step, the day to go and see, and the next cycle, and keeps them.",
        "Goes to the place with the learner on the day, and fits the rhythm to the learner’s need.",
        "Keeps a whole chain of coaching alive, their own included.",
    ),
)


def upgrade() -> None:
    skill = op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kata", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("novice", sa.String(), nullable=False),
        sa.Column("beginner", sa.String(), nullable=False),
        sa.Column("competent", sa.String(), nullable=False),
        sa.Column("proficient", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kata in ('improvement', 'coaching')", name=op.f("ck_skill_kata")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "coaching_visit",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coaching_visit_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_coaching_visit")),
    )
    op.create_table(
        "coaching_rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("days between 1 and 127", name=op.f("ck_coaching_rhythm_days")),
        sa.CheckConstraint("minutes between 5 and 120", name=op.f("ck_coaching_rhythm_minutes")),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_coaching_rhythm_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_rhythm")),
        sa.UniqueConstraint("board_id", name=op.f("uq_coaching_rhythm_board_id")),
    )
    op.create_table(
        "coaching_cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("threshold", sa.String(length=10), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'running') = (ended_at is null)", name=op.f("ck_coaching_cycle_ended_with_status")
        ),
        sa.CheckConstraint("status in ('running', 'held', 'broken off')", name=op.f("ck_coaching_cycle_status")),
        sa.CheckConstraint("coach_id <> learner_id", name=op.f("ck_coaching_cycle_coach_not_learner")),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_coaching_cycle_board_id")),
        sa.ForeignKeyConstraint(["coach_id"], ["person.id"], name=op.f("fk_coaching_cycle_coach_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["person.id"], name=op.f("fk_coaching_cycle_learner_id")),
        sa.ForeignKeyConstraint(["step_id"], ["experiment.id"], name=op.f("fk_coaching_cycle_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_cycle")),
    )
    with op.batch_alter_table("coaching_cycle", schema=None) as batch_op:
        batch_op.create_index("ix_coaching_cycle_board", ["board_id", "id"], unique=False)
        batch_op.create_index("ix_coaching_cycle_coach", ["coach_id", "id"], unique=False)
        batch_op.create_index("ix_coaching_cycle_held", ["board_id", "held_on"], unique=False)
        batch_op.create_index("ix_coaching_cycle_learner", ["learner_id", "held_on", "id"], unique=False)
        batch_op.create_index(
            "uq_coaching_cycle_running",
            ["board_id"],
            unique=True,
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )

    op.create_table(
        "coaching_observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=10), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("coach_said", sa.String(), nullable=False),
        sa.Column("learner_said", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_coaching_observation_by_id")),
        sa.ForeignKeyConstraint(["coach_id"], ["person.id"], name=op.f("fk_coaching_observation_coach_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["coaching_cycle.id"], name=op.f("fk_coaching_observation_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_observation")),
        sa.UniqueConstraint(
            "cycle_id",
            "question",
            "by_id",
            "coach_id",
            name=op.f("uq_coaching_observation_cycle_id_question_by_id_coach_id"),
        ),
    )
    op.create_table(
        "cycle_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["coaching_cycle.id"], name=op.f("fk_cycle_note_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_note")),
        sa.UniqueConstraint("cycle_id", "part", name=op.f("uq_cycle_note_cycle_id_part")),
    )
    op.create_table(
        "instruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=10), nullable=False),
        sa.Column("trigger", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("habit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_instruction_by_id")),
        sa.ForeignKeyConstraint(["coach_id"], ["person.id"], name=op.f("fk_instruction_coach_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["coaching_cycle.id"], name=op.f("fk_instruction_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
        sa.UniqueConstraint("cycle_id", "by_id", name=op.f("uq_instruction_cycle_id_by_id")),
    )
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.create_index("ix_instruction_by", ["by_id"], unique=False)
        batch_op.create_index("ix_instruction_coach", ["coach_id", "habit_at"], unique=False)

    op.create_table(
        "observed_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level between 1 and 5", name=op.f("ck_observed_level_level")),
        sa.CheckConstraint("person_id <> by_id", name=op.f("ck_observed_level_no_self_score")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_observed_level_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["coaching_cycle.id"], name=op.f("fk_observed_level_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_observed_level_person_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_observed_level_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observed_level")),
    )
    with op.batch_alter_table("observed_level", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observed_level_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(
            "ix_observed_level_person", ["person_id", "skill_id", "observed_on", "id", "level"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_observed_level_skill_id"), ["skill_id"], unique=False)

    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("country", sa.String(length=2), server_default="", nullable=False))
        batch_op.add_column(sa.Column("region", sa.String(length=10), server_default="", nullable=False))

    names = ("kata", "name", "novice", "beginner", "competent", "proficient", "expert")
    rows = [dict(zip(names, words, strict=True), position=at, version=1) for at, words in enumerate(SKILLS, 1)]
    op.bulk_insert(skill, rows)


def downgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_column("region")
        batch_op.drop_column("country")

    with op.batch_alter_table("observed_level", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observed_level_skill_id"))
        batch_op.drop_index("ix_observed_level_person")
        batch_op.drop_index(batch_op.f("ix_observed_level_cycle_id"))

    op.drop_table("observed_level")
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.drop_index("ix_instruction_coach")
        batch_op.drop_index("ix_instruction_by")

    op.drop_table("instruction")
    op.drop_table("cycle_note")
    op.drop_table("coaching_observation")
    with op.batch_alter_table("coaching_cycle", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_coaching_cycle_running",
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )
        batch_op.drop_index("ix_coaching_cycle_learner")
        batch_op.drop_index("ix_coaching_cycle_held")
        batch_op.drop_index("ix_coaching_cycle_coach")
        batch_op.drop_index("ix_coaching_cycle_board")

    op.drop_table("coaching_cycle")
    op.drop_table("coaching_rhythm")
    op.drop_table("coaching_visit")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_person_id"))

    op.drop_table("calendar_feed")
    op.drop_table("skill")
