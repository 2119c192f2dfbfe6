"""Migrations of a push: what they plan, and what they do without a schema change.

The ones that real projects wrote by hand are shortened, their names are not.
"""

import json
from pathlib import Path

import pytest

from schemadiff.check import check
from schemadiff.rules.finding import Finding
from schemadiff.settings import parse_settings
from tests.memory_files import MemoryFiles

IMPORTS = """import { boolean, integer, jsonb, numeric, pgEnum, pgTable, serial, text,
  timestamp, uuid, varchar } from "drizzle-orm/pg-core";
"""
SETTINGS = parse_settings(b'deploy = "migrations"\n')
FILES = {
    "drizzle.config.ts": (
        'export default { dialect: "postgresql", schema: "./schema.ts",'
        ' out: "./drizzle" };'
    ),
    "package.json": '{"devDependencies": {"drizzle-kit": "0.31.11"}}',
    "drizzle/0000_first.sql": "SELECT 1;",
}


def journal(*tags: str, step: int = 1000) -> str:
    entries = [
        {"idx": index, "version": "7", "when": index * step, "tag": tag}
        for index, tag in enumerate(tags)
    ]
    return json.dumps({"version": "7", "dialect": "postgresql", "entries": entries})


def found(base: str, head: str, sql: str, **more: str) -> dict[str, Finding]:
    """Judge a push that turns one schema into another and adds one migration."""
    return compared(
        {"schema.ts": IMPORTS + base},
        {"schema.ts": IMPORTS + head, "drizzle/0001_second.sql": sql, **more},
    )


def compared(base: dict[str, str], head: dict[str, str]) -> dict[str, Finding]:
    before = MemoryFiles(FILES | base, "origin/main")
    after = MemoryFiles(FILES | base | head)
    (project,) = check(before, after, SETTINGS, ()).projects
    findings = [each.finding for each in project.judged]
    return {f"{each.rule}:{each.subject}": each for each in findings}


def place(finding: Finding) -> str:
    return f"{finding.now.path}:{finding.now.line}" if finding.now else ""


def clients(*columns: str) -> str:
    inside = ", ".join(['id: serial("id").primaryKey()', *columns])
    return f'export const clients = pgTable("clients", {{ {inside} }});\n'


EMAIL = 'email: text("email")'
NAME = 'name: text("name")'
COMPANY = 'companyName: text("company_name")'


def test_a_drop_is_found_at_its_line_of_the_migration() -> None:
    sql = 'SELECT 1;\nALTER TABLE "clients" DROP COLUMN "email";'
    (finding,) = found(clients(EMAIL), clients(), sql).values()
    assert place(finding) == "drizzle/0001_second.sql:2"
    assert finding.sql == ('ALTER TABLE "clients" DROP COLUMN "email";',)
    assert finding.was is not None
    assert finding.was.path == "schema.ts"


def test_a_dropped_table_is_found_at_its_line_too() -> None:
    (finding,) = found(clients(), "", '\nDROP TABLE "clients" CASCADE;').values()
    assert finding.rule == "drop-table"
    assert place(finding) == "drizzle/0001_second.sql:2"


def test_values_that_are_copied_before_the_drop_are_kept() -> None:
    sql = """ALTER TABLE "clients" ADD COLUMN "name" text;--> statement-breakpoint
UPDATE "clients" SET "name" = "company_name";--> statement-breakpoint
ALTER TABLE "clients" DROP COLUMN "company_name";"""
    assert found(clients(COMPANY), clients(NAME), sql) == {}


@pytest.mark.parametrize(
    "update",
    [
        'UPDATE "clients" SET "name" = "company_name" WHERE "id" < 100;',
        'UPDATE "clients" SET "name" = lower("company_name");',
        'UPDATE "clients" SET "name" = \'\';',
    ],
)
def test_values_that_are_copied_in_part_are_lost(update: str) -> None:
    sql = f"""ALTER TABLE "clients" ADD COLUMN "name" text; {update}
ALTER TABLE "clients" DROP COLUMN "company_name";"""
    assert set(found(clients(COMPANY), clients(NAME), sql)) == {
        "rename-column:clients.company_name"
    }


def test_a_change_that_the_migration_leaves_out_says_so() -> None:
    sql = "ALTER TABLE clients ADD COLUMN note text;"
    (finding,) = found(clients(EMAIL), clients(), sql).values()
    (note,) = finding.notes
    assert note == (
        "no migration in this push carries this out;"
        " drizzle-kit generate would write it so"
    )


