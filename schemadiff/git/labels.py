"""What reports call a revision, a branch and a remote."""

from schemadiff.git.remote import is_url
from schemadiff.git.repository import Repository, short
from schemadiff.regex import regex

_SECRETS = regex(r"(?<=://)[^/@]*@")


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
    if is_url(remote):
        return short(commit)
    return f"{remote}/{ref.removeprefix('refs/heads/').removeprefix('refs/tags/')}"


def without_secrets(remote: str) -> str:
    """Return a remote's name or URL, less what a URL says before its host."""
    return _SECRETS.sub("", remote)
