"""What to compare with what, when no hook protocol says it.

The first that applies: explicit revisions; what pre-commit or prek say of a push;
what a build machine names; what was pushed before.
"""

from collections.abc import Callable, Mapping
from shlex import quote

from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.environment import is_ci
from schemadiff.git.labels import head_label, tip_label
from schemadiff.git.new_refs import FIRST_PUSH, Deployed, new_ref, nothing_named
from schemadiff.git.pushed import previously_pushed
from schemadiff.git.pushes import is_judged
from schemadiff.git.repository import Repository, short

_NO_COMMIT = "no commit yet: nothing to judge"


def comparisons(
    repository: Repository,
    base: str | None,
    head: str | None,
    environ: Mapping[str, str],
    judged: Callable[[str], bool] = is_judged,
    deployed: Deployed = nothing_named,
) -> list[Comparison]:
    """Return what to compare; more than one when a push has more than one base.

    `base` and `head` are what a person named, `head` also `WORKTREE` or `INDEX`;
    `judged` and `deployed` are what settings say of refs, the latter as in `new_ref`.
    There is always one; its base is None for the push of a ref that is not `judged`.
    Raise SchemadiffError for a revision that is not here.
    """
    if base is not None:
        commit = repository.commit(base)
        chosen = Revision(commit, _written(base, commit))
        return [
            _explained(repository, Comparison(chosen, named_head(repository, head)))
        ]
    if repository.head() is None and head in (None, WORK_TREE, INDEX):
        return [Comparison(None, Revision("", "HEAD"), _NO_COMMIT)]
    if head is None and environ.get("PRE_COMMIT") == "1":
        found = _from_pre_commit(repository, environ, judged, deployed)
        if found:
            return found
    return [_unnamed_base(repository, head, environ, judged, deployed)]


def _explained(repository: Repository, comparison: Comparison) -> Comparison:
    """Say so when what only the base has will look as if head removed it."""
    base, head = comparison[:2]
    if base is None or head.commit in (WORK_TREE, INDEX):
        return comparison
    if base.commit == head.commit and repository.is_shallow():
        raise repository.cut_off(f"{head.label} left {base.label}")
    if repository.is_ancestor(base.commit, head.commit):
        return comparison
    note = (
        f"{base.label} has commits that {head.label} lacks; what they added counts as"
        f" removed (git merge-base {quote(base.label)} {quote(head.label)} leaves"
        " them out)"
    )
    return comparison._replace(note=note)


def _unnamed_base(
    repository: Repository,
    named: str | None,
    environ: Mapping[str, str],
    judged: Callable[[str], bool],
    deployed: Deployed,
) -> Comparison:
    head, commit = named_head(repository, named), ""
    if is_ci(environ):
        from schemadiff.git.ci import on_build_machine  # noqa: PLC0415 - rarely needed

        if head.commit in (WORK_TREE, INDEX):
            commit = repository.head() or ""
        return on_build_machine(
            repository,
            head,
            commit or head.commit,
            environ,
            judged if named is None else None,
        )
    if head.commit in (WORK_TREE, INDEX):
        commit, named = repository.head() or "", None
    return previously_pushed(repository, commit or head.commit, head, named, deployed)


def named_head(repository: Repository, named: str | None) -> Revision:
    """Return what a person named as the head; HEAD if nothing.

    Raise SchemadiffError if it names no commit, nor the work tree or the index.
    """
    head = "HEAD" if named is None else named
    if head == WORK_TREE:
        return Revision(WORK_TREE, "work tree")
    if head == INDEX:
        return Revision(INDEX, "index")
    commit = repository.commit(head)
    return Revision(commit, _written(head, commit))


def _from_pre_commit(
    repository: Repository,
    environ: Mapping[str, str],
    judged: Callable[[str], bool],
    deployed: Deployed,
) -> list[Comparison]:
    """Return the comparisons of a push through pre-commit or prek, or of `run`.

    FROM_REF is a guess when the remote's tip is not known here, so the
    remote-tracking ref is compared with as well where the two differ. For a branch
    that the remote lacks, FROM_REF is an ancestor of where the branch left the
    remote, or that place itself: between the two lies what the remote has already.
    """
    to_ref = environ.get("PRE_COMMIT_TO_REF", "")
    from_ref = environ.get("PRE_COMMIT_FROM_REF", "")
    remote = environ.get("PRE_COMMIT_REMOTE_NAME", "")
    ref = environ.get("PRE_COMMIT_REMOTE_BRANCH", "")
    if not to_ref and not remote:
        return []
    local = environ.get("PRE_COMMIT_LOCAL_BRANCH", "")
    commit = repository.commit(to_ref or local or "HEAD")
    head = Revision(commit, head_label(repository, commit, local))
    if ref and not judged(ref):
        return [Comparison(None, head, f"{ref} is not judged", remote, ref)]
    guess = repository.commit(from_ref) if from_ref else None
    if not remote:
        if guess is None:
            return [Comparison(None, head, FIRST_PUSH)]
        base = Revision(guess, _written(from_ref, guess))
        return [_explained(repository, Comparison(base, head))]
    called = repository.remote_called(
        remote, environ.get("PRE_COMMIT_REMOTE_URL", remote)
    )
    tracked = repository.remote(called).branches.get(ref.removeprefix("refs/heads/"))
    found = []
    if tracked is not None:
        tip = Revision(tracked, tip_label(called, ref, tracked))
        found.append(Comparison(tip, head, None, called, ref))
    else:
        found.append(new_ref(repository, called, ref, head, deployed))
    if guess is not None and not _known_to(repository, guess, found[0], tracked):
        label = repository.remote(called).label(guess) or _written(from_ref, guess)
        found.append(Comparison(Revision(guess, label), head, None, called, ref))
    return [each for each in found if each.base] or found


def _known_to(
    repository: Repository, commit: str, made: Comparison, tracked: str | None
) -> bool:
    """Tell whether comparing with `commit` would say nothing that `made` does not."""
    if made.base is None:
        return False
    if commit == made.base.commit:
        return True
    return tracked is None and repository.is_ancestor(commit, made.base.commit)


def _written(revision: str, commit: str) -> str:
    """Return a revision as somebody wrote it, but an object id shortened."""
    return short(commit) if revision == commit else revision