def test_under_push_a_rename_says_what_its_migration_is_worth() -> None:
    texts = {"schema.ts": IMPORTS + clients(COMPANY)}
    before = MemoryFiles(FILES | texts, "origin/main")
    renamed = {"schema.ts": IMPORTS + clients(NAME), "drizzle/0001_second.sql": RENAME}
    settings = parse_settings(b'deploy = "push"')
    (project,) = check(before, MemoryFiles(FILES | renamed), settings, ()).projects
    (judged,) = project.judged
    assert judged.finding.notes[-1] == (
        "the migration in this push changes nothing: the deploy is by push"
    )


def test_a_copy_after_the_drop_keeps_nothing() -> None:
    sql = """ALTER TABLE "clients" ADD COLUMN "name" text;
ALTER TABLE "clients" DROP COLUMN "company_name";
UPDATE "clients" SET "name" = "company_name";"""
    assert set(found(clients(COMPANY), clients(NAME), sql)) == {
        "rename-column:clients.company_name"
    }


def test_a_column_that_takes_anothers_place_converts_it() -> None:
    sql = """ALTER TABLE clients ADD COLUMN age_new integer;
UPDATE clients SET age_new = nullif(age, '')::integer;
ALTER TABLE clients DROP COLUMN age;
ALTER TABLE clients RENAME COLUMN age_new TO age;"""
    base, head = clients('age: text("age")'), clients('age: integer("age")')
    assert found(base, head, sql) == {}


def test_a_column_that_is_dropped_and_made_anew_is_lost_once() -> None:
    sql = "ALTER TABLE clients DROP COLUMN age; ALTER TABLE clients ADD age integer;"
    base, head = clients('age: text("age")'), clients('age: integer("age")')
    assert set(found(base, head, sql)) == {"drop-column:clients.age"}


ENUM = 'export const status = pgEnum("status", ["open", "done"]);\n'
USED = clients('status: status("status")')


def test_a_renamed_label_is_planned() -> None:
    head = ENUM.replace("done", "closed") + USED
    sql = "ALTER TYPE \"status\" RENAME VALUE 'done' TO 'closed';"
    assert found(ENUM + USED, head, sql) == {}


def test_a_renamed_enum_is_planned() -> None:
    head = (ENUM + USED).replace('"status", [', '"state", [')
    assert found(ENUM + USED, head, 'ALTER TYPE "status" RENAME TO "state";') == {}


def test_a_label_that_goes_with_a_rename_is_still_judged() -> None:
    head = ENUM.replace('"open", "done"', '"opened"') + USED
    sql = "ALTER TYPE \"status\" RENAME VALUE 'open' TO 'opened';"
    assert set(found(ENUM + USED, head, sql)) == {"drop-enum-label:status.done"}


def test_a_type_dropped_with_what_uses_it_takes_columns_along() -> None:
    (finding,) = found(ENUM + USED, ENUM + USED, "DROP TYPE status CASCADE;").values()
    assert (finding.rule, str(finding.subject)) == ("drop-column", "clients.status")


def test_a_type_that_no_column_has_any_more_goes_alone() -> None:
    sql = "ALTER TABLE clients ALTER status TYPE text; DROP TYPE status CASCADE;"
    assert found(ENUM + USED, clients('status: text("status")'), sql) == {}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("TRUNCATE clients;", "drop-table:clients"),
        ("DELETE FROM clients;", "drop-table:clients"),
        ("DELETE FROM clients WHERE true;", "drop-table:clients"),
        ("DELETE FROM clients c USING old o;", "drop-table:clients"),
        (
            "WITH d AS (DELETE FROM clients RETURNING *) INSERT INTO o SELECT * FROM d",
            "drop-table:clients",
        ),
        ("UPDATE clients SET email = NULL;", "drop-column:clients.email"),
        ("ALTER TABLE clients DROP COLUMN email;", "drop-column:clients.email"),
        ("DROP SCHEMA app CASCADE;", "drop-schema:app"),
        ("DO $$ BEGIN TRUNCATE clients; END $$;", "drop-table:clients"),
        (
            "DO $$ BEGIN EXECUTE 'TRUNCATE ' || x; END $$;",
            "unreadable-schema:drizzle/0001_second.sql",
        ),
        ("DROP OWNED BY app;", "unreadable-schema:drizzle/0001_second.sql"),
        ("CALL tidy_up();", "unreadable-schema:drizzle/0001_second.sql"),
        (
            "CREATE FUNCTION f() RETURNS x LANGUAGE sql AS 'TRUNCATE a'; SELECT f()",
            "drop-table:a",
        ),
        (
            "CREATE TABLE IF NOT EXISTS clients (); DROP TABLE clients",
            "drop-table:clients",
        ),
    ],
)
def test_what_no_change_of_the_schema_explains_is_an_error(
    sql: str, expected: str
) -> None:
    schema = clients(EMAIL)
    (name, finding), *_ = found(schema, schema, sql).items()
    assert name == expected
    assert finding.severity == "error"


