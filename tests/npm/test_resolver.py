import json

import pytest

from schemadiff.npm.resolver import External, ProjectFile, Resolver, Unresolved
from tests.memory_files import MemoryFiles


def resolve(files: dict[str, str], importer: str, specifier: str) -> str:
    """Return the path, the package, or why there is neither."""
    found = Resolver(MemoryFiles(files)).resolve(importer, specifier)
    match found:
        case ProjectFile(path):
            return path
        case External(package, subpath):
            return f"package {package} {subpath}".strip()
        case Unresolved(reason):
            return reason


@pytest.mark.parametrize(
    ("files", "specifier", "expected"),
    [
        (["db/a.ts"], "./a", "db/a.ts"),
        (["db/a.ts"], "./a.js", "db/a.ts"),
        (["db/a.ts", "db/a.js"], "./a.js", "db/a.ts"),
        (["db/a.tsx", "db/a.js"], "./a.js", "db/a.tsx"),
        (["db/a.jsx", "db/a.tsx"], "./a.jsx", "db/a.tsx"),
        (["db/a.mts", "db/a.mjs"], "./a.mjs", "db/a.mts"),
        (["db/a.ts", "db/a.js"], "./a", "db/a.ts"),
        (["db/a.tsx", "db/a.ts"], "./a", "db/a.ts"),
        (["db/a.jsx", "db/a.js"], "./a", "db/a.jsx"),
        (["db/a.mjs", "db/a.json"], "./a", "db/a.json"),
        (["db/a.json", "db/a/index.ts"], "./a", "db/a.json"),
        (["db/a/index.js", "db/a/index.ts"], "./a", "db/a/index.js"),
        (["db/a.mts"], "./a", "db/a.mts"),
        (["db/a.tsx"], "./a.jsx", "db/a.tsx"),
        (["db/a.mts"], "./a.mjs", "db/a.mts"),
        (["db/a/index.ts"], "./a", "db/a/index.ts"),
        (["db/index.ts"], ".", "db/index.ts"),
        (["lib/a.ts"], "../lib/a", "lib/a.ts"),
        (["db/a.json"], "./a.json", "db/a.json"),
        (["db/a.schema.ts"], "./a.schema", "db/a.schema.ts"),
        ([], "./a", "imports ./a, which is not committed"),
        ([], "drizzle-orm/pg-core", "package drizzle-orm pg-core"),
        ([], "@acme/x/y/z", "package @acme/x y/z"),
        ([], "node:path", "package node:path"),
        ([], "@/db", "imports @/db, which no tsconfig explains"),
    ],
)
def test_without_any_configuration(
    files: list[str], specifier: str, expected: str
) -> None:
    assert resolve(dict.fromkeys(files, ""), "db/schema.ts", specifier) == expected


def with_tsconfig(config: str, *paths: str) -> dict[str, str]:
    return {"tsconfig.json": config} | dict.fromkeys(paths, "")


@pytest.mark.parametrize(
    ("files", "specifier", "expected"),
    [
        (["db/a.ts", "db/a.js"], "./a.js", "db/a.js"),
        (["db/a.ts", "db/a.js"], "./a", "db/a.js"),
        (["db/a.ts"], "./a", "db/a.ts"),
        (["db/a.ts"], "./a.js", "db/a.ts"),
    ],
)
def test_compiled_code_means_compiled_code(
    files: list[str], specifier: str, expected: str
) -> None:
    assert resolve(dict.fromkeys(files, ""), "db/schema.js", specifier) == expected


def test_the_conditions_count_in_their_own_order() -> None:
    conditions = {
        "development": "./d.ts",
        "import": "./i.ts",
        "node": {"import": "./n.ts", "require": "./r.ts"},
        "default": "./x.ts",
    }
    files = {
        "package.json": package("app", imports={"#a": conditions}),
        **dict.fromkeys(("d.ts", "i.ts", "n.ts", "r.ts", "x.ts"), ""),
    }
    assert resolve(files, "db/schema.ts", "#a") == "r.ts"


