"""The newest snapshot beside the migrations, and whether the schema is ahead of it."""

import json
from pathlib import Path

import pytest

from schemadiff.check import check
from schemadiff.deploy.assumption import Way
from schemadiff.drizzle.line import Line
from schemadiff.migrations.snapshots import (
    declared_rows,
    recorded_columns,
    recorded_rows,
)
from schemadiff.model import Name
from schemadiff.settings import Settings
from tests.drizzle.project import CASES, read, sources
from tests.memory_files import MemoryFiles

CHAIN = CASES / "chain"
"""Two migrations that drizzle-kit 1.0.0-rc.5 generated, and the schema after them."""

SNAPSHOT = "drizzle/20260101000000_any/snapshot.json"
PACKAGE = '{ "devDependencies": { "drizzle-kit": "1.0.0-rc.5" } }'
CONFIG = 'export default { dialect: "postgresql", schema: "./schema.ts" };'


def chain() -> dict[str, str]:
    return {
        path.relative_to(CHAIN).as_posix(): path.read_text()
        for path in CHAIN.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "folder",
    sorted((CASES / "rc5").glob("*/snapshot.json")),
    ids=lambda p: p.parent.name,
)
def test_a_snapshot_of_1_0_is_what_its_schema_declares(folder: Path) -> None:
    files = MemoryFiles({SNAPSHOT: folder.read_bytes()})
    declared = declared_rows(read(sources(folder.parent), line=Line.ONE))
    assert recorded_rows(files, "drizzle") == declared


def test_later_snapshots_are_applied_to_the_first() -> None:
    declared = declared_rows(read({"schema.ts": chain()["schema.ts"]}, line=Line.ONE))
    assert recorded_rows(MemoryFiles(chain()), "drizzle") == declared


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"ddl": [{}]},
        {"deltas": [{"op": "drop", "key": 'tables\0["public","none"]'}]},
        {"deltas": [{"op": "drop", "key": "tables\0["}]},
    ],
)
def test_what_is_no_snapshot_says_nothing(document: object) -> None:
    files = MemoryFiles({SNAPSHOT: json.dumps(document)})
    assert recorded_rows(files, "drizzle") is None


@pytest.mark.parametrize(
    ("further", "ways"),
    [("", (Way.MIGRATIONS,)), ("export const c = pgTable('c', {});", (Way.PUSH,))],
)
def test_a_schema_that_is_ahead_of_its_migrations_is_pushed(
    further: str, ways: tuple[Way, ...]
) -> None:
    texts = chain() | {"package.json": PACKAGE, "drizzle.config.ts": CONFIG}
    texts["schema.ts"] += further
    lost = texts | {"schema.ts": texts["schema.ts"].replace("z: text('z')", "")}
    report = check(MemoryFiles(texts), MemoryFiles(lost), Settings(), ())
    (project,) = report.projects
    assert project.deploy is not None
    assert project.deploy.ways == ways


def columns_of(text: str) -> dict[tuple[Name, str], str]:
    files = MemoryFiles({"m/meta/0000_snapshot.json": text})
    return {key: each.type for key, each in recorded_columns(files, "m").items()}


def test_columns_of_0_x_are_found_by_table_and_name() -> None:
    row = {"name": "v", "type": "status[]", "typeSchema": "app", "notNull": True}
    table = {"name": "a", "schema": "", "columns": {"v": row}}
    text = json.dumps({"tables": {"public.a": table}})
    assert columns_of(text) == {(Name("public", "a"), "v"): "status[]"}


def test_columns_of_1_0_are_found_too() -> None:
    found = recorded_columns(MemoryFiles(chain()), "drizzle")
    schema = read({"schema.ts": chain()["schema.ts"]}, line=Line.ONE)
    plain = {
        (table.name, column.name): column.type
        for table in schema.tables.values()
        for column in table.columns.values()
        if column.enum is None
    }
    assert {key: each.type for key, each in found.items()} == plain
    assert plain


@pytest.mark.parametrize("text", ["[", "{}", '{"tables": []}', '{"tables": {"a": {}}}'])
def test_a_snapshot_of_another_version_has_no_columns(text: str) -> None:
    assert columns_of(text) == {}
