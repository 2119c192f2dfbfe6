"""What the environment says about who calls; imports nothing that takes time."""

from collections.abc import Mapping


def is_commit_hook(environ: Mapping[str, str]) -> bool:
    """Tell whether `git commit` runs this, through pre-commit or prek.

    Git sets GIT_INDEX_FILE for commit hooks only; pushes, `pre-commit run` and the
    manual stage leave it unset.
    """
    return "GIT_INDEX_FILE" in environ and environ.get("PRE_COMMIT") == "1"


def is_ci(environ: Mapping[str, str]) -> bool:
    """Tell whether this runs on a build machine."""
    return environ.get("CI", "").lower() in ("true", "1", "yes") or any(
        name in environ for name in ("GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE")
    )
