"""Projects of odd columns: few tables, each with a few of them."""

import random

from schemadiff.drizzle.line import Line
from tests.oracle.odd_columns import SHARED, OddColumns
from tests.oracle.projects import Project

_KEYS = ("id", "userId", "HTTPServer", "name", "createdAt", "x1", "is_ok", "odd key")


def imports(line: Line) -> str:
    """Return the imports of everything that may be written."""
    names = "bytea, snakeCase, camelCase, " if line is Line.ONE else ""
    return (
        f"import {{ {names}{_NAMES} }} from 'drizzle-orm/pg-core';\n"
        f"import {{ {_OPERATORS} }} from 'drizzle-orm';\n"
    )


_NAMES = (
    "pgTable, pgTableCreator, pgSchema, pgEnum, pgRole, pgPolicy, pgSequence, pgView,"
    " pgMaterializedView, customType, index, uniqueIndex, unique, check, primaryKey,"
    " foreignKey, alias, type AnyPgColumn, text, varchar, char, integer, smallint,"
    " bigint, serial, smallserial, bigserial, real, doublePrecision, numeric, decimal,"
    " boolean, json, jsonb, date, time, timestamp, interval, uuid, inet, cidr, macaddr,"
    " macaddr8, point, line, geometry, vector, halfvec, sparsevec, bit"
)
_OPERATORS = (
    "sql, type SQL, eq, ne, gt, gte, lt, lte, and, or, not, isNull, isNotNull, inArray,"
    " notInArray, between, notBetween, like, notLike, ilike, notIlike, exists,"
    " notExists, arrayContains, arrayContained, arrayOverlaps, asc, desc, count,"
    " countDistinct, avg, avgDistinct, sum, sumDistinct, max, min, l1Distance,"
    " l2Distance, innerProduct, cosineDistance, hammingDistance, jaccardDistance"
)


def project(seed: int, line: Line) -> Project:
    """Return the project of `seed` for the drizzle-kit of `line`."""
    dice = random.Random(seed)  # noqa: S311 - only variety
    columns = OddColumns(dice, line)
    casing = None
    if line is Line.ZERO:
        casing = dice.choice([None, None, "snake_case", "camelCase"])
    tables = []
    for at in range(dice.randint(1, 3)):
        keys = dice.sample(_KEYS, dice.randint(1, 3))
        written = ",\n".join(f"  '{key}': {columns.column(key)[0]}" for key in keys)
        maker = dice.choice(["pgTable", "pgTable", "inner.table"])
        if line is Line.ONE and dice.random() < 0.2:
            maker = dice.choice(["snakeCase.table", "camelCase.table"])
        tables.append(f"export const t{at} = {maker}('t{at}', {{\n{written}\n}});")
    text = "\n".join([imports(line) + SHARED, *tables])
    return Project({"schema.ts": text}, ("schema.ts",), casing)
