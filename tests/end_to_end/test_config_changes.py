"""What a push changes in the config, judged by what the next deploy makes of it."""

from collections.abc import Mapping

import pytest

from schemadiff.check import check
from schemadiff.deploy.assumption import Way
from schemadiff.outcome import Report
from schemadiff.settings import Settings
from tests.memory_files import MemoryFiles

CONFIG = "drizzle.config.ts"
PACKAGE = '{ "dependencies": { "drizzle-orm": "0.45.4", "drizzle-kit": "0.31.11" } }'
USERS = """
import { integer, pgTable, serial, text } from "drizzle-orm/pg-core";
export const users = pgTable("users", {
  id: serial().primaryKey(), firstName: text(), lastName: text(),
});
"""
ORDERS = """
import { pgTable, serial, text } from "drizzle-orm/pg-core";
export const orders = pgTable("orders", { id: serial("id").primaryKey() });
"""
APP = """
import { pgSchema, pgTable, serial, text } from "drizzle-orm/pg-core";
export const app = pgSchema("app");
export const logs = app.table("logs", { id: serial("id").primaryKey() });
"""
NO_TABLES = 'import { pgTable } from "drizzle-orm/pg-core";\nexport {};\n'
ADDED = 'CREATE TABLE "t" ("id" serial);'
DROPS = 'DROP TABLE "legacy";'


def config(
    rest: str = "", schema: str = '"./schema.ts"', dialect: str = "postgresql"
) -> str:
    return f'export default {{ dialect: "{dialect}", schema: {schema}, {rest} }};\n'


PROJECT: Mapping[str, str | None] = {
    "package.json": PACKAGE,
    CONFIG: config(),
    "schema.ts": USERS,
}


def report(
    base: Mapping[str, str | None],
    head: Mapping[str, str | None],
    settings: Settings | None = None,
) -> Report:
    """Compare two revisions, each said by what differs from `PROJECT`."""
    return check(_files(base), _files(head), settings or Settings(), ())


def _files(side: Mapping[str, str | None]) -> MemoryFiles:
    both = {**PROJECT, **side}
    return MemoryFiles({path: text for path, text in both.items() if text is not None})


def found(
    base: Mapping[str, str | None],
    head: Mapping[str, str | None],
    settings: Settings | None = None,
) -> list[str]:
    """Return the findings, each as its severity, rule and subject."""
    return [
        f"{each.finding.severity} {each.finding.rule}:{each.finding.subject}"
        for project in report(base, head, settings).projects
        for each in project.judged
    ]


MIGRATIONS = Settings(ways=(Way.MIGRATIONS,))


# casing


def test_a_casing_is_one_finding_that_names_its_cause() -> None:
    head = {CONFIG: config('casing: "snake_case"')}
    assert found({}, head) == ["error rename-column:casing"]
    (project,) = report({}, head).projects
    notes = project.judged[0].finding.notes
    assert "casing in the config becomes snake_case, from nothing" in notes


def test_a_casing_is_nothing_from_1_0_on() -> None:
    one = {
        "package.json": PACKAGE.replace("0.31.11", "1.0.0-rc.5").replace(
            "0.45.4", "1.0.0-rc.5"
        )
    }
    assert not found(one, one | {CONFIG: config('casing: "snake_case"')})


# the list of schema files


def test_a_file_that_the_config_does_not_list_any_more_loses_its_tables() -> None:
    files = {"orders.ts": ORDERS}
    base = files | {CONFIG: config(schema='["./schema.ts", "./orders.ts"]')}
    assert found(base, files) == ["error drop-table:orders"]
    (project,) = report(base, files).projects
    assert project.judged[0].finding.notes == (
        "the config's schema does not lead to orders.ts any more",
    )


def test_the_same_files_listed_in_another_way_are_the_same() -> None:
    base = {"schema.ts": None, "db/users.ts": USERS, "db/orders.ts": ORDERS}
    listed = ('["./db/users.ts", "./db/orders.ts"]', '"./db"', '"./db/*.ts"')
    for before in listed:
        for after in listed:
            head = base | {CONFIG: config(schema=after)}
            assert not found(base | {CONFIG: config(schema=before)}, head)


