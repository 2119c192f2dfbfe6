"""What is compared for each event of GitHub, in deep checkouts and shallow ones."""

import re

from schemadiff.git.pushed import NO_EARLIER
from tests.ci.events import (
    ZERO,
    by_clock,
    by_hand,
    merge_group,
    pull_request,
    push,
)
from tests.ci.running import DROPPED, SCHEMA, WIDER, Done, Host, check
from tests.repositories import Sandbox

MAIN, FEATURE = "refs/heads/main", "refs/heads/feature"
LOST = "every value of clients.email would be lost"


def fetched(done: Done, checkout: Sandbox) -> None:
    """Run the line that a failure shows, in the checkout that it is about."""
    (line,) = re.findall(r"git fetch [^(\n]+", done.err)
    checkout.git(*line.split()[1:])


class TestPullRequest:
    def test_the_merge_is_compared_with_the_base_branch(self, host: Host) -> None:
        merge = host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge)
        environ = pull_request(checkout, host.main, host.feature, merge)
        done = check(checkout, environ)
        assert done.code == 1
        assert done.line.startswith(
            "schemadiff: HEAD compared with origin/main: 1 error"
        )
        assert done.out.count("error[") == 1

    def test_what_the_base_branch_did_since_is_not_the_requests(
        self, host: Host
    ) -> None:
        host.push("main", {"schema.ts": DROPPED})
        host.sandbox.git("branch", "--quiet", "--force", "feature", host.kept)
        merge = host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge)
        done = check(checkout, pull_request(checkout, host.base, host.kept, merge))
        assert done.code == 0
        assert done.line.endswith("origin/main: no change that would lose data")

    def test_the_requests_own_commit_is_compared_with_where_it_left(
        self, host: Host
    ) -> None:
        host.push("main", {"schema.ts": WIDER})
        checkout = host.checked_out(FEATURE, host.feature)
        merge = ZERO[:-1] + "2"
        environ = pull_request(checkout, host.sandbox.at("main"), host.feature, merge)
        done = check(checkout, environ)
        assert done.code == 1
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    def test_in_one_commit_the_missing_side_is_named_with_the_line_that_fetches_it(
        self, host: Host
    ) -> None:
        merge = host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge, depth=1)
        environ = pull_request(checkout, host.main, host.feature, merge)
        done = check(checkout, environ)
        assert done.code == 2
        assert host.main in done.err
        assert "fetch-depth: 0 under actions/checkout" in done.err
        fetched(done, checkout)
        assert check(checkout, environ).code == 1

    def test_two_commits_are_enough_for_the_merge(self, host: Host) -> None:
        merge = host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge, depth=2)
        environ = pull_request(checkout, host.main, host.feature, merge)
        done = check(checkout, environ)
        assert done.code == 1
        assert LOST in done.out

    def test_pull_request_target_checks_out_the_base_and_is_told_so(
        self, host: Host
    ) -> None:
        checkout = host.checked_out(MAIN, host.main)
        environ = pull_request(
            checkout, host.main, host.feature, host.main, name="pull_request_target"
        )
        done = check(checkout, environ)
        assert done.code == 2
        assert "was not checked out" in done.err
        assert "ref: ${{ github.event.pull_request.head.sha }}" in done.err


