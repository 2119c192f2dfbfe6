"""Which version a project has, from what the package managers write."""

import json

import pytest

from schemadiff.npm.versions import Installed, Versions, lowest
from tests.memory_files import MemoryFiles


def version(
    texts: dict[str, str], package: str = "drizzle-kit", folder: str = ""
) -> str | None:
    found = Versions(MemoryFiles(texts)).of(package, folder)
    return found.version if found else None


def manifest(wanted: str, kind: str = "devDependencies") -> str:
    return json.dumps({"name": "app", kind: {"drizzle-kit": wanted}}, indent=2)


NPM_1 = """\
{
  "name": "app",
  "lockfileVersion": 1,
  "requires": true,
  "dependencies": {
    "a-tool": {
      "version": "1.0.0",
      "requires": {
        "drizzle-kit": "^0.19.0"
      },
      "dependencies": {
        "drizzle-kit": {
          "version": "0.19.3",
          "resolved": "https://registry.npmjs.org/drizzle-kit/-/drizzle-kit-0.19.3.tgz"
        }
      }
    },
    "drizzle-kit": {
      "version": "0.30.6",
      "resolved": "https://registry.npmjs.org/drizzle-kit/-/drizzle-kit-0.30.6.tgz",
      "dev": true
    }
  }
}
"""
NPM_2 = """\
{
  "name": "app",
  "lockfileVersion": 2,
  "requires": true,
  "packages": {
    "": {
      "name": "app",
      "devDependencies": {
        "drizzle-kit": "^0.30.0"
      }
    },
    "apps/api/node_modules/drizzle-kit": {
      "version": "0.31.4",
      "dev": true
    },
    "node_modules/a-tool/node_modules/drizzle-kit": {
      "version": "0.19.3"
    },
    "node_modules/drizzle-kit": {
      "version": "0.30.6",
      "dev": true
    }
  },
  "dependencies": {
    "a-tool": {
      "version": "1.0.0",
      "dependencies": {
        "drizzle-kit": {
          "version": "0.19.3"
        }
      }
    },
    "drizzle-kit": {
      "version": "0.30.6",
      "dev": true
    }
  }
}
"""
NPM_3 = NPM_2.partition(',\n  "dependencies": {\n    "a-tool"')[0].replace(
    '"lockfileVersion": 2', '"lockfileVersion": 3'
)
NPM_3 += "\n}\n"


@pytest.mark.parametrize("lock", [NPM_1, NPM_2, NPM_3], ids=["v1", "v2", "v3"])
@pytest.mark.parametrize("name", ["package-lock.json", "npm-shrinkwrap.json"])
def test_npm_names_what_stands_at_the_top(lock: str, name: str) -> None:
    json.loads(lock)
    texts = {name: lock, "package.json": manifest("^0.30.0")}
    assert Versions(MemoryFiles(texts)).of("drizzle-kit", "") == Installed(
        "0.30.6", name
    )


@pytest.mark.parametrize("lock", [NPM_2, NPM_3], ids=["v2", "v3"])
def test_an_npm_workspace_may_have_its_own(lock: str) -> None:
    texts = {"package-lock.json": lock}
    assert version(texts, folder="apps/api") == "0.31.4"
    assert version(texts, folder="apps/api/src/db") == "0.31.4"
    assert version(texts, folder="apps/web") == "0.30.6"


def test_an_npm_package_under_another_name_is_found() -> None:
    place = {"name": "@acme/drizzle-kit", "version": "0.30.1"}
    lock = {"lockfileVersion": 3, "packages": {"node_modules/drizzle-kit": place}}
    assert version({"package-lock.json": json.dumps(lock, indent=2)}) == "0.30.1"


PNPM_5 = """\
lockfileVersion: 5.4

specifiers:
  drizzle-kit: ^0.20.6
  drizzle-orm: ^0.29.0

dependencies:
  drizzle-orm: 0.29.1_pg@8.11.3

devDependencies:
  drizzle-kit: 0.20.8

packages:

  /drizzle-kit/0.19.0:
    resolution: {integrity: sha512-x}
"""
PNPM_6 = """\
lockfileVersion: '6.0'

settings:
  autoInstallPeers: true

dependencies:
  drizzle-orm:
    specifier: ^0.29.0
    version: 0.29.1(pg@8.11.3)

devDependencies:
  drizzle-kit:
    specifier: ^0.20.6
    version: 0.20.8

packages:

  /drizzle-kit@0.19.0:
    resolution: {integrity: sha512-x}
"""
PNPM_9 = """\
lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

catalogs:
  default:
    drizzle-kit:
      specifier: ^0.31.0
      version: 0.31.9

importers:

  .:
    dependencies:
      drizzle-orm:
        specifier: ^0.29.0
        version: 0.29.1(pg@8.11.3)
    devDependencies:
      drizzle-kit:
        specifier: ^0.20.6
        version: 0.20.8

  apps/api:
    devDependencies:
      drizzle-kit:
        specifier: 'catalog:'
        version: 0.31.4

  apps/apix:
    devDependencies:
      drizzle-kit:
        specifier: 1.0.0-rc.5
        version: 1.0.0-rc.5(pg@8.11.3)

packages:

  drizzle-kit@0.19.0:
    resolution: {integrity: sha512-x}
"""