# schemaFilter and tablesFilter


def test_a_new_schema_may_be_let_through_when_it_is_made() -> None:
    base = {CONFIG: config('schemaFilter: ["public"]')}
    head = {CONFIG: config('schemaFilter: ["public", "app"]'), "schema.ts": USERS + APP}
    assert not found(base, head)


def test_a_schema_that_was_there_is_not_let_through_silently() -> None:
    both = {"schema.ts": USERS + APP}
    base = both | {CONFIG: config('schemaFilter: ["public"]')}
    head = both | {CONFIG: config('schemaFilter: ["public", "app"]')}
    assert found(base, head) == ["error widen-filter:schemaFilter"]
    assert not found(base, head, MIGRATIONS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["users*"]', '["users_a*", "users*"]'),
        ('["users*", "orders*"]', '["users*"]'),
        ('["*"]', '["users*"]'),
        ('["!secret"]', '["users*"]'),
        ('["!secret"]', '["!secret", "!old_*"]'),
        ('["users*", "!secret"]', '["users*"]'),
        ('["u?_*"]', '["ua_*"]'),
    ],
)
def test_a_narrower_tables_filter_reaches_nothing_new(before: str, after: str) -> None:
    base = {CONFIG: config(f"tablesFilter: {before}")}
    assert not found(base, {CONFIG: config(f"tablesFilter: {after}")})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["users*"]', '["users*", "orders*"]'),
        ('["users*"]', '["u*"]'),
        ('["users*"]', '["*"]'),
        ('["*", "!secret"]', '["*"]'),
        ('["!secret"]', '["*"]'),
        ('["!secret"]', '["!other"]'),
        ('["users*"]', '["users*", "!users_old"]'),
        ('["users*"]', '["u?ers*"]'),
        ('["!*_secret"]', '["users*"]'),
        ('["users{A,B}"]', '["usersA"]'),
    ],
)
def test_a_wider_tables_filter_reaches_what_nobody_declared(
    before: str, after: str
) -> None:
    base = {CONFIG: config(f"tablesFilter: {before}")}
    head = {CONFIG: config(f"tablesFilter: {after}")}
    assert found(base, head) == ["error widen-filter:tablesFilter"]


def test_a_table_that_the_filter_hides_is_left_alone_when_it_is_dropped() -> None:
    base = {"schema.ts": USERS + ORDERS.splitlines()[2].replace("serial", "integer")}
    head = {CONFIG: config('tablesFilter: ["users"]')}
    assert not found(base, head)


def test_a_filter_means_nothing_to_migrations() -> None:
    base = {"schema.ts": USERS + ORDERS.splitlines()[2]}
    head = {CONFIG: config('tablesFilter: ["users"]')}
    assert found(base, head, MIGRATIONS) == ["error drop-table:orders"]


# the dialect


@pytest.mark.parametrize("dialect", ["sqlite", "mysql", "turso"])
def test_another_dialect_is_not_let_through_silently(dialect: str) -> None:
    head = {CONFIG: config(dialect=dialect)}
    assert found({}, head) == [f"error unreadable-schema:{CONFIG}"]
    (project,) = report({}, head).projects
    assert project.judged[0].finding.message == (
        f"{CONFIG} is for {dialect} now: what becomes of the rows in Postgres cannot be"
        " told"
    )


def test_a_config_that_becomes_one_for_postgres_is_new() -> None:
    assert not found({CONFIG: config(dialect="sqlite")}, {})


def test_another_dialect_beside_the_moved_config_is_none_of_its_business() -> None:
    head = {
        CONFIG: config(dialect="sqlite", schema='"./lite.ts"'),
        "drizzle.pg.config.ts": config(),
    }
    assert not found({}, head)


def test_without_any_table_another_dialect_is_nothing() -> None:
    base = {"schema.ts": NO_TABLES}
    assert not found(base, base | {CONFIG: config(dialect="sqlite")})


# a config that moved or is gone


