"""Which paths can matter at all."""

import pytest

from schemadiff.relevance import relevant

MATTER = """
schema.ts src/a.tsx a.mts a.cts a.mtsx a.ctsx a.js a.jsx a.mjs a.cjs a.mjsx a.cjsx
db/SCHEMA.TS .ts a.b.ts package.json tsconfig.base.json a.jsonc bun.lock bun.lockb
yarn.lock pnpm-lock.yaml apps/web/pnpm-lock.yaml pnpm-workspace.yaml .replit x/.replit
schemadiff.toml .gitmodules migrations/0001_x.sql schema db/schema Makefiles a.b/link
"""
MATTER_NOT = """
README.md README docs/README LICENSE LICENCE CHANGELOG Makefile dockerfile a.py a.tss
a.ats a.css yarn.lock.md notes.txt my-pnpm-lock.yaml xschemadiff.toml a.replit .env
ts.x json.d a.mjsy .github/workflows/ci.yml logo.svg
"""


@pytest.mark.parametrize("path", MATTER.split())
def test_what_a_schema_may_depend_on_matters(path: str) -> None:
    assert relevant([path]) == [path]


@pytest.mark.parametrize("path", MATTER_NOT.split())
def test_what_no_schema_depends_on_does_not(path: str) -> None:
    assert relevant([path]) == []


def test_the_order_is_kept() -> None:
    assert relevant(["b.ts", "a.md", "a.ts"]) == ["b.ts", "a.ts"]
