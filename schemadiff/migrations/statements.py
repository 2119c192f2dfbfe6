"""SQL to actions, read with Postgres's own grammar (pglast)."""

from collections.abc import Iterator
from typing import TypeAlias

from pglast import ast, parse_sql
from pglast.enums import AlterTableType, ConstrType, DropBehavior, ObjectType
from pglast.parser import ParseError

from schemadiff.migrations.actions import (
    Action,
    AddsColumn,
    ChangesType,
    CreatesTable,
    Defines,
    DropsColumn,
    DropsDependents,
    DropsSchema,
    DropsTable,
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
)
from schemadiff.migrations.blocks import (
    UnreadableBlockError,
    queries,
    sounds_destructive,
)
from schemadiff.migrations.rows import on_rows
from schemadiff.migrations.tree import Node, object_name, relation_name
from schemadiff.model import Name
from schemadiff.source import Span

_TABLE_LIKE = (ObjectType.OBJECT_TABLE, ObjectType.OBJECT_FOREIGN_TABLE)
_FILLED = (
    ConstrType.CONSTR_DEFAULT,
    ConstrType.CONSTR_IDENTITY,
    ConstrType.CONSTR_GENERATED,
)
_SERIALS = {"serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"}


Found: TypeAlias = tuple[Action, str]
"""An action, and the statement inside a block that it comes from; "" for none."""

_BREAKPOINT = "--> statement-breakpoint"


def statements(path: str, text: str) -> tuple[Statement, ...]:
    """Return what a migration file does, one entry per action, in order.

    What stands between two breakpoints is run on its own, as drizzle-orm's migrator
    does it. Raises `UnreadableSqlError` where Postgres's grammar stops.
    """
    found: list[Statement] = []
    position = 0
    for part in text.split(_BREAKPOINT):
        found.extend(_part(path, text, position, part))
        position += len(part) + len(_BREAKPOINT)
    return tuple(found)


def _part(path: str, text: str, offset: int, part: str) -> Iterator[Statement]:
    try:
        raw: Node = parse_sql(part)
    except ParseError as error:
        message, at = str(error.args[0]), error.args[1]
        index = offset + (len(part.rstrip()) if at is None else int(at))
        raise UnreadableSqlError(
            f"is not valid SQL: {message}", _span(path, text, index, index)
        ) from error
    for each in raw:
        start = each.stmt_location
        end = start + each.stmt_len if each.stmt_len else len(part.rstrip())
        start += len(part[start:end]) - len(part[start:end].lstrip())
        sql = part[start:end]
        for action, inner in _actions(each.stmt, sql):
            shown = inner if inner in sql else ""
            at = offset + start + (sql.index(shown) if shown else 0)
            span = _span(path, text, at, at + len(shown or sql))
            yield Statement(action, inner or sql, span)


def _span(path: str, text: str, start: int, end: int) -> Span:
    line_start = text.rfind("\n", 0, start) + 1
    return Span(
        path,
        text.count("\n", 0, start) + 1,
        start - line_start + 1,
        len(text[:start].encode()),
        len(text[:end].encode()),
    )


def _actions(node: Node, sql: str) -> Iterator[Found]:
    match node:
        case ast.DoStmt():
            yield from _block(sql)
        case ast.CreateFunctionStmt():
            function = object_name(node.funcname)
            yield Defines(function, tuple(_body(node, sql))), ""
        case ast.PrepareStmt(query=query):
            yield from _actions(query, sql)
        case _:
            for action in _plain(node):
                yield action, ""


def _plain(node: Node) -> Iterator[Action]:
    match node:
        case ast.RenameStmt():
            yield _rename(node)
        case ast.AlterObjectSchemaStmt():
            yield _move(node)
        case ast.AlterEnumStmt(oldVal=str(old), newVal=str(new)):
            yield RenamesLabel(object_name(node.typeName), old, new)
        case ast.CreateStmt(relation=relation):
            yield CreatesTable(relation_name(relation), bool(node.if_not_exists))
        case ast.CreateTableAsStmt(into=ast.IntoClause(rel=relation)):
            yield CreatesTable(relation_name(relation), bool(node.if_not_exists))
            yield from on_rows(node)
        case ast.DropStmt():
            yield from _drops(node)
        case ast.DropOwnedStmt():
            yield Opaque(destructive=True)
        case ast.AlterTableStmt(objtype=kind, cmds=tuple(commands)) if (
            kind in _TABLE_LIKE
        ):
            table = relation_name(node.relation)
            for command in commands:
                yield _command(table, command)
        case _:
            found = tuple(on_rows(node))
            yield from found or (Other(),)


