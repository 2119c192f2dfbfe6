import pytest

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
    UnreadableSqlError,
    Updates,
)
from schemadiff.migrations.statements import statements
from schemadiff.model import Name

A = Name("public", "a")


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
        ("DELETE FROM a WHERE x = 1", [Other()]),
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
        ("DO $$ BEGIN DROP TABLE a; END $$", [Opaque(destructive=True)]),
        ("DO $$ BEGIN PERFORM 1; END $$", [Opaque(destructive=False)]),
        ("CREATE TABLE a (x int)", [CreatesTable(A)]),
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


def test_an_empty_migration_does_nothing() -> None:
    assert statements("m.sql", "-- Custom SQL migration file\n") == ()


def test_broken_sql_is_named_with_its_place() -> None:
    with pytest.raises(UnreadableSqlError, match="syntax error") as caught:
        statements("m.sql", "SELECT 1;\nALTER TABEL x;")
    assert str(caught.value.span) == "m.sql:2:7"