class TestPush:
    def test_is_compared_with_what_was_there_before(self, host: Host) -> None:
        before, after = host.push("main", {"schema.ts": DROPPED}, {"a.ts": "1"})
        checkout = host.checked_out(MAIN, after)
        done = check(checkout, push(checkout, MAIN, before, after))
        assert done.code == 1
        assert f"HEAD compared with {before[:9]}: 1 error" in done.line

    def test_in_one_commit_the_one_before_is_named_with_the_line_that_fetches_it(
        self, host: Host
    ) -> None:
        before, after = host.push("main", {"schema.ts": DROPPED}, {"a.ts": "1"})
        checkout = host.checked_out(MAIN, after, depth=1)
        environ = push(checkout, MAIN, before, after)
        done = check(checkout, environ)
        assert done.code == 2
        assert f"{before}, named by event: before, is not in this checkout" in done.err
        assert "fetch-depth: 0 under actions/checkout" in done.err
        fetched(done, checkout)
        assert check(checkout, environ).code == 1

    def test_of_a_new_branch_is_compared_with_where_it_left_the_trunk(
        self, host: Host
    ) -> None:
        checkout = host.checked_out(FEATURE, host.feature)
        done = check(checkout, push(checkout, FEATURE, ZERO, host.feature))
        assert done.code == 1
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    def test_of_a_new_branch_in_one_commit_could_not_be_judged(
        self, host: Host
    ) -> None:
        checkout = host.checked_out(FEATURE, host.feature, depth=1)
        environ = push(checkout, FEATURE, ZERO, host.feature)
        done = check(checkout, environ)
        assert done.code == 2
        assert "fetch-depth: 0 under actions/checkout" in done.err
        fetched(done, checkout)
        assert check(checkout, environ).code == 1

    def test_of_a_new_branch_that_adds_nothing_has_nothing_to_judge(
        self, host: Host
    ) -> None:
        host.sandbox.git("push", "--quiet", "origin", "main:release")
        checkout = host.checked_out("refs/heads/release", host.main)
        environ = push(checkout, "refs/heads/release", ZERO, host.main)
        done = check(checkout, environ)
        assert (done.code, done.line) == (
            0,
            "schemadiff: HEAD has nothing that origin/main lacks",
        )

    def test_by_force_is_compared_with_the_tip_that_it_threw_away(
        self, host: Host
    ) -> None:
        before, thrown = host.push("main", {"schema.ts": WIDER})
        host.sandbox.git("reset", "--quiet", "--hard", before)
        host.sandbox.git("push", "--quiet", "--force", "origin", "main")
        checkout = host.checked_out(MAIN, before)
        environ = push(checkout, MAIN, thrown, before, forced=True)
        done = check(checkout, environ)
        assert done.code == 2
        assert "fetch-depth" not in done.err  # no depth would bring it
        fetched(done, checkout)
        done = check(checkout, environ)
        assert done.code == 1
        assert "every value of clients.city would be lost" in done.out

    def test_the_first_of_a_repository_has_nothing_before_it(self, host: Host) -> None:
        checkout = host.checked_out(MAIN, host.base)
        done = check(checkout, push(checkout, MAIN, ZERO, host.base))
        assert done.code == 0
        assert done.line.startswith(f"schemadiff: {NO_EARLIER}")

    def test_of_a_tag_is_not_judged_unless_it_is_listed(self, host: Host) -> None:
        host.sandbox.git("push", "--quiet", "origin", "feature:refs/tags/v1")
        checkout = host.checked_out("refs/tags/v1", host.feature)
        done = check(checkout, push(checkout, "refs/tags/v1", ZERO, host.feature))
        assert done.code == 0
        assert done.line.startswith("schemadiff: refs/tags/v1 is not judged")

    def test_of_a_listed_tag_is_compared_with_where_it_left_the_trunk(
        self, host: Host
    ) -> None:
        settings = {"schemadiff.toml": 'protect = ["v*"]\n'}
        _, head = host.push("feature", settings)
        host.sandbox.git("push", "--quiet", "origin", "feature:refs/tags/v1")
        checkout = host.checked_out("refs/tags/v1", head)
        done = check(checkout, push(checkout, "refs/tags/v1", ZERO, head))
        assert done.code == 1
        assert LOST in done.out

    def test_on_branches_that_are_not_protected_findings_are_warnings(
        self, host: Host
    ) -> None:
        settings = {"schemadiff.toml": 'protect = ["main"]\n'}
        host.push("feature", {**settings, "schema.ts": SCHEMA})
        before, after = host.push("feature", {"schema.ts": DROPPED})
        checkout = host.checked_out(FEATURE, after)
        done = check(checkout, push(checkout, FEATURE, before, after))
        assert done.code == 0
        assert "warning[drop-column]" in done.out

    def test_that_deletes_the_branch_has_nothing_to_judge(self, host: Host) -> None:
        checkout = host.checked_out(MAIN, host.main)
        done = check(checkout, push(checkout, FEATURE, host.feature, ZERO))
        assert done.code == 0
        assert "was deleted: nothing to judge" in done.line


class TestMergeQueue:
    def test_a_group_is_compared_with_its_parent(self, host: Host) -> None:
        merge = host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge)
        done = check(checkout, merge_group(checkout, "main", host.main, merge))
        assert done.code == 1
        assert f"HEAD compared with {host.main[:9]}: 1 error" in done.line

    def test_a_group_in_one_commit_names_its_parent(self, host: Host) -> None:
        merge = host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge, depth=1)
        environ = merge_group(checkout, "main", host.main, merge)
        done = check(checkout, environ)
        assert done.code == 2
        fetched(done, checkout)
        assert check(checkout, environ).code == 1

    def test_a_host_that_names_no_parent_names_the_branch(self, host: Host) -> None:
        host.sandbox.git("checkout", "--quiet", "-b", "release", host.kept)
        host.sandbox.git("push", "--quiet", "origin", "release")
        host.sandbox.git("merge", "--quiet", "--no-ff", "-m", "Merge", "feature")
        merge = host.sandbox.at("HEAD")
        host.sandbox.git("push", "--quiet", "origin", f"{merge}:refs/pull/1/merge")
        checkout = host.checked_out("refs/pull/1/merge", merge)
        done = check(checkout, merge_group(checkout, "release", "", merge))
        assert done.code == 1
        assert "HEAD compared with origin/release: 1 error" in done.line


class TestWithoutAPush:
    def test_by_hand_a_branch_is_compared_with_where_it_left_the_trunk(
        self, host: Host
    ) -> None:
        checkout = host.checked_out(FEATURE, host.feature)
        done = check(checkout, by_hand(checkout, FEATURE))
        assert done.code == 1
        assert f"HEAD compared with {host.base[:9]}: 1 error" in done.line

    def test_the_trunk_has_nothing_earlier(self, host: Host) -> None:
        checkout = host.checked_out(MAIN, host.main)
        for environ in (by_clock(checkout), by_hand(checkout, MAIN)):
            done = check(checkout, environ)
            assert done.code == 0
            assert done.line == f"schemadiff: {NO_EARLIER}; --base REVISION names one"

    def test_the_trunk_in_one_commit_is_never_called_good(self, host: Host) -> None:
        checkout = host.checked_out(MAIN, host.main, depth=1)
        done = check(checkout, by_clock(checkout))
        assert done.code == 2
        assert "fetch-depth: 0 under actions/checkout" in done.err

    def test_without_an_event_file_the_trunk_is_found_by_its_name(
        self, host: Host
    ) -> None:
        checkout = host.checked_out(FEATURE, host.feature)
        environ = by_hand(checkout, FEATURE) | {"GITHUB_EVENT_PATH": "/nowhere.json"}
        assert check(checkout, environ).code == 1
