"""What is compared where no hook protocol says it: by name, in CI, by memory."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison
from schemadiff.git.environment import is_ci, is_commit_hook
from schemadiff.git.inputs import comparisons
from schemadiff.git.pushed import NO_EARLIER
from schemadiff.git.repository import Repository
from tests.repositories import Sandbox

ZERO = "0" * 40


def compared(
    sandbox: Sandbox,
    base: str | None = None,
    head: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> list[Comparison]:
    opened = Repository.open(sandbox.path)
    try:
        return comparisons(opened, base, head, environ or {})
    finally:
        opened.close()


def pairs(found: list[Comparison]) -> list[tuple[str | None, str]]:
    return [(each.base and each.base.commit, each.head.commit) for each in found]


@pytest.fixture
def pushed(repository: Sandbox) -> Sandbox:
    """A repository whose main was pushed to origin, and one commit since."""
    repository.commit({"schema.ts": "1"})
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    repository.commit({"schema.ts": "2"})
    return repository


class TestNamed:
    def test_both_revisions_may_be_named(self, pushed: Sandbox) -> None:
        pushed.git("tag", "--annotate", "--message", "one", "v1", "HEAD~1")
        (found,) = compared(pushed, "v1", "main")
        assert pairs([found]) == [(pushed.at("HEAD~1"), pushed.at("HEAD"))]
        assert found.base
        assert (found.base.label, found.head.label) == ("v1", "main")

    def test_a_base_that_head_lacks_is_compared_and_said(self, pushed: Sandbox) -> None:
        (found,) = compared(pushed, "main", "main~1")
        assert pairs([found]) == [(pushed.at("main"), pushed.at("main~1"))]
        assert found.note
        assert found.note.startswith("main has commits that main~1 lacks")
        (plain,) = compared(pushed, "main~1", "main")
        assert plain.note is None

    def test_anything_that_rev_parse_takes_is_a_revision(self, pushed: Sandbox) -> None:
        base, head = pushed.at("HEAD~1"), pushed.at("HEAD")
        for written in ("HEAD^", "@{u}", "main@{upstream}", base[:8], "HEAD@{1}"):
            assert pairs(compared(pushed, written)) == [(base, head)]

    @pytest.mark.parametrize(
        "written",
        [
            "nowhere",
            "HEAD~9",
            "",
            "-h",
            "--all",
            "--output=x",
            "^HEAD",
            "a..b",
            "HEAD:schema.ts",
            "1" * 40,
            "HEAD\nHEAD",
        ],
    )
    def test_a_revision_that_is_not_there_is_an_error(
        self, pushed: Sandbox, written: str
    ) -> None:
        with pytest.raises(SchemadiffError, match="names no commit"):
            compared(pushed, written)
        with pytest.raises(SchemadiffError, match="names no commit"):
            compared(pushed, None, written)

    def test_index_and_work_tree_are_compared_with_what_was_pushed(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        assert pairs(compared(pushed, None, INDEX)) == [(base, "INDEX")]
        assert pairs(compared(pushed, None, WORK_TREE)) == [(base, "WORKTREE")]
        assert pairs(compared(pushed, "HEAD", WORK_TREE)) == [
            (pushed.at("HEAD"), "WORKTREE")
        ]


class TestByMemory:
    def test_before_the_first_commit_there_is_nothing_to_judge(
        self, repository: Sandbox
    ) -> None:
        (found,) = compared(repository)
        assert (found.base, found.note) == (None, "no commit yet: nothing to judge")

    def test_without_a_remote_nothing_was_pushed(self, repository: Sandbox) -> None:
        repository.commit()
        (found,) = compared(repository)
        assert found.base is None
        assert found.note == "no remote: nothing has been pushed yet"

    def test_a_remote_that_was_never_pushed_to_has_nothing(
        self, repository: Sandbox
    ) -> None:
        repository.commit()
        repository.remote()
        (found,) = compared(repository)
        assert found.base is None
        assert found.note
        assert "nothing has been pushed to origin yet" in found.note

    def test_head_is_compared_with_what_was_pushed(self, pushed: Sandbox) -> None:
        (found,) = compared(pushed)
        assert pairs([found]) == [(pushed.at("origin/main"), pushed.at("HEAD"))]
        assert found.base
        assert (found.base.label, found.head.label) == ("origin/main", "HEAD")

    def test_a_branch_pushed_without_upstream_is_found_by_its_name(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("checkout", "--quiet", "-b", "feature")
        base = pushed.commit({"schema.ts": "3"})
        pushed.git("push", "--quiet", "origin", "feature")
        head = pushed.commit({"schema.ts": "4"})
        (found,) = compared(pushed)
        assert pairs([found]) == [(base, head)]
        assert found.base
        assert found.base.label == "origin/feature"

    def test_an_unpushed_branch_is_compared_with_where_it_left_main(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.git("checkout", "--quiet", "-b", "feature", "--track", "origin/main")
        head = pushed.commit({"schema.ts": "3"})
        assert pairs(compared(pushed)) == [(base, head)]

    def test_someone_who_is_behind_is_not_blamed_for_what_others_pushed(
        self, pushed: Sandbox
    ) -> None:
        parted = pushed.at("origin/main")
        other = pushed.clone("other")
        other.commit({"other.ts": "1"})
        other.git("push", "--quiet", "origin", "main")
        pushed.git("fetch", "--quiet")
        (found,) = compared(pushed)
        assert pairs([found]) == [(parted, pushed.at("HEAD"))]
        assert found.note
        assert "origin/main has commits that HEAD lacks" in found.note

    def test_a_rollback_of_what_was_pushed_is_compared_tip_to_tip(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        newer = pushed.at("HEAD")
        pushed.git("reset", "--quiet", "--hard", "HEAD~1")
        assert pairs(compared(pushed)) == [(newer, pushed.at("HEAD"))]

    def test_an_amended_commit_is_compared_with_the_pushed_one(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        was = pushed.at("HEAD")
        pushed.write({"schema.ts": "3"})
        pushed.git("commit", "--quiet", "--all", "--amend", "-m", "Amended")
        assert pairs(compared(pushed)) == [(was, pushed.at("HEAD"))]

    def test_a_detached_head_is_compared_with_where_it_left_the_remote(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.git("checkout", "--quiet", "--detach")
        head = pushed.commit({"schema.ts": "3"})
        assert pairs(compared(pushed)) == [(base, head)]

    def test_in_the_middle_of_a_rebase_head_is_what_is_judged(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.commit({"schema.ts": "3"})
        pushed.git(
            "rebase",
            "--quiet",
            "--interactive",
            "HEAD~2",
            environ={"GIT_SEQUENCE_EDITOR": "sed -i.bak s/^pick/edit/"},
        )
        head = pushed.at("HEAD")
        assert pairs(compared(pushed)) == [(base, head)]

    def test_the_remote_that_is_pushed_to_decides(self, pushed: Sandbox) -> None:
        pushed.remote("mine")
        head = pushed.at("HEAD")
        pushed.git("push", "--quiet", "mine", "main")
        pushed.git("config", "remote.pushDefault", "mine")
        (found,) = compared(pushed)
        assert pairs([found]) == [(head, head)]
        assert found.base
        assert found.base.label == "mine/main"

    def test_head_is_never_compared_with_itself_where_history_is_cut_off(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        shallow = pushed.clone("shallow", "--depth=1")
        for environ in ({}, {"CI": "true"}):
            (found,) = compared(shallow, environ=environ)
            assert found.base is None
            assert found.note
            assert found.note.startswith(f"{NO_EARLIER}: this clone is shallow")


class TestPreCommit:
    def test_its_variables_count_only_with_its_mark(self, pushed: Sandbox) -> None:
        first, head = pushed.at("HEAD~1"), pushed.at("HEAD")
        pushed.git("push", "--quiet", "origin", "main")
        environ = {"PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}
        assert pairs(compared(pushed, environ=environ)) == [(head, head)]
        environ["PRE_COMMIT"] = "1"
        assert pairs(compared(pushed, environ=environ)) == [(first, head)]

    def test_a_name_beats_its_variables(self, pushed: Sandbox) -> None:
        environ = {
            "PRE_COMMIT": "1",
            "PRE_COMMIT_FROM_REF": "HEAD",
            "PRE_COMMIT_TO_REF": "HEAD",
        }
        found = compared(pushed, "HEAD~1", environ=environ)
        assert pairs(found) == [(pushed.at("HEAD~1"), pushed.at("HEAD"))]

    def test_git_commit_is_told_from_a_push(self) -> None:
        assert is_commit_hook({"GIT_INDEX_FILE": ".git/index", "PRE_COMMIT": "1"})
        assert is_commit_hook({"GIT_INDEX_FILE": ".git/index"})
        assert not is_commit_hook({"PRE_COMMIT": "1"})
        assert not is_commit_hook(
            {"GIT_INDEX_FILE": "mine", "PRE_COMMIT_REMOTE_NAME": "origin"}
        )


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
        assert raised.value.remedy.startswith("git fetch origin main")

    def test_where_nothing_names_a_base_the_trunk_is_it(self, machine: Sandbox) -> None:
        environ = {"CIRCLECI": "true", "CIRCLE_BRANCH": "feature"}
        base, head = machine.at("origin/main~1"), machine.at("HEAD")
        assert pairs(compared(machine, environ=environ)) == [(base, head)]
        new = self.event(machine, {"before": ZERO})
        assert pairs(compared(machine, environ=new)) == [(base, head)]

    def test_on_the_trunk_without_a_name_nothing_is_earlier(
        self, machine: Sandbox
    ) -> None:
        machine.git("checkout", "--quiet", "main")
        (found,) = compared(machine, environ={"CI": "true"})
        assert (found.base, found.note) == (None, NO_EARLIER)

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