def test_a_config_that_moved_is_the_same() -> None:
    schema = ("schema.ts", "db/schema.ts")
    head = {
        CONFIG: None,
        schema[0]: None,
        "db/drizzle.config.ts": config(),
        schema[1]: USERS,
    }
    assert not found({}, head)
    lost = head | {schema[1]: USERS.replace(", lastName: text()", "")}
    assert found({}, lost) == ["error drop-column:users.lastName"]


def test_several_configs_that_moved_at_once_are_each_the_same() -> None:
    def side(folder: str, orders: str = ORDERS) -> dict[str, str | None]:
        return {
            CONFIG: None,
            "schema.ts": None,
            f"{folder}/a/drizzle.config.ts": config(),
            f"{folder}/a/schema.ts": USERS,
            f"{folder}/b/drizzle.config.ts": config('out: "x"'),
            f"{folder}/b/schema.ts": orders,
        }

    assert not found(side("packages"), side("apps"))
    empty = side("apps", NO_TABLES)
    assert found(side("packages"), empty) == ["error drop-table:orders"]


def test_without_its_config_a_push_fails() -> None:
    assert found({}, {CONFIG: None}) == [f"error break-deploy:{CONFIG}"]
    assert found({}, {CONFIG: None, "schema.ts": None}) == [
        f"error break-deploy:{CONFIG}"
    ]


def test_without_its_config_what_else_is_lost_is_judged_all_the_same() -> None:
    head = {CONFIG: None, "schema.ts": USERS.replace(", lastName: text()", "")}
    assert found({}, head) == [
        "error drop-column:users.lastName",
        f"error break-deploy:{CONFIG}",
    ]


def test_migrations_may_not_need_the_config() -> None:
    assert found({}, {CONFIG: None}, MIGRATIONS) == [f"warning break-deploy:{CONFIG}"]


def test_a_project_that_leaves_drizzle_is_told_and_let_go() -> None:
    head = {CONFIG: None, "schema.ts": None, "package.json": '{ "dependencies": {} }'}
    assert not found({}, head)
    assert f"{CONFIG} is gone, and drizzle-kit with it" in report({}, head).notes


def test_a_second_config_for_the_same_files_may_go() -> None:
    second = {"drizzle.dev.config.ts": config()}
    assert not found(second, {})


def test_a_second_config_for_other_files_may_be_needed() -> None:
    orders = {"orders.ts": ORDERS}
    second = orders | {"drizzle.b.config.ts": config(schema='"./orders.ts"')}
    assert found(second, orders) == ["warning break-deploy:drizzle.b.config.ts"]


def test_a_config_that_schemadiff_toml_replaces_is_not_missed() -> None:
    settings = Settings(schema=("schema.ts",))
    assert not found({}, {CONFIG: None}, settings)


def test_without_any_config_files_that_go_take_their_tables_along() -> None:
    base = {CONFIG: None}
    assert found(base, base | {"schema.ts": None}) == ["error drop-table:users"]


# the folder of the migrations


def test_migrations_that_only_moved_are_not_run_again() -> None:
    base = {"drizzle/0000_a.sql": ADDED, "drizzle/0001_b.sql": DROPS}
    head = {
        CONFIG: config('out: "./migrations"'),
        "migrations/0000_a.sql": ADDED,
        "migrations/0001_b.sql": DROPS,
    }
    assert not found(base, head, MIGRATIONS)


def test_a_migration_that_is_new_in_the_new_folder_is_judged() -> None:
    base = {"drizzle/0000_a.sql": ADDED}
    head = {
        CONFIG: config('out: "./migrations"'),
        "migrations/0000_a.sql": ADDED,
        "migrations/0001_b.sql": DROPS,
    }
    assert found(base, head, MIGRATIONS) == ["error drop-table:legacy"]


def test_another_folder_alone_is_nothing() -> None:
    assert not found({}, {CONFIG: config('out: "./migrations"')})
    assert not found({}, {CONFIG: config('out: "./migrations"')}, MIGRATIONS)


# what has no effect on the rows


def test_what_else_a_config_says_is_silent() -> None:
    more = (
        'verbose: true, strict: true, dbCredentials: { url: "x" }, breakpoints: false'
    )
    assert not found({}, {CONFIG: config(more)})