@pytest.mark.parametrize("lock", [PNPM_5, PNPM_6, PNPM_9], ids=["5.4", "6", "9"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_pnpm_names_what_the_project_asked_for(lock: str, ends: str) -> None:
    texts = {"pnpm-lock.yaml": lock.replace("\n", ends)}
    assert version(texts) == "0.20.8"
    assert version(texts, "drizzle-orm/pg-core") == "0.29.1"
    assert version(texts, "drizzle") is None


def test_each_pnpm_workspace_has_its_own() -> None:
    texts = {"pnpm-lock.yaml": PNPM_9}
    assert version(texts, folder="apps/api") == "0.31.4"
    assert version(texts, folder="apps/apix/src") == "1.0.0-rc.5"
    assert version(texts, folder="apps/web") == "0.20.8"
    assert version(texts, "drizzle-orm", "apps/api") == "0.29.1"


YARN_CLASSIC = """\
# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


"@drizzle-team/brocli@^0.10.2":
  version "0.10.2"

a-drizzle-kit@^9.0.0:
  version "9.0.0"

drizzle-kit@^0.31.0, drizzle-kit@^0.31.4:
  version "0.31.4"
  dependencies:
    "@drizzle-team/brocli" "^0.10.2"
"""
YARN_BERRY = """\
__metadata:
  version: 8
  cacheKey: 10c0

"a-drizzle-kit@npm:^9.0.0":
  version: 9.0.0

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies:
    drizzle-kit: "npm:^0.31.4"
  languageName: unknown

"drizzle-kit@npm:^0.31.0, drizzle-kit@npm:^0.31.4":
  version: 0.31.4
  resolution: "drizzle-kit@npm:0.31.4"
"""


@pytest.mark.parametrize("lock", [YARN_CLASSIC, YARN_BERRY], ids=["classic", "berry"])
def test_yarn_names_it_in_both_formats(lock: str) -> None:
    texts = {"yarn.lock": lock, "apps/api/package.json": manifest("^0.31.4")}
    assert version(texts) == "0.31.4"
    assert version(texts, folder="apps/api") == "0.31.4"
    assert version(texts, "kit") is None


def test_of_two_versions_in_a_yarn_lock_the_one_asked_for_counts() -> None:
    lock = YARN_CLASSIC + '\ndrizzle-kit@^0.20.0:\n  version "0.20.8"\n'
    assert version({"yarn.lock": lock, "package.json": manifest("^0.31.4")}) == "0.31.4"
    assert version({"yarn.lock": lock, "package.json": manifest("^0.20.0")}) == "0.20.8"
    assert version({"yarn.lock": lock}) == "0.20.8"


BUN = """\
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "desk",
      "devDependencies": {
        "drizzle-kit": "^0.30.0",
      },
    },
    "apps/api": {
      "name": "@desk/api",
      "devDependencies": {
        "drizzle-kit": "^0.31.4",
      },
    },
  },
  "packages": {
    "@desk/api": ["@desk/api@workspace:apps/api"],

    "drizzle-kit": ["drizzle-kit@0.30.6", "", { "bin": { "drizzle-kit": "bin.cjs" } }],

    "@desk/api/drizzle-kit": ["drizzle-kit@0.31.4", "", {}, "sha512-x=="],
  }
}
"""


def test_bun_names_it_for_the_root_and_each_workspace() -> None:
    texts = {"bun.lock": BUN}
    assert version(texts) == "0.30.6"
    assert version(texts, folder="apps/api/src") == "0.31.4"
    assert version(texts, folder="apps/web") == "0.30.6"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("0.31.4", "0.31.4"),
        ("^0.31.4", "0.31.4"),
        ("~0.30", "0.30.0"),
        ("0.31.x", "0.31.0"),
        ("1", "1.0.0"),
        ("v0.31.4", "0.31.4"),
        ("= 0.31.4", "0.31.4"),
        (">=0.20 <0.31", "0.20.0"),
        (" >= 0.20.1 ", "0.20.1"),
        ("0.20.0 - 0.31.0", "0.20.0"),
        ("^0.31.0 || ^0.30.5", "0.30.5"),
        ("1.0.0-beta.2", "1.0.0-beta.2"),
        ("^1.0.0-rc.5", "1.0.0-rc.5"),
        ("npm:drizzle-kit@0.31.4", "0.31.4"),
        ("npm:@acme/kit@^0.31.4", "0.31.4"),
        ("workspace:^0.31.4", None),
        ("workspace:*", None),
        ("<0.31", None),
        ("^0.31.0 || <0.20", None),
        ("^0.31.0 || *", None),
        ("*", None),
        ("", None),
        ("x", None),
        ("latest", None),
        ("npm:drizzle-kit", None),
        ("git+ssh://git@github.com/drizzle-team/drizzle-orm.git", None),
        ("file:../kit-1.0.0.tgz", None),
    ],
)
def test_a_range_gives_its_lowest_version(wanted: str, found: str | None) -> None:
    assert lowest(wanted) == found
    assert version({"package.json": manifest(wanted)}) == found


