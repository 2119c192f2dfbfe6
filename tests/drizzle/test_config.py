"""What is read from a Drizzle config, in the shapes in which people write them."""

import pytest

from schemadiff.drizzle.config import Config, read_config
from schemadiff.npm.resolver import Resolver
from schemadiff.typescript.program import Program
from tests.memory_files import MemoryFiles

BODY = '{ dialect: "postgresql", schema: "./schema.ts", out: "./sql" }'


def config(text: str, path: str = "drizzle.config.ts", **others: str | bytes) -> Config:
    files = MemoryFiles({path: text} | others)
    return read_config(Program(files, Resolver(files)), path)


SHAPES = """\
import { defineConfig } from "drizzle-kit";
export default defineConfig(BODY);
---
import { defineConfig as define } from "drizzle-kit";
export default define(BODY);
---
import * as kit from "drizzle-kit";
export default kit.defineConfig(BODY);
---
import kit from "drizzle-kit";
export default kit.defineConfig(BODY);
---
const { defineConfig } = require("drizzle-kit");
module.exports = defineConfig(BODY);
---
const kit = require("drizzle-kit");
module.exports = kit.defineConfig(BODY);
---
module.exports = BODY;
---
exports.default = BODY;
---
module.exports.default = BODY;
---
export = BODY;
---
export default BODY;
---
export default BODY as Config;
---
export default BODY satisfies Config;
---
export default <Config>BODY;
---
const config: Config = BODY;
export default config;
---
const config = BODY;
export { config as default };
---
import { defineConfig } from "drizzle-kit";
const config = defineConfig(BODY);
export default config;
---
const common = BODY;
export default { ...common };
---
function make() { return BODY; }
export default make();
---
if (!process.env.DATABASE_URL) { throw new Error("no"); }
export default BODY;
---
import "dotenv/config";
import dotenv from "dotenv";
dotenv.config();
export default BODY;
"""


@pytest.mark.parametrize("text", SHAPES.replace("BODY", BODY).split("---\n"))
def test_every_usual_shape_is_read(text: str) -> None:
    found = config(text)
    assert found.unreadable == ()
    assert (found.dialect, found.schema, found.out) == (
        "postgresql",
        ("schema.ts",),
        "sql",
    )


def test_json_is_read() -> None:
    text = '\ufeff{"dialect": "postgresql", "schema": ["./a.ts", "./b.ts"]}'
    found = config(text, "drizzle.config.json")
    assert (found.unreadable, found.schema) == ((), ("a.ts", "b.ts"))


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ('"./db/schema.ts"', ("db/schema.ts",)),
        ('["./a.ts", "./b/*.ts"]', ("a.ts", "b/*.ts")),
        ('["a", "b"].map((n) => `./${n}.ts`)', ("a.ts", "b.ts")),
        ('path.join(__dirname, "db", "schema.ts")', ("db/schema.ts",)),
        ('path.resolve("db/schema.ts")', ("db/schema.ts",)),
        ('path.resolve(__dirname, "./db/schema.ts")', ("db/schema.ts",)),
        ('path.join(process.cwd(), "db/schema.ts")', ("db/schema.ts",)),
        ("`${process.cwd()}/db/schema.ts`", ("db/schema.ts",)),
        ('new URL("./db/schema.ts", import.meta.url).pathname', ("db/schema.ts",)),
        ("PLACE", ("db/schema.ts",)),
    ],
)
def test_the_schema_may_be_computed(schema: str, paths: tuple[str, ...]) -> None:
    text = f"""
import path from "node:path";
const PLACE = "./db" + "/schema.ts";
export default {{ dialect: "postgresql", schema: {schema} }};
"""
    found = config(text)
    assert (found.unreadable, found.schema) == ((), paths)


def test_what_is_not_needed_may_be_unknown() -> None:
    text = """
import { env } from "@t3/env";
import { url } from "./env";
export default {
  dialect: "postgresql", schema: "./schema.ts", verbose: env.VERBOSE === "1",
  dbCredentials: { url: process.env.DATABASE_URL!, ssl: env.SSL, other: url },
  tablesFilter: ["app_*"], schemaFilter: "auth", casing: "snake_case",
};
"""
    found = config(text)
    assert found.unreadable == ()
    assert found.tables_filter == ("app_*",)
    assert found.schema_filter == ("auth",)
    assert found.casing == "snake_case"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{ dialect: "postgresql", schema: process.env.X ?? "a" }', "process.env.X"),
        ('{ dialect: process.env.DIALECT, schema: "a" }', "process.env.DIALECT"),
        ('{ dialect: "postgresql", schema: 3 }', "schema is neither a text nor"),
        ('{ dialect: "postgresql", schema: ["a", 3] }', "schema holds something"),
        ('{ dialect: "postgresql", schema: "a", out: 3 }', "out is not a text"),
        ('{ dialect: "postgresql", schema: "a", casing: f() }', "f"),
        ('{ dialect: "postgresql", schema: "a", casing: "kebab" }', "casing kebab"),
        ('{ schema: "a" }', "names no dialect"),
        ('{ dialect: "pg", schema: "a" }', "dialect pg"),
        ('{ dialect: "postgresql", schema: "a", ...process.env }', "process.env"),
        ("[]", "not an object"),
        ("() => ({})", "not an object"),
        ("3", "not an object"),
        ("load()", "load"),
        ("undefined", "not an object"),
        ("{", "syntax error"),
    ],
)
def test_what_decides_and_is_not_known_is_unreadable(text: str, reason: str) -> None:
    found = config(f"export default {text};")
    assert reason in " ".join(each.reason for each in found.unreadable)
    assert found.is_postgres
    assert all(str(each.subject) == "drizzle.config.ts" for each in found.unreadable)
    assert all(each.span for each in found.unreadable)


def test_a_named_export_is_no_config() -> None:
    assert config(f"export const config = {BODY};").unreadable != ()


@pytest.mark.parametrize(
    "dialect", ["mysql", "sqlite", "turso", "singlestore", "gel", "mssql", "cockroach"]
)
def test_another_dialect_is_nobodys_trouble(dialect: str) -> None:
    found = config(f'export default {{ dialect: "{dialect}", schema: "./s.ts" }};')
    assert (found.is_postgres, found.unreadable) == (False, ())


@pytest.mark.parametrize(
    ("driver", "is_postgres"),
    [("pg", True), ("mysql2", False), ("better-sqlite", False), ("turso", False)],
)
def test_an_old_config_names_its_dialect_by_the_driver(
    driver: str, *, is_postgres: bool
) -> None:
    found = config(f'export default {{ driver: "{driver}", schema: "./s.ts" }};')
    assert (found.is_postgres, found.unreadable) == (is_postgres, ())


def test_paths_start_where_the_config_stands() -> None:
    found = config(f"export default {BODY};", "apps/api/drizzle.config.ts")
    assert (found.directory, found.out) == ("apps/api", "sql")
