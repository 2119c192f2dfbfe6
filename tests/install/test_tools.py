"""What is recognised of other tools' configurations, and what they are told."""

import json
import textwrap
import tomllib
from pathlib import Path

import pytest
import yaml

from schemadiff.install.tools import Tool, configured_tools
from schemadiff.install.words import Owner, calls_schemadiff
from tests.install.conftest import BLOCKED, LOSS, Command, Project

RECORDED = Path(__file__).parents[1] / "cases" / "hooks"
RUN = "schemadiff pre-push {0}"
FROM_PACKAGE = """\
repos:
- repo: https://example.com/schemadiff
  rev: v0.1.0
  hooks:
  - id: schemadiff
"""
LOCAL = """\
repos:
- repo: local
  hooks:
  - id: ours
    name: ours
    entry: schemadiff
    args: [check]
    language: system
"""
ALL = ("pre-commit", "pre-push", "manual")


def the_tool(folder: Path, name: str, text: str) -> Tool:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    (found,) = configured_tools(folder, folder / ".git" / "hooks")
    assert found.path == name
    return found


def pasted(said: str) -> list[str]:
    """Return the blocks of lines to copy in a text."""
    blocks = [
        block for block in said.split("\n\n") if block and block.startswith("    ")
    ]
    return [textwrap.dedent(block).rstrip("\n") + "\n" for block in blocks]


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        (FROM_PACKAGE, ALL),
        (FROM_PACKAGE + "    stages: [pre-commit]\n", ("pre-commit",)),
        (FROM_PACKAGE + "    stages: [push]\n", ("pre-push",)),
        # The manifest's stages count before the file's default.
        ("default_stages: [pre-commit]\n" + FROM_PACKAGE, ALL),
        (LOCAL, ALL),
        ("default_stages: [pre-commit]\n" + LOCAL, ("pre-commit",)),
        (LOCAL.replace("schemadiff", "eslint"), ()),
        ("repos: []\n", ()),
        ("", ()),
        ("- no mapping\n", ()),
        ("repos: &a\n- *a\n", ()),
    ],
)
def test_pre_commit(tmp_path: Path, text: str, stages: tuple[str, ...]) -> None:
    found = the_tool(tmp_path, ".pre-commit-config.yaml", text)
    assert found.owner is Owner.PRE_COMMIT
    assert found.stages == stages
    assert found.has_schemadiff == bool(stages)
    assert found.at_push == ("pre-push" in stages)
    assert found.install_types == ("pre-commit",)
    assert found.problem is None


def test_pre_commits_types_to_install(tmp_path: Path) -> None:
    text = "default_install_hook_types: [pre-commit, pre-push]\nrepos: []\n"
    found = the_tool(tmp_path, ".pre-commit-config.yaml", text)
    assert found.install_types == ("pre-commit", "pre-push")


def test_preks_own_configuration(tmp_path: Path) -> None:
    text = '[[repos]]\nrepo = "https://example.com/s"\nhooks = [{id = "schemadiff"}]\n'
    found = the_tool(tmp_path, "prek.toml", text)
    assert (found.owner, found.at_push) == (Owner.PREK, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".pre-commit-config.yaml", "repos: [\n"),
        (".pre-commit-config.yaml", "[" * 9999),
        (".pre-commit-config.yaml", "a: 2026-13-45"),
        ("prek.toml", "= 1"),
        ("lefthook.json", "{"),
        ("lefthook.yml", "a: &a [*b]"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, text: str) -> None:
    found = the_tool(tmp_path, name, text)
    assert not found.has_schemadiff
    assert found.problem
    assert found.problem.startswith("it could not be read: ")
    assert "\n" not in found.problem


COMMANDS = {"commands": {"a": {"run": RUN, "use_stdin": True}}}
JOBS = {"jobs": [{"group": {"jobs": [{"run": RUN, "use_stdin": True}]}}]}
BLIND = {"commands": {"a": {"run": RUN}}}


@pytest.mark.parametrize(
    ("push", "has", "blind"),
    [
        (COMMANDS, True, False),
        (JOBS, True, False),
        (BLIND, True, True),
        ({"commands": {"a": {"run": "schemadiff check"}}}, True, False),
        ({"commands": {"a": {"run": "npm test"}}}, False, False),
        (None, False, False),
    ],
)
@pytest.mark.parametrize(
    "name", ["lefthook.yml", ".lefthook.json", ".config/lefthook.yaml"]
)
def test_lefthook(
    tmp_path: Path, name: str, push: object, *, has: bool, blind: bool
) -> None:
    config = json.dumps({"pre-push": push, "pre-commit": COMMANDS})
    found = the_tool(tmp_path, name, config)
    assert (found.owner, found.has_schemadiff) == (Owner.LEFTHOOK, has)
    assert (found.problem is not None) == blind


