from schemadiff.migrations.added import read_plan
from schemadiff.migrations.plan import Plan
from schemadiff.model import Name
from tests.memory_files import MemoryFiles

CLIENTS = Name("public", "clients")


def plan(sql: str) -> Plan:
    head = MemoryFiles({"drizzle/0000_a.sql": "", "drizzle/0001_b.sql": sql})
    return read_plan(MemoryFiles({"drizzle/0000_a.sql": ""}), head, "drizzle")


def test_only_migrations_that_the_push_adds_or_edits_are_read() -> None:
    base = MemoryFiles(
        {"m/0000_a.sql": "DROP TABLE a;", "m/0001_b.sql": "DROP TABLE b;"}
    )
    head = MemoryFiles(
        {
            "m/0000_a.sql": "DROP TABLE a;",
            "m/0001_b.sql": "DROP TABLE bb;",
            "m/20260101000000_c/migration.sql": "DROP TABLE c;",
            "m/20260101000000_c/snapshot.json": "{}",
            "m/meta/_journal.json": "{}",
        }
    )
    found = read_plan(base, head, "m")
    assert found.files == ("m/0001_b.sql", "m/20260101000000_c/migration.sql")
    assert [each.sql for each in found.statements] == ["DROP TABLE bb", "DROP TABLE c"]


def test_without_a_base_every_migration_is_new() -> None:
    assert read_plan(None, MemoryFiles({"m/0000_a.sql": ""}), "m").files


def test_a_column_renamed_in_a_renamed_table_is_planned() -> None:
    found = plan(
        "ALTER TABLE clients RENAME TO customers;"
        "ALTER TABLE customers RENAME COLUMN company_name TO name;"
    )
    assert found.renames_table(CLIENTS, Name("public", "customers"))
    assert found.renames_column(CLIENTS, "company_name", "name")
    assert not found.renames_column(CLIENTS, "company_name", "title")
    assert not found.renames_column(Name("public", "other"), "company_name", "name")


def test_a_table_moved_by_its_schema_is_planned() -> None:
    found = plan("ALTER SCHEMA app RENAME TO core;")
    assert found.renames_schema("app", "core")
    assert found.renames_table(Name("app", "orders"), Name("core", "orders"))


def test_a_backfill_between_adding_and_requiring_fills_a_column() -> None:
    assert plan(
        "ALTER TABLE clients ADD COLUMN plan text;"
        "UPDATE clients SET plan = 'free';"
        "ALTER TABLE clients ALTER COLUMN plan SET NOT NULL;"
    ).fills(CLIENTS, "plan")


def test_a_default_fills_a_column() -> None:
    assert plan(
        "ALTER TABLE clients ADD COLUMN plan text DEFAULT 'free' NOT NULL;"
        "ALTER TABLE clients ALTER COLUMN plan DROP DEFAULT;"
    ).fills(CLIENTS, "plan")


def test_requiring_before_the_backfill_fills_nothing() -> None:
    assert not plan(
        "ALTER TABLE clients ADD COLUMN plan text;"
        "ALTER TABLE clients ALTER COLUMN plan SET NOT NULL;"
        "UPDATE clients SET plan = 'free';"
    ).fills(CLIENTS, "plan")


def test_a_plain_required_column_fills_nothing() -> None:
    assert not plan("ALTER TABLE clients ADD COLUMN plan text NOT NULL;").fills(
        CLIENTS, "plan"
    )


def test_a_default_set_on_an_existing_column_is_no_backfill() -> None:
    assert not plan(
        "ALTER TABLE clients ALTER COLUMN plan SET DEFAULT 'free';"
        "ALTER TABLE clients ALTER COLUMN plan SET NOT NULL;"
    ).fills(CLIENTS, "plan")


def test_a_type_change_with_using_converts() -> None:
    text = "ALTER TABLE clients ALTER COLUMN age SET DATA TYPE integer"
    assert plan(text + " USING age::integer;").converts(CLIENTS, "age")
    assert not plan(text + ";").converts(CLIENTS, "age")


def test_sql_that_cannot_be_read_is_said_with_its_place() -> None:
    (unreadable,) = plan("ALTER TABEL x;").unreadable
    assert str(unreadable.subject) == "drizzle/0001_b.sql"
    assert str(unreadable.span) == "drizzle/0001_b.sql:1:7"


def test_a_migration_that_is_no_text_is_said() -> None:
    files = MemoryFiles({"drizzle/0001_b.sql": b"\xff\xfe\x00"})
    (unreadable,) = read_plan(None, files, "drizzle").unreadable
    assert unreadable.reason == "is not UTF-8 text"
