"""links to stories, the language of a team, and the index of what was learned in it

The index is made anew, in other words and with voices and barriers: ``flask prepare`` fills it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)
OWNERS = ("board_id", "area_id", "team_id")
ONE_OWNER = " + ".join(f"(case when {each} is null then 0 else 1 end)" for each in OWNERS) + " = 1"
POSTGRESQL = (
    "create table learned_text (id integer primary key, words text not null, vector tsvector not null)",
    "create index ix_learned_text_vector on learned_text using gin (vector)",
)
#: Where the words lie, by each engine's own means: now, and before.
TEXT = {
    "sqlite": ("create virtual table learned_text using fts5(words, tokenize = 'unicode61', prefix = '4 5 6')",),
    "postgresql": POSTGRESQL,
}
BEFORE = {
    "sqlite": ("create virtual table learned_text using fts5(words, tokenize = 'porter unicode61', prefix = '2 3 4')",),
    "postgresql": POSTGRESQL,
}


def upgrade() -> None:
    _stories()
    op.add_column("team", sa.Column("language", sa.String(length=2), server_default="en", nullable=False))
    op.create_index(op.f("ix_team_language"), "team", ["language"])
    _drop_index()
    _index(TEXT, (sa.Column("team_id", sa.Integer(), nullable=True),), "one_owner", ONE_OWNER)


def _index(text: dict[str, tuple[str, ...]], more: tuple[sa.Column[int], ...], name: str, rule: str) -> None:
    op.create_table(
        "learned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        *more,
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.CheckConstraint(rule, name=op.f(f"ck_learned_{name}")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_learned_area_id")),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_learned_board_id")),
        *(sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_learned_team_id")) for _each in more),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_learned_measure_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target_condition.id"], name=op.f("fk_learned_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_learned_kind_subject_id")),
    )
    op.create_index("ix_learned_board", "learned", ["board_id", "id"], unique=False)
    for statement in text[op.get_bind().dialect.name]:
        op.execute(statement)


def _drop_index() -> None:
    op.execute("drop table learned_text")
    op.drop_index("ix_learned_board", table_name="learned")
    op.drop_table("learned")


def _stories() -> None:
    op.create_table(
        "story_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("stopped_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["storyboard.id"], name=op.f("fk_story_link_board_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_story_link_made_by_id")),
        sa.ForeignKeyConstraint(["stopped_by_id"], ["person.id"], name=op.f("fk_story_link_stopped_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_story_link_token_hash")),
    )
    op.create_index(op.f("ix_story_link_board_id"), "story_link", ["board_id"])


def downgrade() -> None:
    _drop_index()
    _index(BEFORE, (), "board_or_area", "(board_id is null) <> (area_id is null)")
    op.drop_index(op.f("ix_team_language"), table_name="team")
    with op.batch_alter_table("team") as team:
        team.drop_column("language")
    op.drop_table("story_link")
