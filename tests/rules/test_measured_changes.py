"""Changes that were measured like the recorded pushes, without their files.

The verdicts are those of the facts' table: what drizzle-kit 0.31.11 and
1.0.0-rc.5 did to rows, by push and by migrations. Four letters per finding, in
that order: E error, W warning, - none.
"""

# ruff: noqa: E501 -- one line of TypeScript reads best as one line
import textwrap
from typing import NamedTuple

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.drizzle.line import Line
from tests.rules.pushes import judged, read_side

IMPORTS = """
import { sql } from "drizzle-orm";
import {
  bigint, bigserial, boolean, check, customType, foreignKey, index, integer, json,
  jsonb, numeric, pgEnum, pgMaterializedView, pgSchema, pgSequence, pgTable, pgView,
  primaryKey, serial, smallint, text, timestamp, unique, uniqueIndex, uuid, varchar,
} from "drizzle-orm/pg-core";
"""
LANES = (
    ("0.31.11", Way.PUSH),
    ("1.0.0-rc.5", Way.PUSH),
    ("0.31.11", Way.MIGRATIONS),
    ("1.0.0-rc.5", Way.MIGRATIONS),
)


class Case(NamedTuple):
    name: str
    before: str
    after: str
    findings: dict[str, str]
    config: str = ""
    later_config: str = ""


def items(column: str, rest: str = "") -> str:
    return (
        'export const items = pgTable("items", {\n'
        f'  id: serial("id").primaryKey(), {column}\n'
        f'  keep: text("keep"),\n}}{rest});\n'
    )


def retyped(name: str, before: str, after: str, lanes: str, rule: str = "") -> Case:
    finding = {f"{rule or 'change-column-type'}:items.v": lanes} if lanes else {}
    return Case(name, items(f"v: {before},"), items(f"v: {after},"), finding)


ORDERS = 'export const orders = pgTable("orders", { id: serial("id").primaryKey() });\n'
CLIENTS = (
    'export const clients = pgTable("clients", { id: serial("id").primaryKey() });\n'
)
STATUS = 'export const status = pgEnum("status", ["a", "b"]);\n'
APP = 'export const app = pgSchema("app");\n'
USERS = 'export const users = pgTable("users", { id: serial("id").primaryKey() });\n'
KEYED = 'export const items = pgTable("items", {{ a: {a}, b: {b} }}{rest});\n'

