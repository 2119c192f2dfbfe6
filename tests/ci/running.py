"""The action's steps, run as a runner runs them, and `schemadiff check` in builds."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, cast
from unittest import mock

import yaml

from schemadiff.cli import main
from tests.repositories import Sandbox

PROJECT = Path(__file__).parents[2]
_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")

CONFIG = 'export default { dialect: "postgresql", schema: "./schema.ts" };\n'
SCHEMA = """\
import { pgTable, serial, text } from "drizzle-orm/pg-core";
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  email: text("email"),
});
"""
DROPPED = SCHEMA.replace('  email: text("email"),\n', "")
WIDER = SCHEMA.replace("});", '  city: text("city"),\n});')


class Done(NamedTuple):
    """How a build's step ended, what it said, and what it left for the runner."""

    code: int
    out: str
    err: str
    summary: str = ""
    outputs: Mapping[str, str] = {}

    @property
    def line(self) -> str:
        """The last sentence, which says what was compared with what."""
        _, begin, rest = self.out.rpartition("schemadiff: ")
        return begin + " ".join(rest.split())


class Step(NamedTuple):
    """One `run:` step of a composite action."""

    id: str
    run: str
    env: Mapping[str, str]


class Action:
    """The action at the root of this project."""

    def __init__(self) -> None:
        text = (PROJECT / "action.yml").read_text(encoding="utf-8")
        self.data = cast("dict[str, dict[str, object]]", yaml.safe_load(text))
        self.inputs = {
            name: str(cast("dict[str, str]", given).get("default", ""))
            for name, given in self.data["inputs"].items()
        }
        steps = cast("list[dict[str, object]]", self.data["runs"]["steps"])
        self.steps = {
            str(each["id"]): Step(
                str(each["id"]),
                str(each["run"]),
                cast("dict[str, str]", each.get("env", {})),
            )
            for each in steps
        }

    def run(
        self,
        name: str,
        checkout: Sandbox,
        environ: Mapping[str, str],
        *,
        inputs: Mapping[str, str] | None = None,
        outputs: Mapping[str, str] | None = None,
    ) -> Done:
        """Run one step; `outputs` are those of the steps before, by `step.name`."""
        step = self.steps[name]
        known = {f"inputs.{key}": value for key, value in self.inputs.items()}
        known |= {f"inputs.{key}": value for key, value in (inputs or {}).items()}
        for key, value in (outputs or {}).items():
            step_id, _, output_name = key.partition(".")
            known[f"steps.{step_id}.outputs.{output_name}"] = value
        given = {
            key: _EXPRESSION.sub(lambda found: known[found[1]], value)
            for key, value in step.env.items()
        }
        place = checkout.path.parent
        script, output = place / "step.sh", place / "step.output"
        summary = place / "step.summary"
        script.write_text(step.run, encoding="utf-8")
        output.write_text("")
        summary.write_text("")
        runner = {
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GITHUB_ACTION_PATH": str(PROJECT),
            "GITHUB_WORKSPACE": str(checkout.path),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(place),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=checkout.path,
            env=checkout.environment | runner | dict(environ) | given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        lines = output.read_text().splitlines()
        return Done(
            done.returncode,
            done.stdout,
            done.stderr,
            summary.read_text(encoding="utf-8"),
            dict(line.split("=", 1) for line in lines),
        )

    def judge(
        self, checkout: Sandbox, environ: Mapping[str, str], **inputs: str
    ) -> Done:
        """Run the judging step with the Python of this test."""
        python = {"install.python": sys.executable}
        return self.run("judge", checkout, environ, inputs=inputs, outputs=python)


def check(checkout: Sandbox, environ: Mapping[str, str], *arguments: str) -> Done:
    """Run `schemadiff check` as a build's step does, but in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, checkout.environment | dict(environ), clear=True),
        contextlib.chdir(checkout.path),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(["check", *arguments])
    return Done(code, out.getvalue(), err.getvalue())


class Host:
    """A repository on a host, and the machines that clone it.

    main: base - wider. feature leaves main at base, and drops a column.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        files = {"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA}
        self.base = sandbox.commit(files, "Begin")
        self.remote = sandbox.remote()
        self.url = self.remote.path.as_uri()
        sandbox.git("push", "--quiet", "--set-upstream", "origin", "main")
        sandbox.git("checkout", "--quiet", "-b", "feature")
        self.kept = sandbox.commit({"app.ts": "1"}, "Change nothing of the schema")
        self.feature = sandbox.commit({"schema.ts": DROPPED}, "Drop a column")
        sandbox.git("push", "--quiet", "origin", "feature")
        sandbox.git("checkout", "--quiet", "main")
        self.main = sandbox.commit({"app.test.ts": "1"}, "Add a test")
        sandbox.git("push", "--quiet", "origin", "main")

    def merged(self) -> str:
        """Make what a host makes of a pull request: base branch and branch, merged."""
        self.sandbox.git("checkout", "--quiet", "--detach", "main")
        merge = self.sandbox.merge("feature")
        self.sandbox.git("push", "--quiet", "origin", f"{merge}:refs/pull/1/merge")
        self.sandbox.git("checkout", "--quiet", "main")
        return merge

    def push(self, branch: str, *files: Mapping[str, str]) -> tuple[str, str]:
        """Push commits to a branch; return what was there before, and what is now."""
        self.sandbox.git("checkout", "--quiet", branch)
        before = self.sandbox.at("HEAD")
        for each in files:
            self.sandbox.commit(each)
        self.sandbox.git("push", "--quiet", "origin", branch)
        return before, self.sandbox.at("HEAD")

    def checked_out(self, ref: str, commit: str, depth: int = 0) -> Sandbox:
        """Fetch and check out as actions/checkout does, whole or to a depth.

        github.com/actions/checkout, `src/git-source-provider.ts` and
        `src/ref-helper.ts`: with a depth only the commit, else every branch and tag.
        """
        place = self.sandbox.path.parent / f"checkout-{depth}"
        made = Sandbox(place)
        made.git("remote", "add", "origin", self.url)
        short = ref.removeprefix("refs/heads/")
        into = f"refs/remotes/origin/{short}"
        if ref.startswith("refs/pull/"):
            into = f"refs/remotes/pull/{ref.removeprefix('refs/pull/')}"
        elif ref.startswith("refs/tags/"):
            into = ref
        wanted = [f"+{commit}:{into}"]
        if depth:
            made.git(
                "fetch", "--quiet", "--no-tags", f"--depth={depth}", "origin", *wanted
            )
        else:
            every = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
            made.git("fetch", "--quiet", "origin", *every, *wanted[:0])
            made.git("fetch", "--quiet", "--no-tags", "origin", *wanted)
        if ref.startswith("refs/heads/"):
            made.git("checkout", "--quiet", "--force", "-B", short, into)
        else:
            made.git("checkout", "--quiet", "--force", commit)
        return made

    def cloned(self, branch: str, *options: str) -> Sandbox:
        """Clone as most machines do, with the branch's commit checked out."""
        made = self.sandbox.clone("clone", f"--branch={branch}", *options)
        made.git("checkout", "--quiet", "--detach")
        return made
