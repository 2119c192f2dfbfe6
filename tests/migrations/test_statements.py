import pytest

from schemadiff.migrations.actions import (
    Action,
    AddsColumn,
    Calls,
    ChangesType,
    Clears,
    Copies,
    CreatesTable,
    Defines,
    DropsColumn,
    DropsDependents,
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
    UnreadableSqlError,
    Updates,
)
from schemadiff.migrations.statements import statements
from schemadiff.model import Name

A = Name("public", "a")
LOOP = """DO $$ DECLARE r record;
BEGIN FOR r IN SELECT 1 LOOP DELETE FROM a; END LOOP; END $$"""
KEY_IN_A_BLOCK = """DO $$ BEGIN
 ALTER TABLE "a" ADD CONSTRAINT "a_x_b_id_fk" FOREIGN KEY ("x") REFERENCES "b"("id")
 ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;"""
"""As drizzle-kit wrote foreign keys until 0.30."""


@pytest.mark.parametrize(
    ("sql", "actions"),
    [
        ('ALTER TABLE "a" RENAME COLUMN "x" TO "y"', [RenamesColumn(A, "x", "y")]),
        ("ALTER TABLE a RENAME TO b", [RenamesTable(A, Name("public", "b"))]),
        ("ALTER TABLE a SET SCHEMA t", [RenamesTable(A, Name("t", "a"))]),
        ("ALTER SCHEMA s RENAME TO u", [RenamesSchema("s", "u")]),
        (
            "ALTER TYPE s.e RENAME TO f",
            [RenamesType(Name("s", "e"), Name("s", "f"))],
        ),
        (
            "ALTER TYPE e RENAME VALUE 'a' TO 'b'",
            [RenamesLabel(Name("public", "e"), "a", "b")],
        ),
        ("ALTER TYPE e ADD VALUE 'c'", [Other()]),
        ("DROP SCHEMA s CASCADE", [DropsSchema("s")]),
        ("DROP TABLE a, s.b", [DropsTable(A), DropsTable(Name("s", "b"))]),
        ("DROP INDEX a", [Other()]),
        ("ALTER TABLE a DROP COLUMN IF EXISTS x", [DropsColumn(A, "x")]),
        ("TRUNCATE a CASCADE", [Empties(A, cascade=True)]),
        ("DELETE FROM a", [Empties(A, cascade=False)]),
        ("DELETE FROM a USING b", [Empties(A, cascade=False)]),
        ("DELETE FROM a WHERE true", [Empties(A, cascade=False)]),
        ("DELETE FROM a WHERE 1 = 1", [Empties(A, cascade=False)]),
        ("DELETE FROM a WHERE x = 1 OR true", [Empties(A, cascade=False)]),
        ("DELETE FROM a WHERE x = 1", [Other()]),
        ("DELETE FROM a WHERE false", [Other()]),
        ("DELETE FROM a WHERE EXISTS (SELECT 1)", [Other()]),
        (
            "WITH d AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM d",
            [Empties(A, cascade=False)],
        ),
        (
            "UPDATE a SET x = y::int",
            [Updates(A, ("x",)), Copies(A, "x", "y", whole=True)],
        ),
        (
            "UPDATE a SET x = a.y WHERE x IS NULL",
            [Updates(A, ("x",)), Copies(A, "x", "y", whole=True)],
        ),
        (
            "UPDATE a SET x = y WHERE id < 9",
            [Updates(A, ("x",)), Copies(A, "x", "y", whole=False)],
        ),
        (
            "UPDATE a SET x = lower(y)",
            [Updates(A, ("x",)), Copies(A, "x", "y", whole=False)],
        ),
        (
            "UPDATE a SET x = b.y FROM b WHERE b.id = a.b_id",
            [Updates(A, ("x",))],
        ),
        ("UPDATE a SET x = NULL", [Updates(A, ("x",)), Clears(A, "x")]),
        ("UPDATE a SET x = NULL WHERE y", [Updates(A, ("x",))]),
        ("UPDATE a SET x = 1, z = 2 WHERE y", [Updates(A, ("x", "z"))]),
        (
            "ALTER TABLE a ADD COLUMN x text NOT NULL",
            [AddsColumn(A, "x", not_null=True, has_default=False)],
        ),
        (
            "ALTER TABLE a ADD COLUMN x text DEFAULT 'q' NOT NULL",
            [AddsColumn(A, "x", not_null=True, has_default=True)],
        ),
        (
            "ALTER TABLE a ADD COLUMN x serial PRIMARY KEY",
            [AddsColumn(A, "x", not_null=True, has_default=True)],
        ),
        (
            "ALTER TABLE a ADD x int GENERATED ALWAYS AS IDENTITY",
            [AddsColumn(A, "x", not_null=False, has_default=True)],
        ),
        ("ALTER TABLE a ALTER COLUMN x SET DEFAULT 1", [SetsDefault(A, "x")]),
        ("ALTER TABLE a ALTER COLUMN x DROP DEFAULT", [Other()]),
        ("ALTER TABLE a ALTER x SET NOT NULL", [SetsNotNull(A, "x")]),
        (
            "ALTER TABLE a ALTER x SET DATA TYPE int USING x::int",
            [ChangesType(A, "x", using=True)],
        ),
        ("ALTER TABLE a ALTER x TYPE int", [ChangesType(A, "x", using=False)]),
        ("DO $$ BEGIN DROP TABLE a; END $$", [DropsTable(A)]),
        ("DO $$ BEGIN PERFORM 1; END $$", [Other()]),
        (
            "DO $$ BEGIN IF x() THEN TRUNCATE a; END IF; END $$",
            [Empties(A, cascade=False)],
        ),
        ("DO $$ BEGIN EXECUTE 'DROP TABLE a'; END $$", [DropsTable(A)]),
        (
            "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'a'); END $$",
            [Opaque(destructive=True)],
        ),
        (
            "DO $$ BEGIN EXECUTE format('CREATE INDEX ON %I (x)', 'a'); END $$",
            [Opaque(destructive=False)],
        ),
        (
            LOOP,
            [Other(), Empties(A, cascade=False)],
        ),
        (
            KEY_IN_A_BLOCK,
            [Other()],
        ),
        ("DO LANGUAGE plv8 $$ x('drop table a') $$", [Opaque(destructive=True)]),
        ("DO LANGUAGE plv8 $$ x('select 1') $$", [Opaque(destructive=False)]),
        (
            "CREATE FUNCTION f() RETURNS x AS 'BEGIN TRUNCATE a; END' LANGUAGE plpgsql",
            [Defines(Name("public", "f"), (Empties(A, cascade=False),))],
        ),
        (
            "CREATE FUNCTION s.f() RETURNS void AS 'DELETE FROM a' LANGUAGE sql",
            [Defines(Name("s", "f"), (Empties(A, cascade=False),))],
        ),
        ("SELECT f(1)", [Calls(Name("public", "f"), alone=False)]),
        ("CALL s.f()", [Calls(Name("s", "f"), alone=True)]),
        ("PREPARE p AS DELETE FROM a", [Empties(A, cascade=False)]),
        ("DROP TYPE e", [Other()]),
        ("DROP TYPE s.e CASCADE", [DropsDependents(Name("s", "e"))]),
        ("DROP EXTENSION citext CASCADE", [DropsDependents(None, "citext")]),
        ("DROP OWNED BY x", [Opaque(destructive=True)]),
        ("CREATE TABLE a (x int)", [CreatesTable(A)]),
        ("CREATE TABLE IF NOT EXISTS a (x int)", [CreatesTable(A, if_not_exists=True)]),
        ("CREATE TABLE a AS SELECT 1", [CreatesTable(A)]),
        ("CREATE INDEX ON a (x)", [Other()]),
    ],
)
def test_what_a_statement_does(sql: str, actions: list[Action]) -> None:
    assert [each.action for each in statements("m.sql", sql)] == actions


