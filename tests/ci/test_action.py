"""The action's steps, run as a runner runs them."""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.ci.events import pull_request, push
from tests.ci.running import DROPPED, SCHEMA, Action, Done, Host
from tests.repositories import Sandbox

MAIN = "refs/heads/main"
HOSTILE = (
    '"; touch pwned; "',
    "$(touch pwned)",
    "`touch pwned`",
    "--format=json",
    "x\n::warning::forged",
    "x\r\n##[error]forged",
    "x%0A::warning::forged",
)


@pytest.fixture
def accident(host: Host) -> tuple[Sandbox, dict[str, str]]:
    """The checkout of a pull request that drops a column, and its environment."""
    merge = host.merged()
    checkout = host.checked_out("refs/pull/1/merge", merge)
    return checkout, pull_request(checkout, host.main, host.feature, merge)


def commands(done: Done) -> list[str]:
    """Return the names of what a runner takes for commands."""
    # github.com/actions/runner, src/Runner.Common/ActionCommand.cs
    return re.findall(r"^\s*::([\w-]+)|(?<=##\[)[\w-]+", done.out, re.MULTILINE)


def test_its_inputs_and_outputs_are_described_and_used(action: Action) -> None:
    named = {"base", "head", "strict", "path", "python"}
    assert set(action.inputs) == named
    used = " ".join(
        each for step in action.steps.values() for each in step.env.values()
    )
    for name in named:
        assert f"inputs.{name} }}}}" in used
    for step in action.steps.values():
        assert "${{" not in step.run, "an expression in a script is an injection"


def test_a_pull_request_that_loses_data_fails_with_an_annotation_and_a_summary(
    accident: tuple[Sandbox, dict[str, str]], action: Action
) -> None:
    done = action.judge(*accident)
    assert (done.code, done.outputs) == (1, {"exit-code": "1"})
    annotation, line = done.out.splitlines()
    assert annotation.startswith(
        "::error title=drop-column%3A clients.email,file=schema.ts,line=2,col="
    )
    assert "::every value of clients.email would be lost%0A" in annotation
    assert line.startswith("schemadiff: HEAD compared with origin/main: 1 error")
    heading, _, rest = done.summary.partition("\n\n```text\n")
    assert heading == "### schemadiff: blocked"
    assert 'ALTER TABLE "clients" DROP COLUMN ' in rest
    assert "(origin/main)" in rest


def test_a_harmless_push_passes_and_says_what_was_compared(
    host: Host, action: Action
) -> None:
    before, after = host.push("main", {"schema.ts": SCHEMA + "// said\n"})
    checkout = host.checked_out(MAIN, after)
    done = action.judge(checkout, push(checkout, MAIN, before, after))
    assert (done.code, done.outputs) == (0, {"exit-code": "0"})
    said = (
        f"schemadiff: HEAD compared with {before[:9]}: no change that would lose data"
    )
    assert done.out == f"{said}\n"
    assert done.summary.startswith(
        "### schemadiff: no change that would lose data\n\n```text\n" + said
    )


def test_what_could_not_be_judged_fails_with_2_and_the_remedy(
    host: Host, action: Action
) -> None:
    before, after = host.push("main", {"schema.ts": DROPPED})
    checkout = host.checked_out(MAIN, after, depth=1)
    done = action.judge(checkout, push(checkout, MAIN, before, after))
    assert (done.code, done.outputs) == (2, {"exit-code": "2"})
    (line,) = done.out.splitlines()
    assert line.startswith(f"::error title=schemadiff::schemadiff: {before}, named by")
    fetch = f"git fetch --depth=1 origin {before}"
    assert f"%0A  {fetch}   (or fetch-depth: 0 under actions/checkout)" in line
    assert done.summary.startswith(
        "### schemadiff: could not judge\n\n    schemadiff: "
    )
    assert f"\n      {fetch}   (or fetch-depth: 0" in done.summary


def test_base_and_head_may_be_named(host: Host, action: Action) -> None:
    checkout = host.checked_out(MAIN, host.main)
    environ = push(checkout, MAIN, host.main, host.main)
    named = {"base": "origin/main", "head": "origin/feature"}
    done = action.judge(checkout, environ, **named)
    assert done.code == 1
    assert done.line.startswith("schemadiff: origin/feature compared with origin/main")
    checkout.write({"schema.ts": DROPPED})
    done = action.judge(checkout, environ, base="HEAD", head="WORKTREE")
    assert done.code == 1
    assert done.line.startswith("schemadiff: work tree compared with HEAD: 1 error")


def test_strict_makes_warnings_fail(host: Host, action: Action) -> None:
    unique = SCHEMA.replace('text("email")', 'text("email").unique()')
    deploy = {"schemadiff.toml": 'deploy = "migrations"\n'}
    before, after = host.push("main", {**deploy, "schema.ts": unique})
    checkout = host.checked_out(MAIN, after)
    environ = push(checkout, MAIN, before, after)
    lenient = action.judge(checkout, environ)
    assert (lenient.code, commands(lenient)) == (0, ["warning"])
    strict = action.judge(checkout, environ, strict="true")
    assert (strict.code, commands(strict)) == (1, ["error"])


def test_the_repository_may_be_checked_out_elsewhere(
    accident: tuple[Sandbox, dict[str, str]], action: Action
) -> None:
    checkout, environ = accident
    inside = checkout.path.rename(checkout.path.with_name("-my app"))
    workspace = Sandbox(checkout.path / "workspace")
    inside = inside.rename(workspace.path / inside.name)
    done = action.judge(workspace, environ, path=inside.name)
    assert done.code == 1
    missing = action.judge(workspace, environ, path="nowhere")
    assert (missing.code, missing.outputs) == (2, {"exit-code": "2"})
    assert missing.out == (
        "::error title=schemadiff::there is no folder nowhere (path)\n"
    )


