"""Real pushes to a bare remote, through the real pre-commit and the native shim."""

import pytest

from tests.end_to_end.conftest import App

MEANT = "rename-column:clients.company_name,drop-column:clients.email"
INSTALLED = pytest.mark.parametrize("hook", ["pre-commit", "native"])
NOTHING_LOST = "no change that would lose data"


def install(app: App, hook: str) -> None:
    if hook == "native":
        app.use_native()
    else:
        app.use_pre_commit()


@INSTALLED
def test_the_first_push_passes_and_says_why(new_app: App, hook: str) -> None:
    install(new_app, hook)
    done = new_app.run("git", "push", "-u", "origin", "main")
    assert done.code == 0, done.out
    assert "first push to this remote: nothing is deployed from it yet" in done.out
    assert new_app.arrived()


@INSTALLED
def test_an_ordinary_push_passes_with_one_line(app: App, hook: str) -> None:
    install(app, hook)
    app.change("harmless")
    done = app.run("git", "push", "origin", "main")
    assert done.code == 0, done.out
    assert done.report == f"schemadiff: HEAD compared with origin/main: {NOTHING_LOST}"
    assert app.arrived()


@INSTALLED
def test_the_accident_is_blocked(app: App, hook: str) -> None:
    install(app, hook)
    app.change("accident")
    done = app.run("git", "push", "origin", "main")
    assert done.code == 1
    assert (
        "error[rename-column] every value of clients.company_name would be lost"
        in done.out
    )
    assert "error[drop-column] every value of clients.email would be lost" in done.out
    assert not app.arrived()


@INSTALLED
def test_the_safe_way_passes(app: App, hook: str) -> None:
    install(app, hook)
    app.change("safe")
    assert app.run("git", "push", "origin", "main").code == 0
    assert app.arrived()


@INSTALLED
def test_a_named_override_on_the_command_line_passes(app: App, hook: str) -> None:
    install(app, hook)
    app.change("accident")
    done = app.run("git", "-c", f"schemadiff.allow={MEANT}", "push", "origin", "main")
    assert done.code == 0, done.out
    assert done.out.count("allowed[") == 2
    assert app.arrived()


@INSTALLED
def test_a_named_override_in_the_environment_passes(app: App, hook: str) -> None:
    install(app, hook)
    app.change("accident")
    environ = {"SCHEMADIFF_ALLOW": MEANT}
    done = app.run("git", "push", "origin", "main", environ=environ)
    assert done.code == 0, done.out
    assert app.arrived()


def test_half_an_override_blocks_the_other_half(app: App) -> None:
    app.use_native()
    app.change("accident")
    allow = "schemadiff.allow=drop-column:clients.email"
    done = app.run("git", "-c", allow, "push", "origin", "main")
    assert done.code == 1
    assert "allowed[drop-column]" in done.out
    assert "error[rename-column]" in done.out


def test_a_persistent_override_is_refused(app: App) -> None:
    app.use_native()
    app.change("accident")
    app.sandbox.git("config", "schemadiff.allow", MEANT)
    done = app.run("git", "push", "origin", "main")
    assert done.code == 1
    assert "schemadiff.allow is set in Git's local configuration" in done.out
    allow = f"schemadiff.allow={MEANT}"
    assert app.run("git", "-c", allow, "push", "origin", "main").code == 1
    assert not app.arrived()


@INSTALLED
def test_a_new_branch_is_compared_with_where_it_left_the_remote(
    app: App, hook: str
) -> None:
    install(app, hook)
    app.sandbox.git("push", "--no-verify", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    app.change("accident")
    done = app.run("git", "push", "origin", "feature")
    assert done.code == 1
    assert "schemadiff: HEAD compared with origin/main: 2 errors" in done.out
    app.change("safe")
    assert app.run("git", "push", "origin", "feature").code == 0
    assert app.arrived("feature")


@INSTALLED
def test_deleting_a_branch_is_none_of_its_business(app: App, hook: str) -> None:
    app.sandbox.git("push", "--quiet", "origin", "main:old")
    install(app, hook)
    done = app.run("git", "push", "origin", "--delete", "old")
    assert done.code == 0, done.out
    assert "error[" not in done.out


def test_every_ref_of_a_native_push_is_judged(app: App) -> None:
    app.use_native()
    app.sandbox.git("switch", "--quiet", "--create", "a")
    app.change("harmless")
    app.sandbox.git("switch", "--quiet", "--create", "b", "main")
    app.change("accident")
    done = app.run("git", "push", "--all", "origin")
    assert done.code == 1
    assert "error[drop-column]" in done.out


def test_the_report_is_the_same_through_push_pre_commit_and_command_line(
    app: App,
) -> None:
    app.use_pre_commit()
    app.sandbox.git("push", "--no-verify", "--quiet", "origin", "main")
    app.change("accident")
    pushed = app.run("git", "push", "origin", "main")
    every = app.run("pre-commit", "run", "--all-files")
    manual = app.run("pre-commit", "run", "--hook-stage", "manual", "schemadiff")
    by_hand = app.check()
    assert pushed.report == every.report == manual.report == by_hand.report
    assert {pushed.code, every.code, manual.code, by_hand.code} == {1}


def test_uncommitted_changes_are_said_not_to_be_judged(app: App) -> None:
    app.use_pre_commit()
    schema = app.sandbox.path / "shared" / "schema.ts"
    app.sandbox.git("push", "--no-verify", "--quiet", "origin", "main")
    schema.write_text(schema.read_text() + "\nexport const later = 1;\n")
    done = app.run("pre-commit", "run", "--all-files")
    assert done.code == 0
    assert "uncommitted changes were not judged: shared/schema.ts" in done.out


def test_git_commit_is_never_blocked(app: App) -> None:
    app.use_pre_commit()
    schema = app.sandbox.path / "shared" / "schema.ts"
    schema.write_text(schema.read_text().replace('  email: text("email"),\n', ""))
    done = app.run("git", "commit", "--all", "--message", "Drop a column")
    assert done.code == 0, done.out
    assert "error[" not in done.out


def test_without_the_command_the_shim_says_one_sentence(app: App) -> None:
    app.use_native()
    app.change("harmless")
    done = app.run("git", "push", "origin", "main", environ={"PATH": "/usr/bin:/bin"})
    assert done.code == 1
    (line,) = [line for line in done.out.splitlines() if "schemadiff" in line]
    assert line == (
        "schemadiff is not installed: run 'pip install drizzle-schemadiff',"
        " or push with --no-verify."
    )


def test_a_run_leaves_the_repository_as_it_was(app: App) -> None:
    app.change("accident")
    before = app.sandbox.state()
    assert app.check().code == 1
    assert app.sandbox.state() == before