@pytest.mark.parametrize(
    "kind",
    ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"],
)
def test_every_kind_of_dependency_counts(kind: str) -> None:
    assert version({"package.json": manifest("^0.31.4", kind)}) == "0.31.4"


def test_the_nearest_manifest_counts_and_the_root_where_it_is_silent() -> None:
    texts = {
        "package.json": manifest("^0.30.0"),
        "apps/api/package.json": manifest("^0.31.4"),
        "apps/web/package.json": "{}",
    }
    assert version(texts, folder="apps/api/src") == "0.31.4"
    assert version(texts, folder="apps/web") == "0.30.0"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("catalog:", "0.30.5"), ("catalog:default", "0.30.5"), ("catalog:new", "0.31.4")],
)
def test_a_catalog_of_pnpm_or_bun_is_looked_up(wanted: str, found: str) -> None:
    pnpm = (
        "packages:\n  - apps/*\n\ncatalog:\n  'drizzle-kit': ^0.30.5 # old\n\n"
        "catalogs:\n  other:\n    drizzle-kit: 0.1.0\n"
        "  new:\n    drizzle-kit: ^0.31.4\n"
    )
    bun = {
        "workspaces": {
            "packages": ["apps/*"],
            "catalog": {"drizzle-kit": "^0.30.5"},
            "catalogs": {"new": {"drizzle-kit": "^0.31.4"}},
        }
    }
    own = {"apps/api/package.json": manifest(wanted)}
    assert version(own | {"pnpm-workspace.yaml": pnpm}, folder="apps/api") == found
    assert version(own | {"package.json": json.dumps(bun)}, folder="apps/api") == found
    assert version(own, folder="apps/api") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"devDependencies": []}',
        '{"devDependencies": {"drizzle-kit": 3}}',
        '{"devDependencies": {"drizzle-kit": "catalog:"}, "catalogs": 3}',
        '{"devDependencies": {"drizzle-kit": "catalog:x"}, "catalogs": 3}',
        '{"devDependencies": {"drizzle-kit": "catalog:x"}, "catalogs": {"x": 3}}',
    ],
)
@pytest.mark.parametrize(
    "name",
    ["package.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"],
)
def test_what_is_no_such_file_says_nothing(name: str, text: str) -> None:
    assert version({name: text}) is None


@pytest.mark.parametrize(
    "demanded",
    [
        {"overrides": {"drizzle-kit": "0.30.1"}},
        {"resolutions": {"drizzle-kit": "0.30.1"}},
        {"pnpm": {"overrides": {"drizzle-kit": "0.30.1"}}},
    ],
)
def test_what_the_root_demands_counts_without_a_lockfile(
    demanded: dict[str, object],
) -> None:
    texts = {
        "package.json": json.dumps(demanded),
        "apps/api/package.json": manifest("^0.31.0"),
    }
    assert version(texts, folder="apps/api") == "0.30.1"


def test_a_version_that_only_another_workspace_has_counts_the_lowest_first() -> None:
    npm = {
        "apps/a/node_modules/drizzle-kit": {"version": "0.31.4"},
        "apps/b/node_modules/drizzle-kit": {"version": "0.30.9"},
    }
    lock = json.dumps({"lockfileVersion": 3, "packages": npm}, indent=2)
    assert version({"package-lock.json": lock}) == "0.30.9"
    pnpm = """\
lockfileVersion: '9.0'

importers:

  .: {}

  apps/a:
    devDependencies:
      drizzle-kit:
        specifier: ^0.31.0
        version: 0.31.4

  apps/b:
    devDependencies:
      drizzle-kit:
        specifier: ^0.30.0
        version: 0.30.9
"""
    assert version({"pnpm-lock.yaml": pnpm}) == "0.30.9"


def test_a_binary_lockfile_of_bun_leaves_it_to_the_range() -> None:
    texts: dict[str, str | bytes] = {
        "bun.lockb": b"#!/usr/bin/env bun\n\0",
        "package.json": manifest("^0.31.0"),
    }
    found = Versions(MemoryFiles(texts)).of("drizzle-kit", "")
    assert found == Installed("0.31.0", "package.json")