def test_a_committed_source_is_better_than_where_one_may_be() -> None:
    exports = {"types": "./lib/all.ts", "default": "./dist/index.js"}
    files = {
        "db/package.json": package("@acme/db", exports={".": exports}),
        "db/lib/all.ts": "",
        "db/src/index.ts": "",
    }
    assert resolve(files, "x.ts", "@acme/db") == "db/lib/all.ts"


def test_aliases_of_a_tsconfig_with_comments() -> None:
    config = """{
      // the usual
      "compilerOptions": { "paths": { "@/*": ["./src/*",], "~": ["./src/root.ts"] }, },
    }"""
    files = with_tsconfig(config, "src/db/a.ts", "src/root.ts")
    assert resolve(files, "src/x.ts", "@/db/a") == "src/db/a.ts"
    assert resolve(files, "src/x.ts", "~") == "src/root.ts"


def test_paths_start_at_the_base_url() -> None:
    config = '{"compilerOptions": {"baseUrl": "src", "paths": {"#db/*": ["db/*"]}}}'
    files = with_tsconfig(config, "src/db/a.ts", "src/lib/b.ts")
    assert resolve(files, "src/x.ts", "#db/a") == "src/db/a.ts"
    assert resolve(files, "src/x.ts", "lib/b") == "src/lib/b.ts"


def test_the_longest_prefix_wins_and_targets_are_tried_in_order() -> None:
    config = json.dumps(
        {
            "compilerOptions": {
                "paths": {"@/*": ["src/*"], "@/db/*": ["none/*", "database/*"]}
            }
        }
    )
    files = with_tsconfig(config, "src/db/a.ts", "database/a.ts")
    assert resolve(files, "src/x.ts", "@/db/a") == "database/a.ts"


def test_extended_configs_keep_their_own_folder() -> None:
    files = {
        "config/base.json": '{"compilerOptions": {"paths": {"@/*": ["../src/*"]}}}',
        "app/tsconfig.json": '{"extends": "../config/base"}',
        "src/a.ts": "",
    }
    assert resolve(files, "app/x.ts", "@/a") == "src/a.ts"


def test_a_solution_of_projects() -> None:
    files = {
        "tsconfig.json": '{"references": [{"path": "./tsconfig.app.json"}]}',
        "tsconfig.app.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        "src/a.ts": "",
    }
    assert resolve(files, "src/x.ts", "@/a") == "src/a.ts"


def test_the_nearest_tsconfig_decides() -> None:
    files = {
        "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./root/*"]}}}',
        "app/tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        "app/src/a.ts": "",
        "root/a.ts": "",
    }
    assert resolve(files, "app/src/x.ts", "@/a") == "app/src/a.ts"


def test_where_the_nearest_tsconfig_leads_nowhere_those_above_are_asked() -> None:
    files = {
        "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        "src/db/tsconfig.json": '{"compilerOptions": {"strict": true}}',
        "src/a.ts": "",
    }
    assert resolve(files, "src/db/x.ts", "@/a") == "src/a.ts"


def test_every_project_of_a_solution_is_asked() -> None:
    config = '{"compilerOptions": {"paths": {"%s/*": ["./%s/*"]}}}'
    files = {
        "tsconfig.json": '{"references": [{"path": "./a.json"}, {"path": "./b.json"}]}',
        "a.json": config % ("@", "client"),
        "b.json": config % ("@server", "server"),
        "server/a.ts": "",
    }
    assert resolve(files, "server/x.ts", "@server/a") == "server/a.ts"


@pytest.mark.parametrize(
    ("tsconfig", "source", "specifier"),
    [
        ('{"extends": "./.svelte-kit/tsconfig.json"}', "src/lib/a.ts", "$lib/a"),
        ('{"extends": "./.svelte-kit/tsconfig.json"}', "src/lib/index.ts", "$lib"),
        ('{"extends": "./.nuxt/tsconfig.json"}', "server/a.ts", "~/server/a"),
        ('{"extends": "./.nuxt/tsconfig.json"}', "app/a.ts", "@/a"),
        ('{"extends": "./.nuxt/tsconfig.json"}', "server/a.ts", "~~/server/a"),
        (
            '{"references": [{"path": "./.nuxt/a.json"}, {"path": "./.nuxt/b.json"}]}',
            "shared/a.ts",
            "#shared/a",
        ),
    ],
)
def test_the_aliases_of_a_framework_are_known(
    tsconfig: str, source: str, specifier: str
) -> None:
    files = {"web/tsconfig.json": tsconfig, f"web/{source}": ""}
    assert resolve(files, "web/server/db/x.ts", specifier) == f"web/{source}"


