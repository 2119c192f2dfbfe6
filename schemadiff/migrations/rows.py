"""What a statement does to rows: TRUNCATE, DELETE, UPDATE, and functions it calls."""

from collections.abc import Iterator

from pglast import ast
from pglast.enums import BoolExprType, DropBehavior, NullTestType

from schemadiff.migrations.actions import (
    Action,
    Calls,
    Clears,
    Copies,
    Empties,
    Updates,
)
from schemadiff.migrations.tree import Node, below, object_name, relation_name

_DEPENDS = (ast.ColumnRef, ast.SubLink, ast.FuncCall, ast.ParamRef)
_CALLERS = (ast.SelectStmt, ast.CallStmt)


def on_rows(node: Node) -> Iterator[Action]:
    """Yield what a statement does to rows, the parts of `WITH` included."""
    if isinstance(node, ast.TruncateStmt):
        cascade = node.behavior is DropBehavior.DROP_CASCADE
        for relation in node.relations or ():
            yield Empties(relation_name(relation), cascade)
        return
    for each in below(node):
        match each:
            case ast.DeleteStmt(relation=relation, whereClause=where):
                if _holds_always(where):
                    yield Empties(relation_name(relation), cascade=False)
            case ast.UpdateStmt():
                yield from _updates(each)
            case ast.FuncCall(funcname=name) if isinstance(node, _CALLERS):
                yield Calls(object_name(name), alone=isinstance(node, ast.CallStmt))


def _holds_always(where: Node) -> bool:
    """Tell whether a condition does not depend on the row: `true`, `1 = 1`."""
    if where is None:
        return True
    if isinstance(where, ast.BoolExpr) and where.boolop is BoolExprType.OR_EXPR:
        return any(map(_holds_always, where.args or ()))
    if isinstance(where, ast.A_Const):
        return isinstance(where.val, ast.Boolean) and bool(where.val.boolval)
    return not any(isinstance(each, _DEPENDS) for each in below(where))


def _updates(node: Node) -> Iterator[Action]:
    table = relation_name(node.relation)
    targets = [each for each in node.targetList or () if each.name]
    yield Updates(table, tuple(each.name for each in targets))
    alias = node.relation.alias
    names = {node.relation.relname, alias.aliasname if alias else ""}
    for target in targets:
        value = target.val
        if isinstance(value, ast.A_Const) and value.isnull:
            if _holds_always(node.whereClause):
                yield Clears(table, target.name)
            continue
        for source in _columns(value, names):
            tested = _columns(node.whereClause, names) - {target.name, source}
            is_whole = _is_column(value) and not tested and _tests_null(node)
            yield Copies(table, target.name, source, is_whole)


def _columns(node: Node, names: set[str]) -> set[str]:
    """Return the columns of the table itself that an expression reads."""
    found = set()
    for each in below(node):
        if isinstance(each, ast.ColumnRef):
            parts = [getattr(part, "sval", "*") for part in each.fields or ()]
            if len(parts) == 1 or parts[-2] in names:
                found.add(parts[-1])
    return found


def _is_column(value: Node) -> bool:
    while isinstance(value, ast.TypeCast):
        value = value.arg
    return isinstance(value, ast.ColumnRef)


def _tests_null(node: Node) -> bool:
    """Tell whether the condition, if any, only leaves out what is NULL anyway."""
    tests = [node.whereClause]
    while tests:
        test = tests.pop()
        match test:
            case None | ast.NullTest(nulltesttype=NullTestType.IS_NOT_NULL):
                continue
            case ast.NullTest():
                continue
            case ast.BoolExpr(boolop=BoolExprType.AND_EXPR, args=tuple(parts)):
                tests.extend(parts)
            case _:
                return False
    return True
