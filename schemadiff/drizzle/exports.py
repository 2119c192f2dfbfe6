"""Which exports of the schema files matter, and what they are."""

from collections.abc import Callable, Sequence

from schemadiff.drizzle.columns import ColumnBuilder
from schemadiff.drizzle.entities import Entities
from schemadiff.drizzle.symbolic import is_drizzle
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Thing, World
from schemadiff.model import Hides
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.program import Export, Program
from schemadiff.typescript.values import (
    Call,
    Member,
    Object,
    Symbol,
    Unknown,
    Value,
)

_MAKE_ENTITIES = frozenset(
    {
        "alias",
        "aliasedTable",
        "camelCase",
        "crudPolicy",
        "pgEnum",
        "pgMaterializedView",
        "pgPolicy",
        "pgRole",
        "pgSchema",
        "pgSequence",
        "pgTable",
        "pgTableCreator",
        "pgView",
        "snakeCase",
    }
)
_NEVER_TABLES = frozenset(
    {
        "",
        "drizzle-zod",
        "drizzle-typebox",
        "drizzle-valibot",
        "drizzle-arktype",
        "drizzle-seed",
        "zod",
        "zod/v4",
        "zod/v3",
        "valibot",
        "@sinclair/typebox",
        "arktype",
        "yup",
        "joi",
        "effect",
        "@effect/schema",
        "react",
        "next",
        "express",
        "hono",
        "pg",
        "postgres",
        "@neondatabase/serverless",
        "dotenv",
        "nanoid",
        "uuid",
        "@paralleldrive/cuid2",
        "crypto",
    }
)
"""Packages that make no tables; "" stands for the runtime's own globals."""


def gather(
    program: Program,
    paths: Sequence[str],
    world: World,
    entities: Entities,
    skip: Callable[[Export], bool],
) -> None:
    """Fill `entities` with what the modules at `paths` export."""
    for path in paths:
        module = program.module(path)
        for problem in module.problems:
            note(entities, Subject(place=path), problem.reason, problem.span)
        for export in module.exports():
            if not skip(export) and _may_matter(export.root()):
                _take(export, world, entities)
    for path in sorted(world.order, key=world.order.__getitem__):
        for statement in program.module(path).statements():
            try:
                world.resolve(statement)
            except (NotKnown, Refused):
                continue  # a statement that is not one of Drizzle's


def note(entities: Entities, subject: Subject, reason: str, span: Span | None) -> None:
    """Note something of which it is not known which tables it holds."""
    trouble = NotKnown(reason, span, lambda: None)
    entities.notes.trouble(trouble, subject, Hides.TABLES, span)


def _may_matter(root: Symbol | None) -> bool:
    if root is None:
        return True
    if is_drizzle(root.package):
        if root.package in ("drizzle-orm/neon", "drizzle-orm/supabase"):
            return True
        return root.name in _MAKE_ENTITIES or root.name == "*"
    return _bare(root.package) not in _NEVER_TABLES


def _bare(package: str) -> str:
    return package.removeprefix("node:")


def _take(export: Export, world: World, entities: Entities) -> None:
    place = Subject(place=f"{export.path}#{export.name}")
    value = export.evaluate()
    try:
        found = world.resolve(value)
    except (NotKnown, Refused) as trouble:
        entities.notes.trouble(trouble, place, Hides.TABLES, export.span)
        return
    if isinstance(found, Unknown):
        if _could_be_table(found):
            unknown = NotKnown.because(found)
            entities.notes.trouble(unknown, place, Hides.TABLES, export.span)
    elif isinstance(found, Outside):
        if _brings_tables(world, found.value):
            entities.notes.trouble(found.trouble(), place, Hides.TABLES, export.span)
    elif isinstance(found, Thing):
        entities.add(found)


def _could_be_table(unknown: Unknown) -> bool:
    packages = unknown.fingerprint().packages
    return any(name.startswith("drizzle-orm/pg-core") for name in packages)


def _brings_tables(world: World, value: Value) -> bool:
    """Tell whether what another package made may be a table.

    A symbol that is handed on as such may be one; of calls only those that are
    given column builders.
    """
    if isinstance(value, Symbol | Member):
        return True
    return isinstance(value, Call) and any(
        _holds_builders(world, each) for each in value.arguments
    )


def _holds_builders(world: World, value: Value) -> bool:
    if not isinstance(value, Object):
        return False
    for each in value.properties.values():
        try:
            if isinstance(world.resolve(each.value), ColumnBuilder):
                return True
        except (NotKnown, Refused):
            continue
    return False
