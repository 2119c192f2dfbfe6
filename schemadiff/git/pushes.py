"""The lines that Git hands to a pre-push hook, each as a comparison."""

from collections.abc import Iterable
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.repository import Repository, is_zeros

_FIELDS = 4
FIRST_PUSH = "first push to this remote: nothing is deployed from it yet"


class Update(NamedTuple):
    """One ref that a push will update."""

    local_ref: str
    local_oid: str
    remote_ref: str
    remote_oid: str


def updates(lines: Iterable[str]) -> list[Update]:
    """Read Git's lines; deletions are left out.

    A local ref given as an expression may hold blanks, so each line is split from
    the right. Raises `SchemadiffError` for a line that is not Git's.
    """
    found = []
    for line in lines:
        text = line.rstrip("\r\n")
        if not text:
            continue
        parts = text.rsplit(" ", _FIELDS - 1)
        if len(parts) != _FIELDS:
            raise SchemadiffError(
                f"not a line of Git's pre-push protocol: {text!r}",
                "pass the hook's standard input on to `schemadiff pre-push` unchanged",
            )
        update = Update(*parts)
        if not is_zeros(update.local_oid):
            found.append(update)
    return found


def push_comparisons(
    repository: Repository, remote: str, url: str, lines: Iterable[str]
) -> list[Comparison]:
    """Return one comparison for each updated ref; equal ones are made once."""
    found: dict[tuple[str | None, str], Comparison] = {}
    for update in updates(lines):
        comparison = _comparison(repository, _name(repository, remote, url), update)
        if comparison is not None:
            base = comparison.base.commit if comparison.base else None
            found.setdefault((base, comparison.head.commit), comparison)
    return list(found.values())


def _name(repository: Repository, remote: str, url: str) -> str:
    """Return the remote's name; a push by URL gives the URL in its place."""
    if remote in repository.remotes():
        return remote
    for name in repository.remotes():
        if repository.remote_url(name) in (remote, url):
            return name
    return remote


def _comparison(
    repository: Repository, remote: str, update: Update
) -> Comparison | None:
    commit = repository.resolve(update.local_oid)
    if commit is None:
        return None
    head = Revision(commit, head_label(repository, commit, update.local_ref))
    ref = update.remote_ref
    if not is_zeros(update.remote_oid):
        base = repository.resolve(update.remote_oid)
        if base is None:
            raise SchemadiffError(
                f"what {remote} has at {_short(ref)} is not in this repository,"
                " so nothing can be compared with it",
                f"git fetch {remote} {_short(ref)}",
            )
        label = base_label(repository, base, remote, ref)
        return Comparison(Revision(base, label), head, None, remote, ref)
    return new_branch(repository, remote, ref, head)


def new_branch(
    repository: Repository, remote: str, ref: str, head: Revision
) -> Comparison:
    """Compare a branch that the remote has not with where it left what it has."""
    known = repository.refs(f"refs/remotes/{remote}/")
    if not known:
        return Comparison(None, head, FIRST_PUSH, remote, ref)
    base = repository.fork_point(head.commit, sorted(set(known.values())))
    if base is None:
        note = f"it shares no commit with what {remote} has: nothing to compare with"
        return Comparison(None, head, note, remote, ref)
    label = base_label(repository, base, remote, ref)
    return Comparison(Revision(base, label), head, None, remote, ref)


def _short(ref: str) -> str:
    for prefix in ("refs/heads/", "refs/tags/"):
        if ref.startswith(prefix):
            return ref[len(prefix) :]
    return ref


def head_label(repository: Repository, commit: str, ref: str = "") -> str:
    """Return what to call a head: `HEAD` when it is, else its branch or short id."""
    if repository.resolve("HEAD") == commit:
        return "HEAD"
    if ref.startswith("refs/"):
        return _short(ref)
    return commit[:9]


def base_label(repository: Repository, commit: str, remote: str, ref: str) -> str:
    """Return what to call a base: the remote's branch when it is, else a short id."""
    branch = ref.removeprefix("refs/heads/")
    known = repository.refs(f"refs/remotes/{remote}/") if remote else {}
    own = f"refs/remotes/{remote}/{branch}"
    if known.get(own) == commit:
        return f"{remote}/{branch}"
    for name, oid in known.items():
        if oid == commit and not name.endswith("/HEAD"):
            return name.removeprefix("refs/remotes/")
    return commit[:9]
