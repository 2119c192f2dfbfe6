"""How a project deploys is read from what it runs, then from its migrations."""

import json

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.way import deploy_of
from tests.memory_files import MemoryFiles

PUSH, MIGRATIONS = (Way.PUSH,), (Way.MIGRATIONS,)
BOTH = (Way.PUSH, Way.MIGRATIONS)


def package(**scripts: str) -> str:
    return json.dumps({"scripts": scripts})


@pytest.mark.parametrize(
    ("files", "ways", "evidence"),
    [
        (
            {".replit": '[deployment]\nbuild = ["npm", "run", "build"]\n'}
            | {"package.json": package(build="vite build && drizzle-kit push --force")},
            PUSH,
            ".replit runs drizzle-kit push",
        ),
        (
            {".replit": '[deployment.build]\nargs = ["npm", "run", "ship"]\n'}
            | {"package.json": package(ship="vite build && drizzle-kit migrate")},
            MIGRATIONS,
            ".replit runs the migrations",
        ),
        (
            {".replit": 'run = "npm run db:push"\n', "package.json": "{}"},
            PUSH,
            "nothing in the project says how it deploys",
        ),
        (
            {
                "Dockerfile": 'FROM node\nCMD ["sh", "scripts/start.sh"]\n',
                "scripts/start.sh": "#!/bin/sh\nnpx drizzle-kit migrate\nnode dist\n",
            },
            MIGRATIONS,
            "Dockerfile runs the migrations",
        ),
        (
            {
                "Procfile": "release: pnpm --filter api db:migrate\n",
                "package.json": package(**{"db:migrate": "drizzle-kit migrate"}),
            },
            MIGRATIONS,
            "Procfile runs the migrations",
        ),
        (
            {
                ".github/workflows/deploy.yml": "      - run: yarn deploy\n",
                "package.json": package(
                    deploy="run-s db:*", **{"db:push": "drizzle-kit push"}
                ),
            },
            PUSH,
            ".github/workflows/deploy.yml runs drizzle-kit push",
        ),
        (
            {"package.json": package(postinstall="drizzle-kit migrate")},
            MIGRATIONS,
            'the script "postinstall" runs the migrations',
        ),
        (
            {"package.json": package(prebuild="drizzle-kit push", build="tsc")},
            PUSH,
            'the script "build" runs drizzle-kit push',
        ),
        (
            {
                "package.json": package(dev="tsx server/index.ts"),
                "server/index.ts": (
                    "import { migrate } from 'drizzle-orm/node-postgres/migrator';\n"
                ),
            },
            MIGRATIONS,
            "server/index.ts runs the migrations",
        ),
        (
            {
                "package.json": package(**{"db:migrate": "tsx scripts/migrate.ts"}),
                "scripts/migrate.ts": (
                    'import { migrate } from "drizzle-orm/postgres-js/migrator";\n'
                ),
            },
            PUSH,
            "nothing in the project says how it deploys",
        ),
        (
            {
                "package.json": package(
                    start="npm run db:migrate && node dist",
                    build="drizzle-kit push --force",
                    **{"db:migrate": "tsx scripts/migrate.ts"},
                ),
                "scripts/migrate.ts": (
                    'import { migrate } from "drizzle-orm/postgres-js/migrator";\n'
                ),
            },
            BOTH,
            (
                'the script "build" runs drizzle-kit push'
                ' and the script "start" runs the migrations'
            ),
        ),
        (
            {"vercel.json": '{"buildCommand": "npm run vercel-build"}'}
            | {
                "package.json": package(
                    **{"vercel-build": "drizzle-kit push:pg && next build"}
                )
            },
            PUSH,
            "vercel.json runs drizzle-kit push",
        ),
        (
            {"package.json": package(build="tsc", **{"db:push": "drizzle-kit push"})},
            PUSH,
            "nothing in the project says how it deploys",
        ),
        (
            {".github/workflows/ci.yml": "# drizzle-kit migrate\n- run: npm test\n"},
            PUSH,
            "nothing in the project says how it deploys",
        ),
        (
            {".replit": "not = [toml", "package.json": "[]"},
            PUSH,
            "nothing in the project says how it deploys",
        ),
    ],
)
def test_commands_that_run_on_deploy(
    files: dict[str, str], ways: tuple[Way, ...], evidence: str
) -> None:
    deploy = deploy_of(MemoryFiles(files), kit="0.31.11")
    assert (deploy.ways, deploy.evidence) == (ways, evidence)


def test_settings_come_first() -> None:
    files = MemoryFiles({"package.json": package(build="drizzle-kit push")})
    deploy = deploy_of(files, kit=None, settled=MIGRATIONS)
    assert (deploy.ways, deploy.evidence) == (MIGRATIONS, "schemadiff.toml says so")


@pytest.mark.parametrize(
    ("folder", "ways", "evidence"),
    [
        ("current", MIGRATIONS, "the newest migration snapshot equals the schema"),
        ("behind", PUSH, "the newest migration snapshot is behind the schema"),
        ("absent", PUSH, "nothing in the project says how it deploys"),
    ],
)
def test_without_commands_the_migrations_folder_decides(
    folder: str, ways: tuple[Way, ...], evidence: str
) -> None:
    deploy = deploy_of(
        MemoryFiles({}),
        kit=None,
        migrations_are_current=lambda: {"current": True, "behind": False}.get(folder),
    )
    assert (deploy.ways, deploy.evidence) == (ways, evidence)


def test_a_package_inside_a_workspace_uses_its_own_scripts() -> None:
    files = {
        "package.json": package(build="turbo run build"),
        "packages/db/package.json": package(build="drizzle-kit migrate"),
    }
    deploy = deploy_of(MemoryFiles(files), kit=None, directory="packages/db")
    assert deploy.ways == MIGRATIONS
