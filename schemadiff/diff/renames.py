"""Probable renames: what was dropped paired with what was added.

A schema cannot tell a rename from a drop and an add; these pairs only help a
person to see what happened. They never make a finding milder.
"""

import difflib
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from schemadiff.diff.changes import (
    Change,
    ColumnAdded,
    ColumnDropped,
    EnumChanged,
    SchemaAdded,
    SchemaDropped,
    TableAdded,
    TableDropped,
)
from schemadiff.model import Column, EnumType, Name, Table
from schemadiff.record import record

_LEAST = 1.0
"""How much two things must have in common, in the units of the scores below."""

_MOST = 2_500
"""How many pairs are looked at one by one; of more, only those with a common trait."""

Old = TypeVar("Old")
New = TypeVar("New")


@record
class Renames:
    """What was probably renamed, each thing at most once."""

    columns: tuple[tuple[ColumnDropped, ColumnAdded], ...] = ()
    tables: tuple[tuple[TableDropped, TableAdded], ...] = ()
    schemas: tuple[tuple[SchemaDropped, SchemaAdded], ...] = ()
    enums: tuple[tuple[EnumType, EnumType], ...] = ()


def renames(changes: Sequence[Change]) -> Renames:
    """Return the probable renames among the changes."""
    return Renames(
        tuple(_columns(changes)),
        tuple(_tables(changes)),
        tuple(_schemas(changes)),
        tuple(_enums(changes)),
    )