def test_a_function_of_an_earlier_migration_is_followed() -> None:
    wipe = "CREATE PROCEDURE wipe() LANGUAGE sql AS 'DELETE FROM clients';"
    base = {"schema.ts": IMPORTS + clients(), "drizzle/0000_first.sql": wipe}
    head = {"drizzle/0001_second.sql": "CALL wipe();"}
    assert set(compared(base, head)) == {"drop-table:clients"}


HARMLESS = {
    "backfill per row": """
ALTER TABLE "clients" ADD COLUMN "human_id" text;--> statement-breakpoint
DO $$
DECLARE
  cert_id uuid;
BEGIN
  FOR cert_id IN SELECT id FROM "clients" WHERE human_id IS NULL LOOP
    UPDATE "clients" SET human_id = 'RD-' || floor(random() * 32)::int
    WHERE id = cert_id;
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "human_id" SET NOT NULL;""",
    "guarded by a question": """
ALTER TABLE "clients" ADD COLUMN "human_id" text;--> statement-breakpoint
UPDATE "clients" SET "human_id" = lower(trim("email"));--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM "clients" WHERE "human_id" IS NULL) THEN
    RAISE EXCEPTION 'Cannot migrate: % cannot be deleted', 'clients';
  END IF;
END $$;--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "human_id" SET NOT NULL;""",
    "from another table": """
ALTER TABLE "clients" ADD COLUMN "human_id" text;--> statement-breakpoint
WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM clients)
UPDATE clients c SET human_id = numbered.n::text FROM numbered
 WHERE numbered.id = c.id;--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "human_id" SET NOT NULL;""",
    "default taken away again": """
ALTER TABLE "clients" ADD COLUMN "human_id" text DEFAULT '' NOT NULL;
ALTER TABLE "clients" ALTER COLUMN "human_id" DROP DEFAULT;""",
    "keys as 0.30 wrote them": """
ALTER TABLE "clients" ADD COLUMN "human_id" text DEFAULT '' NOT NULL;
DO $$ BEGIN
 ALTER TABLE "clients" ADD CONSTRAINT "clients_space_fk" FOREIGN KEY ("space_id")
  REFERENCES "public"."spaces"("id") ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN
 CREATE TYPE "winner" AS ENUM('home', 'away', 'draw');
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;""",
    "duplicates and orphans removed": """
ALTER TABLE "clients" ADD COLUMN "human_id" text DEFAULT '' NOT NULL;
CREATE TEMPORARY TABLE "survivors" AS SELECT DISTINCT ON (email) id FROM clients;
UPDATE "proposals" SET "client_id" = "s"."id" FROM "survivors" "s";
DELETE FROM "clients" "c" USING "survivors" "s" WHERE "c"."id" <> "s"."id";
DELETE FROM "chunks" WHERE NOT EXISTS (SELECT 1 FROM "clients");
DROP TABLE "survivors";""",
    "functions, triggers, policies": """
ALTER TABLE "clients" ADD COLUMN "human_id" text DEFAULT '' NOT NULL;
CREATE FUNCTION purge() RETURNS trigger AS $$ BEGIN DELETE FROM logs; RETURN OLD; END $$
 LANGUAGE plpgsql;
CREATE TRIGGER t AFTER DELETE ON clients FOR EACH ROW EXECUTE FUNCTION purge();
DROP TRIGGER IF EXISTS old ON clients;
DO $$ DECLARE p record; BEGIN
  FOR p IN SELECT policyname AS name FROM pg_policies LOOP
    EXECUTE format('DROP POLICY %I ON clients', p.name);
    EXECUTE format('CREATE POLICY %I ON clients FOR DELETE USING (true)', p.name);
  END LOOP;
END $$;
SELECT setval('clients_id_seq', (SELECT max(id) FROM clients));
GRANT SELECT, DELETE ON clients TO app;""",
}


