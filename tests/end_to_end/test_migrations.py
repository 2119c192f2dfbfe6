"""Projects that deploy migrations: what a migration plans, and what it destroys."""

from tests.end_to_end.conftest import App, Done

SCHEMA = "shared/schema.ts"
SETTINGS = 'deploy = "migrations"\n'


def migrates(app: App) -> None:
    app.sandbox.commit({"schemadiff.toml": SETTINGS})
    app.sandbox.git("push", "--quiet", "origin", "main")


def push(app: App, sql: str, *edits: tuple[str, str]) -> Done:
    text = (app.sandbox.path / SCHEMA).read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    app.sandbox.commit({SCHEMA: text, "migrations/0001_change.sql": sql})
    return app.check()


RENAME = ('companyName: text("company_name")', 'name: text("name")')
REQUIRED = (
    '  email: text("email"),\n',
    '  email: text("email"),\n  plan: text("plan").notNull(),\n',
)


def test_a_rename_that_a_migration_performs_passes(app: App) -> None:
    migrates(app)
    sql = 'ALTER TABLE "clients" RENAME COLUMN "company_name" TO "name";'
    done = push(app, sql, RENAME)
    assert done.code == 0, done.out


def test_the_same_migration_changes_nothing_under_push(app: App) -> None:
    sql = 'ALTER TABLE "clients" RENAME COLUMN "company_name" TO "name";'
    done = push(app, sql, RENAME)
    assert done.code == 1
    assert "error[rename-column]" in done.out


def test_a_drop_in_a_migration_still_destroys(app: App) -> None:
    migrates(app)
    sql = (
        'ALTER TABLE "clients" ADD COLUMN "name" text;--> statement-breakpoint\n'
        'ALTER TABLE "clients" DROP COLUMN "company_name";'
    )
    assert push(app, sql, RENAME).code == 1


def test_a_backfilled_required_column_passes(app: App) -> None:
    migrates(app)
    sql = (
        'ALTER TABLE "clients" ADD COLUMN "plan" text;\n'
        'UPDATE "clients" SET "plan" = \'free\';\n'
        'ALTER TABLE "clients" ALTER COLUMN "plan" SET NOT NULL;'
    )
    done = push(app, sql, REQUIRED)
    assert done.code == 0, done.out


def test_a_required_column_as_generated_breaks_the_deploy(app: App) -> None:
    migrates(app)
    sql = 'ALTER TABLE "clients" ADD COLUMN "plan" text NOT NULL;'
    done = push(app, sql, REQUIRED)
    assert done.code == 1
    assert "error[add-required-column] the deploy would fail" in done.out


def test_a_schema_change_without_its_migration_says_so(app: App) -> None:
    migrates(app)
    text = (app.sandbox.path / SCHEMA).read_text()
    app.sandbox.commit({SCHEMA: text.replace(*RENAME)})
    done = app.check()
    assert done.code == 1
    assert "no migration in this push" in " ".join(done.out.split())


def test_a_migration_that_destroys_on_its_own_is_found_at_its_place(app: App) -> None:
    migrates(app)
    done = push(app, 'SELECT 1;\nTRUNCATE "contacts";\nDELETE FROM users;')
    assert done.code == 1
    assert "every row of contacts would be deleted by a migration" in done.out
    assert "every row of users would be deleted by a migration" in done.out
    assert "migrations/0001_change.sql:2 (HEAD)" in done.out


def test_what_a_migration_makes_itself_it_may_drop(app: App) -> None:
    migrates(app)
    done = push(app, "CREATE TABLE tmp (a int);\nDROP TABLE tmp;")
    assert done.code == 0, done.out


def test_sql_that_cannot_be_read_blocks_where_it_is_run(app: App) -> None:
    migrates(app)
    done = push(app, "ALTER TABEL x;")
    assert done.code == 1
    assert "error[unreadable-schema] migrations/0001_change.sql is not valid SQL" in (
        done.out
    )
