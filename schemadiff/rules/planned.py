"""What the migrations of a push plan: a rename, a backfill, a conversion.

Those need no finding, where migrations are deployed: `drizzle-kit push` runs none.
"""

from collections.abc import Iterator, Sequence

from schemadiff.deploy.behaviours import Behaviours
from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import (
    Change,
    ColumnAdded,
    ColumnDropped,
    ColumnTypeChanged,
    EnumChanged,
    ForeignKeyChanged,
    NotNullAdded,
    SchemaAdded,
    SchemaDropped,
    TableAdded,
    TableDropped,
)
from schemadiff.diff.columns import compare_column
from schemadiff.diff.compare import compare_tables
from schemadiff.migrations.actions import (
    AddsColumn,
    ChangesType,
    CreatesTable,
    SetsNotNull,
    Statement,
)
from schemadiff.migrations.plan import Plan
from schemadiff.model import Column, ForeignKey, Name, Table
from schemadiff.record import replace
from schemadiff.rules.context import Context


def unplanned(
    changes: Sequence[Change], plan: Plan, behaviours: Behaviours
) -> tuple[Change, ...]:
    """Return what is left of the changes when the plan has run.

    A planned rename leaves what else differs in the thing that was renamed.
    """
    rest = list(changes)
    for old in [each for each in rest if isinstance(each, TableDropped)]:
        for new in [each for each in rest if isinstance(each, TableAdded)]:
            if plan.renames_table(old.table.name, new.table.name):
                rest = [each for each in rest if each is not old and each is not new]
                rest.extend(_inside(old.table, new.table, plan))
                break
    for gone in [each for each in rest if isinstance(each, ColumnDropped)]:
        for added in [each for each in rest if isinstance(each, ColumnAdded)]:
            if added.table == gone.table and _keeps(gone, added, plan):
                rest = [e for e in rest if e is not gone and e is not added]
                before = replace(gone.column, name=added.column.name)
                rest.extend(compare_column(gone.table, before, added.column))
                break
    rest = list(_enums(rest, plan))
    by_cast = not behaviours.converts_with_using
    return tuple(
        each for each in rest if not _is_planned(each, changes, plan, by_cast=by_cast)
    )


def _inside(old: Table, new: Table, plan: Plan) -> Iterator[Change]:
    """Yield how a renamed table differs; its keys go by other names by now."""
    found = list(compare_tables(old, new))
    keys = [each for each in found if isinstance(each, ForeignKeyChanged)]
    gone = [_unnamed(e.base, plan) for e in keys if e.base and not e.head]
    fresh = [_unnamed(e.head, plan) for e in keys if e.head and not e.base]
    for each in found:
        if isinstance(each, ForeignKeyChanged):
            key = each.base or each.head
            if key and _unnamed(key, plan) in (gone if each.head else fresh):
                continue
        yield each


def _unnamed(key: ForeignKey, plan: Plan) -> ForeignKey:
    return replace(key, name="", target=plan.table_name(key.target))


def _keeps(gone: ColumnDropped, added: ColumnAdded, plan: Plan) -> bool:
    """Tell whether the plan moves the values of one column to another."""
    move = gone.table, gone.column.name, added.column.name
    return plan.renames_column(*move) or plan.copies(*move)


def _enums(changes: Sequence[Change], plan: Plan) -> Iterator[Change]:
    """Yield the changes, those of enums after what the plan renames of them."""
    enums = [each for each in changes if isinstance(each, EnumChanged)]
    renamed = {}
    for each in enums:
        if each.base is not None and each.head is None:
            new = plan.enum_name(each.base.name)
            if new != each.base.name:
                renamed[new] = each
    for change in changes:
        if not isinstance(change, EnumChanged):
            yield change
            continue
        if change in renamed.values():
            continue
        head = change.head
        old = renamed.get(head.name) if head is not None else None
        base = old.base if old is not None else change.base
        if base is None or head is None:
            yield change
            continue
        labels = tuple(plan.label(base.name, each) for each in base.labels)
        if labels != head.labels:
            yield EnumChanged(replace(base, name=head.name, labels=labels), head)


def _is_planned(
    change: Change, changes: Sequence[Change], plan: Plan, *, by_cast: bool
) -> bool:
    match change:
        case ColumnAdded(table=table, column=column) if column.not_null:
            return column.default is None and plan.fills(table, column.name)
        case NotNullAdded(table=table, head=column):
            return plan.fills(table, column.name)
        case ColumnTypeChanged(table=table, head=column):
            converted = plan.converts(table, column.name, by_cast=by_cast)
            return converted or plan.drops_column(table, column.name)
        case SchemaDropped(name=name):
            new = (each.name for each in changes if isinstance(each, SchemaAdded))
            return any(plan.renames_schema(name, each) for each in new)
        case _:
            return False


def carried_out(
    changes: Sequence[Change], context: Context, behaviours: Behaviours
) -> Iterator[Change]:
    """Yield the changes that a plan makes and the schemas do not.

    The migration may follow the schema in a later push, or have no schema.
    """
    plan = context.plan
    made = {e.table for e in plan.actions() if isinstance(e, CreatesTable)}
    known = {
        (type(each), each.table, _column(each).name)
        for each in changes
        if isinstance(each, ColumnAdded | ColumnTypeChanged | NotNullAdded)
    }
    known |= {
        (kind, table, name)
        for _, table, name in set(known)
        for kind in (ColumnTypeChanged, NotNullAdded)
        if (ColumnAdded, table, name) in known
    }
    rebuilt = {
        side.name
        for each in changes
        if isinstance(each, EnumChanged)
        for side in (each.base, each.head)
        if side is not None
    }
    for statement in plan.statements:
        change = _carried_out(statement, context, behaviours)
        if isinstance(change, ColumnTypeChanged) and change.base.enum in rebuilt:
            continue
        if change is None or change.table in made:
            continue
        if (type(change), change.table, _column(change).name) not in known:
            yield change


def _column(change: ColumnAdded | ColumnTypeChanged | NotNullAdded) -> Column:
    return change.column if isinstance(change, ColumnAdded) else change.head


def _carried_out(
    statement: Statement, context: Context, behaviours: Behaviours
) -> ColumnAdded | ColumnTypeChanged | NotNullAdded | None:
    plan, span = context.plan, statement.span
    match statement.action:
        case AddsColumn(table, name, not_null=True, type=kind) as action:
            is_there = _base_column(table, name, context) is not None
            if plan.fills(table, name) or (action.if_not_exists and is_there):
                return None
            column = Column(name, kind, not_null=True, span=span)
            return ColumnAdded(table, column, position=0)
        case SetsNotNull(table, name) if not plan.fills(table, name):
            base = _base_column(table, name, context)
            if base is None:
                return None
            after = replace(base, not_null=True, span=span)
            return NotNullAdded(table, replace(base, not_null=False), after)
        case ChangesType(table, name, type=kind) as action if not action.using or (
            action.casts and behaviours.converts_with_using
        ):
            base = plan.columns.get((table, name)) or _base_column(table, name, context)
            if base is None:
                return None
            head = replace(base, type=kind, enum=None, dimensions=0, span=span)
            same = column_type(head) == column_type(replace(base, enum=None))
            return None if same else ColumnTypeChanged(table, base, head)
        case _:
            return None


def _base_column(table: Name, name: str, context: Context) -> Column | None:
    known = context.base().tables.get(table)
    return known.columns.get(name) if known else None