@pytest.mark.parametrize("sql", HARMLESS.values(), ids=HARMLESS)
def test_what_real_projects_write_by_hand_is_silent(sql: str) -> None:
    head = clients(EMAIL, 'humanId: text("human_id").notNull()')
    assert found(clients(EMAIL), head, sql) == {}


def test_a_column_renamed_filled_and_required_is_planned() -> None:
    sql = """
ALTER TABLE "entries" RENAME COLUMN "content" TO "feed_content";--> statement-breakpoint
UPDATE "entries" SET "feed_content" = '' WHERE "feed_content" IS NULL;
--> statement-breakpoint
ALTER TABLE "entries" ALTER COLUMN "feed_content" SET DEFAULT '';
--> statement-breakpoint
ALTER TABLE "entries" ALTER COLUMN "feed_content" SET NOT NULL;"""
    base = 'export const e = pgTable("entries", { content: text("content") });'
    head = (
        'export const e = pgTable("entries",'
        ' { feed: text("feed_content").notNull().default("") });'
    )
    assert found(base, head, sql) == {}


def test_text_that_becomes_an_enum_with_using_is_planned() -> None:
    sql = """CREATE TYPE "role" AS ENUM('USER', 'OWNER');--> statement-breakpoint
UPDATE "clients" SET "role" = 'USER' WHERE "role" IS NULL;--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "role" SET DATA TYPE "role" USING "role"::"role";
--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "role" SET NOT NULL;"""
    head = 'export const role = pgEnum("role", ["USER", "OWNER"]);\n' + clients(
        'role: role("role").notNull()'
    )
    assert found(clients('role: text("role")'), head, sql) == {}


def test_a_table_that_was_emptied_takes_a_required_column() -> None:
    sql = "TRUNCATE clients CASCADE; ALTER TABLE clients ADD grade text NOT NULL;"
    head = clients('grade: text("grade").notNull()')
    assert set(found(clients(), head, sql)) == {"drop-table:clients"}


def test_a_table_of_the_plan_may_be_renamed_and_dropped() -> None:
    sql = """CREATE TABLE a (x int); ALTER TABLE a RENAME TO b; DROP TABLE b;
ALTER TABLE clients ADD tmp int; ALTER TABLE clients DROP tmp;"""
    assert found(clients(), clients(), sql) == {}


def test_a_table_that_took_the_name_of_the_plans_own_is_no_such() -> None:
    sql = """CREATE TABLE a (x int); ALTER TABLE a RENAME TO b;
ALTER TABLE clients RENAME TO a; DROP TABLE a;"""
    assert set(found(clients(), clients(), sql)) == {"drop-table:a"}


LATER = {
    "ALTER TABLE clients ADD COLUMN plan text NOT NULL;": (
        "add-required-column:clients.plan",
        "error",
    ),
    "ALTER TABLE clients ALTER COLUMN plan SET NOT NULL;": (
        "require-column:clients.plan",
        "warning",
    ),
}


@pytest.mark.parametrize("sql", LATER)
def test_a_migration_that_follows_its_schema_later_is_judged_again(sql: str) -> None:
    schema = clients('plan: text("plan").notNull()')
    judged = found(schema, schema, sql)
    name, severity = LATER[sql]
    assert set(judged) == {name}
    assert judged[name].severity == severity
    assert place(judged[name]) == "drizzle/0001_second.sql:1"


def test_a_column_that_is_there_already_is_not_added_again() -> None:
    schema = clients('plan: text("plan").notNull()')
    sql = "ALTER TABLE clients ADD COLUMN IF NOT EXISTS plan text NOT NULL;"
    assert found(schema, schema, sql) == {}
    assert set(found(clients(), schema, sql)) == {"add-required-column:clients.plan"}


def snapshot(column: str, kind: str) -> str:
    row = {"name": column, "type": kind, "primaryKey": False, "notNull": False}
    table = {"name": "clients", "schema": "", "columns": {column: row}}
    return json.dumps({"tables": {"public.clients": table}})