def test_a_statement_knows_its_place_behind_breakpoints_and_comments() -> None:
    text = (
        "-- Ünïcode\n"
        "SELECT 1;\n--> statement-breakpoint\n"
        '  ALTER TABLE "a" DROP COLUMN "x";\n'
    )
    _, drop = statements("drizzle/0001_m.sql", text)
    assert str(drop.span) == "drizzle/0001_m.sql:4:3"
    assert drop.sql == 'ALTER TABLE "a" DROP COLUMN "x"'
    cut = text.encode()[drop.span.start : drop.span.end].decode()
    assert cut == drop.sql


def test_a_statement_in_a_block_has_its_own_place() -> None:
    text = "DO $$\nBEGIN\n  DROP TABLE a;\nEND $$;"
    (drop,) = statements("m.sql", text)
    assert drop.sql == "DROP TABLE a"
    assert str(drop.span) == "m.sql:3:3"


def test_breakpoints_part_statements_that_no_semicolon_ends() -> None:
    text = (
        "ALTER TABLE a ALTER x SET DEFAULT nextval('s')\n"
        "--> statement-breakpoint\n"
        "TRUNCATE a"
    )
    _, truncate = statements("m.sql", text)
    assert truncate.action == Empties(A, cascade=False)
    assert str(truncate.span) == "m.sql:3:1"


def test_an_empty_migration_does_nothing() -> None:
    assert statements("m.sql", "-- Custom SQL migration file\n") == ()


def test_broken_sql_is_named_with_its_place() -> None:
    with pytest.raises(UnreadableSqlError, match="syntax error") as caught:
        statements("m.sql", "SELECT 1;\nALTER TABEL x;")
    assert str(caught.value.span) == "m.sql:2:7"


def test_sql_that_ends_too_early_is_named_with_its_end() -> None:
    with pytest.raises(UnreadableSqlError, match="at end of input") as caught:
        statements("m.sql", "SELECT 1;\nALTER TABLE a\n")
    assert str(caught.value.span) == "m.sql:2:14"
