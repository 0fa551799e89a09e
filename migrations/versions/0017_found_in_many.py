"""names are found by any part of them, and the newest of what holds a word without all the others

While somebody types, the command box looked through all names of forty thousand people. Of a word that stands in each
second of half a million texts the search read every one before it showed the newest.
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAMES: dict[str, tuple[str, ...]] = {
    "barrier": ("text_folded",),
    "customer": ("name",),
    "measure": ("name",),
    "moment_of_truth": ("name",),
    "person": ("name_folded",),
    "storyboard": ("focus_process_folded",),
    "voice": ("words", "why"),
}
SPACE = " || ' ' || "
FUNCTION = """
create or replace function trigrams(name text) returns text[] language sql immutable strict parallel safe cost 1000 as
$$
    select coalesce(array_agg(distinct a || b || c), '{}')
    from (
        select a, lead(a) over (order by place) as b, lead(a, 2) over (order by place) as c
        from unnest(string_to_array(name, null)) with ordinality as letters (a, place)
    ) as three
    where c is not null
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("create virtual table learned_text_terms using fts5vocab(learned_text, instance)")
        for table, names in NAMES.items():
            _beside(table, names)
        # Words that were struck out before this version still lie in the index, among what it has yet to tidy away.
        op.execute("insert into learned_text (learned_text) values ('optimize')")
        return
    op.execute("drop index ix_learned_text_vector")
    op.execute(
        "create index ix_learned_text_vector on learned_text"
        " using gin (vector, (array[id >> 14])) with (gin_pending_list_limit = 256)"
    )
    op.execute(FUNCTION)
    for table, names in NAMES.items():
        told = names[0] if names[0].endswith("_folded") else f"lower({SPACE.join(names)})"
        how = "with (fastupdate = off)"
        op.execute(f"create index ix_{table}_trigrams on {table} using gin (trigrams({told})) {how}")


def _beside(table: str, names: tuple[str, ...]) -> None:
    kept, columns = f"{table}_trigrams", ", ".join(names)
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("old", "new"))
    gone = f"insert into {kept} ({kept}, rowid, {columns}) values ('delete', old.id, {old})"  # noqa: S608 - words of ours
    come = f"insert into {kept} (rowid, {columns}) values (new.id, {new})"  # noqa: S608 - likewise
    settings = f"content = '{table}', content_rowid = 'id', tokenize = 'trigram', detail = none"
    op.execute(f"create virtual table {kept} using fts5({columns}, {settings})")
    op.execute(f"insert into {kept} ({kept}) values ('rebuild')")  # noqa: S608 - likewise
    op.execute(f"create trigger {kept}_come after insert on {table} begin {come}; end")
    op.execute(f"create trigger {kept}_gone after delete on {table} begin {gone}; end")
    op.execute(f"create trigger {kept}_said after update of {columns} on {table} begin {gone}; {come}; end")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in NAMES:
            for when in ("come", "gone", "said"):
                op.execute(f"drop trigger {table}_trigrams_{when}")
            op.execute(f"drop table {table}_trigrams")
        op.execute("drop table learned_text_terms")
        return
    for table in NAMES:
        op.execute(f"drop index ix_{table}_trigrams")
    op.execute("drop function trigrams(text)")
    op.execute("drop index ix_learned_text_vector")
    op.execute("create index ix_learned_text_vector on learned_text using gin (vector)")
