"""Commands that hooks start, looked for where a shell would look for them."""

from pathlib import Path

import pytest

from tests.doctor.conftest import HOOK, missing
from tests.install.conftest import Command, Project

LOCAL = """\
repos:
  - repo: local
    hooks:
      - id: schemadiff
        name: schemadiff
        entry: schemadiff check
        language: {language}
        always_run: true
        pass_filenames: false
        stages: [pre-commit, pre-push]
"""
LOST = "calls {}, which is not found: every push fails"
BARE_PATH = "/usr/bin:/bin"


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ('schemadiff pre-push "$@" || exit', "schemadiff"),
        ('printf x | schemadiff pre-push "$@"', "schemadiff"),
        ('if ! "/no/schemadiff" pre-push "$@"; then exit 1; fi', "/no/schemadiff"),
        ("exec .venv/bin/schemadiff pre-push origin url", ".venv/bin/schemadiff"),
        ("npx schemadiff pre-push origin url", None),
        ("uv run schemadiff check", None),
        ('"$HOME/bin/schemadiff" check', None),
        ("# schemadiff check\nnpx schemadiff check", None),
    ],
)
def test_only_a_word_that_a_shell_takes_for_a_command_is_looked_for(
    project: Project,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    called: str | None,
) -> None:
    project.hook(f"#!/bin/sh\n{line}\n")
    monkeypatch.setenv("PATH", BARE_PATH)
    lost = [f".git/hooks/pre-push {LOST.format(called)}"] if called else []
    assert missing(command) == lost


def test_a_path_counts_from_the_root_of_the_work_tree(
    project: Project, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.hook("#!/bin/sh\n./tools/schemadiff pre-push origin url\n")
    (lost,) = missing(command)
    assert lost == f".git/hooks/pre-push {LOST.format('./tools/schemadiff')}"
    tool = project.path / "tools" / "schemadiff"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", BARE_PATH)
    assert missing(command) == []
    assert missing(command, project.path / "tools") == []


def test_our_own_hook_finds_what_it_was_told_or_what_is_on_path(
    project: Project, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("install")
    hook = project.hooks / "pre-push"
    hook.write_text(hook.read_text().replace("\ninstalled=", "\ninstalled='/no one'"))
    assert missing(command) == []
    monkeypatch.setenv("PATH", BARE_PATH)
    (lost,) = missing(command)
    assert lost.startswith(".git/hooks/pre-push calls /no one/")
    command("install")
    assert missing(command) == []


@pytest.mark.parametrize(("language", "is_found"), [("system", False), ("node", True)])
def test_an_entry_that_the_machine_has_to_have_is_looked_for(
    project: Project,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    *,
    is_found: bool,
) -> None:
    project.write({".pre-commit-config.yaml": LOCAL.format(language=language)})
    assert project.run("pre-commit", "install", "-t", "pre-push").code == 0
    monkeypatch.setenv("PATH", BARE_PATH)
    lost = f".pre-commit-config.yaml {LOST.format('schemadiff')}"
    assert (lost not in missing(command)) == is_found


@pytest.fixture
def lefthook(project: Project) -> None:
    """Lefthook runs schemadiff on every push, and its hook is installed."""
    run = "pre-push:\n  commands:\n    s:\n      run: schemadiff pre-push {0}\n"
    project.write({"lefthook.yml": run + "      use_stdin: true\n"})
    project.hook('#!/bin/sh\ncall_lefthook run "pre-push" "$@"\n')


@pytest.mark.usefixtures("lefthook")
def test_a_line_of_another_tool_is_looked_for_too(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing(command) == []
    monkeypatch.setenv("PATH", BARE_PATH)
    assert missing(command) == [f"lefthook.yml {LOST.format('schemadiff')}"]


@pytest.mark.usefixtures("lefthook")
def test_an_entry_of_pre_commit_is_not_needed_where_another_tool_judges(
    project: Project, command: Command
) -> None:
    project.write({".pre-commit-config.yaml": LOCAL.format(language="system")})
    assert missing(command) == []


def test_a_configuration_that_cannot_be_read_is_said(
    project: Project, command: Command
) -> None:
    project.write({".pre-commit-config.yaml": "repos: [\n"})
    config, hook = missing(command)
    assert config.startswith(".pre-commit-config.yaml: it could not be read: ")
    assert hook == HOOK


def test_hooks_that_git_takes_from_no_folder(
    project: Project, command: Command
) -> None:
    project.git("config", "core.hooksPath", "/dev/null")
    (what,) = missing(command)
    assert what.startswith("core.hooksPath is /dev/null (local), which is no folder:")
    project.git("config", "--local", "core.hooksPath", str(project.hooks))
    command("install")
    assert missing(command) == []


def test_a_link_to_nowhere_judges_nothing(project: Project, command: Command) -> None:
    (project.hooks / "pre-push").symlink_to(Path("gone/schemadiff"))
    assert missing(command) == [HOOK]
