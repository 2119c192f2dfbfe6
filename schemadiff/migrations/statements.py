"""SQL to actions, read with Postgres's own grammar (pglast)."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from pglast import ast, parse_sql
from pglast.enums import AlterTableType, ConstrType, DropBehavior, ObjectType
from pglast.parser import ParseError

from schemadiff.migrations.actions import (
    Action,
    AddsColumn,
    ChangesType,
    CreatesTable,
    DropsColumn,
    DropsSchema,
    DropsTable,
    Empties,
    Opaque,
    Other,
    RenamesColumn,
    RenamesLabel,
    RenamesSchema,
    RenamesTable,
    RenamesType,
    SetsDefault,
    SetsNotNull,
    Statement,
    UnreadableSqlError,
    Updates,
)
from schemadiff.model import PUBLIC, Name
from schemadiff.regex import regex
from schemadiff.source import Span

_DESTRUCTIVE = regex(r"\b(drop|truncate|delete)\b", re.IGNORECASE)
_TABLE_LIKE = (ObjectType.OBJECT_TABLE, ObjectType.OBJECT_FOREIGN_TABLE)
_FILLED = (
    ConstrType.CONSTR_DEFAULT,
    ConstrType.CONSTR_IDENTITY,
    ConstrType.CONSTR_GENERATED,
)
_SERIALS = {"serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"}


# pglast declares every field optional; Postgres's grammar fills those read here.
Node: TypeAlias = Any


def statements(path: str, text: str) -> tuple[Statement, ...]:
    """Return what a migration file does, one entry per action, in order.

    Raises `UnreadableSqlError` where Postgres's grammar stops.
    """
    try:
        raw: Node = parse_sql(text)
    except ParseError as error:
        message, index = str(error.args[0]), int(error.args[1])
        raise UnreadableSqlError(
            f"is not valid SQL: {message}", _span(path, text, index, index)
        ) from error
    found: list[Statement] = []
    for each in raw:
        start = each.stmt_location
        end = start + each.stmt_len if each.stmt_len else len(text.rstrip())
        start += len(text[start:end]) - len(text[start:end].lstrip())
        found.extend(
            Statement(action, text[start:end], _span(path, text, start, end))
            for action in _actions(each.stmt, text[start:end])
        )
    return tuple(found)


def _span(path: str, text: str, start: int, end: int) -> Span:
    line_start = text.rfind("\n", 0, start) + 1
    return Span(
        path,
        text.count("\n", 0, start) + 1,
        start - line_start + 1,
        len(text[:start].encode()),
        len(text[:end].encode()),
    )


def _actions(node: Node, sql: str) -> Iterator[Action]:
    match node:
        case ast.RenameStmt():
            yield _rename(node)
        case ast.AlterObjectSchemaStmt():
            yield _move(node)
        case ast.AlterEnumStmt(oldVal=str(old), newVal=str(new)):
            yield RenamesLabel(_name(node.typeName), old, new)
        case ast.CreateStmt(relation=relation):
            yield CreatesTable(_relation(relation))
        case ast.CreateTableAsStmt(into=ast.IntoClause(rel=relation)):
            yield CreatesTable(_relation(relation))
        case ast.DropStmt():
            yield from _drops(node)
        case ast.AlterTableStmt(objtype=kind, cmds=tuple(commands)) if (
            kind in _TABLE_LIKE
        ):
            table = _relation(node.relation)
            for command in commands:
                yield _command(table, command)
        case ast.DoStmt() | ast.ExecuteStmt() | ast.CallStmt():
            yield Opaque(bool(_DESTRUCTIVE.search(sql)))
        case _:
            yield from _on_rows(node)


def _on_rows(node: Node) -> Iterator[Action]:
    match node:
        case ast.TruncateStmt(relations=tuple(relations)):
            cascade = node.behavior is DropBehavior.DROP_CASCADE
            for relation in relations:
                yield Empties(_relation(relation), cascade)
        case ast.DeleteStmt(whereClause=None, usingClause=None):
            yield Empties(_relation(node.relation), cascade=False)
        case ast.UpdateStmt(targetList=tuple(targets)):
            columns = tuple(target.name for target in targets)
            yield Updates(_relation(node.relation), columns)
        case _:
            yield Other()


def _rename(node: Node) -> Action:
    match node.renameType:
        case ObjectType.OBJECT_COLUMN:
            return RenamesColumn(_relation(node.relation), node.subname, node.newname)
        case ObjectType.OBJECT_TABLE:
            table = _relation(node.relation)
            return RenamesTable(table, Name(table.schema, node.newname))
        case ObjectType.OBJECT_SCHEMA:
            return RenamesSchema(node.subname, node.newname)
        case ObjectType.OBJECT_TYPE:
            enum = _name(node.object)
            return RenamesType(enum, Name(enum.schema, node.newname))
        case _:
            return Other()


def _move(node: Node) -> Action:
    match node.objectType:
        case ObjectType.OBJECT_TABLE:
            table = _relation(node.relation)
            return RenamesTable(table, Name(node.newschema, table.name))
        case ObjectType.OBJECT_TYPE:
            enum = _name(node.object)
            return RenamesType(enum, Name(node.newschema, enum.name))
        case _:
            return Other()


def _drops(node: Node) -> Iterator[Action]:
    for each in node.objects:
        match node.removeType:
            case ObjectType.OBJECT_TABLE:
                yield DropsTable(_name(each))
            case ObjectType.OBJECT_SCHEMA:
                yield DropsSchema(each.sval)
            case _:
                yield Other()


def _command(table: Name, command: Node) -> Action:
    match command.subtype:
        case AlterTableType.AT_DropColumn:
            return DropsColumn(table, command.name)
        case AlterTableType.AT_SetNotNull:
            return SetsNotNull(table, command.name)
        case AlterTableType.AT_ColumnDefault if command.def_ is not None:
            return SetsDefault(table, command.name)
        case AlterTableType.AT_AlterColumnType:
            using = command.def_.raw_default is not None
            return ChangesType(table, command.name, using)
        case AlterTableType.AT_AddColumn:
            return _added(table, command.def_)
        case _:
            return Other()


def _added(table: Name, definition: Node) -> AddsColumn:
    kinds = [each.contype for each in definition.constraints or ()]
    type_name = definition.typeName.names[-1].sval
    return AddsColumn(
        table,
        definition.colname,
        not_null=any(
            kind in (ConstrType.CONSTR_NOTNULL, ConstrType.CONSTR_PRIMARY)
            for kind in kinds
        ),
        has_default=type_name in _SERIALS or any(kind in _FILLED for kind in kinds),
    )


def _relation(relation: Node) -> Name:
    return Name(relation.schemaname or PUBLIC, relation.relname)


def _name(node: Node) -> Name:
    match node:
        case ast.TypeName(names=tuple(parts)) | tuple(parts):
            texts = [part.sval for part in parts]
        case _:
            texts = [node.sval]
    return Name(texts[-2] if len(texts) > 1 else PUBLIC, texts[-1])
