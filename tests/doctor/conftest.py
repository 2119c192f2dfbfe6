"""The project of the tests of installing, with its kit, and what the doctor says."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.install.conftest import Command, Project, Ran, command, project

__all__ = ["command", "project"]

ROOT = Path(__file__).parents[2]
SPECIFICATION = json.loads((ROOT / "docs" / "doctor.schema.json").read_text())
Draft202012Validator.check_schema(SPECIFICATION)
PACKAGE = json.dumps({"devDependencies": {"drizzle-kit": "0.31.4"}})
HOOK = "no hook judges what is pushed from this clone"
ENTRY = """\
repos:
  - repo: https://example.com/schemadiff
    rev: v0.1.0
    hooks:
      - id: schemadiff
"""
BLIND = "hands over only the first ref of a push"


@pytest.fixture(autouse=True)
def path(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find commands as the project's own hooks do; know the version of the kit."""
    monkeypatch.setenv("PATH", project.environment["PATH"])
    project.commit({"package.json": PACKAGE})
    project.git("push", "--quiet")


def found(command: Command, at: Path | None = None) -> dict[str, Any]:
    """Return the diagnosis as data, which its schema describes and its code agrees."""
    done = command("doctor", "--json", at=at)
    data: dict[str, Any] = json.loads(done.out)
    Draft202012Validator(SPECIFICATION).validate(data)
    assert done.code == data["code"]
    assert (done.code == 0) is not bool(data["missing"])
    assert data["ok"] is not bool(data["missing"])
    spoken = command("doctor", at=at)
    assert spoken.code == done.code
    assert max(map(len, prose(spoken))) <= 80
    return data


def prose(done: Ran) -> list[str]:
    """Return the lines but those to copy, and the paths that are longer themselves."""
    lines = done.out.splitlines()
    return [
        each for each in lines if each[12:].strip().count(" ") > 1 and "/" not in each
    ]


def missing(command: Command, at: Path | None = None) -> list[str]:
    return [each["what"] for each in found(command, at)["missing"]]