@pytest.mark.parametrize(
    "line",
    [
        'schemadiff pre-push "$@"',
        "  npx x && schemadiff  check --strict",
        'python3 -m schemadiff pre-push "$@" || exit 1',
        '"/opt/a b/schemadiff" pre-push "$@"',
        "schemadiff.exe pre-push",
    ],
)
def test_lines_that_judge(line: str) -> None:
    assert calls_schemadiff(f"#!/bin/sh\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "# schemadiff pre-push",
        "\t# see: schemadiff check",
        "schemadiff rules",
        "cd schemadiff",
        "myschemadiff check",
        "schemadiff-old check",
    ],
)
def test_lines_that_do_not(line: str) -> None:
    assert not calls_schemadiff(f"#!/bin/sh\n{line}\n")


def husky_9(project: Project) -> Path:
    project.write(
        {
            f".husky/_/{name}": (RECORDED / "husky-9" / name).read_bytes()
            for name in ("h", "pre-push")
        }
    )
    (project.path / ".husky" / "_" / "pre-push").chmod(0o755)
    project.write({".husky/_/.gitignore": "*"})
    project.git("config", "core.hooksPath", ".husky/_")
    return project.path / ".husky" / "pre-push"


def husky_8(project: Project) -> Path:
    project.write(
        {".husky/_/husky.sh": (RECORDED / "husky-8-husky.sh").read_bytes()},
    )
    project.git("config", "core.hooksPath", ".husky")
    return project.path / ".husky" / "pre-push"


HUSKY_8 = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\n'


def test_husky_9_runs_the_lines_that_it_is_given(
    project: Project, command: Command
) -> None:
    script = husky_9(project)
    done = command("install")
    assert done.code == 1
    assert "husky looks after the hooks here" in done.out
    assert not script.exists()
    (lines,) = pasted(done.out)
    script.write_text(lines)
    assert command("install") == (0, "schemadiff: husky runs it (.husky/pre-push)\n")
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)
    assert command("uninstall") == (
        1,
        "schemadiff: .husky/pre-push still calls schemadiff: take it out there\n",
    )


def test_in_huskys_script_the_other_commands_go_on_reading(
    project: Project, command: Command, tmp_path: Path
) -> None:
    script, log = husky_9(project), tmp_path / "log"
    script.write_text(f'cat >"{log}"\n')
    first, other = pasted(command("install").out)
    command_line = f'cat >"{log}"'
    script.write_text(first + other.replace("THE COMMAND", command_line))
    project.commit({"README.md": "1"})
    assert project.push().code == 0
    assert log.read_text().startswith("HEAD ")
    log.unlink()
    project.commit(LOSS)
    assert project.push().code == 1
    assert not log.exists()


def test_husky_8_executes_the_script_itself(project: Project, command: Command) -> None:
    script = husky_8(project)
    done = command("install")
    assert done.code == 1
    lines, chmod = pasted(done.out)
    script.write_text(lines)
    waiting = command("install")
    assert (waiting.code, len(pasted(waiting.out))) == (1, 1)
    assert project.run("sh", "-c", chmod).code == 0
    assert command("install").code == 0
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def test_in_a_script_of_husky_8_the_line_stands_below_huskys(
    project: Project, command: Command
) -> None:
    script = husky_8(project)
    script.write_text(HUSKY_8 + "true\n")
    script.chmod(0o755)
    done = command("install")
    assert "below its line with husky.sh" in done.out
    (lines,) = pasted(done.out)
    script.write_text(HUSKY_8 + lines + "true\n")
    assert command("install").code == 0
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def test_husky_that_is_not_set_up_yet_is_recognised(
    project: Project, command: Command
) -> None:
    package = json.dumps({"devDependencies": {"husky": "^9"}})
    script = 'schemadiff pre-push "$@"\n'
    project.write({"package.json": package, ".husky/pre-push": script})
    done = command("install")
    assert (done.code, pasted(done.out)) == (1, ["npx husky\n"])
    assert project.in_hooks() == {}


def test_a_folder_that_husky_left_behind_is_in_nobodys_way(
    project: Project, command: Command
) -> None:
    project.write({"package.json": "{}", ".husky/pre-push": "npm test\n"})
    assert command("install").code == 0
    assert set(project.in_hooks()) == {"pre-push"}