def test_a_type_that_changes_later_is_compared_with_the_snapshot() -> None:
    schema = IMPORTS + clients('price: numeric("price", { precision: 8, scale: 2 })')
    base = {
        "schema.ts": schema,
        "drizzle/meta/0000_snapshot.json": snapshot("price", "double precision"),
    }
    text = "ALTER TABLE clients ALTER COLUMN price SET DATA TYPE numeric(8, 2);"
    (finding,) = compared(base, {"drizzle/0001_second.sql": text}).values()
    assert (finding.rule, finding.effect) == ("change-column-type", "alters")
    assert place(finding) == "drizzle/0001_second.sql:1"


def test_a_type_change_that_only_a_migration_makes_is_judged() -> None:
    schema = clients('price: numeric("price", { precision: 8, scale: 4 })')
    sql = "ALTER TABLE clients ALTER price TYPE numeric(8, 2);"
    (finding,) = found(schema, schema, sql).values()
    assert (finding.rule, finding.effect) == ("narrow-column-type", "alters")
    wider = "ALTER TABLE clients ALTER price TYPE numeric(12, 4);"
    assert found(schema, schema, wider) == {}


def test_of_an_edited_migration_the_new_statements_are_judged() -> None:
    first = "CREATE TABLE a (x int);\nDELETE FROM clients;\n"
    base = {"schema.ts": IMPORTS + clients(EMAIL), "drizzle/0000_first.sql": first}
    assert compared(base, {"drizzle/0000_first.sql": "-- said\n" + first}) == {}
    more = first + "TRUNCATE clients;\nALTER TABLE clients DROP email;"
    judged = compared(base, {"drizzle/0000_first.sql": more})
    assert [place(each) for each in judged.values()] == [
        "drizzle/0000_first.sql:3",
        "drizzle/0000_first.sql:4",
    ]


JOURNAL = "drizzle/meta/_journal.json"
DROP = "ALTER TABLE clients DROP COLUMN email;"
RENAME = "ALTER TABLE clients RENAME COLUMN company_name TO name;"
BEFORE = {
    "schema.ts": IMPORTS + clients(COMPANY),
    JOURNAL: journal("0000_first"),
}
AFTER = {"schema.ts": IMPORTS + clients(NAME), "drizzle/0001_second.sql": RENAME}


def test_a_migration_of_the_journal_plans() -> None:
    head = {JOURNAL: journal("0000_first", "0001_second")}
    assert compared(BEFORE, AFTER | head) == {}


def test_a_migration_that_the_journal_does_not_name_plans_nothing() -> None:
    judged = compared(BEFORE, AFTER)
    assert set(judged) == {
        "rename-column:clients.company_name",
        "break-deploy:drizzle/0001_second.sql",
    }
    said = judged["break-deploy:drizzle/0001_second.sql"]
    assert said.severity == "warning"
    assert said.message == (
        "drizzle/0001_second.sql would not be run:"
        " drizzle/meta/_journal.json does not name it"
    )


def test_a_migration_that_the_journal_names_later_is_judged_then() -> None:
    base = {
        "schema.ts": IMPORTS + clients(EMAIL),
        "drizzle/0001_second.sql": "TRUNCATE clients;",
        JOURNAL: journal("0000_first"),
    }
    head = {JOURNAL: journal("0000_first", "0001_second")}
    assert set(compared(base, head)) == {"drop-table:clients"}


def test_a_journal_that_names_a_file_that_is_not_there_stops_the_deploy() -> None:
    schema = {"schema.ts": IMPORTS + clients(), JOURNAL: journal("0000_first")}
    head = {JOURNAL: journal("0000_first", "0001_lost")}
    (finding,) = compared(schema, head).values()
    assert finding.severity == "error"
    assert finding.message == (
        "the deploy would fail: drizzle/0001_lost.sql is not there,"
        " and drizzle/meta/_journal.json names it"
    )


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n{}", "{}", '{"entries": [{}]}'])
def test_a_journal_that_cannot_be_read_stops_the_deploy(text: str) -> None:
    schema = {"schema.ts": IMPORTS + clients(), JOURNAL: journal("0000_first")}
    assert set(compared(schema, {JOURNAL: text})) == {f"break-deploy:{JOURNAL}"}


def test_a_migration_older_than_the_last_is_said_to_be_skipped() -> None:
    base = BEFORE | {JOURNAL: journal("0000_a", "0000_first", step=5000)}
    base["drizzle/0000_a.sql"] = ""
    times = json.loads(journal("0000_a", "0000_first", "0001_second", step=2000))
    times["entries"][1]["when"] = 5000
    head = AFTER | {JOURNAL: json.dumps(times)}
    (finding,) = compared(base, head).values()
    assert str(finding.subject) == "drizzle/0001_second.sql"
    assert finding.severity == "warning"


