"""Which exports of the schema files matter, and what they are."""

from collections.abc import Callable, Sequence

from schemadiff.drizzle.columns import ColumnBuilder
from schemadiff.drizzle.entities import Entities
from schemadiff.drizzle.known import ready_made
from schemadiff.drizzle.symbolic import is_drizzle, outside_packages
from schemadiff.drizzle.tables import TableThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Thing, World
from schemadiff.model import Hides
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.exports import REST
from schemadiff.typescript.program import Export, Module, Program
from schemadiff.typescript.values import (
    Array,
    Call,
    Function,
    Host,
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
_NO_DRIVERS = frozenset(
    {
        "pg-core",
        "mysql-core",
        "sqlite-core",
        "singlestore-core",
        "gel-core",
        "sql",
        "supabase",
        "neon",
        "relations",
        "_relations",
        "utils",
        "column",
        "table",
        "entity",
        "zod",
        "casing",
    }
)
"""The parts of drizzle-orm that talk to no database; the others are its drivers."""
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

_DEEP_ENOUGH = 3
_BUILDERS = object()
"""Stands for the builders that a columns callback is given."""


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
        _follow_stars(module, world, entities, {path})
    for path in sorted(world.order, key=world.order.__getitem__):
        for statement in program.module(path).statements():
            try:
                world.resolve(statement)
            except (NotKnown, Refused):
                continue  # a statement that is not one of Drizzle's


def _follow_stars(
    module: Module, world: World, entities: Entities, seen: set[str]
) -> None:
    """Look at what `export * from` brings in from packages, at any depth."""
    for specifier in module.stars:
        target = module.target(specifier)
        if isinstance(target, Module):
            if target.path not in seen:
                seen.add(target.path)
                _follow_stars(target, world, entities, seen)
            continue
        span = Span(module.path, 1, 1, 0, 0)
        place = Subject(place=module.path)
        if target is None:
            reason = f"re-exports {specifier}, which is not committed"
            note(entities, place, reason, span)
        elif is_drizzle(target):
            for found in ready_made(world, target):
                entities.add(found)
        elif _bare(target) not in _NEVER_TABLES:
            reason = f"re-exports the package {target}"
            note(entities, place, reason, span)


def note(entities: Entities, subject: Subject, reason: str, span: Span | None) -> None:
    """Note something of which it is not known which tables it holds."""
    trouble = NotKnown(reason, span, lambda: None)
    entities.notes.trouble(trouble, subject, Hides.TABLES, None)


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
    value = export.evaluate()
    is_rest = export.name.startswith(REST)
    trouble: NotKnown | Refused | None = None
    try:
        found = world.resolve(value)
    except (NotKnown, Refused) as problem:
        trouble = problem
    else:
        if isinstance(found, Unknown):
            matters = is_rest or _could_be_table(found)
            trouble = NotKnown.because(found) if matters else None
        elif isinstance(found, Outside):
            brings = _brings_tables(world, found.value)
            trouble = found.trouble() if brings else None
        elif isinstance(found, Thing):
            entities.add(found)
    if trouble is not None:
        name = "" if is_rest else f"#{export.name}"
        place = Subject(place=export.path + name)
        entities.notes.trouble(trouble, place, Hides.TABLES, value, export.span)


def _could_be_table(unknown: Unknown) -> bool:
    """Tell whether an export that is not known may be a table.

    It may if it is built on pg-core or on a file that is not there. What is
    built on a driver as well is the database's client, or uses it.
    """
    if unknown.reason.startswith("imports "):
        return True
    packages = unknown.fingerprint().packages
    if any(_is_driver(name) for name in packages):
        return False
    return any(name.startswith("drizzle-orm/pg-core") for name in packages)


def _is_driver(package: str) -> bool:
    name = package.removeprefix("drizzle-orm/")
    return name != package and name.split("/")[0] not in _NO_DRIVERS


def _brings_tables(world: World, value: Value) -> bool:
    """Tell whether what another package made may be a table.

    A symbol that is handed on as such may be one; of calls only those that are
    given column builders.
    """
    if isinstance(value, Symbol | Member):
        packages = outside_packages(value)
        return any(_bare(name) not in _NEVER_TABLES for name in packages)
    if not isinstance(value, Call):
        return False
    root = _root(value)
    if isinstance(root, Symbol) and is_drizzle(root.package):
        return root.name in _MAKE_ENTITIES
    given = _Given(world, value.span)
    return any(given.makes_tables(each, 0) for each in value.arguments)


def _root(value: Value) -> Value:
    while isinstance(value, Call | Member):
        value = value.callee if isinstance(value, Call) else value.target
    return value


@record
class _Given:
    """What a package's function is given by the call at `span`."""

    world: World
    span: Span

    def makes_tables(self, value: Value, depth: int) -> bool:
        """Tell whether `value` is what tables are made of, or a table of its own.

        A table that is written inside of the call is one that nobody else exports.
        """
        if depth > _DEEP_ENOUGH:
            return False
        if isinstance(value, Array):
            return any(self.makes_tables(each, depth + 1) for each in value.items)
        if isinstance(value, Object):
            values = [each.value for each in value.properties.values()]
            return any(self.makes_tables(each, depth + 1) for each in values)
        if isinstance(value, Function):
            return _takes_builders(value)
        try:
            found = self.world.resolve(value)
        except (NotKnown, Refused):
            return False
        if isinstance(found, TableThing) and isinstance(value, Call):
            inside = value.span.path == self.span.path
            return inside and self.span.start <= value.span.start < self.span.end
        return isinstance(found, ColumnBuilder)


def _takes_builders(function: Function) -> bool:
    """Tell whether `function` makes columns of what it is given: `(t) => ({…})`."""
    made = function.call([Host(_BUILDERS)])
    if not isinstance(made, Object):
        return False
    roots = (_root(each.value) for each in made.properties.values())
    return any(isinstance(each, Host) and each.payload is _BUILDERS for each in roots)
