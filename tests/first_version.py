"""What version 0001 wrote, as its tables were: every upgrade has to keep it."""

from __future__ import annotations

#: A team with a measure.
FIRST_ROWS = (
    "insert into area (id, name, slug, version) values (1, 'House', 'house', 1)",
    "insert into team (id, name, slug, area_id, practice_days, time_zone, created_at, version)"
    " values (1, 'Desk', 'desk', 1, 31, 'Europe/London', '2026-01-01', 1)",
    "insert into measure (id, team_id, name, definition, unit, better, kind, source, created_at, version)"
    " values (1, 1, 'First-time fix', '', '%', 'up', 'outcome', '', '2026-01-01', 1)",
)
