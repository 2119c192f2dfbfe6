"""One example, in TypeScript, of every difference that two schemas can have."""

# ruff: noqa: E501 -- one line of TypeScript reads best as one line
from typing import NamedTuple


class Example(NamedTuple):
    """What stands at base and at head, and every change between them."""

    base: str
    head: str
    changes: tuple[str, ...]


ID = 'id: integer("id")'
NAMES = 'name: text("name"), kind: text("kind")'
MOOD = 'export const mood = pgEnum("mood", ["a", "b"]);\n'
APP = 'export const app = pgSchema("app");\n'
USERS = 'export const users = pgTable("users", { id: integer("id").primaryKey() });\n'
SEEN = ".as((q) => q.select({ id: t.id }).from(t));\n"
POSTS = 'import { pgTable as outside } from "drizzle-orm/pg-core";\nconst posts = outside("posts", { id: integer("id") });\n'


def table(columns: str = ID, rest: str = "", name: str = "t") -> str:
    return f'export const {name} = pgTable("{name}", {{ {columns} }}{rest});\n'


def column(base: str, head: str, *changes: str) -> Example:
    """Return an example in which one column, `v`, is written in two ways."""
    kept = 'w: text("w"), '
    return Example(table(f"{kept}v: {base}"), table(f"{kept}v: {head}"), changes)


def inside(base: str, head: str, *changes: str) -> Example:
    """Return an example in which only the third argument of a table differs."""
    columns = f"{ID}, {NAMES}"
    return Example(
        table(columns, f", (t) => [{base}]"),
        table(columns, f", (t) => [{head}]"),
        changes,
    )


