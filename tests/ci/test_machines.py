"""What is compared on each kind of build machine, in clones as it makes them.

What a machine says and how it clones: GitLab's predefined CI/CD variables and
`lib/ci/build_runner_presenter` (refspecs), Bitbucket's "Variables and secrets" and
"Git clone behavior", CircleCI's "Project values and variables" and `checkout`,
Buildkite's "Environment variables", Vercel's "System environment variables", and
Netlify's "Build environment variables".
"""

import re
from collections.abc import Mapping

import pytest

from schemadiff.git.ci import FIRST_PARENT
from schemadiff.git.pushed import NO_EARLIER
from tests.ci.events import ZERO
from tests.ci.running import DROPPED, Done, Host, check
from tests.repositories import Sandbox

LOST = "every value of clients.email would be lost"
GITLAB = {
    "CI": "true",
    "GITLAB_CI": "true",
    "CI_COMMIT_BEFORE_SHA": ZERO,
    "CI_DEFAULT_BRANCH": "main",
}
REQUEST = {
    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "",
    "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "",
}
BITBUCKET = {"CI": "true", "BITBUCKET_BUILD_NUMBER": "7"}
BUILDKITE = {
    "CI": "true",
    "BUILDKITE": "true",
    "BUILDKITE_PULL_REQUEST": "false",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "",
    "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
}
CIRCLECI = {"CI": "true", "CIRCLECI": "true"}
VERCEL = {"CI": "1", "VERCEL": "1", "VERCEL_GIT_COMMIT_REF": "main"}
NETLIFY = {"CI": "true", "NETLIFY": "true", "BRANCH": "main"}


def after_the_line(done: Done, checkout: Sandbox, environ: Mapping[str, str]) -> Done:
    """Run the line that a failure shows, and check again."""
    assert done.code == 2
    (line,) = re.findall(r"git fetch [^(\n]+", done.err)
    checkout.git(*line.split()[1:])
    return check(checkout, environ)


