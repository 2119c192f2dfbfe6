"""Overrides said in every way there is, through real pushes."""

import subprocess
from collections.abc import Mapping

import pytest

from tests.end_to_end.conftest import App, Done

RENAMED, DROPPED = "rename-column:clients.company_name", "drop-column:clients.email"
LOCAL = """\
default_install_hook_types: [pre-push]
repos:
  - repo: local
    hooks:
      - id: schemadiff
        name: schemadiff
        entry: schemadiff check
        language: system
        always_run: true
        pass_filenames: false
        verbose: true
        stages: [pre-push]
"""
COUNTED = {
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "schemadiff.allow",
    "GIT_CONFIG_VALUE_0": RENAMED,
    "GIT_CONFIG_KEY_1": "schemadiff.allow",
    "GIT_CONFIG_VALUE_1": DROPPED,
}
SAID: dict[str, tuple[list[str], Mapping[str, str]]] = {
    "one -c": (["-c", f"schemadiff.allow={RENAMED},{DROPPED}"], {}),
    "two -c": (
        ["-c", f"schemadiff.allow={RENAMED}", "-c", f"schemadiff.allow={DROPPED}"],
        {},
    ),
    "counted": ([], COUNTED),
    "the variable": ([], {"SCHEMADIFF_ALLOW": f"{RENAMED}, {DROPPED} -- exported"}),
    "both": (
        ["-c", f"schemadiff.allow={DROPPED}"],
        {"SCHEMADIFF_ALLOW": f"drop-column:{RENAMED.partition(':')[2]}"},
    ),
}


@pytest.fixture(params=["native", "pre-commit", "prek"])
def hooked(app: App, request: pytest.FixtureRequest) -> App:
    """The application with one kind of hook, and the accident committed."""
    if request.param == "native":
        app.use_native()
    else:
        app.sandbox.commit({".pre-commit-config.yaml": LOCAL})
        installed = app.run(str(request.param), "install", "-t", "pre-push")
        assert installed.code == 0, installed.out
    app.change("accident")
    return app


def push(app: App, said: str, *more: str) -> Done:
    options, environ = SAID[said]
    return app.run("git", *options, "push", *more, "origin", "main", environ=environ)


def test_several_are_heard_through_every_hook(hooked: App) -> None:
    for said in ("two -c", "counted"):
        done = push(hooked, said, "--dry-run")
        assert done.code == 0, done.out
        assert done.out.count("allowed[") == 2


@pytest.mark.parametrize("said", SAID)
def test_an_override_is_heard_however_it_is_said(app: App, said: str) -> None:
    app.use_native()
    app.change("accident")
    done = push(app, said)
    assert done.code == 0, done.out
    assert done.out.count("allowed[") == 2


def test_a_persistent_one_is_refused_beside_any_other(hooked: App) -> None:
    hooked.sandbox.git("config", "schemadiff.allow", RENAMED)
    done = push(hooked, "both")
    assert done.code == 1
    assert "schemadiff.allow is set in Git's local configuration" in done.out
    (remedy,) = [line for line in done.out.splitlines() if "--unset-all" in line]
    command = remedy.strip().split(";")[0].split()
    hooked.sandbox.git(*command[1:])
    assert push(hooked, "both").code == 0


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_printed_line_pushes_whatever_the_names_are(app: App, shell: str) -> None:
    odd = r"it's \"$HOME\" `id` !x \\ 100%, -- \x1b"
    schema = app.sandbox.path / "shared" / "schema.ts"
    text = schema.read_text()
    column = f'email: text("{odd}"),'
    schema.write_text(text.replace('email: text("email"),', column))
    app.sandbox.commit()
    app.sandbox.git("push", "--quiet", "origin", "main")
    schema.write_text(text.replace('email: text("email"),', ""))
    app.sandbox.commit()
    app.use_native()
    done = app.run("git", "push")
    assert done.code == 1
    (line,) = [each for each in done.out.splitlines() if each.startswith("meant?  ")]
    pushed = subprocess.run(
        [shell, "-c", line.removeprefix("meant?  ")],
        cwd=app.sandbox.path,
        env=app.sandbox.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert pushed.returncode == 0, pushed.stdout + pushed.stderr
    assert "allowed[drop-column]" in pushed.stdout + pushed.stderr
