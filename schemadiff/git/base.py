"""What to compare with what, when no hook protocol says it.

The first that applies: explicit revisions; what pre-commit says of a push; what a
build machine names; what was pushed before.
"""

from collections.abc import Mapping

from schemadiff.errors import SchemadiffError
from schemadiff.git.ci import named_base, require
from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.environment import is_ci
from schemadiff.git.pushes import FIRST_PUSH, base_label, head_label, new_branch
from schemadiff.git.repository import Repository

_NO_EARLIER = "no earlier revision to compare with"


def comparisons(
    repository: Repository,
    base: str | None,
    head: str | None,
    environ: Mapping[str, str],
) -> list[Comparison]:
    """Return what to compare; more than one when a push has more than one base."""
    if base is not None:
        commit = repository.commit(base)
        return [Comparison(Revision(commit, base), _head(repository, head or "HEAD"))]
    if head is None and repository.resolve("HEAD") is None:
        return [
            Comparison(None, Revision("", "HEAD"), "no commit yet: nothing to judge")
        ]
    if head is None and environ.get("PRE_COMMIT") == "1":
        found = _from_pre_commit(repository, environ)
        if found:
            return found
    target = _head(repository, head or "HEAD")
    named = named_base(environ)
    if named is not None:
        label = named.revision if "/" in named.revision else named.revision[:9]
        commit = require(repository, named)
        return [_checked(repository, Comparison(Revision(commit, label), target))]
    return [_checked(repository, _previously_pushed(repository, target, environ))]


def _head(repository: Repository, head: str) -> Revision:
    if head == WORK_TREE:
        return Revision(WORK_TREE, "work tree")
    if head == INDEX:
        return Revision(INDEX, "index")
    return Revision(repository.commit(head), head)


def _from_pre_commit(
    repository: Repository, environ: Mapping[str, str]
) -> list[Comparison]:
    """Return the comparisons of a push through pre-commit or prek.

    FROM_REF is a guess when the remote's tip is not known here, so the
    remote-tracking ref is compared with as well where the two differ.
    """
    to_ref = environ.get("PRE_COMMIT_TO_REF")
    from_ref = environ.get("PRE_COMMIT_FROM_REF")
    remote = environ.get("PRE_COMMIT_REMOTE_NAME", "")
    ref = environ.get("PRE_COMMIT_REMOTE_BRANCH", "")
    if not to_ref and not remote:
        return []
    local = environ.get("PRE_COMMIT_LOCAL_BRANCH", "")
    commit = repository.commit(to_ref or local or "HEAD")
    head = Revision(commit, head_label(repository, commit, local))
    if not from_ref:
        return [Comparison(None, head, FIRST_PUSH, remote, ref)]
    tracked = repository.refs(f"refs/remotes/{remote}/") if remote else {}
    own = tracked.get(f"refs/remotes/{remote}/{ref.removeprefix('refs/heads/')}")
    if tracked and own is None:
        return [new_branch(repository, remote, ref, head)]
    bases = dict.fromkeys([repository.commit(from_ref), *([own] if own else [])])
    return [
        Comparison(
            Revision(each, base_label(repository, each, remote, ref)),
            head,
            None,
            remote,
            ref,
        )
        for each in bases
    ]


def _previously_pushed(
    repository: Repository, head: Revision, environ: Mapping[str, str]
) -> Comparison:
    for name in ("@{push}", "@{upstream}"):
        commit = repository.resolve(name)
        if commit is not None:
            full = repository.symbolic(name) or ""
            label = full.removeprefix("refs/remotes/") or commit[:9]
            return Comparison(Revision(commit, label), head)
    remotes = repository.remotes()
    if not remotes:
        note = _NO_EARLIER
        if not is_ci(environ):
            note = "no remote: nothing has been pushed yet"
        return Comparison(None, head, note)
    remote = "origin" if "origin" in remotes else remotes[0]
    if not repository.refs(f"refs/remotes/{remote}/"):
        note = _NO_EARLIER
        if not is_ci(environ):
            note = f"nothing has been pushed to {remote} yet"
        return Comparison(None, head, note)
    commit = head.commit
    if commit in (WORK_TREE, INDEX):
        commit = repository.commit("HEAD")
    found = new_branch(repository, remote, "", Revision(commit, head.label))
    return Comparison(found.base, head, found.note)


def _checked(repository: Repository, comparison: Comparison) -> Comparison:
    """Refuse to call a commit compared with itself, in a cut-off history, a result."""
    base = comparison.base
    if (
        base is not None
        and base.commit == comparison.head.commit
        and repository.is_shallow()
    ):
        raise SchemadiffError(
            f"{comparison.head.label} would be compared with itself:"
            " this checkout is shallow and holds nothing earlier",
            "git fetch --unshallow (GitHub: actions/checkout with `fetch-depth: 0`)",
        )
    return comparison