def test_a_strict_that_is_no_truth_value_is_refused(host: Host, action: Action) -> None:
    checkout = host.checked_out(MAIN, host.main)
    for value in ("yes", *HOSTILE):
        done = action.judge(checkout, {}, strict=value)
        assert (done.code, done.outputs) == (2, {"exit-code": "2"})
        assert commands(done) == ["error"]
        assert "strict is true or false, not " in done.out
        assert len(re.findall(r"^#+ ", done.summary, re.MULTILINE)) == 1
    assert not list(checkout.path.parent.rglob("pwned"))


@pytest.mark.parametrize("name", ["base", "head", "path"])
def test_a_hostile_input_is_only_a_name_that_is_not_there(
    accident: tuple[Sandbox, dict[str, str]], action: Action, name: str
) -> None:
    checkout, environ = accident
    for value in HOSTILE[:: 1 if name == "base" else 3]:
        done = action.judge(checkout, environ, **{name: value})
        assert (done.code, done.outputs) == (2, {"exit-code": "2"}), value
        assert commands(done) == ["error"], value
    assert not list(checkout.path.parent.rglob("pwned"))


def test_a_hostile_event_or_branch_is_only_a_name(host: Host, action: Action) -> None:
    branch = "a;$(touch${IFS}pwned)`id`&&%0A##\N{RIGHT-TO-LEFT OVERRIDE}"
    host.sandbox.git("push", "--quiet", "origin", f"feature:refs/heads/{branch}")
    checkout = host.checked_out(f"refs/heads/{branch}", host.feature)
    evil = "--output=pwned\n::warning::forged\n##[error]forged"
    for before in (host.base, evil):
        environ = push(checkout, f"refs/heads/{branch}", before, host.feature)
        done = action.judge(checkout, environ)
        assert done.code == (1 if before == host.base else 2)
        assert commands(done) == ["error"]
    assert not list(checkout.path.parent.rglob("pwned"))


def test_an_event_file_that_is_no_json_could_not_be_judged(
    host: Host, action: Action
) -> None:
    checkout = host.checked_out(MAIN, host.main)
    environ = push(checkout, MAIN, host.base, host.main)
    Path(environ["GITHUB_EVENT_PATH"]).write_text("{")
    done = action.judge(checkout, environ)
    assert (done.code, commands(done)) == (2, ["error"])
    assert "GITHUB_EVENT_PATH" in done.out


def test_names_of_a_schema_forge_no_command(host: Host, action: Action) -> None:
    odd = SCHEMA.replace('"email"', r'"x\n::warning::forged\r##[error]`` ``` "')
    host.push("main", {"schema.ts": odd})
    before, after = host.push("main", {"schema.ts": DROPPED})
    checkout = host.checked_out(MAIN, after)
    done = action.judge(checkout, push(checkout, MAIN, before, after))
    assert (done.code, commands(done)) == (1, ["error"])
    assert done.summary.count("\n````") == 2


def test_what_the_repository_holds_is_never_run(host: Host, action: Action) -> None:
    files = {"schemadiff.py": "open('pwned', 'w')\n", "json.py": "raise OSError\n"}
    before, after = host.push("main", {**files, "schema.ts": DROPPED})
    checkout = host.checked_out(MAIN, after)
    environ = push(checkout, MAIN, before, after) | {"PYTHONPATH": str(checkout.path)}
    done = action.judge(checkout, environ)
    assert done.code == 1
    assert not (checkout.path / "pwned").exists()


class TestInstalling:
    def test_no_python_that_is_new_enough_is_said(
        self, host: Host, action: Action, tmp_path: Path
    ) -> None:
        tools = tmp_path / "tools"
        tools.mkdir()
        for each in ("bash", "mktemp", "dirname"):
            found = next(
                place
                for folder in os.environ["PATH"].split(os.pathsep)
                if (place := Path(folder) / each).exists()
            )
            (tools / each).symlink_to(found.resolve())
        done = action.run("install", host.sandbox, {"PATH": str(tools)})
        assert done.code == 2
        assert done.out == (
            "::error title=schemadiff::needs Python 3.11 or newer:"
            " put actions/setup-python before it\n"
        )

    def test_a_named_python_that_is_none_is_not_replaced_by_another(
        self, host: Host, action: Action
    ) -> None:
        for name in ("/nowhere/python", "$(touch pwned)", "-c"):
            done = action.run("install", host.sandbox, {}, inputs={"python": name})
            assert done.code == 2
            assert "needs Python 3.11 or newer" in done.out
        assert not list(host.sandbox.path.parent.rglob("pwned"))

    @pytest.mark.network
    def test_what_is_installed_judges(
        self,
        accident: tuple[Sandbox, dict[str, str]],
        action: Action,
        request: pytest.FixtureRequest,
    ) -> None:
        if "network" not in request.config.getoption("markexpr"):
            pytest.skip("installs from PyPI: run it with -m network")
        checkout, environ = accident
        home = {"HOME": str(Path("~").expanduser())}
        inputs = {"python": sys.executable}
        before = checkout.state()
        done = action.run("install", checkout, home, inputs=inputs)
        assert (done.code, done.err) == (0, ""), done.out
        outputs = {f"install.{name}": value for name, value in done.outputs.items()}
        judged = action.run("judge", checkout, environ, outputs=outputs)
        assert (judged.code, commands(judged)) == (1, ["error"])
        assert checkout.state() == before