EXAMPLES: dict[str, Example] = {
    "a Postgres schema is new": Example("", APP, ("SchemaAdded app",)),
    "a Postgres schema is gone": Example(APP, "", ("SchemaDropped app",)),
    "a Postgres schema has another name": Example(
        APP, APP.replace('"app"', '"core"'), ("SchemaDropped app", "SchemaAdded core")
    ),
    "a table is new": Example("", table(), ("TableAdded t",)),
    "a table is gone": Example(table(), "", ("TableDropped t",)),
    "a table has another name": Example(
        table(), table(name="u"), ("TableDropped t", "TableAdded u")
    ),
    "a table moved to another Postgres schema": Example(
        APP + table(),
        APP + table().replace("pgTable", "app.table"),
        ("TableDropped t", "TableAdded app.t"),
    ),
    "a column is new": Example(
        table(), table(f'{ID}, v: text("v")'), ("ColumnAdded t.v",)
    ),
    "a column is gone": Example(
        table(f'{ID}, v: text("v")'), table(), ("ColumnDropped t.v",)
    ),
    "a column has another name": column(
        'text("v")', 'text("x")', "ColumnDropped t.v", "ColumnAdded t.x"
    ),
    "the columns stand in another order": Example(
        table(NAMES),
        table('kind: text("kind"), name: text("name")'),
        ("ColumnsReordered t",),
    ),
    "a column has another type": column(
        'text("v")', 'varchar("v", { length: 5 })', "ColumnTypeChanged t.v"
    ),
    "a column became an array": column(
        'text("v")', 'text("v").array()', "ColumnTypeChanged t.v"
    ),
    "a column became of an enum": Example(
        MOOD + table('v: text("v")'),
        MOOD + table('v: mood("v")'),
        ("ColumnTypeChanged t.v",),
    ),
    "a column became NOT NULL": column(
        'text("v")', 'text("v").notNull()', "NotNullAdded t.v"
    ),
    "a column became nullable": column(
        'text("v").notNull()', 'text("v")', "NotNullDropped t.v"
    ),
    "a column got a default": column(
        'text("v")', 'text("v").default("x")', "DefaultChanged t.v"
    ),
    "a column lost its default": column(
        'text("v").default("x")', 'text("v")', "DefaultChanged t.v"
    ),
    "a column has another default": column(
        'text("v").default("x")', 'text("v").default("y")', "DefaultChanged t.v"
    ),
    "a column became generated": column(
        'text("v")',
        'text("v").generatedAlwaysAs(sql`upper(w)`)',
        "GeneratedChanged t.v",
    ),
    "a column is no longer generated": column(
        'text("v").generatedAlwaysAs(sql`upper(w)`)',
        'text("v")',
        "GeneratedChanged t.v",
    ),
    "a column is generated in another way": column(
        'text("v").generatedAlwaysAs(sql`upper(w)`)',
        'text("v").generatedAlwaysAs(sql`lower(w)`)',
        "GeneratedChanged t.v",
    ),
    "a column got an identity": column(
        'integer("v").notNull()',
        'integer("v").generatedAlwaysAsIdentity()',
        "IdentityChanged t.v",
    ),
    "a column lost its identity": column(
        'integer("v").generatedAlwaysAsIdentity()',
        'integer("v").notNull()',
        "IdentityChanged t.v",
    ),
    "a column has another identity": column(
        'integer("v").generatedAlwaysAsIdentity()',
        'integer("v").generatedByDefaultAsIdentity({ startWith: 5 })',
        "IdentityChanged t.v",
    ),
    "a column became the primary key": column(
        'integer("v").notNull()', 'integer("v").primaryKey()', "InlineKeyChanged t.v"
    ),
    "a column is no longer the primary key": column(
        'integer("v").primaryKey()', 'integer("v").notNull()', "InlineKeyChanged t.v"
    ),
    "a table got a primary key of several columns": inside(
        "",
        "primaryKey({ columns: [t.name, t.kind] })",
        "PrimaryKeyChanged t.t_name_kind_pk",
    ),
    "a table lost its primary key of several columns": inside(
        "primaryKey({ columns: [t.name, t.kind] })",
        "",
        "PrimaryKeyChanged t.t_name_kind_pk",
    ),
    "a primary key has other columns": inside(
        'primaryKey({ name: "k", columns: [t.name, t.kind] })',
        'primaryKey({ name: "k", columns: [t.id, t.kind] })',
        "PrimaryKeyChanged t.k",
    ),
    "a unique constraint is new": column(
        'text("v")', 'text("v").unique()', "UniqueChanged t.t_v_unique"
    ),
    "a unique constraint is gone": column(
        'text("v").unique()', 'text("v")', "UniqueChanged t.t_v_unique"
    ),
    "a unique constraint takes NULLs for equal": inside(
        'unique("u").on(t.name)',
        'unique("u").on(t.name).nullsNotDistinct()',
        "UniqueChanged t.u",
    ),
    "a unique constraint has another name": inside(
        'unique("u").on(t.name)',
        'unique("w").on(t.name)',
        "UniqueChanged t.u",
        "UniqueChanged t.w",
    ),
    "a foreign key is new": Example(
        USERS + table(),
        USERS + table('id: integer("id").references(() => users.id)'),
        ("ForeignKeyChanged t.t_id_users_id_fk",),
    ),
    "a foreign key is gone": Example(
        USERS + table('id: integer("id").references(() => users.id)'),
        USERS + table(),
        ("ForeignKeyChanged t.t_id_users_id_fk",),
    ),
    "a foreign key does something else on delete": Example(
        USERS + table('id: integer("id").references(() => users.id)'),
        USERS
        + table(
            'id: integer("id").references(() => users.id, { onDelete: "cascade" })'
        ),
        ("ForeignKeyChanged t.t_id_users_id_fk",),
    ),
    "a foreign key does something else on update": Example(
        USERS + table('id: integer("id").references(() => users.id)'),
        USERS
        + table(
            'id: integer("id").references(() => users.id, { onUpdate: "set null" })'
        ),
        ("ForeignKeyChanged t.t_id_users_id_fk",),
    ),
    "a check is new": inside("", 'check("c", sql`id > 0`)', "CheckChanged t.c"),
    "a check is gone": inside('check("c", sql`id > 0`)', "", "CheckChanged t.c"),
    "a check says something else": inside(
        'check("c", sql`id > 0`)', 'check("c", sql`id > 1`)', "CheckChanged t.c"
    ),
    "an index is new": inside("", 'index("i").on(t.name)', "IndexChanged t.i"),
    "an index is gone": inside('index("i").on(t.name)', "", "IndexChanged t.i"),
    "an index became unique": inside(
        'index("i").on(t.name)', 'uniqueIndex("i").on(t.name)', "IndexChanged t.i"
    ),
    "an index has another name": inside(
        'index("i").on(t.name)',
        'index("j").on(t.name)',
        "IndexChanged t.i",
        "IndexChanged t.j",
    ),
    "a policy is new": Example(
        table().replace(");", ").enableRLS();"),
        table(ID, ', () => [pgPolicy("p", { using: sql`true` })]').replace(
            ");\n", ").enableRLS();\n"
        ),
        ("PolicyChanged t.p",),
    ),
    "a policy is gone": Example(
        table(ID, ', () => [pgPolicy("p", { using: sql`true` })]').replace(
            ");\n", ").enableRLS();\n"
        ),
        table().replace(");", ").enableRLS();"),
        ("PolicyChanged t.p",),
    ),
    "a policy says something else": inside(
        'pgPolicy("p", { using: sql`true` })',
        'pgPolicy("p", { using: sql`false` })',
        "PolicyChanged t.p",
    ),
    "a policy is for another command": inside(
        'pgPolicy("p", { for: "select" })',
        'pgPolicy("p", { for: "delete" })',
        "PolicyChanged t.p",
    ),
    "a policy has another name": inside(
        'pgPolicy("p")', 'pgPolicy("q")', "PolicyChanged t.p", "PolicyChanged t.q"
    ),
    "row-level security is on": Example(
        table(), table().replace(");", ").enableRLS();"), ("RowSecurityChanged t",)
    ),
    "row-level security is off": Example(
        table().replace(");", ").enableRLS();"), table(), ("RowSecurityChanged t",)
    ),
    "an enum is new": Example("", MOOD, ("EnumChanged mood",)),
    "an enum is gone": Example(MOOD, "", ("EnumChanged mood",)),
    "an enum has one label more": Example(
        MOOD, MOOD.replace('"b"', '"b", "c"'), ("EnumChanged mood",)
    ),
    "an enum has one label less": Example(
        MOOD, MOOD.replace(', "b"', ""), ("EnumChanged mood",)
    ),
    "an enum has its labels in another order": Example(
        MOOD, MOOD.replace('"a", "b"', '"b", "a"'), ("EnumChanged mood",)
    ),
    "an enum has another name": Example(
        MOOD, MOOD.replace('"mood"', '"feel"'), ("EnumChanged mood", "EnumChanged feel")
    ),
    "an enum moved to another Postgres schema": Example(
        APP + MOOD,
        APP + MOOD.replace("pgEnum", "app.enum"),
        ("EnumChanged mood", "EnumChanged app.mood"),
    ),
    "a sequence is new": Example(
        "", 'export const s = pgSequence("s");', ("SequenceChanged s",)
    ),
    "a sequence is gone": Example(
        'export const s = pgSequence("s");', "", ("SequenceChanged s",)
    ),
    "a sequence counts in another way": Example(
        'export const s = pgSequence("s");',
        'export const s = pgSequence("s", { increment: 5 });',
        ("SequenceChanged s",),
    ),
    "a sequence has another name": Example(
        'export const s = pgSequence("s");',
        'export const s = pgSequence("r");',
        ("SequenceChanged s", "SequenceChanged r"),
    ),
    "a sequence moved to another Postgres schema": Example(
        APP + 'export const s = pgSequence("s");',
        APP + 'export const s = app.sequence("s");',
        ("SequenceChanged s", "SequenceChanged app.s"),
    ),
    "a view is new": Example(
        table(), table() + f'export const v = pgView("v"){SEEN}', ("ViewChanged v",)
    ),
    "a view is gone": Example(
        table() + f'export const v = pgView("v"){SEEN}', table(), ("ViewChanged v",)
    ),
    "a view shows something else": Example(
        table()
        + 'export const v = pgView("v", { id: integer("id") }).as(sql`select 1 as id`);',
        table()
        + 'export const v = pgView("v", { id: integer("id") }).as(sql`select 2 as id`);',
        ("ViewChanged v",),
    ),
    "a view has another name": Example(
        table() + f'export const v = pgView("v"){SEEN}',
        table() + f'export const v = pgView("w"){SEEN}',
        ("ViewChanged v", "ViewChanged w"),
    ),
    "a view moved to another Postgres schema": Example(
        APP + table() + f'export const v = pgView("v"){SEEN}',
        APP + table() + f'export const v = app.view("v"){SEEN}',
        ("ViewChanged v", "ViewChanged app.v"),
    ),
    "a view has other options": Example(
        table() + f'export const v = pgView("v"){SEEN}',
        table()
        + f'export const v = pgView("v").with({{ securityBarrier: true }}){SEEN}',
        ("ViewChanged v",),
    ),
    "a materialized view lies in another tablespace": Example(
        table() + f'export const v = pgMaterializedView("v"){SEEN}',
        table() + f'export const v = pgMaterializedView("v").tablespace("fast"){SEEN}',
        ("ViewChanged v",),
    ),
    "a materialized view is stored in another way": Example(
        table() + f'export const v = pgMaterializedView("v"){SEEN}',
        table() + f'export const v = pgMaterializedView("v").using("columnar"){SEEN}',
        ("ViewChanged v",),
    ),
    "a policy on a table that is not managed is new": Example(
        POSTS,
        POSTS + 'export const p = pgPolicy("p").link(posts);',
        ("FreePolicyChanged p",),
    ),
    "a policy on a table that is not managed is gone": Example(
        POSTS + 'export const p = pgPolicy("p").link(posts);',
        POSTS,
        ("FreePolicyChanged p",),
    ),
    "a policy on a table that is not managed says something else": Example(
        POSTS + 'export const p = pgPolicy("p").link(posts);',
        POSTS + 'export const p = pgPolicy("p", { to: "current_user" }).link(posts);',
        ("FreePolicyChanged p",),
    ),
    "a policy on a table that is not managed has another name": Example(
        POSTS + 'export const p = pgPolicy("p").link(posts);',
        POSTS + 'export const p = pgPolicy("q").link(posts);',
        ("FreePolicyChanged p", "FreePolicyChanged q"),
    ),
    "a role is new": Example("", 'export const r = pgRole("r");', ("RoleChanged r",)),
    "a role is gone": Example('export const r = pgRole("r");', "", ("RoleChanged r",)),
    "a role may do more": Example(
        'export const r = pgRole("r");',
        'export const r = pgRole("r", { createDb: true });',
        ("RoleChanged r",),
    ),
    "a role has another name": Example(
        'export const r = pgRole("r");',
        'export const r = pgRole("s");',
        ("RoleChanged r", "RoleChanged s"),
    ),
    "something cannot be read any more": column(
        'text("v")',
        'process.env.X ? text("v") : uuid("v")',
        "BecameUnreadable t.v",
    ),
    "something can be read that could not": column(
        'process.env.X ? text("v") : uuid("v")', 'text("v")', "WasUnreadable t.v"
    ),
    "drizzle-kit refuses the schema": inside(
        'index("i").on(t.name)',
        'index("i").on(t.name), index("i").on(t.kind)',
        "IndexChanged t.i",
        "BecameRejected t",
    ),
    "drizzle-kit does not refuse the schema any more": inside(
        'index("i").on(t.name), index("i").on(t.kind)',
        'index("i").on(t.name)',
        "IndexChanged t.i",
        "WasRejected t",
    ),
}
