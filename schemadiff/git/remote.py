"""What this repository knows of a remote."""

from collections.abc import Mapping
from typing import NamedTuple

from schemadiff.regex import regex

_TRUNKS = ("main", "master")
_URL = regex(r"[^/]*:|[./\\]")  # a scheme, a host, a drive, or a path


def is_url(remote: str) -> bool:
    """Tell whether a push that names this remote surely gives its URL or path."""
    return _URL.match(remote) is not None


class Remote(NamedTuple):
    """A remote's branches, each with its commit, at the last fetch or push.

    `trunk` is the branch that the remote calls its default, else `main`, else
    `master`, else None.
    """

    name: str
    branches: Mapping[str, str]
    trunk: str | None

    @classmethod
    def read(cls, name: str, refs: str) -> "Remote":
        """Read lines of ref, commit and symbolic target, split by NUL."""
        prefix = f"refs/remotes/{name}/"
        branches: dict[str, str] = {}
        trunk = None
        for line in refs.split("\n"):
            if not line.startswith(prefix):
                continue
            ref, commit, target = line.split("\0")
            if target:
                trunk = target.removeprefix(prefix)
            else:
                branches[ref.removeprefix(prefix)] = commit
        named = (each for each in _TRUNKS if each in branches)
        return cls(name, branches, trunk or next(named, None))

    def label(self, commit: str) -> str | None:
        """Return what to call a commit that is the tip of a branch, trunk first."""
        if self.trunk and self.branches.get(self.trunk) == commit:
            return f"{self.name}/{self.trunk}"
        tips = (name for name, tip in self.branches.items() if tip == commit)
        found = next(tips, None)
        return f"{self.name}/{found}" if found else None
