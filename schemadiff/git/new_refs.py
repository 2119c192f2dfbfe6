"""What a ref that the remote does not have yet is compared with."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.objects import is_zeros
from schemadiff.git.repository import Repository, short

FIRST_PUSH = "first push to this remote: nothing is deployed from it yet"
_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_NONE: Mapping[str, str] = MappingProxyType({})

Deployed = Callable[[str, str], Callable[[str], bool] | None]
"""Tells, for a ref and the commit to be there, which refs are deployed, as far as
somebody named them and it is one of them."""


def nothing_named(ref: str, commit: str) -> None:
    """Tell that nobody named the refs that are deployed."""
    del ref, commit


def new_ref(
    repository: Repository,
    remote: str,
    ref: str,
    head: Revision,
    deployed: Deployed = nothing_named,
    told: Mapping[str, str] = _NONE,
) -> Comparison:
    """Compare a ref that the remote lacks with where it left what the remote has.

    Where the ref is one of several that are `deployed`, that is what is deployed from
    the others: elsewhere on the remote nothing has been done to production yet.
    `told` are the refs of this push with the object that the remote has at each.
    """
    tips = _tips(repository, remote, told)
    if not tips:
        return Comparison(None, head, FIRST_PUSH, remote, ref)
    base = None
    is_deployed = deployed(ref, head.commit)
    if is_deployed is not None:
        # A tag is fetched from and pushed to any remote alike.
        tags = _tags(repository, told) if ref.startswith(_TAGS) else {}
        named = {each: tip for each, tip in (tips | tags).items() if is_deployed(each)}
        base = repository.fork_point(head.commit, named.values())
        tips |= tags
    if base is None:
        known = repository.remote(remote).branches.values()
        more = [tip for tip in tips.values() if tip not in known]
        base = repository.fork_point(head.commit, more, remote)
    if base is None:
        note = f"no commit in common with what {remote} has: nothing to compare with"
        return Comparison(None, head, note, remote, ref)
    label = repository.remote(remote).label(base) or short(base)
    return Comparison(Revision(base, label), head, None, remote, ref)


def _tips(
    repository: Repository, remote: str, told: Mapping[str, str]
) -> dict[str, str]:
    """Return the refs that a remote is known to have, each with its commit."""
    branches = repository.remote(remote).branches
    tips = {_HEADS + name: tip for name, tip in branches.items()}
    for ref, oid in told.items():
        commit = None if is_zeros(oid) else repository.resolve(oid)
        if commit is not None:
            tips[ref] = commit
    return tips


def _tags(repository: Repository, told: Mapping[str, str]) -> dict[str, str]:
    """Return the tags of this repository that are not pushed just now."""
    names = repository.refs(_TAGS) - told.keys()
    found = {name: repository.resolve(name) for name in names}
    return {name: commit for name, commit in found.items() if commit is not None}
