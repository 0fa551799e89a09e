"""Where the texts of every room name somebody, and striking the name out of them.

All free texts of all tables are looked through, so that a room that is added tomorrow is not forgotten: a text column
that holds more than a code, and what JSON columns say. The rooms above only say of which of their texts an
administrator may see the words (``show``); of all others they learn the number.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    LargeBinary,
    String,
    UniqueConstraint,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from kata.access.policy import Viewer
from kata.activity.actions import strike as strike_events
from kata.activity.models import Activity, EditableInPart
from kata.extensions import Model, db, fetch
from kata.identity.mentions import Form, mentions, rewritten, struck, texts_in

#: A text column no longer than this holds a code, a unit or a checksum, and no sentence.
LONGEST_CODE = 64
#: Whose texts are other people's names and addresses, taken out by those who know them, or made of others' texts.
APART = {"person", "sign_in_session", "invitation", "activity", "endpoint", "mail", "address_change", "team_figures"}
#: JSON in which people write; in other JSON stand codes too, so only names that can be nothing else are struck there.
PROSE_IN_JSON = {("current_condition", "steps")}
PLACES_SHOWN = 100
#: How much of a text is shown on either side of the name.
AROUND = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """What an administrator sees of a table: how one of its things is called, where it stands, which they may read.

    ``address`` takes the row's number as ``{id}`` and the column ``near`` as ``{near}``.
    """

    label: Any
    address: str
    near: str
    readable: Callable[[Viewer], ColumnElement[bool]]


_shown: dict[str, Shown] = {}


def show(model: Any, label: Any, address: str, *, readable: Callable[[Viewer], Any], near: str = "id") -> None:
    """Let administrators read where the texts of ``model`` name somebody, in the rows that are readable to them."""
    _shown[model.__tablename__] = Shown(label, address, near, readable)


@dataclass(frozen=True, slots=True)
class Place:
    """A text that names somebody: what it is, where it stands, and the words around the name."""

    label: str
    address: str
    before: str
    name: str
    after: str


@dataclass(slots=True)
class Traces:
    """How many texts name somebody in each way: that stand now, and in the record of what stood before."""

    standing: Counter[str] = field(default_factory=Counter)
    recorded: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    more: int = 0
    unread: int = 0


def traces(forms: Sequence[Form], viewer: Viewer) -> Traces:
    """Where somebody is named by one of ``forms``, as far as the viewer may read it."""
    found = Traces()
    for hit in _standing(forms, viewer):
        found.standing.update({each.form.key for text in hit.texts for each in mentions(text, hit.forms)})
        if not hit.readable:
            found.unread += 1
        elif len(found.places) < PLACES_SHOWN:
            found.places.append(_place(hit))
        else:
            found.more += 1
    for event in _recorded(forms):
        found.recorded.update(event.named_by())
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """What names somebody by one of ``forms``, as it was written up to event ``last``."""

    forms: Sequence[Form]
    hits: Sequence[Hit]
    events: Sequence[Event]
    last: int

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(str(hit.column.table.name) for hit in self.hits)


def find(forms: Sequence[Form]) -> Found:
    """Look through every text and the whole record; takes seconds in a large installation, and needs no lock."""
    if not forms:
        return Found(forms, (), (), 0)
    last = db.session.scalar(select(func.max(Activity.id))) or 0
    return Found(forms, list(_standing(forms, None)), list(_recorded(forms)), last)


def strike(found: Found, instead: str) -> None:
    """Put ``instead`` in place of the name in every text that was found, as it stands now, and in the record.

    The rows are written one by one, so that each gets another version (nobody who edits one meanwhile puts the name
    back unseen) and every index follows. What was told since the look is looked at too.
    """
    for hit in found.hits:
        _strike_row(hit, instead)
    db.session.flush()
    if found.forms:
        told = [*found.events, *_recorded(found.forms, after=found.last)]
        strike_events((event.id, event.rewritten(instead)) for event in told)


# Texts that stand now -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A text column of a row that names somebody; ``forms`` are the ways in which it may name them."""

    model: Any
    column: Column[Any]
    id: int
    near: int
    readable: bool
    texts: tuple[str, ...]
    forms: Sequence[Form]


def _standing(forms: Sequence[Form], viewer: Viewer | None) -> Iterator[Hit]:
    """One statement for all tables; what it finds by a coarse look is looked at word by word."""
    columns = list(_columns())
    parts = [_told(number, column, viewer).where(_likely(column, forms)) for number, (_, column) in enumerate(columns)]
    for number, id_, near, readable, kept in fetch(union_all(*parts)).all():
        model, column = columns[number]
        known = _forms_for(column, forms)
        texts = tuple(text for text in texts_in(_value(column, kept)) if mentions(text, known))
        if texts:
            yield Hit(model, column, id_, near, bool(readable), texts, known)


def _columns() -> Iterator[tuple[Any, Column[Any]]]:
    """Every text column in which people write, with its model. What is kept folded or indexed follows its source."""
    models = {mapper.local_table: mapper.class_ for mapper in Model.registry.mappers}
    for table in Model.metadata.sorted_tables:  # a board before what is on it: the order in which everybody locks them
        if table.name in APART or "beside" in table.info:
            continue
        for column in table.columns:
            if _holds_words(column):
                yield models[table], column


