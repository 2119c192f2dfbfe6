"""Read a schema: from the exports of its files to the model."""

from collections.abc import Callable, Mapping, Sequence

from schemadiff.drizzle import (
    columns,
    constraints,
    enums,
    operators,
    policies,
    schemas,
    sql,
    table_makers,
    views,
)
from schemadiff.drizzle.catalogue import ALIASES, BUILDERS
from schemadiff.drizzle.entities import Entities, recorded_schema
from schemadiff.drizzle.exports import gather
from schemadiff.drizzle.known import CONSTANTS
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.opened import opener
from schemadiff.drizzle.world import Maker, World
from schemadiff.model import Schema
from schemadiff.typescript.program import Export, Program

MAKERS: Mapping[str, Maker] = {
    **{name: columns.maker(name) for name in BUILDERS},
    **{alias: columns.maker(name) for alias, name in ALIASES.items()},
    **schemas.MAKERS,
    **table_makers.MAKERS,
    **enums.MAKERS,
    **constraints.MAKERS,
    **policies.MAKERS,
    **sql.MAKERS,
    **operators.MAKERS,
    **views.MAKERS,
}
"""Every function of drizzle-orm that can end up in a Postgres schema."""


def never(export: Export) -> bool:
    """Leave out nothing."""
    return False


def read_schema(
    program: Program,
    paths: Sequence[str],
    casing: str | None,
    line: Line,
    skip: Callable[[Export], bool] = never,
) -> Schema:
    """Return what drizzle-kit would record for the schema files at `paths`.

    `casing` is the config's; the 1.0 line ignores it. Exports for which `skip`
    holds are left out. What cannot be read is in `unreadable`, and what
    drizzle-kit itself would stop at is in `rejected`.
    """
    world = World(
        line,
        casing if line is Line.ZERO else None,
        MAKERS,
        CONSTANTS,
        sql.template,
        program.order(paths),
        changed=program.run.changed,
    )
    program.run.opened = opener(world)
    entities = Entities()
    gather(program, paths, world, entities, skip)
    return recorded_schema(world, entities)