def test_a_migration_under_another_name_is_no_new_one() -> None:
    base = {"schema.ts": IMPORTS + clients(), "drizzle/0001_a.sql": "TRUNCATE clients"}
    before = MemoryFiles(FILES | base, "origin/main")
    renamed = FILES | {"schema.ts": base["schema.ts"]}
    after = MemoryFiles(renamed | {"drizzle/0001_b.sql": "TRUNCATE clients"})
    (project,) = check(before, after, SETTINGS, ()).projects
    assert project.judged == ()


def test_migrations_that_drizzle_kit_up_lays_out_anew_are_no_new_ones() -> None:
    schema, old = IMPORTS + clients(), "TRUNCATE clients;"
    base = FILES | {
        "schema.ts": schema,
        "drizzle/0001_a.sql": old,
        JOURNAL: journal("0000_first", "0001_a"),
    }
    kept = {path: text for path, text in FILES.items() if "drizzle/" not in path}
    head = kept | {
        "schema.ts": schema,
        "drizzle/20240101000000_first/migration.sql": FILES["drizzle/0000_first.sql"],
        "drizzle/20240102000000_a/migration.sql": old,
    }
    before, after = MemoryFiles(base, "origin/main"), MemoryFiles(head)
    (project,) = check(before, after, SETTINGS, ()).projects
    assert project.judged == ()


def test_a_journal_that_is_gone_stops_the_deploy() -> None:
    base = FILES | {"schema.ts": IMPORTS + clients(), JOURNAL: journal("0000_first")}
    head = {path: text for path, text in base.items() if path != JOURNAL}
    before, after = MemoryFiles(base, "origin/main"), MemoryFiles(head)
    (project,) = check(before, after, SETTINGS, ()).projects
    assert [str(each.finding.subject) for each in project.judged] == [JOURNAL]


def test_the_migrations_of_1_0_are_read_too() -> None:
    head = {
        "schema.ts": IMPORTS + clients(),
        "drizzle/20260101000000_x/migration.sql": DROP,
    }
    base = {"schema.ts": IMPORTS + clients(EMAIL)}
    (finding,) = compared(base, head).values()
    assert place(finding) == "drizzle/20260101000000_x/migration.sql:1"


DIFFS = Path(__file__).parent.parent / "cases" / "diffs"
ANSWERED = {
    "enum-move",
    "move-table",
    "rename-column-and-type",
    "rename-column-custom-idx",
    "rename-table",
    "schema-rename",
}
"""A person answered rename, and the migration says so."""
CONVERTED = {"0.31.11 enum-to-enum", "0.31.11 type-to-enum"}
"""0.31 writes USING for enums alone, where a person would write the same."""
INVALID = {
    "0.31.11 enum-add-quote",
    "1.0.0-rc.5 enum-add-quote",
    "1.0.0-rc.5 index-sql-forms",
}
"""drizzle-kit itself wrote what is no SQL."""


@pytest.mark.parametrize("kit", ["0.31.11", "1.0.0-rc.5"])
@pytest.mark.parametrize("case", sorted(DIFFS.iterdir()), ids=lambda each: each.name)
def test_a_generated_migration_changes_no_verdict(case: Path, kit: str) -> None:
    path = case / f"migration.{kit}.sql"
    if not path.exists():
        return
    package = json.dumps({"devDependencies": {"drizzle-kit": kit}})
    base = {"schema.ts": (case / "v1.ts").read_text(), "package.json": package}
    head = {"schema.ts": (case / "v2.ts").read_text()}
    alone = compared(base, head)
    added = compared(base, head | {"drizzle/0001_second.sql": path.read_text()})
    severe = {name for name, each in added.items() if each.severity == "error"}
    if f"{kit} {case.name}" in INVALID:
        assert severe == {"unreadable-schema:drizzle/0001_second.sql"}
    elif case.name in ANSWERED:
        assert not any(each.startswith(("rename-", "break-")) for each in severe)
    elif f"{kit} {case.name}" in CONVERTED:
        assert not added
    else:
        assert {n: e.severity for n, e in added.items()} == {
            n: e.severity for n, e in alone.items()
        }
