"""The build machines that are known: what each says of a base, and how it clones.

Sources are the hosts' own lists of variables. A test writes `docs/ci.md` from this.
"""

from collections.abc import Mapping
from typing import NamedTuple

EVENT = "event: "
"""What stands before the keys of GitHub's event file, where one names a base."""


class Source(NamedTuple):
    """Something that names a base, and in which builds it does.

    A `tip` is a branch to merge into: the base is where head left it. Anything else
    was deployed or built before, or is the base itself. `unless` is a variable that
    says the same where nothing was built before.
    """

    when: str
    name: str
    tip: bool = False
    unless: str = ""

    def value(self, environ: Mapping[str, str]) -> str:
        """Return what a variable names; empty where it names nothing."""
        found = environ.get(self.name, "").removeprefix("refs/heads/")
        return "" if found == environ.get(self.unless, "") else found


class Machine(NamedTuple):
    """A kind of build machine, known by the variable `mark`.

    Of `sources`, the first whose commit is in the checkout counts. `branch`, `tag`
    and `trunk` are variables: what is built, and the repository's default branch.
    `deepen` is what to write where for a whole clone, and `clone` what the machine
    does unasked. A machine that `knows_pushes` says what a push replaced, so that
    its silence means that nothing was replaced.
    """

    name: str
    mark: str
    sources: tuple[Source, ...] = ()
    branch: str = ""
    tag: str = ""
    trunk: str = ""
    clone: str = "the whole history"
    deepen: str = ""
    knows_pushes: bool = False


GITHUB = Machine(
    "GitHub Actions",
    "GITHUB_ACTIONS",
    (
        Source("pull_request", "GITHUB_BASE_REF", tip=True),
        Source("pull_request", f"{EVENT}pull_request.base.sha", tip=True),
        Source("merge_group", f"{EVENT}merge_group.base_sha"),
        Source("merge_group", f"{EVENT}merge_group.base_ref", tip=True),
        Source("push", f"{EVENT}before"),
    ),
    clone="one commit",
    deepen="fetch-depth: 0 under actions/checkout",
    knows_pushes=True,
)
MACHINES = (
    GITHUB,
    Machine(
        "GitLab",
        "GITLAB_CI",
        (
            Source("merged results", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"),
            Source("merge requests", "CI_MERGE_REQUEST_DIFF_BASE_SHA"),
            Source("merge requests", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", tip=True),
            Source(
                "pull requests of another host",
                "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA",
                tip=True,
            ),
            Source(
                "pull requests of another host",
                "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME",
                tip=True,
            ),
            Source("pushes", "CI_COMMIT_BEFORE_SHA"),
        ),
        branch="CI_COMMIT_BRANCH",
        tag="CI_COMMIT_TAG",
        trunk="CI_DEFAULT_BRANCH",
        clone="20 commits of one branch",
        deepen='GIT_DEPTH: "0" under variables',
        knows_pushes=True,
    ),
    Machine(
        "Bitbucket",
        "BITBUCKET_BUILD_NUMBER",
        (
            Source("pull requests", "BITBUCKET_PR_DESTINATION_BRANCH", tip=True),
            Source("pull requests", "BITBUCKET_PR_DESTINATION_COMMIT", tip=True),
        ),
        branch="BITBUCKET_BRANCH",
        tag="BITBUCKET_TAG",
        clone="50 commits of one branch",
        deepen="depth: full under clone",
    ),
    Machine(
        "CircleCI",
        "CIRCLECI",
        branch="CIRCLE_BRANCH",
        tag="CIRCLE_TAG",
        clone="every commit; without file contents under method: blobless",
        deepen="method: full under checkout",
    ),
    Machine(
        "Buildkite",
        "BUILDKITE",
        (
            Source("pull requests", "BUILDKITE_PULL_REQUEST_BASE_BRANCH", tip=True),
            Source("merge queues", "BUILDKITE_MERGE_QUEUE_BASE_COMMIT"),
            Source("merge queues", "BUILDKITE_MERGE_QUEUE_BASE_BRANCH", tip=True),
        ),
        branch="BUILDKITE_BRANCH",
        tag="BUILDKITE_TAG",
        trunk="BUILDKITE_PIPELINE_DEFAULT_BRANCH",
        deepen="BUILDKITE_GIT_CLONE_FLAGS without a depth",
    ),
    Machine(
        "Vercel",
        "VERCEL",
        (Source("a deployment after the first", "VERCEL_GIT_PREVIOUS_SHA"),),
        branch="VERCEL_GIT_COMMIT_REF",
        clone="10 commits of one branch, and no remote",
        deepen="VERCEL_DEEP_CLONE=true in the project's environment variables",
    ),
    Machine(
        "Netlify",
        "NETLIFY",
        (Source("a build after the first", "CACHED_COMMIT_REF", unless="COMMIT_REF"),),
        branch="BRANCH",
    ),
    Machine(
        "Jenkins",
        "JENKINS_URL",
        (
            Source("change requests", "CHANGE_TARGET", tip=True),
            Source("a build after a good one", "GIT_PREVIOUS_SUCCESSFUL_COMMIT"),
        ),
        branch="BRANCH_NAME",
        tag="TAG_NAME",
        deepen="no shallow clone in the job's Git settings",
    ),
    Machine(
        "Azure Pipelines",
        "TF_BUILD",
        (
            Source("pull requests", "SYSTEM_PULLREQUEST_TARGETBRANCH", tip=True),
            Source("pull requests", "SYSTEM_PULLREQUEST_TARGETBRANCHNAME", tip=True),
        ),
        clone="one commit",
        deepen="fetchDepth: 0 under checkout",
    ),
)
ANY = Machine(
    "any other",
    "CI",
    tuple(source for machine in MACHINES for source in machine.sources),
    deepen="a clone without a depth",
)
"""A machine that says no more than that it is one, but may say what others do."""


def machine_of(environ: Mapping[str, str]) -> Machine:
    """Return the machine that the environment is of."""
    named = (each for each in MACHINES if environ.get(each.mark))
    return next(named, ANY)
