"""How a statement that is kept is put to the database: its text, and what becomes of values and columns, known already.

SQLAlchemy goes from a statement to its text, its values in their order and the makers of its columns each time it is
asked, which takes three times as long as SQLite needs to answer. A statement that comes for a second time is one that
a room keeps: from then on it goes to the driver as text, in the same connection and transaction, and its rows are the
same. What is made anew for each request goes the usual way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Executable, Result
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler

Maker = Callable[[Any], Any]

#: More than the rooms keep; beyond that all are forgotten, and those that are kept come back by themselves.
STATEMENTS = 1000
#: So many lengths of lists are remembered for a statement that takes some; others are worked out as they come.
LENGTHS = 64


def ask(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
    """The rows of a statement that selects columns."""
    known = _known.get(statement)
    if known is None:
        if len(_known) > STATEMENTS:
            _known.clear()
        _known[statement] = {}
        return connection.execute(statement, values)
    dialect = connection.dialect.name
    if dialect not in known:
        answer = connection.execute(statement, values)
        known[dialect] = _plan(connection, statement, answer)
        return answer
    plan = known[dialect]
    return connection.execute(statement, values) if plan is None else plan.ask(connection, values)


_known: WeakKeyDictionary[Executable, dict[str, Plan | None]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Text:
    """A statement for lists of certain lengths: the text, and the names of its values in the order of the text.

    ``spread`` says under which names the elements of each list go.
    """

    sql: str
    order: Sequence[str] | None
    spread: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Plan:
    """A statement as one engine's driver takes it; ``lists`` are the names of the values that are lists."""

    compiled: SQLCompiler
    constants: Mapping[str, Any]
    makers: Mapping[str, Maker]
    lists: tuple[str, ...]
    columns: SimpleResultMetaData
    texts: dict[tuple[int, ...], Text] = field(default_factory=dict)

    def ask(self, connection: Connection, values: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
        text = self._text(values)
        given = {**self.constants, **values}
        for name, maker in self.makers.items():
            given[name] = [maker(each) for each in given[name]] if name in text.spread else maker(given[name])
        for name, elements in text.spread.items():
            given.update(zip(elements, given.pop(name), strict=True))
        sent: Any = given if text.order is None else tuple([given[name] for name in text.order])
        return IteratorResult(self.columns, iter(connection.exec_driver_sql(text.sql, sent).all()))

    def _text(self, values: Mapping[str, Any]) -> Text:
        lengths = tuple([len(values[name]) for name in self.lists])
        found = self.texts.get(lengths)
        if found is None:
            found = _text(self.compiled, {**self.constants, **values})
            if len(self.texts) < LENGTHS:
                self.texts[lengths] = found
        return found


def _plan(connection: Connection, statement: Any, answer: Any) -> Plan | None:
    """The plan of a statement that was just answered; ``None`` for one that has to be worked out each time."""
    dialect = connection.dialect
    compiled: SQLCompiler = statement.compile(dialect=dialect)
    types = [column.type for column in statement.selected_columns]
    names = list(answer.keys())
    if any(bind.required for bind in compiled.literal_execute_params) or len(types) != len(names):
        return None
    kinds = [each[1] for each in answer.cursor.description]
    readers = [of.dialect_impl(dialect).result_processor(dialect, kind) for of, kind in zip(types, kinds, strict=True)]
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    writers = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    return Plan(
        compiled=compiled,
        constants={name: bind.value for name, bind in binds.items() if not bind.required},
        makers={name: maker for name, maker in writers.items() if maker is not None},
        lists=tuple(name for name, bind in binds.items() if bind.expanding and bind.required),
        columns=SimpleResultMetaData(names, _processors=readers if any(readers) else None),
    )


def _text(compiled: SQLCompiler, values: Mapping[str, Any]) -> Text:
    if not compiled.post_compile_params and not compiled.literal_execute_params:
        return Text(compiled.string, compiled.positiontup, {})
    state = compiled.construct_expanded_state(values, escape_names=False)
    return Text(state.statement, state.positiontup, state.parameter_expansion)