def _holds_words(column: Column[Any]) -> bool:
    if isinstance(column.type, JSON):
        return True
    if not isinstance(column.type, String) or column.name == "slug" or column.name.endswith("_folded"):
        return False
    return column.type.length is None or column.type.length > LONGEST_CODE


def _forms_for(column: Column[Any], forms: Sequence[Form]) -> Sequence[Form]:
    codes = isinstance(column.type, JSON) and (column.table.name, column.name) not in PROSE_IN_JSON
    return [form for form in forms if form.whole] if codes else forms


def _told(number: int, column: Column[Any], viewer: Viewer | None) -> Any:
    """The branch of the statement that looks into one column."""
    (key,) = column.table.primary_key
    shown = _shown.get(column.table.name)
    near = column.table.c[shown.near] if shown else key
    readable = shown.readable(viewer) if shown and viewer else false()
    return select(
        literal_column(str(number)), key, near, case((readable, 1), else_=0), cast(column, String).label("kept")
    ).select_from(column.table)


def _likely(column: Column[Any], forms: Sequence[Form]) -> ColumnElement[bool]:
    """Whether the column may hold one of the names: a first word as it is, or letters that have to be folded."""
    plain: Any = cast(column, String)
    words = {form.words[0] for form in forms}
    ways = [func.lower(plain).contains(word, autoescape=True) for word in sorted(words) if word.isascii()]
    if isinstance(column.type, JSON):
        return or_(plain.contains("\\u", autoescape=True), *ways)
    octets = (
        func.octet_length(plain) if db.engine.dialect.name == "postgresql" else func.length(cast(plain, LargeBinary))
    )
    return or_(octets > func.length(plain), *ways)


def _value(column: Column[Any], kept: str) -> Any:
    return json.loads(kept) if isinstance(column.type, JSON) else kept


def _place(hit: Hit) -> Place:
    text = hit.texts[0]
    at, shown = mentions(text, hit.forms)[0], _shown[hit.column.table.name]
    before, after = text[: at.start], text[at.end :]
    return Place(
        label=str(shown.label),
        address=shown.address.format(id=hit.id, near=hit.near),
        before=before if len(before) <= AROUND else f"… {before[-AROUND:].split(' ', 1)[-1]}",
        name=text[at.start : at.end],
        after=after if len(after) <= AROUND else f"{after[:AROUND].rsplit(' ', 1)[0]} …",
    )


def _strike_row(hit: Hit, instead: str) -> None:
    row = db.session.get_one(hit.model, hit.id, with_for_update=True)
    name = hit.column.name
    length = getattr(hit.column.type, "length", None)
    if _is_unique(hit.column):  # two things of one team may not bear one name, even where both named the same person
        instead = f"{instead[:-1]} {hit.id}{instead[-1]}"
    version = row.version if isinstance(row, EditableInPart) else None
    setattr(row, name, rewritten(getattr(row, name), lambda text: struck(text, hit.forms, instead)[:length]))
    if version is not None and row.version == version:
        row.version += 1


def _is_unique(column: Column[Any]) -> bool:
    return any(
        isinstance(constraint, UniqueConstraint) and column in constraint.columns.values()
        for constraint in column.table.constraints
    )


# What the record tells of texts that stood before ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """An event whose snapshot names somebody; ``forms`` by field are the ways in which each may name them."""

    id: int
    snapshot: dict[str, Any]
    forms: dict[str, Sequence[Form]]

    def named_by(self) -> set[str]:
        return {
            mention.form.key
            for name, forms in self.forms.items()
            for text in texts_in(self.snapshot[name])
            for mention in mentions(text, forms)
        }

    def rewritten(self, instead: str) -> dict[str, Any]:
        left = {
            name: rewritten(self.snapshot[name], lambda text, forms=forms: struck(text, forms, instead))  # type: ignore[misc]  # a default is how a lambda keeps a loop's value
            for name, forms in self.forms.items()
        }
        return {**self.snapshot, **left}


def _recorded(forms: Sequence[Form], *, after: int = 0) -> Iterator[Event]:
    column: Any = Activity.__table__.c.snapshot
    told = select(Activity.id, Activity.subject_type, Activity.snapshot).where(
        Activity.id > after, Activity.subject_type.not_in(APART), _likely(column, forms)
    )
    ways = cache(lambda subject_type, name: _forms_in(subject_type, name, forms))  # asked once a kind of event
    for id_, subject_type, snapshot in fetch(told).all():
        fields = {name: known for name in snapshot or {} if (known := ways(subject_type, name))}
        event = Event(id_, snapshot or {}, fields)
        if event.named_by():
            yield event


def _forms_in(subject_type: str, name: str, forms: Sequence[Form]) -> Sequence[Form]:
    """In which ways a field of a snapshot may name somebody; what is told beside the columns was written by people."""
    table = db.metadata.tables.get(subject_type)
    if table is None or name not in table.columns:
        return forms
    return _forms_for(table.columns[name], forms) if _holds_words(table.columns[name]) else ()