def _block(sql: str) -> Iterator[Found]:
    """Yield what a block does that runs at once."""
    try:
        for query in queries(sql):
            for action, inner in _queried(query):
                yield action, inner or query
    except UnreadableBlockError:
        yield Opaque(sounds_destructive(sql)), ""


def _body(node: Node, sql: str) -> Iterator[Action]:
    """Yield what calling a function does."""
    options = {each.defname: each.arg for each in node.options or ()}
    language = getattr(options.get("language"), "sval", "sql").lower()
    text = getattr((options.get("as") or (None,))[0], "sval", "")
    try:
        if node.sql_body is not None:
            yield from on_rows(node.sql_body)
        elif language == "sql":
            yield from (action for action, _ in _queried(text))
        elif language == "plpgsql":
            for query in queries(sql):
                yield from (action for action, _ in _queried(query))
        else:
            yield Opaque(sounds_destructive(text))
    except UnreadableBlockError:
        yield Opaque(sounds_destructive(text))


def _queried(query: str) -> Iterator[Found]:
    try:
        raw: Node = parse_sql(query)
    except ParseError as error:
        raise UnreadableBlockError from error
    for each in raw:
        yield from _actions(each.stmt, query)


def _rename(node: Node) -> Action:
    match node.renameType:
        case ObjectType.OBJECT_COLUMN:
            return RenamesColumn(
                relation_name(node.relation), node.subname, node.newname
            )
        case ObjectType.OBJECT_TABLE:
            table = relation_name(node.relation)
            return RenamesTable(table, Name(table.schema, node.newname))
        case ObjectType.OBJECT_SCHEMA:
            return RenamesSchema(node.subname, node.newname)
        case ObjectType.OBJECT_TYPE:
            enum = object_name(node.object)
            return RenamesType(enum, Name(enum.schema, node.newname))
        case _:
            return Other()


def _move(node: Node) -> Action:
    match node.objectType:
        case ObjectType.OBJECT_TABLE:
            table = relation_name(node.relation)
            return RenamesTable(table, Name(node.newschema, table.name))
        case ObjectType.OBJECT_TYPE:
            enum = object_name(node.object)
            return RenamesType(enum, Name(node.newschema, enum.name))
        case _:
            return Other()


def _drops(node: Node) -> Iterator[Action]:
    cascades = node.behavior is DropBehavior.DROP_CASCADE
    for each in node.objects:
        match node.removeType:
            case ObjectType.OBJECT_TYPE | ObjectType.OBJECT_DOMAIN if cascades:
                yield DropsDependents(object_name(each))
            case ObjectType.OBJECT_EXTENSION if cascades:
                yield DropsDependents(None, each.sval)
            case ObjectType.OBJECT_TABLE:
                yield DropsTable(object_name(each))
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
            kind = _written(command.def_.typeName)
            casts = _is_cast(command.def_.raw_default, command.name)
            return ChangesType(table, command.name, using, kind, casts)
        case AlterTableType.AT_AddColumn:
            return _added(table, command.def_, if_not_exists=bool(command.missing_ok))
        case _:
            return Other()


def _added(table: Name, definition: Node, *, if_not_exists: bool) -> AddsColumn:
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
        type=_written(definition.typeName),
        if_not_exists=if_not_exists,
    )


def _is_cast(value: Node, column: str) -> bool:
    while isinstance(value, ast.TypeCast):
        value = value.arg
    match value:
        case ast.ColumnRef(fields=(ast.String(sval=name),)):
            return bool(name == column)
        case _:
            return False


def _written(type_name: Node) -> str:
    from pglast.stream import RawStream  # noqa: PLC0415 - few migrations change types

    return str(RawStream()(type_name))
