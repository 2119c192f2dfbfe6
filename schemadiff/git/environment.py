"""What the environment says about who calls; imports nothing that takes time."""

from collections.abc import Mapping

_OF_PUSHES = ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT_REMOTE_NAME")
_BUILD_MACHINES = (
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "BITBUCKET_BUILD_NUMBER",
    "CIRCLECI",
    "BUILDKITE",
    "VERCEL",
    "NETLIFY",
    "JENKINS_URL",
    "TF_BUILD",
)


def is_commit_hook(environ: Mapping[str, str]) -> bool:
    """Tell whether `git commit` runs this, itself or through pre-commit or prek.

    Git sets GIT_INDEX_FILE for commit hooks; pushes, `pre-commit run` and the
    manual stage leave it unset. Someone who exported it pushes all the same, so
    what only a push sets decides before it does.
    """
    return "GIT_INDEX_FILE" in environ and not any(
        environ.get(name) for name in _OF_PUSHES
    )


def is_push(environ: Mapping[str, str]) -> bool:
    """Tell whether pre-commit or prek run this for a push."""
    return environ.get("PRE_COMMIT") == "1" and bool(
        environ.get("PRE_COMMIT_REMOTE_NAME")
    )


def is_ci(environ: Mapping[str, str]) -> bool:
    """Tell whether this runs on a build machine."""
    return environ.get("CI", "").lower() in ("true", "1", "yes") or any(
        environ.get(name) for name in _BUILD_MACHINES
    )