def label_renames(
    base: Sequence[str], head: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return the labels of an enum that were probably renamed, and to which."""
    gone = [each for each in base if each not in head]
    new = [each for each in head if each not in base]

    def score(old: str, fresh: str) -> float:
        same_place = base.index(old) == head.index(fresh)
        return similarity(old, fresh) + (0.6 if same_place else 0.0)

    return tuple(_pairs(gone, new, score))


def similarity(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; case and underscores are ignored."""
    a, b = one.replace("_", "").lower(), other.replace("_", "").lower()
    if a and b and (a in b or b in a):
        return max(0.8, difflib.SequenceMatcher(None, a, b).ratio())
    return difflib.SequenceMatcher(None, a, b).ratio()


def _pairs(
    old: Iterable[Old],
    new: Iterable[New],
    score: Callable[[Old, New], float],
    traits: Callable[[Old | New], Iterable[object]] = lambda _: (),
) -> list[tuple[Old, New]]:
    """Pair things one to one, the most alike first."""
    olds, news = list(old), list(new)
    places: Iterable[tuple[int, int]]
    if len(olds) * len(news) <= _MOST:
        places = itertools.product(range(len(olds)), range(len(news)))
    else:
        places = _alike([*map(traits, olds)], [*map(traits, news)])
    scored = sorted((-score(olds[i], news[j]), i, j) for i, j in places)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for negative, i, j in scored:
        if -negative < _LEAST:
            break
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            found.append((i, j))
    return [(olds[i], news[j]) for i, j in sorted(found)]


def _alike(
    olds: Sequence[Iterable[object]], news: Sequence[Iterable[object]]
) -> set[tuple[int, int]]:
    """Return the places of things with a common trait that not too many others have."""
    before, after = _by_trait(olds), _by_trait(news)
    return {
        place
        for trait, places in before.items()
        if len(places) * len(after.get(trait, ())) <= _MOST
        for place in itertools.product(places, after.get(trait, ()))
    }


def _by_trait(things: Sequence[Iterable[object]]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for place, traits in enumerate(things):
        for trait in set(traits):
            found.setdefault(trait, []).append(place)
    return found


def _traits_of_name(name: str) -> Iterable[object]:
    yield name.replace("_", "").lower()
    yield from name.lower().split("_")


def _columns(
    changes: Sequence[Change],
) -> Iterable[tuple[ColumnDropped, ColumnAdded]]:
    dropped: dict[Name, list[ColumnDropped]] = {}
    added: dict[Name, list[ColumnAdded]] = {}
    for each in changes:
        if isinstance(each, ColumnDropped):
            dropped.setdefault(each.table, []).append(each)
        elif isinstance(each, ColumnAdded):
            added.setdefault(each.table, []).append(each)
    for table, gone in dropped.items():
        yield from _pairs(gone, added.get(table, []), _column_score, _column_traits)


def _column_traits(change: ColumnDropped | ColumnAdded) -> Iterable[object]:
    yield from _traits_of_name(change.column.name)
    if change.column.key:
        yield "key", change.column.key


def _column_score(old: ColumnDropped, new: ColumnAdded) -> float:
    """Score a pair: one type is enough, else the names must be alike."""
    base, head = old.column, new.column
    score = similarity(base.name, head.name)
    if base.key and base.key == head.key:
        score += 1.0
    if (base.type, base.enum, base.dimensions) == (
        head.type,
        head.enum,
        head.dimensions,
    ):
        score += 1.0
    if _properties(base) == _properties(head):
        score += 0.2
    return score


def _properties(column: Column) -> tuple[object, ...]:
    return (
        column.not_null,
        column.primary_key,
        column.default,
        column.generated is None,
        column.identity is None,
    )


def _tables(changes: Sequence[Change]) -> list[tuple[TableDropped, TableAdded]]:
    gone = [each for each in changes if isinstance(each, TableDropped)]
    new = [each for each in changes if isinstance(each, TableAdded)]
    return _pairs(gone, new, lambda a, b: _table_score(a.table, b.table), _table_traits)


def _table_traits(change: TableDropped | TableAdded) -> Iterable[object]:
    table = change.table
    yield from _traits_of_name(table.name.name)
    yield "declared", table.declared_name
    yield frozenset((each.name, each.type) for each in table.columns.values())


def _table_score(base: Table, head: Table) -> float:
    """Score a pair: the share of columns they have in common, and their names."""
    before = {(each.name, each.type) for each in base.columns.values()}
    after = {(each.name, each.type) for each in head.columns.values()}
    shared = len(before & after) / max(len(before | after), 1)
    score = similarity(base.name.name, head.name.name)
    if base.name.name == head.name.name:
        score += 0.3
    if len(before & after) <= 1 and len(before | after) > 1:
        # An id alone says nothing: every table has one.
        return score if score >= _LEAST else 0.0
    return score + shared


def _schemas(changes: Sequence[Change]) -> list[tuple[SchemaDropped, SchemaAdded]]:
    gone = [each for each in changes if isinstance(each, SchemaDropped)]
    new = [each for each in changes if isinstance(each, SchemaAdded)]
    before = _tables_by_schema(
        each.table for each in changes if isinstance(each, TableDropped)
    )
    after = _tables_by_schema(
        each.table for each in changes if isinstance(each, TableAdded)
    )

    def score(old: SchemaDropped, fresh: SchemaAdded) -> float:
        names, others = before.get(old.name, set()), after.get(fresh.name, set())
        shared = len(names & others) / max(len(names | others), 1)
        return similarity(old.name, fresh.name) * 0.6 + shared

    return _pairs(gone, new, score)


def _tables_by_schema(tables: Iterable[Table]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in tables:
        found.setdefault(each.name.schema, set()).add(each.name.name)
    return found


def _enums(changes: Sequence[Change]) -> list[tuple[EnumType, EnumType]]:
    facts = [each for each in changes if isinstance(each, EnumChanged)]
    gone = [each.base for each in facts if each.base and not each.head]
    new = [each.head for each in facts if each.head and not each.base]

    def score(old: EnumType, fresh: EnumType) -> float:
        before, after = set(old.labels), set(fresh.labels)
        shared = len(before & after) / max(len(before | after), 1)
        return similarity(old.name.name, fresh.name.name) * 0.6 + shared

    return _pairs(gone, new, score)
