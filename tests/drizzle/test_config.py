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


TREE = {
    "src/db/index.ts": "",
    "src/db/posts.ts": "",
    "src/db/notes/read.md": "",
    "src/db/notes/notes.ts": "",
    "package.json": '{"name": "app"}',
    "packages/tables/package.json": '{"name": "@app/tables"}',
    "packages/tables/src/all.ts": "",
}


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ('fileURLToPath(new URL("./src/db/posts.ts", import.meta.url))', "posts.ts"),
        ('fileURLToPath(new URL("src/db", pathToFileURL("./x")))', ""),
        (
            'readdirSync("src/db").filter((f) => /ts$/.test(f)).map((f) => IN + f)',
            "index.ts posts.ts",
        ),
        (
            """
fs.readdirSync(path.join(__dirname, IN), { withFileTypes: true })
  .filter((e) => e.isFile() && e.name !== "index.ts")
  .map((e) => path.join(e.parentPath, e.name))
""",
            "posts.ts",
        ),
        ('globSync("src/db/**/*.ts")', "index.ts notes/notes.ts posts.ts"),
        ('fg.sync(["src/db/**/*.ts", "!**/index.ts"])', "notes/notes.ts posts.ts"),
        (
            'glob.sync("*.ts", { cwd: IN, ignore: "index.ts" }).map((f) => IN + f)',
            "posts.ts",
        ),
        ('globSync("p*.ts", { cwd: IN, absolute: true })', "posts.ts"),
        ('existsSync("dist/db") ? "dist/db" : "src/db"', ""),
        ('process.env.BUILT ? "./dist/db/posts.js" : "./src/db/posts.ts"', "posts.ts"),
        ('process.env.BUILT ? ["dist/db"] : ["src/db"]', ""),
    ],
)
def test_the_schema_may_be_looked_for(schema: str, paths: str) -> None:
    text = f"""
import path from "node:path";
import {{ fileURLToPath, pathToFileURL, URL }} from "node:url";
import fs, {{ existsSync, readdirSync }} from "node:fs";
import glob, {{ globSync }} from "glob";
import fg from "fast-glob";
const IN = "src/db/";
export default {{ dialect: "postgresql", schema: {schema} }};
"""
    found = config(text, **TREE)
    assert found.unreadable == ()
    names = paths.split() or [""]
    assert found.schema == tuple(f"src/db/{each}".rstrip("/") for each in names)


@pytest.mark.parametrize(
    "schema",
    [
        'require.resolve("@app/tables/src/all.ts")',
        'createRequire(import.meta.url).resolve("@app/tables/src/all")',
        'fileURLToPath(import.meta.resolve("@app/tables/src/all.ts"))',
        'require.resolve("./packages/tables/src/all")',
    ],
)
def test_the_schema_may_be_resolved_as_a_module(schema: str) -> None:
    text = f"""
import {{ createRequire }} from "node:module";
import {{ fileURLToPath }} from "node:url";
export default {{ dialect: "postgresql", schema: {schema} }};
"""
    found = config(text, **TREE)
    assert (found.unreadable, found.schema) == ((), ("packages/tables/src/all.ts",))


def test_what_is_the_same_either_way_is_known() -> None:
    text = """
const base = { dialect: "postgresql", schema: "./a.ts" };
const url = process.env.URL;
export default process.env.LOCAL
  ? { ...base, driver: "pglite", dbCredentials: { url: "./local" } }
  : { ...base, dbCredentials: { url }, ...(process.env.Q && { strict: 1 }) };
"""
    found = config(text)
    assert (found.unreadable, found.schema) == ((), ("a.ts",))


@pytest.mark.parametrize(
    "schema",
    [
        'process.env.X ? "src/db/posts.ts" : "src/db/index.ts"',
        'globSync("**", { maxDepth: 1 })',
        'readdirSync("src/db", { recursive: true })',
        'readdirSync("nowhere")',
        'require.resolve("elsewhere")',
    ],
)
def test_what_is_chosen_or_asked_for_otherwise_is_not_known(schema: str) -> None:
    text = f"""
import {{ globSync, readdirSync }} from "fs";
export default {{ dialect: "postgresql", schema: {schema} }};
"""
    assert config(text, **TREE).unreadable != ()


def test_the_migrations_may_be_unknown_and_that_is_said() -> None:
    found = config(
        'export default { dialect: "postgresql", schema: "./a.ts",'
        ' out: process.env.NODE_ENV === "test" ? "./test" : "./sql" };'
    )
    assert (found.unreadable, found.out) == ((), None)
    said = "its migrations are left out of account, because its out depends on"
    assert found.notes == (f"drizzle.config.ts: {said} process.env.NODE_ENV",)


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