def test_a_committed_tsconfig_of_a_framework_says_it_itself() -> None:
    files = {
        "tsconfig.json": '{"extends": "./.svelte-kit/tsconfig.json"}',
        ".svelte-kit/tsconfig.json": (
            '{"compilerOptions": {"paths": {"$lib/*": ["../lib/*"]}}}'
        ),
        "lib/a.ts": "",
        "src/lib/a.ts": "",
    }
    assert resolve(files, "src/x.ts", "$lib/a") == "lib/a.ts"


@pytest.mark.parametrize("specifier", ["$env/static/private", "astro:env/server"])
def test_what_only_a_bundler_has_is_no_file(specifier: str) -> None:
    found = Resolver(MemoryFiles({"x.ts": ""})).resolve("x.ts", specifier)
    assert isinstance(found, External)


@pytest.mark.parametrize(
    ("specifier", "package", "subpath"),
    [
        ("npm:drizzle-orm@0.44.2/pg-core", "drizzle-orm", "pg-core"),
        ("npm:drizzle-orm/pg-core", "drizzle-orm", "pg-core"),
        ("npm:@auth/core@1/adapters", "@auth/core", "adapters"),
    ],
)
def test_the_packages_of_deno_are_those_of_npm(
    specifier: str, package: str, subpath: str
) -> None:
    found = Resolver(MemoryFiles({"x.ts": ""})).resolve("x.ts", specifier)
    assert found == External(package, subpath)


def package(name: str, **keys: object) -> str:
    return json.dumps({"name": name} | keys)


@pytest.mark.parametrize(
    ("manifest", "source", "specifier"),
    [
        ({"main": "./src/index.ts"}, "src/index.ts", "@acme/db"),
        ({"main": "./dist/index.js"}, "src/index.ts", "@acme/db"),
        ({"types": "./dist/index.d.ts"}, "src/index.ts", "@acme/db"),
        ({}, "index.ts", "@acme/db"),
        ({}, "src/index.ts", "@acme/db"),
        ({}, "schema.ts", "@acme/db/schema"),
        ({"exports": "./src/index.ts"}, "src/index.ts", "@acme/db"),
        ({"exports": {".": "./src/index.ts"}}, "src/index.ts", "@acme/db"),
        (
            {"exports": {"./schema": {"import": "./dist/schema.js"}}},
            "src/schema.ts",
            "@acme/db/schema",
        ),
        ({"exports": {"./*": "./src/*.ts"}}, "src/a/b.ts", "@acme/db/a/b"),
        (
            {"exports": {".": {"types": "./src/i.ts", "default": "./dist/i.js"}}},
            "src/i.ts",
            "@acme/db",
        ),
    ],
)
def test_a_package_of_the_workspace(
    manifest: dict[str, object], source: str, specifier: str
) -> None:
    files = {
        "package.json": package("root", workspaces=["packages/*"]),
        "packages/db/package.json": package("@acme/db", **manifest),
        f"packages/db/{source}": "",
    }
    assert resolve(files, "apps/web/x.ts", specifier) == f"packages/db/{source}"


def test_a_package_whose_source_is_not_committed_is_said() -> None:
    files = {"packages/db/package.json": package("@acme/db", main="./dist/index.js")}
    reason = resolve(files, "apps/web/x.ts", "@acme/db")
    assert reason == "imports @acme/db, whose source is not committed"


def test_the_packages_own_imports() -> None:
    files = {
        "package.json": package("app", imports={"#db/*": "./src/db/*.ts"}),
        "src/db/a.ts": "",
    }
    assert resolve(files, "src/x.ts", "#db/a") == "src/db/a.ts"
    assert "leads to no committed file" in resolve(files, "src/x.ts", "#other")
