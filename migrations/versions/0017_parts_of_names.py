"""names are found by any part of them

While somebody types, the command box looked through all names of forty thousand people.
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAMES = (
    ("barrier", "text_folded"),
    ("customer", "name"),
    ("measure", "name"),
    ("moment_of_truth", "name"),
    ("person", "name_folded"),
    ("storyboard", "focus_process_folded"),
)
FUNCTION = """
create or replace function trigrams(name text) returns text[] language sql immutable strict parallel safe cost 1000 as
$$ select coalesce(array_agg(distinct substr(name, at, 3)), '{}') from generate_series(1, length(name) - 2) at $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, name in NAMES:
            _beside(table, name)
        return
    op.execute(FUNCTION)
    for table, name in NAMES:
        told = name if name.endswith("_folded") else f"lower({name})"
        how = "with (fastupdate = off)"
        op.execute(f"create index ix_{table}_trigrams on {table} using gin (trigrams({told})) {how}")


def _beside(table: str, name: str) -> None:
    kept = f"{table}_trigrams"
    settings = f"content = '{table}', content_rowid = 'id', tokenize = 'trigram', detail = none"
    gone = f"insert into {kept} ({kept}, rowid, {name}) values ('delete', old.id, old.{name})"  # noqa: S608 - words of ours
    come = f"insert into {kept} (rowid, {name}) values (new.id, new.{name})"  # noqa: S608 - likewise
    op.execute(f"create virtual table {kept} using fts5({name}, {settings})")
    op.execute(f"insert into {kept} ({kept}) values ('rebuild')")  # noqa: S608 - likewise
    op.execute(f"create trigger {kept}_come after insert on {table} begin {come}; end")
    op.execute(f"create trigger {kept}_gone after delete on {table} begin {gone}; end")
    op.execute(f"create trigger {kept}_said after update of {name} on {table} begin {gone}; {come}; end")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, _name in NAMES:
            for when in ("come", "gone", "said"):
                op.execute(f"drop trigger {table}_trigrams_{when}")
            op.execute(f"drop table {table}_trigrams")
        return
    for table, _name in NAMES:
        op.execute(f"drop index ix_{table}_trigrams")
    op.execute("drop function trigrams(text)")
