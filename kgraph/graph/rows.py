"""Rows as columns: how a frozen dataclass of the model becomes an Arrow table, and back without change.

The schema follows from the types of the model, so a new field is a new column. A nested dataclass is laid flat: the
quote of a relation's evidence is the column `evidence_quote`, the lower end of its value `value_low`. Enumerations are
their strings, decimals exact decimal text, tuples lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pyarrow as pa

Row = TypeVar("Row")


@dataclass(frozen=True)
class _Leaf:
    """A value that fills one column. `encode` and `decode` are None where the value goes in as it is."""

    arrow: Any
    encode: Callable[[Any], Any] | None = None
    decode: Callable[[Any], Any] | None = None


@cache
def _hints(row: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Return (name, type, may be None) of each field."""
    hints = get_type_hints(row)
    found = []
    for field in fields(row):
        hint = hints[field.name]
        arguments = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        bare = [argument for argument in arguments if argument is not NoneType]
        found.append((field.name, bare[0], len(bare) < len(arguments)))
    return tuple(found)


@cache
def _leaf(kind: Any) -> _Leaf:
    if kind is str:
        return _Leaf(pa.string())
    if kind is bool:
        return _Leaf(pa.bool_())
    if kind is int:
        return _Leaf(pa.int64())
    if kind is float:
        return _Leaf(pa.float64())
    if kind is Decimal:
        return _Leaf(pa.string(), str, Decimal)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _Leaf(pa.string(), str, {member.value: member for member in kind}.__getitem__)
    if get_origin(kind) is tuple:
        inner, *_ = get_args(kind)
        if inner is str:
            return _Leaf(pa.list_(pa.string()), list, tuple)
        return _Leaf(pa.list_(pa.struct(list(schema(inner)))), _structs, lambda rows: _from_structs(inner, rows))
    raise TypeError(f"no column holds a {kind}")


def _structs(rows: Sequence[Any]) -> list[dict[str, Any]]:
    names = [field.name for field in fields(rows[0])] if rows else []
    return [{name: getattr(row, name) for name in names} for row in rows]


def _from_structs(row: Any, dicts: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    leaves = [(name, _leaf(kind).decode) for name, kind, _ in _hints(row)]
    return tuple(row(*(decode(d[name]) if decode else d[name] for name, decode in leaves)) for d in dicts)


def _is_nested(kind: Any) -> bool:
    return is_dataclass(kind)


def schema(row: type) -> pa.Schema:
    """Return the columns of a row type."""
    return pa.schema(list(_columns(row, "", False)))


def _columns(row: type, prefix: str, optional: bool) -> Iterator[pa.Field]:
    for name, kind, may_be_none in _hints(row):
        nullable = optional or may_be_none
        if _is_nested(kind):
            yield from _columns(kind, f"{prefix}{name}_", nullable)
        else:
            yield pa.field(prefix + name, _leaf(kind).arrow, nullable=nullable)


def to_table(row: type, rows: Sequence[Any]) -> pa.Table:
    """Return the rows as a table with the columns of `schema(row)`. Lone surrogates, which no file of UTF-8 can hold,
    become U+FFFD."""
    columns = schema(row)
    return pa.Table.from_arrays(
        [_array(values, field.type) for values, field in zip(_values(row, rows), columns, strict=True)], schema=columns
    )


def _values(row: type, rows: Sequence[Any]) -> Iterator[list[Any]]:
    for name, kind, _ in _hints(row):
        values = [None if r is None else getattr(r, name) for r in rows]
        if _is_nested(kind):
            yield from _values(kind, values)
        elif (encode := _leaf(kind).encode) is not None and encode is not list:
            yield [None if value is None else encode(value) for value in values]
        else:
            yield values


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, type=kind)
    except UnicodeEncodeError:
        return pa.array([_clean(value) for value in values], type=kind)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_clean(item) for item in value]
    return value


def from_table(row: type[Row], table: pa.Table) -> tuple[Row, ...]:
    """Return the rows of a table that `to_table` made; KeyError if a column is missing."""
    lists = list(_fields(row, table, ""))
    return tuple(row(*values) for values in zip(*lists, strict=True))


def _fields(row: type, table: pa.Table, prefix: str) -> Iterator[list[Any]]:
    for name, kind, may_be_none in _hints(row):
        if _is_nested(kind):
            parts = list(_fields(kind, table, f"{prefix}{name}_"))
            # the first field of a nested row is never empty unless the whole row is
            yield [None if may_be_none and part[0] is None else kind(*part) for part in zip(*parts, strict=True)]
        else:
            yield _decoded(table.column(prefix + name).to_pylist(), _leaf(kind).decode)


def _decoded(values: list[Any], decode: Callable[[Any], Any] | None) -> list[Any]:
    if decode is None:
        return values
    return [None if value is None else decode(value) for value in values]
