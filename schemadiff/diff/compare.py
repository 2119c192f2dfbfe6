"""Two schemas to changes: every difference as a fact, none judged."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from schemadiff.diff.changes import (
    BecameRejected,
    BecameUnreadable,
    Change,
    CheckChanged,
    EnumChanged,
    ForeignKeyChanged,
    FreePolicyChanged,
    IndexChanged,
    PolicyChanged,
    PrimaryKeyChanged,
    RoleChanged,
    RowSecurityChanged,
    SchemaAdded,
    SchemaDropped,
    SequenceChanged,
    TableAdded,
    TableDropped,
    UniqueChanged,
    ViewChanged,
    WasRejected,
    WasUnreadable,
)
from schemadiff.diff.columns import compare_columns
from schemadiff.diff.unreadable import Hidden, SameVersion, unreadable_changes
from schemadiff.model import Schema, Table, Unreadable
from schemadiff.subject import Subject

_Things: TypeAlias = Mapping[Any, Any]
_Make: TypeAlias = Callable[..., Change]


def any_version(package: str) -> bool:  # noqa: ARG001 - the default of a callable
    """Take every package to be the same on both sides."""
    return True


def compare(
    base: Schema, head: Schema, same_version: SameVersion = any_version
) -> tuple[Change, ...]:
    """Return every difference between two schemas; nothing for equal ones.

    `same_version` tells whether a package has the same version on both sides. The
    changes come stage by stage: schemas, tables with all that is in them, enums,
    sequences, views, policies, roles, and last what could not be read or is refused.
    """
    unreadable = tuple(unreadable_changes(base, head, same_version))
    at_head = Hidden(
        each.head
        for each in unreadable
        if isinstance(each, BecameUnreadable) and not each.package_only
    )
    at_base = Hidden(_open_at_base(unreadable))
    return (
        *_schemas(base, head),
        *_tables(base, head, at_base, at_head),
        *_others(base, head, at_base, at_head),
        *unreadable,
        *_rejected(base, head),
    )


def _open_at_base(
    changes: tuple[BecameUnreadable | WasUnreadable, ...],
) -> Iterator[Unreadable]:
    for each in changes:
        is_cancelled = isinstance(each, BecameUnreadable) and each.package_only
        if each.base is not None and not is_cancelled:
            yield each.base


def _schemas(base: Schema, head: Schema) -> Iterator[Change]:
    for name, span in base.schemas.items():
        if name not in head.schemas:
            yield SchemaDropped(name, span)
    for name, span in head.schemas.items():
        if name not in base.schemas:
            yield SchemaAdded(name, span)


def _tables(
    base: Schema, head: Schema, at_base: Hidden, at_head: Hidden
) -> Iterator[Change]:
    missing = [each for name, each in base.tables.items() if name not in head.tables]
    hidden = at_head.tables(missing)
    for name, table in base.tables.items():
        other = head.tables.get(name)
        if other is None:
            if name not in hidden:
                yield TableDropped(table)
        elif not (at_head.table(name) or at_base.table(name)):
            yield from compare_tables(table, other, at_base, at_head)
    for name, table in head.tables.items():
        if name not in base.tables:
            yield TableAdded(table)


def compare_tables(
    base: Table,
    head: Table,
    at_base: Hidden | None = None,
    at_head: Hidden | None = None,
) -> Iterator[Change]:
    """Yield how one table differs; `head` may have another name by now."""
    at_base, at_head = at_base or Hidden(()), at_head or Hidden(())
    name = base.name
    yield from compare_columns(base, head, at_base, at_head)
    kinds: tuple[tuple[_Things, _Things, _Make], ...] = (
        (base.primary_keys, head.primary_keys, PrimaryKeyChanged),
        (base.uniques, head.uniques, UniqueChanged),
        (base.foreign_keys, head.foreign_keys, ForeignKeyChanged),
        (base.checks, head.checks, CheckChanged),
        (base.indexes, head.indexes, IndexChanged),
        (base.policies, head.policies, PolicyChanged),
    )
    for before, after, make in kinds:
        for key, old, new in _differing(before, after):
            is_hidden = (
                at_head.detail(head.name.subject(key))
                or (new is None and at_head.constraints(head.name))
                or (old is None and at_base.constraints(name))
            )
            if not is_hidden:
                yield make(name, old, new)
    if base.row_security != head.row_security:
        yield RowSecurityChanged(name, head.row_security, base.span, head.span)


def _differing(base: _Things, head: _Things) -> Iterator[tuple[Any, Any, Any]]:
    """Yield what differs under one key, base's keys first."""
    for key in [*base, *(each for each in head if each not in base)]:
        before, after = base.get(key), head.get(key)
        if before != after:
            yield key, before, after


def _others(
    base: Schema, head: Schema, at_base: Hidden, at_head: Hidden
) -> Iterator[Change]:
    def is_open(subject: Subject) -> bool:
        return at_head.detail(subject) or at_base.detail(subject)

    named: tuple[tuple[_Things, _Things, _Make], ...] = (
        (base.enums, head.enums, EnumChanged),
        (base.sequences, head.sequences, SequenceChanged),
        (base.views, head.views, ViewChanged),
    )
    for before, after, make in named:
        for name, old, new in _differing(before, after):
            if not is_open(name.subject()):
                yield make(old, new)
    plain: tuple[tuple[_Things, _Things, _Make], ...] = (
        (base.policies, head.policies, FreePolicyChanged),
        (base.roles, head.roles, RoleChanged),
    )
    for before, after, make in plain:
        for key, old, new in _differing(before, after):
            if not is_open(Subject((key,))):
                yield make(old, new)


def _rejected(base: Schema, head: Schema) -> Iterator[Change]:
    before = {(each.subject, each.reason): each for each in base.rejected}
    after = {(each.subject, each.reason): each for each in head.rejected}
    yield from (WasRejected(before[key]) for key in before if key not in after)
    yield from (BecameRejected(after[key]) for key in after if key not in before)
