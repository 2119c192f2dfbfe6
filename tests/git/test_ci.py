"""What is compared on build machines, as their environments say."""

import json
from pathlib import Path

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.ci import FIRST_PARENT
from schemadiff.git.environment import is_ci
from schemadiff.git.pushed import NO_EARLIER
from tests.git.comparing import compared, pairs
from tests.repositories import Sandbox

ZERO = "0" * 40


class TestBuildMachines:
    @pytest.fixture
    def machine(self, pushed: Sandbox) -> Sandbox:
        """A full clone at a detached head: main has three commits, feature two more.

        main: first - second - third; feature leaves main at second.
        """
        pushed.git("push", "--quiet", "origin", "main")
        pushed.git("checkout", "--quiet", "-b", "feature")
        pushed.commit({"mine.ts": "1"})
        pushed.commit({"mine.ts": "2"})
        pushed.git("push", "--quiet", "origin", "feature")
        pushed.git("checkout", "--quiet", "main")
        pushed.commit({"theirs.ts": "1"})
        pushed.git("push", "--quiet", "origin", "main")
        clone = pushed.clone("machine")
        clone.git("checkout", "--quiet", "--detach", "origin/feature")
        return clone

    def event(self, machine: Sandbox, event: object) -> dict[str, str]:
        path = machine.path.parent / "event.json"
        path.write_text(json.dumps(event))
        return {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(path)}

    def test_a_pull_request_is_compared_with_where_it_left_its_base(
        self, machine: Sandbox
    ) -> None:
        base, head = machine.at("origin/main~1"), machine.at("HEAD")
        for environ in (
            {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"},
            {"CI": "true", "BITBUCKET_PR_DESTINATION_BRANCH": "main"},
            {
                "CI": "true",
                "BITBUCKET_PR_DESTINATION_COMMIT": machine.at("origin/main")[:12],
            },
            {"BUILDKITE": "true", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main"},
            {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base},
        ):
            assert pairs(compared(machine, environ=environ)) == [(base, head)], environ

    def test_the_merge_that_github_checks_out_is_compared_with_its_first_parent(
        self, machine: Sandbox
    ) -> None:
        feature, older = machine.at("origin/feature"), machine.at("origin/main~2")
        machine.git("checkout", "--quiet", "--detach", "origin/main")
        merge = machine.merge("origin/feature")
        event = {"pull_request": {"base": {"sha": older}, "head": {"sha": feature}}}
        environ = self.event(machine, event) | {"GITHUB_BASE_REF": "main"}
        base = machine.at("origin/main")
        assert pairs(compared(machine, environ=environ)) == [(base, merge)]

    def test_a_shallow_pull_request_names_the_missing_commit(
        self, machine: Sandbox, pushed: Sandbox
    ) -> None:
        feature, base = machine.at("origin/feature"), machine.at("origin/main")
        pushed.git("checkout", "--quiet", "--detach", "origin/main")
        pushed.merge("origin/feature")
        pushed.git("push", "--quiet", "origin", "HEAD:refs/heads/pull-1")
        shallow = pushed.clone("shallow", "--depth=1", "--branch=pull-1")
        event = {"pull_request": {"base": {"sha": base}, "head": {"sha": feature}}}
        environ = self.event(shallow, event) | {"GITHUB_BASE_REF": "main"}
        with pytest.raises(SchemadiffError, match=base) as raised:
            compared(shallow, environ=environ)
        assert raised.value.remedy
        assert "git fetch" in raised.value.remedy
        assert "fetch-depth: 0" in raised.value.remedy

    def test_a_push_is_compared_with_what_was_there_before(
        self, machine: Sandbox
    ) -> None:
        before, head = machine.at("HEAD~1"), machine.at("HEAD")
        for environ in (
            self.event(machine, {"before": before, "after": head}),
            {"GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": before},
            {"VERCEL": "1", "VERCEL_GIT_PREVIOUS_SHA": before},
            {"NETLIFY": "true", "CACHED_COMMIT_REF": before, "COMMIT_REF": head},
        ):
            assert pairs(compared(machine, environ=environ)) == [(before, head)]

    def test_a_merge_group_is_compared_with_its_base(self, machine: Sandbox) -> None:
        base, head = machine.at("HEAD~2"), machine.at("HEAD")
        environ = self.event(machine, {"merge_group": {"base_sha": base}})
        assert pairs(compared(machine, environ=environ)) == [(base, head)]

    def test_the_last_head_of_a_pull_request_is_no_base(self, machine: Sandbox) -> None:
        event = {
            "action": "synchronize",
            "before": machine.at("HEAD~1"),
            "pull_request": {
                "base": {"sha": machine.at("origin/main")},
                "head": {"sha": machine.at("HEAD")},
            },
        }
        found = compared(machine, environ=self.event(machine, event))
        assert pairs(found) == [(machine.at("HEAD~2"), machine.at("HEAD"))]

    def test_a_named_commit_that_is_missing_gives_the_line_that_fetches_it(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        before = pushed.at("HEAD~1")
        shallow = pushed.clone("shallow", "--depth=1")
        environ = self.event(shallow, {"before": before})
        with pytest.raises(SchemadiffError, match=before) as raised:
            compared(shallow, environ=environ)
        assert raised.value.remedy
        command, _, _ = raised.value.remedy.partition("   (or")
        assert command == f"git fetch --depth=1 origin {before}"
        shallow.git(*command.split()[1:])
        assert pairs(compared(shallow, environ=environ)) == [
            (before, shallow.at("HEAD"))
        ]

    def test_a_missing_base_branch_gives_the_line_that_fetches_it(
        self, machine: Sandbox, pushed: Sandbox
    ) -> None:
        del machine
        narrow = pushed.clone("narrow", "--depth=1", "--branch=feature")
        environ = {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"}
        with pytest.raises(SchemadiffError, match="GITHUB_BASE_REF") as raised:
            compared(narrow, environ=environ)
        assert raised.value.remedy
        command, _, where = raised.value.remedy.partition("   (or ")
        assert where == "fetch-depth: 0 under actions/checkout)"
        narrow.git(*command.split()[1:])
        (found,) = compared(narrow, environ=environ)
        assert pairs([found]) == [(pushed.at("main~1"), narrow.at("HEAD"))]

    def test_where_nothing_names_a_base_the_trunk_is_it(self, machine: Sandbox) -> None:
        environ = {"CIRCLECI": "true", "CIRCLE_BRANCH": "feature"}
        base, head = machine.at("origin/main~1"), machine.at("HEAD")
        assert pairs(compared(machine, environ=environ)) == [(base, head)]
        new = self.event(machine, {"before": ZERO})
        assert pairs(compared(machine, environ=new)) == [(base, head)]

    def test_on_the_trunk_without_a_name_the_commit_before_is_the_base_and_said(
        self, machine: Sandbox
    ) -> None:
        machine.git("checkout", "--quiet", "main")
        (found,) = compared(machine, environ={"CI": "true"})
        assert pairs([found]) == [(machine.at("HEAD^1"), machine.at("HEAD"))]
        assert found.note == FIRST_PARENT

    def test_where_pushes_are_told_the_trunk_without_one_has_nothing_earlier(
        self, machine: Sandbox
    ) -> None:
        machine.git("checkout", "--quiet", "main")
        (found,) = compared(machine, environ={"GITHUB_ACTIONS": "true"})
        assert found.base is None
        assert found.note
        assert found.note.startswith(NO_EARLIER)

    def test_a_broken_event_file_is_an_error(self, machine: Sandbox) -> None:
        path = machine.path.parent / "event.json"
        path.write_text("{")
        environ = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(path)}
        with pytest.raises(SchemadiffError, match="GITHUB_EVENT_PATH"):
            compared(machine, environ=environ)

    def test_a_persons_own_machine_is_none(self, tmp_path: Path) -> None:
        del tmp_path
        assert not is_ci({"HOME": "/home/ada", "CI": ""})
        assert is_ci({"CI": "true"})
        assert is_ci({"VERCEL": "1"})
