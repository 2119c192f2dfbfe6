"""The examples of docs/ci.md are read and run; `pytest --accept` rewrites its table."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from schemadiff.git.machines import EVENT, MACHINES, Machine
from tests.ci.running import DROPPED, PROJECT, Action, Host
from tests.repositories import Sandbox

PAGE = PROJECT / "docs" / "ci.md"
TEXT = PAGE.read_text(encoding="utf-8")
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
READERS: dict[str, Callable[[str], Any]] = {
    "yaml": yaml.safe_load,
    "json": json.loads,
    "toml": tomllib.loads,
}
LOST = "error[drop-column] every value of clients.email would be lost"


class Build(NamedTuple):
    """One machine's build of a branch that drops a column."""

    environ: Mapping[str, str]
    options: tuple[str, ...] = ()
    has_remote: bool = True


BUILDS = {
    "GitLab": Build(
        {
            "GITLAB_CI": "true",
            "CI_COMMIT_BEFORE_SHA": "0" * 40,
            "CI_DEFAULT_BRANCH": "main",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "{base}",
        }
    ),
    "Bitbucket": Build(
        {
            "BITBUCKET_BUILD_NUMBER": "7",
            "BITBUCKET_BRANCH": "feature",
            "BITBUCKET_PR_DESTINATION_BRANCH": "main",
        }
    ),
    "CircleCI": Build({"CIRCLECI": "true", "CIRCLE_BRANCH": "feature"}),
    "Buildkite": Build(
        {
            "BUILDKITE": "true",
            "BUILDKITE_BRANCH": "feature",
            "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
        }
    ),
    "Azure Pipelines": Build(
        {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}
    ),
    "Vercel": Build(
        {"VERCEL": "1", "VERCEL_GIT_PREVIOUS_SHA": "{base}"},
        ("--depth=10",),
        has_remote=False,
    ),
    "Netlify": Build(
        {
            "NETLIFY": "true",
            "BRANCH": "feature",
            "COMMIT_REF": "{feature}",
            "CACHED_COMMIT_REF": "{base}",
        }
    ),
    "Any other": Build({}),
}


def section(name: str) -> str:
    (found,) = [text for title, text in SECTION.findall(TEXT) if title == name]
    return str(found)


def commands(name: str) -> list[str]:
    """Return the shell commands of a section's example, one after the other."""
    ((kind, text),) = FENCED.findall(section(name))
    if kind == "sh":
        return [text]
    return list(_commands(READERS[kind](text)))


def _commands(data: object, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _commands(value, str(name))
    elif isinstance(data, list):
        for value in data:
            yield from _commands(value, key)
    elif key in {"run", "script", "commands", "command", "buildCommand"}:
        yield str(data)


@pytest.fixture
def tools(tmp_path: Path) -> str:
    """A PATH with this program first, then a pip and an npm that only say so."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("pip", "npm"):
        path = folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*"\n')
        path.chmod(0o755)
    return os.pathsep.join([str(folder), str(Path(sys.executable).parent)])


def run(checkout: Sandbox, script: str, environ: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=checkout.path,
        env=checkout.environment | dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_every_example_can_be_read() -> None:
    read = [kind for kind, text in FENCED.findall(TEXT) if kind in READERS]
    for kind, text in FENCED.findall(TEXT):
        if kind in READERS:
            assert READERS[kind](text)
    assert sorted(set(read)) == ["json", "toml", "yaml"]


@pytest.mark.parametrize("name", BUILDS)
def test_the_commands_of_an_example_stop_a_loss(
    host: Host, tools: str, name: str
) -> None:
    build = BUILDS[name]
    checkout = host.sandbox.clone("build", "--branch=feature", *build.options)
    if not build.has_remote:
        checkout.git("remote", "remove", "origin")
    commits = {"base": host.base, "feature": host.feature}
    given = {key: value.format(**commits) for key, value in build.environ.items()}
    path = tools + os.pathsep + checkout.environment["PATH"]
    environ = {"CI": "true", "PATH": path} | given
    code, said = run(checkout, "\n".join(commands(name)), environ)
    assert code == 1
    assert LOST in said
    assert f"HEAD compared with {host.base[:9]}: 1 error" in " ".join(said.split())
    installed = "pip install drizzle-schemadiff\n" in said
    assert installed == (name != "Any other")
    assert "npm" not in said, "nothing is deployed"


def test_circleci_compares_the_trunk_with_what_was_built_before(
    host: Host, tools: str
) -> None:
    before, _ = host.push("main", {"schema.ts": DROPPED}, {"a.ts": "1"})
    checkout = host.sandbox.clone("build")
    environ = {
        "PATH": tools + os.pathsep + checkout.environment["PATH"],
        "CI": "true",
        "CIRCLECI": "true",
        "CIRCLE_BRANCH": "main",
    }
    script = "\n".join(commands("CircleCI"))
    code, said = run(checkout, script, environ | {"BEFORE": before})
    assert code == 1
    assert f"compared with {before[:9]}:" in " ".join(said.split())
    code, said = run(checkout, script, environ | {"BEFORE": ""})
    assert code == 0
    assert "HEAD compared with HEAD^1" in said


def test_the_workflow_checks_everything_out_before_the_action(action: Action) -> None:
    ((kind, text),) = FENCED.findall(section("GitHub Actions"))
    workflow = READERS[kind](text)
    checkout, judge = workflow["jobs"]["schemadiff"]["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    assert checkout["with"] == {"fetch-depth": 0}
    assert set(judge) == {"uses"}
    # YAML 1.1 reads the key `on` as a truth value; GitHub does not.
    assert set(workflow[True]) == {"pull_request", "merge_group", "push"}
    for name in action.inputs:
        assert f"`{name}" in section("GitHub Actions")


def test_what_a_failure_asks_for_is_what_the_example_says() -> None:
    wanted = {
        "GitHub Actions": "fetch-depth: 0",
        "GitLab": 'GIT_DEPTH: "0"',
        "Bitbucket": "depth: full",
        "CircleCI": "method: full",
        "Azure Pipelines": "fetchDepth: 0",
    }
    for machine in MACHINES:
        if machine.name in wanted:
            assert wanted[machine.name] in machine.deepen
            assert wanted[machine.name] in section(machine.name)


def row(machine: Machine) -> str:
    """Return a machine's line of the table."""
    names = []
    for each in machine.sources:
        what = f"`{each.name.removeprefix(EVENT)}`"
        where = " in the event" if each.name.startswith(EVENT) else ""
        names.append(f"{each.when}: {what}{where}{', merged into' * each.tip}")
    cells = ("<br>".join(names), machine.clone, machine.deepen)
    return f"| {machine.name} | {' | '.join(cells)} |"


def test_the_table_is_what_is_asked_for(*, accepting: bool) -> None:
    head = "| machine | names a base | clones unasked | whole history |"
    table = "\n".join([head, "|---|---|---|---|", *map(row, MACHINES), ""])
    before, start, rest = TEXT.partition("<!-- machines -->\n")
    shown, end, after = rest.partition("<!-- end -->")
    assert start
    assert end
    if accepting:
        PAGE.write_text(before + start + table + end + after, encoding="utf-8")
        return
    assert shown == table
