"""Which revision a build machine names as the one to compare with."""

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.repository import Repository, is_zeros

_VARIABLES = (
    "CI_MERGE_REQUEST_DIFF_BASE_SHA",  # GitLab, merge requests
    "CI_COMMIT_BEFORE_SHA",  # GitLab, pushes
    "BITBUCKET_PR_DESTINATION_COMMIT",
    "VERCEL_GIT_PREVIOUS_SHA",
    "CACHED_COMMIT_REF",  # Netlify
)
_BRANCHES = (
    "GITHUB_BASE_REF",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
    "CHANGE_TARGET",  # Jenkins
    "SYSTEM_PULLREQUEST_TARGETBRANCHNAME",  # Azure
)


class Named(NamedTuple):
    """A revision that the environment names, and the variable that names it."""

    revision: str
    variable: str


def named_base(environ: Mapping[str, str]) -> Named | None:
    """Return the base that a build machine names; None when it names none."""
    if environ.get("GITHUB_ACTIONS") == "true":
        event = _event(environ)
        if event is not None:
            return event
    for variable in _VARIABLES:
        value = environ.get(variable, "")
        if value and not is_zeros(value):
            return Named(value, variable)
    for variable in _BRANCHES:
        if environ.get(variable):
            return Named(f"origin/{environ[variable]}", variable)
    return None


def _event(environ: Mapping[str, str]) -> Named | None:
    """Return what GitHub's event file names: the payload of the webhook."""
    path = environ.get("GITHUB_EVENT_PATH", "")
    if not path or not os.path.exists(path):  # noqa: PTH110 - pathlib costs an import
        return None
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            event = json.load(file)
    except ValueError as error:
        raise SchemadiffError(f"{path} (GITHUB_EVENT_PATH) is not JSON") from error
    for keys in (
        ("pull_request", "base", "sha"),
        ("merge_group", "base_sha"),
        ("before",),
    ):
        value = _at(event, keys)
        if isinstance(value, str) and value and not is_zeros(value):
            return Named(value, f"the event's {'.'.join(keys)}")
    return None


def _at(data: Any, keys: tuple[str, ...]) -> object:  # noqa: ANN401 - foreign JSON
    for key in keys:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data


def require(repository: Repository, named: Named) -> str:
    """Return the commit that the environment names; it must be here."""
    found = repository.resolve(named.revision)
    if found is None:
        wanted = named.revision.removeprefix("origin/")
        hint = " (GitHub: actions/checkout with `fetch-depth: 0`)"
        raise SchemadiffError(
            f"{named.revision}, named by {named.variable},"
            " is not in this checkout, so nothing can be compared with it",
            f"git fetch origin {wanted}" + hint,
        )
    return found