CASES = [
    Case(
        "a07 swap the names of two columns",
        items('a: text("a"), b: text("b"),'),
        items('a: text("b"), b: text("a"),'),
        {},
    ),
    Case("a20 drop a table", CLIENTS + ORDERS, CLIENTS, {"drop-table:orders": "EEEE"}),
    Case(
        "a21 stop exporting a table",
        CLIENTS + ORDERS,
        CLIENTS + ORDERS.replace("export ", ""),
        {"drop-table:orders": "EEEE"},
    ),
    Case(
        "a36 another column of another type",
        items('email: text("email"),'),
        items('age: integer("age"),'),
        {"drop-column:items.email": "EEEE"},
    ),
    retyped("b02", 'varchar("v", { length: 50 })', 'varchar("v", { length: 100 })', ""),
    retyped("b08", 'integer("v")', 'bigint("v", { mode: "number" })', ""),
    retyped("b11", 'smallint("v")', 'integer("v")', ""),
    retyped("b17", 'json("v")', 'jsonb("v")', "WWWW"),
    retyped("b19", 'jsonb("v").$type<{ k: 1 }>()', 'jsonb("v").$type<{ k: 2 }>()', ""),
    retyped("b26", 'text("v")', 'timestamp("v")', "EWEW"),
    retyped("b35", 'varchar("v", { length: 36 })', 'uuid("v")', "EWEW"),
    retyped("b36", 'uuid("v")', 'text("v")', ""),
    retyped("b44", 'integer("v").notNull()', 'serial("v")', "E-E-"),
    retyped(
        "b46",
        'integer("v").notNull()',
        'integer("v").notNull().generatedAlwaysAsIdentity()',
        "",
    ),
    retyped("b51", 'text("v")', 'boolean("v")', "EWEW"),
    retyped("b58", 'numeric("v")', 'integer("v")', "EEEE"),
    Case(
        "b39",
        STATUS + items('v: text("v"),'),
        STATUS + items('v: status("v"),'),
        {"change-column-type:items.v": "WWWW"},
    ),
    Case("b41", STATUS + items('v: status("v"),'), items('v: text("v"),'), {}),
    Case(
        "b65",
        'const citext = customType({ dataType() { return "citext"; } });\n'
        + items('v: text("v"),'),
        'const citext = customType({ dataType() { return "citext"; } });\n'
        + items('v: citext("v"),'),
        {"change-column-type:items.v": "EWEW"},
    ),
    Case(
        "b72",
        ORDERS,
        ORDERS.replace(
            'serial("id").primaryKey()', 'uuid("id").primaryKey().defaultRandom()'
        ),
        {"change-column-type:orders.id": "EEEE"},
    ),
    Case(
        "b74",
        ORDERS,
        ORDERS.replace(
            'serial("id").primaryKey()',
            'integer("id").primaryKey().generatedAlwaysAsIdentity()',
        ),
        {"break-deploy:orders.id": "E-E-"},
    ),
    Case(
        "b75",
        ORDERS,
        ORDERS.replace('serial("id")', 'bigserial("id", { mode: "number" })'),
        {"change-column-type:orders.id": "E-E-"},
    ),
    Case("c01", items(""), items('v: text("v"),'), {}),
    Case("c03", items(""), items('v: text("v").notNull().default("x"),'), {}),
    Case("c07", items(""), items('v: uuid("v").notNull().defaultRandom(),'), {}),
    Case("c18", items(""), items('v: boolean("v").notNull().default(false),'), {}),
    Case(
        "c37",
        items('v: text("v").notNull().default("x"),'),
        items('v: text("v").notNull().$defaultFn(() => "x"),'),
        {},
    ),
    Case(
        "e12",
        KEYED.format(a='integer("a").primaryKey()', b='integer("b")', rest=""),
        KEYED.format(a='integer("a")', b='integer("b")', rest=""),
        {"break-deploy:items": "--E-"},
    ),
    Case(
        "e16",
        'export const items = pgTable("items", { v: text("v") });\n',
        'export const items = pgTable("items", { v: text("v"), id: serial("id").primaryKey() });\n',
        {"add-required-column:items.id": "E---"},
    ),
    Case(
        "e21",
        USERS + items('u: integer("u"),'),
        USERS + items('u: integer("u").references(() => users.id),'),
        {"add-foreign-key:items.u": "WWWW"},
    ),
    Case(
        "e23",
        USERS + items('u: integer("u").references(() => users.id),'),
        USERS
        + items('u: integer("u").references(() => users.id, { onDelete: "cascade" }),'),
        {"cascade-deletes:items.u": "WWWW"},
    ),
    Case(
        "e33",
        items('v: text("v"),', ', (t) => [index("v_idx").on(t.v)]'),
        items('v: text("v"),', ', (t) => [uniqueIndex("v_idx").on(t.v)]'),
        {"add-unique:items.v": "WWWW"},
    ),
    Case(
        "e37",
        items('v: integer("v"),', ', (t) => [check("c", sql`${t.v} > 0`)]'),
        items('v: integer("v"),', ', (t) => [check("c", sql`${t.v} > 1`)]'),
        {},
    ),
    Case(
        "g05",
        APP
        + 'export const other = app.table("other", { id: serial("id").primaryKey(), v: text("v") });\n',
        'export const app = pgSchema("core");\nexport const other = app.table("other", { id: serial("id").primaryKey(), v: text("v") });\n',
        {"rename-schema:app": "EEEE"},
        config='schemaFilter: ["public", "app", "core"]',
    ),
    Case(
        "g07",
        APP
        + 'export const other = app.table("other", { id: serial("id").primaryKey() });\n',
        'const app = pgSchema("app");\nexport const other = app.table("other", { id: serial("id").primaryKey() });\n',
        {"break-deploy:app": "EEEE"},
        config='schemaFilter: ["public", "app"]',
    ),
    Case(
        "g10",
        USERS + 'export const ids = pgView("ids").as((q) => q.select().from(users));\n',
        USERS,
        {},
    ),
    Case(
        "i05",
        CLIENTS + ORDERS,
        CLIENTS + ORDERS,
        {"narrow-filter:tablesFilter": "E---"},
        later_config='tablesFilter: ["clients"]',
    ),
    Case(
        "j03",
        CLIENTS.replace(" });", ', email: text("email") });') + items('v: text("v"),'),
        CLIENTS + items('v: integer("v"),'),
        {"drop-column:clients.email": "EEEE", "change-column-type:items.v": "EWEW"},
    ),
    Case(
        "j08",
        USERS
        + items('userId: integer("user_id").notNull().references(() => users.id),'),
        USERS
        + items('ownerId: integer("owner_id").notNull().references(() => users.id),'),
        {
            "rename-column:items.user_id": "EEEE",
            "add-required-column:items.owner_id": "EEEE",
        },
    ),
    Case(
        "j15", items('v: text("v").notNull().default("x"),'), items('v: text("v"),'), {}
    ),
    Case(
        "j17",
        KEYED.format(
            a='integer("a")',
            b='integer("b")',
            rest=", (t) => [primaryKey({ columns: [t.a, t.b] })]",
        ),
        'export const items = pgTable("items", { a: integer("a") }, (t) => [primaryKey({ columns: [t.a] })]);\n',
        {"drop-column:items.b": "EEEE", "change-primary-key:items": "WWWW"},
    ),
    Case(
        "j18",
        'export const items = pgTable("items", { v: text("v") });\n',
        'export const items = pgTable("items", { v: text("v"), id: uuid("id").primaryKey().defaultRandom() });\n',
        {},
    ),
    Case(
        "j21",
        APP
        + STATUS
        + 'export const other = app.table("other", { id: serial("id").primaryKey() });\n'
        + items('v: status("v"),'),
        APP + 'export const status = app.enum("status", ["a", "b"]);\n'
        'export const other = app.table("other", { id: serial("id").primaryKey() });\n'
        + items('v: status("v"),'),
        {"break-deploy:status": "E-E-"},
    ),
    Case(
        "j22",
        USERS
        + ORDERS
        + 'export const ids = pgMaterializedView("ids").as((q) => q.select().from(orders));\n',
        USERS,
        {"drop-table:orders": "EEEE", "drop-materialized-view:ids": "WWWW"},
    ),
    Case(
        "j29",
        CLIENTS.replace(" });", ', email: text("email") });') + items('v: text("v"),'),
        CLIENTS + items('v: text("v").unique(),'),
        {"drop-column:clients.email": "EEEE", "add-unique:items.v": "WWWW"},
    ),
    Case(
        "a view reads a column whose type changes",
        ORDERS
        + items('v: integer("v"),')
        + 'export const w = pgView("w").as((q) => q.select().from(items));\n',
        ORDERS
        + items('v: bigint("v", { mode: "number" }),')
        + 'export const w = pgView("w").as((q) => q.select().from(items));\n',
        {"break-deploy:items.v": "EEEE"},
    ),
    Case(
        "a generated column reads a column whose type changes",
        items('v: integer("v"), g: integer("g").generatedAlwaysAs(sql`v + 1`),'),
        items(
            'v: bigint("v", { mode: "number" }), g: integer("g").generatedAlwaysAs(sql`v + 1`),'
        ),
        {"break-deploy:items.v": "EEEE"},
    ),
    Case(
        "an identity on a column that may be NULL",
        items('v: integer("v"),'),
        items('v: integer("v").generatedAlwaysAsIdentity(),'),
        {"break-deploy:items.v": "EEEE"},
    ),
    Case(  # generated SQL: tests/cases/diffs/notnull-set-with-identity-filter
        "NOT NULL in a table in which another column becomes an identity",
        items('v: integer("v").notNull(), w: text("w"),'),
        items(
            'v: integer("v").notNull().generatedAlwaysAsIdentity(), w: text("w").notNull(),'
        ),
        {"require-column:items.w": "-W-W"},
    ),
    Case(
        "a foreign key to a column that becomes unique in the same push",
        USERS.replace(" });", ', c: text("c") });') + items('u: text("u"),'),
        USERS.replace(" });", ', c: text("c").unique() });')
        + items('u: text("u").references(() => users.c),'),
        {
            "break-deploy:items.u": "E-E-",
            "add-foreign-key:items.u": "WWWW",
            "add-unique:users.c": "WWWW",
        },
    ),
    Case(
        "a default that cannot be cast",
        items('v: text("v").default("5"),'),
        items('v: integer("v").default(5),'),
        {"change-column-type:items.v": "EEEE"},
    ),
    Case(
        "text with a default becomes an enum without one",
        STATUS + items('v: text("v").default("a"),'),
        STATUS + items('v: status("v"),'),
        {"change-column-type:items.v": "EWEW"},
    ),
    Case(
        "a label leaves an enum whose column leaves too",
        STATUS + items('v: status("v"), w: status("w"),'),
        STATUS.replace(', "b"', "") + items('v: status("v"),'),
        {"drop-enum-label:status.b": "EEEE", "drop-column:items.w": "EEEE"},
    ),
    Case(
        "uuid keys become text on both sides of a foreign key",
        'export const u = pgTable("u", { id: uuid("id").primaryKey() });\n'
        + items('x: uuid("x").references(() => u.id),'),
        'export const u = pgTable("u", { id: text("id").primaryKey() });\n'
        + items('x: text("x").references(() => u.id),'),
        {"break-deploy:u.id": "EEEE", "break-deploy:items.x": "EEEE"},
    ),
    Case(
        "a unique constraint leaves that a foreign key needs",
        USERS.replace(" });", ', c: text("c").unique() });')
        + items('u: text("u").references(() => users.c),'),
        USERS.replace(" });", ', c: text("c") });')
        + items('u: text("u").references(() => users.c),'),
        {
            "break-deploy:users.users_c_unique": "E-E-",
            "break-deploy:users.users_c_key": "-E-E",
        },
    ),
]


def config(entry: str) -> str:
    return textwrap.dedent(
        f"""
        export default {{
          dialect: "postgresql", schema: "./schema.ts", {entry}
        }};
        """
    )


@pytest.mark.parametrize("lane", LANES, ids=lambda lane: f"{lane[0]} {lane[1]}")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_measured_changes(case: Case, lane: tuple[str, Way]) -> None:
    kit, way = lane
    sides = [
        read_side(
            {"schema.ts": IMPORTS + text, "drizzle.config.ts": config(entry)},
            Line.of(kit),
        )
        for text, entry in (
            (case.before, case.config),
            (case.after, case.later_config or case.config),
        )
    ]
    found = {
        f"{each.rule}:{each.subject}": each.severity.value[0].upper()
        for each in judged(sides[0], sides[1], kit, way)
    }
    index = LANES.index(lane)
    expected = {
        finding: lanes[index]
        for finding, lanes in case.findings.items()
        if lanes[index] != "-"
    }
    assert found == expected
