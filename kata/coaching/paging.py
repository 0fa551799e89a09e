"""Where a page of a list ends, by day and id: a key that travels in the address and needs no look at the database."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, and_, bindparam, or_

_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d{1,9})", re.ASCII)


class Key(NamedTuple):
    """The row after which a page goes on."""

    day: date
    id: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.id}"

    @classmethod
    def read(cls, written: str) -> Key:
        """The key of an address; ``ValueError`` where it is none."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(written)
        return cls(date.fromisoformat(found[1]), int(found[2]))

    @property
    def values(self) -> dict[str, Any]:
        """The values that ``older`` leaves open."""
        return {"key_day": self.day, "key_id": self.id}


def older(day: Any, id_: Any) -> ColumnElement[bool]:
    """Whether a row comes after the key in a list that begins with the newest day."""
    key_day, key_id = bindparam("key_day", type_=Date), bindparam("key_id", type_=Integer)
    return or_(day < key_day, and_(day == key_day, id_ < key_id))
