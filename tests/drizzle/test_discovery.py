"""Which configs a revision has, and which schema files where it has none."""

import json

import pytest

from schemadiff.drizzle.discovery import Found, find_configs, schema_files_by_import
from schemadiff.project import NO_CONFIG, Side
from schemadiff.settings import Settings
from schemadiff.typescript.syntax import Trees
from tests.memory_files import MemoryFiles


@pytest.mark.parametrize(
    "script",
    [
        "cd packages/db && drizzle-kit push --config pg.config.ts",
        "pnpm -C packages/db drizzle-kit push --config=pg.config.ts",
        "pnpm --dir packages/db exec drizzle-kit push --config=pg.config.ts",
        "yarn --cwd packages/db drizzle-kit push --config='pg.config.ts'",
        "bun --cwd=packages/db drizzle-kit push --config pg.config.ts",
        "npm --prefix packages/db exec drizzle-kit -- push --config pg.config.ts",
        "cd packages && cd db && dotenv -- drizzle-kit push --config ./pg.config.ts",
    ],
)
def test_a_script_says_where_it_runs_the_config_that_it_names(script: str) -> None:
    manifest = json.dumps({"scripts": {"db:push": script}})
    files = MemoryFiles({"package.json": manifest, "packages/db/pg.config.ts": ""})
    assert find_configs(files) == (Found("packages/db/pg.config.ts", "packages/db"),)


def test_a_config_of_any_name_needs_a_script_that_names_it() -> None:
    files = MemoryFiles({"db/pg.config.ts": "", "db/drizzle.pg.config.ts": ""})
    assert find_configs(files) == (Found("db/drizzle.pg.config.ts"),)


IMPORT = 'import { pgTable } from "drizzle-orm/pg-core";'
SCHEMA = f'{IMPORT} export const a = pgTable("a", {{}});'


def test_without_a_config_the_schema_is_what_imports_drizzle_but_no_test() -> None:
    paths = (
        "db/a.ts",
        "db/a.test.ts",
        "db/a_test.ts",
        "db/__tests__/b.ts",
        "test/c.ts",
        "db/a.d.ts",
        "examples/d.ts",
        "db/contest.ts",
        "README.md",
    )
    files = MemoryFiles(dict.fromkeys(paths, SCHEMA))
    assert schema_files_by_import(files) == ("db/a.ts", "db/contest.ts")


def test_that_there_is_no_config_is_said() -> None:
    files = MemoryFiles(dict.fromkeys(("a.ts", "b.ts", "c.ts", "d.ts", "e.ts"), SCHEMA))
    config = Side(files, Trees(), Settings()).projects[NO_CONFIG].config
    (note,) = config.notes
    assert note.startswith("there is no Drizzle config: ")
    assert note.endswith("imports drizzle-orm/pg-core, a.ts, b.ts, c.ts and 2 more")
    named = Side(files, Trees(), Settings(schema=("a.ts",))).projects[NO_CONFIG].config
    assert (named.schema, named.notes) == (("a.ts",), ())