class TestGitLab:
    def on(self, host: Host, commit: str, branch: str = "", depth: int = 20) -> Sandbox:
        """Fetch and check out as GitLab's runner does; a depth of 0 brings all."""
        made = Sandbox(host.sandbox.path.parent / f"builds-{depth}")
        made.git("remote", "add", "origin", host.url)
        refs = [f"+{commit}:refs/pipelines/1"]
        if depth:
            refs += [f"+refs/heads/{branch}:refs/remotes/origin/{branch}"] * bool(
                branch
            )
            made.git(
                "fetch", "--quiet", "--no-tags", f"--depth={depth}", "origin", *refs
            )
        else:
            refs += ["+refs/heads/*:refs/remotes/origin/*"]
            made.git("fetch", "--quiet", "origin", *refs)
        made.git("checkout", "--quiet", "--force", commit)
        return made

    def test_a_merge_request_is_compared_with_the_base_of_its_diff(
        self, host: Host
    ) -> None:
        checkout = self.on(host, host.feature)
        base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": host.base}
        done = check(checkout, GITLAB | REQUEST | base)
        assert done.code == 1
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    @pytest.mark.parametrize("kind", ["merged_result", "merge_train"])
    def test_a_merged_result_is_compared_with_what_it_is_merged_into(
        self, host: Host, kind: str
    ) -> None:
        """In a train that is the result of the request before, not the branch."""
        into, _ = host.push("main", {"app.test.ts": "2"})[::-1]
        host.sandbox.git("checkout", "--quiet", "--detach", into)
        merge = host.sandbox.merge("feature")
        host.sandbox.git("push", "--quiet", "origin", f"{merge}:refs/train/1")
        environ = {
            "CI_MERGE_REQUEST_EVENT_TYPE": kind,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": host.base,
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": host.feature,
            "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": into,
        }
        done = check(self.on(host, merge), GITLAB | REQUEST | environ)
        assert done.code == 1
        assert f"HEAD compared with {into[:9]}: 1 error" in done.line

    def test_a_request_whose_base_is_too_deep_gets_both_ways_to_it(
        self, host: Host
    ) -> None:
        checkout = self.on(host, host.feature, depth=1)
        base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": host.base}
        done = check(checkout, GITLAB | REQUEST | base)
        assert f"git fetch --depth=1 origin {host.base}" in done.err
        assert 'GIT_DEPTH: "0" under variables' in done.err
        after = after_the_line(done, checkout, GITLAB | REQUEST | base)
        assert LOST in after.out

    def test_a_push_is_compared_with_what_was_there_before(self, host: Host) -> None:
        before, after = host.push("main", {"schema.ts": DROPPED}, {"a.ts": "1"})
        environ = {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": before}
        done = check(self.on(host, after, "main"), GITLAB | environ)
        assert done.code == 1
        assert f"HEAD compared with {before[:9]}: 1 error" in done.line

    def test_a_new_branch_is_compared_with_where_it_left_the_default_branch(
        self, host: Host
    ) -> None:
        environ = GITLAB | {"CI_COMMIT_BRANCH": "feature"}
        deep = check(self.on(host, host.feature, "feature", depth=0), environ)
        assert f"HEAD compared with {host.base[:9]}: 1 error" in deep.line
        shallow = self.on(host, host.feature, "feature", depth=1)
        done = check(shallow, environ)
        assert done.err.startswith(
            "schemadiff: main, named by CI_DEFAULT_BRANCH, is not"
        )
        assert 'GIT_DEPTH: "0" under variables' in done.err
        assert LOST in after_the_line(done, shallow, environ).out

    def test_a_schedule_has_nothing_earlier_unless_history_is_cut_off(
        self, host: Host
    ) -> None:
        environ = GITLAB | {
            "CI_COMMIT_BRANCH": "main",
            "CI_PIPELINE_SOURCE": "schedule",
        }
        done = check(self.on(host, host.main, "main", depth=0), environ)
        assert done.code == 0
        assert done.line.startswith(f"schemadiff: {NO_EARLIER}")
        done = check(self.on(host, host.main, "main", depth=1), environ)
        assert done.code == 2
        assert 'GIT_DEPTH: "0" under variables' in done.err

    def test_a_tag_is_not_judged(self, host: Host) -> None:
        done = check(self.on(host, host.feature), GITLAB | {"CI_COMMIT_TAG": "v1"})
        assert done.code == 0
        assert done.line.startswith("schemadiff: refs/tags/v1 is not judged")

    def test_a_pull_request_of_another_host_is_compared_with_its_target(
        self, host: Host
    ) -> None:
        environ = {
            "CI_COMMIT_BRANCH": "feature",
            "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA": host.main,
        }
        checkout = self.on(host, host.feature, depth=0)
        done = check(checkout, GITLAB | environ)
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line


class TestBitbucket:
    def test_a_pull_request_is_compared_with_what_was_merged_into_it(
        self, host: Host
    ) -> None:
        _, main = host.push("main", {"app.test.ts": "2"})
        checkout = host.sandbox.clone("build", "--branch=feature")
        checkout.git("merge", "--quiet", "--no-edit", main)
        environ = {
            "BITBUCKET_BRANCH": "feature",
            "BITBUCKET_PR_ID": "1",
            "BITBUCKET_PR_DESTINATION_BRANCH": "main",
            "BITBUCKET_PR_DESTINATION_COMMIT": main[:12],
        }
        done = check(checkout, BITBUCKET | environ)
        assert done.code == 1
        assert "HEAD compared with origin/main: 1 error" in done.line

    def test_a_branch_is_compared_with_the_commit_before_and_that_is_said(
        self, host: Host
    ) -> None:
        for branch, code in (("feature", 1), ("main", 0)):
            options = "--depth=50", f"--branch={branch}"
            checkout = host.sandbox.clone(f"build-{branch}", *options)
            done = check(checkout, BITBUCKET | {"BITBUCKET_BRANCH": branch})
            assert done.code == code
            assert "HEAD compared with HEAD^1: " in done.line
            assert FIRST_PARENT in " ".join(done.out.split())

    def test_one_commit_is_never_called_good(self, host: Host) -> None:
        checkout = host.sandbox.clone("build", "--depth=1", "--branch=main")
        environ = BITBUCKET | {"BITBUCKET_BRANCH": "main"}
        done = check(checkout, environ)
        assert "depth: full under clone" in done.err
        assert after_the_line(done, checkout, environ).code == 0


class TestCircleCI:
    def test_a_branch_is_compared_with_where_it_left_the_trunk(
        self, host: Host
    ) -> None:
        checkout = host.sandbox.clone("build", "--branch=feature")
        done = check(checkout, CIRCLECI | {"CIRCLE_BRANCH": "feature"})
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    def test_the_trunk_is_compared_with_the_commit_before_and_that_is_said(
        self, host: Host
    ) -> None:
        checkout = host.sandbox.clone("build", "--branch=main")
        done = check(checkout, CIRCLECI | {"CIRCLE_BRANCH": "main"})
        assert done.code == 0
        assert "HEAD compared with HEAD^1: " in done.line
        assert FIRST_PARENT in " ".join(done.out.split())

    def test_a_blobless_clone_fetches_nothing_and_says_what_does(
        self, host: Host
    ) -> None:
        host.remote.git("config", "uploadpack.allowFilter", "true")
        checkout = host.sandbox.clone("build", "--filter=blob:none", "--branch=feature")
        environ = CIRCLECI | {"CIRCLE_BRANCH": "feature"}
        done = check(checkout, environ)
        assert done.code == 2
        assert done.err.startswith("schemadiff: schema.ts of ")
        assert "git fetch --refetch --no-filter" in done.err
        checkout.git("fetch", "--refetch", "--no-filter")
        assert LOST in check(checkout, environ).out


class TestBuildkite:
    def test_a_pull_request_is_compared_with_where_it_left_its_base(
        self, host: Host
    ) -> None:
        checkout = host.sandbox.clone("build", "--branch=feature")
        environ = {
            "BUILDKITE_BRANCH": "feature",
            "BUILDKITE_PULL_REQUEST": "1",
            "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
        }
        done = check(checkout, BUILDKITE | environ)
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    def test_a_merge_queue_names_what_its_group_is_merged_into(
        self, host: Host
    ) -> None:
        merge = host.merged()
        checkout = host.sandbox.clone("build")
        checkout.git("fetch", "--quiet", "origin", "refs/pull/1/merge")
        checkout.git("checkout", "--quiet", merge)
        environ = {
            "BUILDKITE_BRANCH": "gh-readonly-queue/main/pr-1",
            "BUILDKITE_MERGE_QUEUE_BASE_BRANCH": "main",
            "BUILDKITE_MERGE_QUEUE_BASE_COMMIT": host.main,
        }
        done = check(checkout, BUILDKITE | environ)
        assert f"HEAD compared with {host.main[:9]}: 1 error" in done.line

    def test_a_branch_is_compared_with_where_it_left_the_default_branch(
        self, host: Host
    ) -> None:
        checkout = host.sandbox.clone("build", "--branch=feature")
        done = check(checkout, BUILDKITE | {"BUILDKITE_BRANCH": "feature"})
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line


class TestVercel:
    def build(self, host: Host) -> Sandbox:
        checkout = host.sandbox.clone("build", "--depth=10", "--branch=main")
        checkout.git("remote", "remove", "origin")
        return checkout

    def test_a_deployment_is_compared_with_the_last_good_one(self, host: Host) -> None:
        before, _ = host.push("main", {"schema.ts": DROPPED}, {"a.ts": "1"})
        checkout = self.build(host)
        done = check(checkout, VERCEL | {"VERCEL_GIT_PREVIOUS_SHA": before})
        assert done.code == 1
        assert f"HEAD compared with {before[:9]}: 1 error" in done.line

    def test_where_the_last_one_is_too_deep_it_is_said_how_to_clone_deeper(
        self, host: Host
    ) -> None:
        before, _ = host.push("main", *({"a.ts": str(n)} for n in range(10)))
        checkout = self.build(host)
        done = check(checkout, VERCEL | {"VERCEL_GIT_PREVIOUS_SHA": before})
        assert done.code == 2
        assert "VERCEL_DEEP_CLONE=true in the project's environment" in done.err

    def test_a_commit_that_no_branch_has_any_more_needs_another_base(
        self, host: Host
    ) -> None:
        environ = VERCEL | {"VERCEL_GIT_PREVIOUS_SHA": ZERO[:-1] + "1"}
        done = check(self.build(host), environ)
        assert done.code == 2
        assert "schemadiff check --base REVISION names another" in done.err

    def test_the_first_deployment_is_compared_with_the_commit_before(
        self, host: Host
    ) -> None:
        done = check(self.build(host), VERCEL | {"VERCEL_GIT_PREVIOUS_SHA": ""})
        assert done.code == 0
        assert FIRST_PARENT in " ".join(done.out.split())


class TestNetlify:
    def test_a_build_is_compared_with_the_last_one(self, host: Host) -> None:
        before, after = host.push("main", {"schema.ts": DROPPED}, {"a.ts": "1"})
        commits = {"COMMIT_REF": after, "CACHED_COMMIT_REF": before}
        checkout = host.cloned("main")
        done = check(checkout, NETLIFY | commits)
        assert f"HEAD compared with {before[:9]}: 1 error" in done.line

    def test_without_a_cache_its_own_commit_is_no_base(self, host: Host) -> None:
        commits = {"COMMIT_REF": host.feature, "CACHED_COMMIT_REF": host.feature}
        environ = NETLIFY | {"BRANCH": "feature"} | commits
        done = check(host.cloned("feature"), environ)
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line


class TestAnyOther:
    def test_a_branch_is_compared_with_where_it_left_the_trunk(
        self, host: Host
    ) -> None:
        done = check(host.cloned("feature"), {"CI": "true"})
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    def test_the_first_commit_has_nothing_earlier(self, host: Host) -> None:
        checkout = host.cloned("main")
        checkout.git("checkout", "--quiet", host.base)
        for each in ("feature", "main"):
            checkout.git("branch", "--quiet", "--delete", "--remotes", f"origin/{each}")
        done = check(checkout, {"CI": "true"})
        assert (done.code, done.line) == (0, f"schemadiff: {NO_EARLIER}")

    def test_one_commit_is_never_called_good(self, host: Host) -> None:
        checkout = host.cloned("main", "--depth=1")
        done = check(checkout, {"CI": "true"})
        assert "a clone without a depth" in done.err
        assert after_the_line(done, checkout, {"CI": "true"}).code == 0
