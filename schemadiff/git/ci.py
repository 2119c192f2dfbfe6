"""Which revision a build machine names as the one to compare with.

Sources: the hosts' own lists of variables, and for GitHub the event files that its
documentation of webhooks describes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Revision
from schemadiff.git.objects import is_oid
from schemadiff.git.pushes import is_zeros
from schemadiff.git.repository import Repository, short


class _Named(NamedTuple):
    """What the environment names, and where.

    A `tip` is a branch to merge into: the base is where head left it. Anything else
    was deployed or built before and is the base itself.
    """

    revision: str
    source: str
    tip: bool = False


_COMMITS = (
    _Named("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "GitLab, merged results"),
    _Named("CI_MERGE_REQUEST_DIFF_BASE_SHA", "GitLab, merge requests"),
    _Named("CI_COMMIT_BEFORE_SHA", "GitLab, pushes"),
    _Named("BITBUCKET_PR_DESTINATION_COMMIT", "Bitbucket, pull requests", tip=True),
    _Named("VERCEL_GIT_PREVIOUS_SHA", "Vercel, the deployment before"),
    _Named("CACHED_COMMIT_REF", "Netlify, the build before"),
)
_BRANCHES = (
    _Named("GITHUB_BASE_REF", "GitHub, pull requests", tip=True),
    _Named("BITBUCKET_PR_DESTINATION_BRANCH", "Bitbucket", tip=True),
    _Named("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "Buildkite", tip=True),
    _Named("CHANGE_TARGET", "Jenkins", tip=True),
    _Named("SYSTEM_PULLREQUEST_TARGETBRANCHNAME", "Azure", tip=True),
)
_FIX = {
    "GITHUB_ACTIONS": "actions/checkout with fetch-depth: 0",
    "GITLAB_CI": "GIT_DEPTH: 0",
    "BITBUCKET_BUILD_NUMBER": "clone: depth: full",
}


def named_base(
    repository: Repository, head: str, environ: Mapping[str, str]
) -> Revision | None:
    """Return the base that a build machine names for `head`; None if it names none.

    Raise SchemadiffError, with the line that fetches it, if it is not here.
    """
    event = _event(environ)
    merged = _merged(repository, head, event)
    if merged is not None:
        return _base(repository, head, merged, environ)
    named = _of_event(event) + [
        _Named(environ[each.revision], each.revision, each.tip)
        for each in (*_COMMITS, *_BRANCHES)
        if _names_something(environ, each.revision)
    ]
    here = (each for each in named if _found(repository, each.revision))
    chosen = next(here, named[0] if named else None)
    return _base(repository, head, chosen, environ) if chosen else None


def _names_something(environ: Mapping[str, str], variable: str) -> bool:
    value = environ.get(variable, "")
    if variable == "CACHED_COMMIT_REF" and value == environ.get("COMMIT_REF"):
        return False  # Netlify's way to say that there was no build before
    return bool(value) and not is_zeros(value)


def _event(environ: Mapping[str, str]) -> object:
    """Return GitHub's event, the payload of a webhook; None where there is none."""
    path = environ.get("GITHUB_EVENT_PATH", "")
    if environ.get("GITHUB_ACTIONS") != "true" or not path:
        return None
    try:
        event: object = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as failure:
        raise SchemadiffError(
            f"{path}, which GITHUB_EVENT_PATH names, is no JSON file: {failure}"
        ) from failure
    return event


def _merged(repository: Repository, head: str, event: object) -> _Named | None:
    """Return the base branch's side of the merge that GitHub checks out."""
    pushed = _at(event, "pull_request", "head", "sha")
    parents = repository.parents(head)
    if pushed and pushed in parents[1:]:
        return _Named(parents[0], "the merge that GitHub checked out")
    return None


def _of_event(event: object) -> list[_Named]:
    # Only the first: a pull request's event has a `before` of its own, its last head.
    for keys, tip in (
        (("pull_request", "base", "sha"), True),
        (("merge_group", "base_sha"), False),
        (("before",), False),
    ):
        value = _at(event, *keys)
        if value:
            source = f"the event's {'.'.join(keys)}"
            return [] if is_zeros(value) else [_Named(value, source, tip)]
    return []


def _at(data: object, *keys: str) -> str:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def _found(repository: Repository, revision: str) -> Revision | None:
    """Return a commit by id or abbreviation, or a branch as the remote has it."""
    if is_oid(revision):
        commit = repository.resolve(revision)
        return Revision(commit, short(commit)) if commit else None
    for name in repository.remotes():
        tip = repository.remote(name).branches.get(revision)
        if tip is not None:
            return Revision(tip, f"{name}/{revision}")
    commit = repository.resolve(revision)
    return Revision(commit, revision) if commit else None


def _base(
    repository: Repository, head: str, named: _Named, environ: Mapping[str, str]
) -> Revision:
    found = _found(repository, named.revision)
    if found is None:
        raise _missing(repository, named, environ)
    if not named.tip:
        return found
    base = repository.merge_base(found.commit, head)
    if base is None or base == found.commit:
        return found
    return Revision(base, short(base))


def _missing(
    repository: Repository, named: _Named, environ: Mapping[str, str]
) -> SchemadiffError:
    # Trees are all that is compared: one commit is enough, and in a full clone a
    # depth would cut the history off.
    depth = "--depth=1 " if repository.is_shallow() and not named.tip else ""
    remote = next(iter(repository.remotes()), "origin")
    fixes = [fix for variable, fix in _FIX.items() if environ.get(variable)]
    deep = f"   (or {fixes[0]})" if fixes else ""
    return SchemadiffError(
        f"{named.revision}, named by {named.source}, is not in this checkout,"
        " so nothing can be compared with it",
        f"git fetch {depth}{remote} {named.revision}{deep}",
    )
