"""What was pushed before, as far as this repository remembers."""

from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.new_refs import Deployed, new_ref, nothing_named
from schemadiff.git.repository import Repository, short

NO_EARLIER = "no earlier revision to compare with"
_REMOTES = "refs/remotes/"
_DEEPEN = "this clone is shallow; git fetch --unshallow, or fetch-depth: 0, brings it"


def previously_pushed(
    repository: Repository,
    commit: str,
    head: Revision,
    named: str | None,
    deployed: Deployed = nothing_named,
) -> Comparison:
    """Compare with what the remote has of the branch that `head` is on.

    That is what `git push` would update; for a branch that the remote lacks, where
    it left what the remote has. `named` is how a person named the head; `deployed` is
    as in `new_ref`.
    """
    full = repository.symbolic(named or "HEAD") or ""
    branch = full.removeprefix("refs/heads/") if full.startswith("refs/heads/") else ""
    remotes = repository.remotes()
    if not remotes:
        return Comparison(None, head, "no remote: nothing has been pushed yet")
    remote = _remote_of(repository, branch, remotes)
    tip = _tip(repository, branch, remote) if branch else None
    if tip is not None:
        made = _with_tip(repository, commit, head, tip, full)
        return made._replace(remote=remote, ref=full)
    if not repository.remote(remote).branches:
        note = f"nothing has been pushed to {remote} yet: nothing can be lost"
        return Comparison(None, head, note)
    known = Revision(commit, head.label)
    made = new_ref(repository, remote, full if branch else "", known, deployed)
    return _earlier(repository, commit, made._replace(head=head))


def _tip(repository: Repository, branch: str, remote: str) -> Revision | None:
    """Return what the remote has of a branch, by Git's own rule or by its name.

    Git knows no `@{push}` for a branch that was pushed without being set up for it.
    """
    ref = repository.symbolic(f"{branch}@{{push}}") or ""
    if not ref.startswith(_REMOTES):  # a branch of this repository may be set up, too
        ref = f"{_REMOTES}{remote}/{branch}"
    commit = repository.resolve(ref)
    return Revision(commit, ref.removeprefix(_REMOTES)) if commit else None


def _with_tip(
    repository: Repository, commit: str, head: Revision, tip: Revision, ref: str
) -> Comparison:
    """Compare with a remote-tracking ref, or with where the two parted.

    A branch that was once at the tip was pushed from here and rewritten since: what
    a forced push would do is the question. One that never was is only behind, and
    what it lacks is nobody's doing.
    """
    if tip.commit == commit or repository.is_ancestor(tip.commit, commit):
        return _earlier(repository, commit, Comparison(tip, head))
    if repository.was_at(ref, tip.commit):
        return Comparison(tip, head)
    base = repository.merge_base(tip.commit, commit)
    if base is None:
        return Comparison(tip, head)
    note = (
        f"{tip.label} has commits that {head.label} lacks:"
        f" compared with {short(base)}, where they parted"
    )
    return Comparison(Revision(base, short(base)), head, note)


def _earlier(repository: Repository, commit: str, comparison: Comparison) -> Comparison:
    """Never call a commit compared with itself a result where history is cut off."""
    base = comparison.base
    if base is None or base.commit != commit or not repository.is_shallow():
        return comparison
    return comparison._replace(base=None, note=_nothing_earlier(repository))


def _nothing_earlier(repository: Repository) -> str:
    return f"{NO_EARLIER}: {_DEEPEN}" if repository.is_shallow() else NO_EARLIER


def _remote_of(repository: Repository, branch: str, remotes: list[str]) -> str:
    """Return the remote that `git push` would choose."""
    keys = ["remote.pushDefault"]
    if branch:
        keys = [f"branch.{branch}.pushRemote", *keys, f"branch.{branch}.remote"]
    for key in keys:
        for _, value in reversed(repository.config_values(key)):
            if value in remotes:
                return value
            break
    return remotes[0]
