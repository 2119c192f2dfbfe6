"""How a diagnosis reads, at any width; `pytest --accept` rewrites the golden file."""

from collections.abc import Callable

import pytest

from schemadiff.doctor import text
from schemadiff.doctor.diagnosis import (
    Diagnosis,
    Lack,
    SeenCommit,
    SeenHook,
    SeenPart,
    SeenProject,
    SeenRepository,
    SeenTool,
    SeenVersions,
)
from schemadiff.record import replace

COMMIT = "1a2b3c4d5e6f7890123456789012345678901234"
PART = SeenPart("clients.email", "depends on process.env.EMAIL", "shared/schema.ts:7")
SAMPLE = Diagnosis(
    SeenVersions("0.1.0", "3.12.1", "2.39.5"),
    SeenRepository("/home/ada/desk", "main", COMMIT, "work tree", ("a shallow clone",)),
    "schemadiff.toml",
    (SeenHook(".git/hooks/pre-push", "pre-commit", judges=False),),
    (SeenTool(".pre-commit-config.yaml", "pre-commit", at_push=True),),
    (".github/workflows/schema.yml",),
    (
        SeenProject(
            "apps/api/drizzle.config.ts",
            "postgresql",
            tuple(f"apps/api/schema/{each}.ts" for each in "abcdefgh"),
            11,
            "0.31.4",
            "pnpm-lock.yaml",
            ("push", "migrations"),
            ".replit runs drizzle-kit push and apps/api/main.ts runs the migrations",
            (PART,),
            "by its name",
            "schema: ./schema/*.ts",
        ),
        SeenProject("apps/old/drizzle.config.ts", "sqlite"),
    ),
    SeenCommit("origin/main", COMMIT, "2026-11-20"),
    "origin/main has commits that HEAD lacks: compared with where they parted",
    SeenCommit("published 1a2b3c4d5", COMMIT, "2026-11-19"),
    is_publish_judged=True,
    notes=("something that is worth knowing and no fault",),
    lacks=(
        Lack(
            "pre-commit hands over only the first ref of a push, and a remote's tip"
            " that is not here cannot be noticed",
            ("schemadiff install",),
        ),
        Lack(
            "shared/schema.ts:7: clients.email depends on process.env.EMAIL",
            ("write it as a literal, or allow a change of it when it is meant, once",),
        ),
    ),
)


def test_the_sample_reads_as_accepted(golden: Callable[[str, str], None]) -> None:
    golden("doctor.txt", text.render(SAMPLE, 80))


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    assert max(map(len, text.render(SAMPLE, width).splitlines())) <= width


def test_commands_are_never_wrapped() -> None:
    command = "git config --local --unset-all " + "long." * 30
    lack = Lack("something", (command, "", "    indented " + "words " * 30))
    lines = text.render(replace(SAMPLE, lacks=(lack,)), 40).splitlines()
    assert f"    remedy  {command}" in lines
    assert sum("words" in each for each in lines) == 1


def test_nothing_from_a_file_reaches_the_terminal_raw() -> None:
    bad = "a\x1b[31m\nb\u202e"
    place = SeenRepository(bad, bad, None, None, (bad,))
    project = SeenProject(bad, bad)
    shown = text.render(
        replace(
            SAMPLE,
            repository=place,
            projects=(project, replace(SAMPLE.projects[0], config=bad, evidence=bad)),
            hooks=(SeenHook(bad, bad, judges=True),),
            notes=(bad,),
            lacks=(Lack(bad, (f"git {bad}", bad)),),
        ),
        80,
    )
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\nb" not in shown
