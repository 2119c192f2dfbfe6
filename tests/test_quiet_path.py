"""What a push costs that changes nothing of a schema: the modules it imports."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.repositories import Sandbox

APP = Path(__file__).parents[1] / "demo" / "app"
RUNNER = """
import sys
from schemadiff.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""
HEAVY = (
    "argparse",
    "json",
    "tree_sitter",
    "tree_sitter_typescript",
    "wcmatch",
    "pglast",
    "tomllib",
    "schemadiff.record",
    "schemadiff.model",
    "schemadiff.settings",
    "schemadiff.check",
    "schemadiff.outcome",
    "schemadiff.typescript",
    "schemadiff.drizzle",
    "schemadiff.rules",
    "schemadiff.report.text",
)
JUDGING = (
    "pglast",
    "schemadiff.verdict",
    "schemadiff.diff",
    "schemadiff.rules.catalogue",
    "schemadiff.drizzle.reader",
    "schemadiff.drizzle.tables",
)


class Ran(NamedTuple):
    code: int
    out: str
    modules: frozenset[str]

    def imported(self, names: tuple[str, ...]) -> list[str]:
        return [each for each in names if each in self.modules]


def run(
    folder: Path,
    environment: Mapping[str, str],
    *arguments: str,
    given: str = "",
) -> Ran:
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, *arguments],
        cwd=folder,
        env=dict(environment),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, frozenset(done.stderr.split()))


@pytest.fixture
def pushed(repository: Sandbox) -> Sandbox:
    """The demo's application, pushed to its remote."""
    shutil.copytree(APP, repository.path, dirs_exist_ok=True)
    repository.commit()
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    return repository


def test_other_files_import_neither_a_parser_nor_the_model(pushed: Sandbox) -> None:
    pushed.commit({"README.md": "# Desk\n", "logo.svg": "<svg/>\n", "LICENSE": "MIT\n"})
    ran = run(pushed.path, pushed.environment, "check")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert "HEAD compared with origin/main" in ran.out
    assert ran.imported(HEAVY) == []


def test_the_same_holds_for_the_lines_of_a_native_hook(pushed: Sandbox) -> None:
    pushed.commit({"README.md": "# Desk\n"})
    remote, url, lines = pushed.handed_over("origin", "main")
    given = "".join(f"{line}\n" for line in lines)
    environment = pushed.environment
    ran = run(pushed.path, environment, "pre-push", remote, url, given=given)
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert ran.imported(HEAVY) == []


def test_a_deletion_imports_nothing_heavy(pushed: Sandbox) -> None:
    pushed.git("push", "--quiet", "origin", "main:old")
    remote, url, lines = pushed.handed_over("origin", ":old")
    given = "".join(f"{line}\n" for line in lines)
    ran = run(pushed.path, pushed.environment, "pre-push", remote, url, given=given)
    assert ran.code == 0
    assert ran.imported(HEAVY) == []


def test_a_commit_returns_at_once(pushed: Sandbox) -> None:
    environment = pushed.environment | {"PRE_COMMIT": "1", "GIT_INDEX_FILE": "x"}
    ran = run(pushed.path, environment, "check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.imported(("git", *HEAVY)) == []


def test_a_real_commit_is_not_held_up(pushed: Sandbox) -> None:
    hook = pushed.path / ".git" / "hooks" / "pre-commit"
    log = pushed.path.parent / "imported"
    runner = pushed.path.parent / "runner.py"
    runner.write_text(RUNNER)
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\n"{sys.executable}" "{runner}" check 2>"{log}"\n')
    hook.chmod(0o755)
    pushed.environment["PYTHONPATH"] = str(APP.parents[1])
    pushed.commit({"shared/schema.ts": None})
    modules = set(log.read_text().split())
    assert "schemadiff.cli" in modules
    assert not modules.intersection(("git", *HEAVY))


def test_a_source_out_of_the_schemas_reach_is_not_judged(pushed: Sandbox) -> None:
    server = (pushed.path / "server" / "index.ts").read_text()
    pushed.commit({"server/index.ts": server + "\nconsole.log('up');\n"})
    ran = run(pushed.path, pushed.environment, "check")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert ran.imported(JUDGING) == []


def test_a_changed_schema_is_judged(pushed: Sandbox) -> None:
    # Without it, the names above could be of modules that nobody has any more.
    schema = (pushed.path / "shared" / "schema.ts").read_text()
    gone = schema.replace('  email: text("email"),\n', "", 1)
    pushed.commit({"shared/schema.ts": gone, "schemadiff.toml": "strict_ = 1"})
    assert run(pushed.path, pushed.environment, "check").code == 2
    pushed.commit({"schemadiff.toml": 'protect = ["main"]\n'})
    ran = run(pushed.path, pushed.environment, "check")
    assert ran.code == 1
    wanted = {*HEAVY, *JUDGING} - {"argparse", "pglast", "wcmatch"}
    assert wanted - ran.modules == set()
