"""The lines that Git hands to a pre-push hook, each as a comparison."""

from collections.abc import Callable, Iterable
from shlex import quote
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.objects import is_oid
from schemadiff.git.repository import Repository, short
from schemadiff.regex import regex

FIRST_PUSH = "first push to this remote: nothing is deployed from it yet"
_FIELDS = 4
_ZEROS = regex(r"0{40}(0{24})?\Z")
_URL = regex(r"[^/]*:|[./\\]")  # a scheme, a host, a drive, or a path
_SECRETS = regex(r"(?<=://)[^/@]*@")
_NO_PROJECTS = ("refs/tags/", "refs/notes/")


class Update(NamedTuple):
    """One ref that a push will update."""

    local_ref: str
    local_oid: str
    remote_ref: str
    remote_oid: str


def is_zeros(oid: str) -> bool:
    """Tell whether `oid` is Git's "nothing": 40 zeros, or 64 in SHA-256."""
    return _ZEROS.match(oid) is not None


def is_judged(ref: str) -> bool:
    """Tell whether a ref of a remote is judged unless settings say otherwise.

    Everything is but tags, from which few deploy, and notes, which hold no project.
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
    *,
    unfetched_blocks: bool = True,
) -> list[Comparison]:
    """Return one comparison for each updated ref that is `judged`.

    Equal ones are made once. Where what the remote has is not in this repository,
    raise SchemadiffError with the line that fetches it, or, if that is not to block,
    return a comparison without a base whose note says the same.
    """
    called = ""
    found: dict[tuple[Revision | None, Revision, str | None], Comparison] = {}
    for update in updates(lines):
        if not judged(update.remote_ref):
            continue
        called = called or repository.remote_called(remote, url)
        made = _comparison(repository, called, update)
        if made is None:
            continue
        if made.base is None and unfetched_blocks and not is_zeros(update.remote_oid):
            raise unfetched(called, update.remote_ref, update.remote_oid)
        same = found.get(made[:3])
        if same is not None:
            made = same._replace(also=(*same.also, made.ref))
        found[made[:3]] = made
    return list(found.values())


def _comparison(
    repository: Repository, remote: str, update: Update
) -> Comparison | None:
    ref = update.remote_ref
    commit = repository.resolve(update.local_oid)
    if commit is None:  # a tag may name a file or a tree: no revision of a project
        return None
    head = Revision(commit, head_label(repository, commit, update.local_ref))
    if is_zeros(update.remote_oid):
        return new_branch(repository, remote, ref, head)
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
    return SchemadiffError(
        f"what {remote} has at {name} ({short(oid)}) is not in this repository,"
        " so nothing can be compared with it",
        f"git fetch {quote(remote)} {quote(name)}",
    )


def new_branch(
    repository: Repository, remote: str, ref: str, head: Revision
) -> Comparison:
    """Compare a branch that the remote lacks with where it left what it has."""
    known = repository.remote(remote)
    if not known.branches:
        return Comparison(None, head, FIRST_PUSH, remote, ref)
    base = repository.fork_point(head.commit, remote)
    if base is None:
        note = f"no commit in common with what {remote} has: nothing to compare with"
        return Comparison(None, head, note, remote, ref)
    label = known.label(base) or short(base)
    return Comparison(Revision(base, label), head, None, remote, ref)


def head_label(repository: Repository, commit: str, ref: str = "") -> str:
    """Return what to call a head: `HEAD` when it is, else its branch or short id."""
    if repository.head() == commit:
        return "HEAD"
    if ref.startswith("refs/"):
        return ref.removeprefix("refs/heads/").removeprefix("refs/tags/")
    return short(commit)


def tip_label(remote: str, ref: str, commit: str) -> str:
    """Return what to call what a remote has at `ref`: `origin/main`, or a short id.

    A URL is no name to put before a branch.
    """
    if _URL.match(remote):
        return short(commit)
    return f"{remote}/{ref.removeprefix('refs/heads/').removeprefix('refs/tags/')}"


def without_secrets(remote: str) -> str:
    """Return a remote's name or URL, less what a URL says before its host."""
    return _SECRETS.sub("", remote)
