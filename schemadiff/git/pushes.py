"""The lines that Git hands to a pre-push hook, each as a comparison."""

from collections.abc import Callable, Iterable
from shlex import quote
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.labels import head_label, tip_label, without_secrets
from schemadiff.git.new_refs import Deployed, new_ref, nothing_named
from schemadiff.git.objects import is_oid, is_zeros
from schemadiff.git.repository import Repository, short

_FIELDS = 4
# Git's own (gitrepository-layout); a mirror push takes them along.
_NO_PROJECTS = ("refs/tags/", "refs/notes/", "refs/remotes/", "refs/replace/")


class Update(NamedTuple):
    """One ref that a push will update."""

    local_ref: str
    local_oid: str
    remote_ref: str
    remote_oid: str


def is_judged(ref: str) -> bool:
    """Tell whether a ref of a remote is judged unless settings say otherwise.

    Everything is but tags, from which few deploy, and what Git keeps for itself.
    """
    return not ref.startswith(_NO_PROJECTS)


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a hook's standard input; names need not be UTF-8."""
    return data.decode("utf-8", "surrogateescape").split("\n")


def updates(lines: Iterable[str]) -> list[Update]:
    """Read Git's lines; deletions are left out.

    A local ref given as an expression may hold blanks, so each line is split from
    the right. Raise SchemadiffError for a line that is not Git's.
    """
    found = []
    for line in lines:
        text = line.rstrip("\r\n")
        if not text:
            continue
        parts = text.rsplit(" ", _FIELDS - 1)
        if (
            len(parts) != _FIELDS
            or not is_oid(parts[1])
            or not parts[2].startswith("refs/")
            or not is_oid(parts[3])
        ):
            raise SchemadiffError(
                f"not a line of Git's pre-push protocol: {text!r}",
                "pass the hook's standard input on to `schemadiff pre-push` unchanged",
            )
        update = Update(*parts)
        if not is_zeros(update.local_oid):
            found.append(update)
    return found


def push_comparisons(
    repository: Repository,
    remote: str,
    url: str,
    lines: Iterable[str],
    judged: Callable[[str], bool] = is_judged,
    deployed: Deployed = nothing_named,
    *,
    unfetched_blocks: bool = True,
) -> list[Comparison]:
    """Return one comparison for each updated ref that is `judged`.

    Equal ones are made once. `deployed` is as in `new_ref`. Where what the remote
    has is not in this repository, raise SchemadiffError with the line that fetches
    it, or, if that is not to block, return a comparison without a base whose note
    says the same.
    """
    listed = updates(lines)
    called = ""
    found: dict[tuple[str, str, str | None], Comparison] = {}
    for update in listed:
        if not judged(update.remote_ref):
            continue
        called = called or repository.remote_called(remote, url)
        made = _comparison(repository, called, update, listed, deployed)
        if made is None:
            continue
        if made.base is None and unfetched_blocks and not is_zeros(update.remote_oid):
            raise unfetched(called, update.remote_ref, update.remote_oid)
        key = (made.base.commit if made.base else "", made.head.commit, made.note)
        same = found.get(key)
        if same is not None:
            made = same._replace(also=(*same.also, made.ref))
        found[key] = made
    return list(found.values())


def _comparison(
    repository: Repository,
    remote: str,
    update: Update,
    listed: Iterable[Update],
    deployed: Deployed,
) -> Comparison | None:
    ref = update.remote_ref
    commit = repository.resolve(update.local_oid)
    if commit is None:  # a tag may name a file or a tree: no revision of a project
        return None
    head = Revision(commit, head_label(repository, commit, update.local_ref))
    if is_zeros(update.remote_oid):
        told = {each.remote_ref: each.remote_oid for each in listed}
        return new_ref(repository, remote, ref, head, deployed, told)
    base = repository.resolve(update.remote_oid)
    if base is None:
        missing = unfetched(remote, ref, update.remote_oid)
        note = f"{missing.message}; {missing.remedy} brings it"
        return Comparison(None, head, note, remote, ref)
    tip = Revision(base, tip_label(remote, ref, base))
    return Comparison(tip, head, None, remote, ref)


def unfetched(remote: str, ref: str, oid: str) -> SchemadiffError:
    """Return the error for a remote's commit that this repository lacks."""
    name, remote = ref.removeprefix("refs/heads/"), without_secrets(remote)
    # What begins with a hyphen would be taken for an option.
    source = ref if name.startswith("-") else name
    options = "-- " if remote.startswith("-") else ""
    return SchemadiffError(
        f"what {remote} has at {name} ({short(oid)}) is not in this repository,"
        " so nothing can be compared with it",
        f"git fetch {options}{quote(remote)} {quote(source)}",
    )