def test_husky_in_a_folder_of_the_project(project: Project, command: Command) -> None:
    husky_9(project)
    (project.path / "web").mkdir()
    (project.path / ".husky").rename(project.path / "web" / ".husky")
    project.git("config", "core.hooksPath", "web/.husky/_")
    done = command("install")
    assert (done.code, "into web/.husky/pre-push" in done.out) == (1, True)


def test_husky_4_is_given_its_own_variables(project: Project, command: Command) -> None:
    project.hook((RECORDED / "husky-4").read_text())
    package = {"husky": {"hooks": {"pre-commit": "lint"}}}
    project.write({"package.json": json.dumps(package)})
    done = command("install")
    assert (done.code, "Add this to package.json" in done.out) == (1, True)
    (lines,) = pasted(done.out)
    project.write({"package.json": "{" + lines + "}"})
    assert command("install").code == 0


@pytest.mark.parametrize("name", [".huskyrc", ".huskyrc.json", "husky.config.js"])
def test_husky_4_has_files_of_its_own(tmp_path: Path, name: str) -> None:
    found = the_tool(tmp_path, name, '{"hooks": {"pre-push": "schemadiff check"}}')
    assert (found.owner, found.at_push) == (Owner.HUSKY, True)


@pytest.mark.parametrize("kind", ["yml", "toml", "json"])
def test_lefthook_is_given_lines_in_its_format(
    project: Project, command: Command, kind: str
) -> None:
    project.hook((RECORDED / "lefthook").read_text())
    name = f"lefthook.{kind}"
    project.write({name: "{}" if kind == "json" else ""})
    before = project.in_hooks()
    done = command("install")
    assert (done.code, f"Add this to {name}" in done.out) == (1, True)
    (lines,) = pasted(done.out)
    text = "{" + lines + "}" if kind == "json" else lines
    parsed = tomllib.loads(text) if kind == "toml" else yaml.safe_load(text)
    assert parsed == {
        "pre-push": {"commands": {"schemadiff": {"run": RUN, "use_stdin": True}}}
    }
    project.write({name: text})
    assert command("install") == (0, f"schemadiff: lefthook runs it ({name})\n")
    assert project.in_hooks() == before
    assert command("uninstall").code == 1
    assert project.in_hooks() == before


def test_lefthook_without_input_is_told_what_lacks(
    project: Project, command: Command
) -> None:
    project.hook((RECORDED / "lefthook").read_text())
    project.write({"lefthook.yml": json.dumps({"pre-push": BLIND})})
    done = command("install")
    assert (done.code, "without `use_stdin: true`" in done.out) == (1, True)


def test_a_configuration_that_cannot_be_read_is_named(
    project: Project, command: Command
) -> None:
    project.write({"lefthook.yml": "pre-push: [\n"})
    done = command("install")
    assert (done.code, "lefthook.yml: it could not be read: " in done.out) == (1, True)


def test_lefthook_that_is_not_set_up_yet(project: Project, command: Command) -> None:
    project.write({"lefthook.yml": json.dumps({"pre-push": COMMANDS})})
    done = command("install")
    assert (done.code, pasted(done.out)) == (1, ["lefthook install\n"])
    assert project.in_hooks() == {}


@pytest.mark.parametrize("name", ["package.json", ".simple-git-hooks.json"])
def test_simple_git_hooks_writes_the_line_that_it_is_given(
    project: Project, command: Command, name: str
) -> None:
    inner = {"pre-commit": "lint"}
    config = {"simple-git-hooks": inner} if name == "package.json" else inner
    project.write({name: json.dumps(config)})
    done = command("install")
    assert (done.code, f"Add this to {name}" in done.out) == (1, True)
    lines, run = pasted(done.out)
    assert run == "npx simple-git-hooks\n"
    project.write({name: "{" + lines + "}"})
    waiting = command("install")
    assert (waiting.code, pasted(waiting.out)) == (1, ["npx simple-git-hooks\n"])

    parsed = json.loads("{" + lines + "}")
    line = parsed.get("simple-git-hooks", parsed)["pre-push"]
    recorded = (RECORDED / "simple-git-hooks").read_text()
    project.hook(recorded.replace('echo SGH "$@"; cat', line))
    assert command("install").code == 0
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def test_simple_git_hooks_in_javascript(project: Project, command: Command) -> None:
    project.write({".simple-git-hooks.cjs": "module.exports = {};\n"})
    done = command("install")
    assert (done.code, "Add this to .simple-git-hooks.cjs" in done.out) == (1, True)
    line = pasted(done.out)[0]
    project.write({".simple-git-hooks.cjs": f"module.exports = {{\n{line}}};\n"})
    (found,) = configured_tools(project.path, project.hooks)
    assert found.at_push
