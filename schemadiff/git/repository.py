"""One repository, asked through Git's own plumbing.

GitPython's object classes cannot read SHA-256 repositories, so only its command
wrapper is used, which can. No command here writes, locks, fetches, or runs
anything that the repository's configuration or attributes name.
"""

import os
import re
from collections.abc import Sequence

from git import Git
from git.exc import GitCommandError, GitCommandNotFound

from schemadiff.errors import SchemadiffError

_SAFE = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_QUIET = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_ZEROS = re.compile(r"0{40}(0{24})?\Z")


def is_zeros(oid: str) -> bool:
    """Tell whether `oid` is Git's "nothing": 40 zeros, or 64 in SHA-256."""
    return _ZEROS.match(oid) is not None


class Repository:
    """The repository around a directory. Nothing in it is ever changed."""

    def __init__(self, directory: str) -> None:
        self._git = Git(directory)
        self._git.update_environment(**_QUIET)
        self._shallow: bool | None = None
        self.directory = directory
        self.work_tree: str | None = None

    @classmethod
    def open(cls, directory: str | None = None) -> "Repository":
        """Return the repository around `directory`, by default the present one.

        Raises `SchemadiffError` where there is none, or no Git.
        """
        here = directory or os.getcwd()  # noqa: PTH109 - pathlib costs an import
        found = cls(here)
        try:
            answer = found._ask("rev-parse", "--is-inside-work-tree", "--show-cdup")
        except GitCommandNotFound as error:
            raise SchemadiffError(
                "git is not installed", "install Git and make sure it is on PATH"
            ) from error
        if answer is None:
            raise SchemadiffError(
                f"{here} is not inside a Git repository",
                "run schemadiff inside your project's repository",
            )
        inside, _, up = answer.partition("\n")
        if inside == "true":
            root = os.path.normpath(os.path.join(here, up.strip() or "."))  # noqa: PTH118
            found.work_tree = root
        return found

    def _ask(self, *arguments: str) -> str | None:
        """Return what Git prints; None when it fails."""
        try:
            return self._run(arguments).decode("utf-8", "surrogateescape").rstrip("\n")
        except GitCommandNotFound:
            raise
        except GitCommandError:
            return None

    def _run(self, arguments: Sequence[str]) -> bytes:
        output = self._git.execute(
            [*_SAFE, *arguments],
            stdout_as_string=False,
            strip_newline_in_stdout=False,
        )
        return output if isinstance(output, bytes) else b""

    def resolve(self, revision: str) -> str | None:
        """Return the commit that `revision` names, tags peeled; None if none."""
        if not revision or revision.startswith("-"):
            return None
        return self._ask(
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            revision + "^{commit}",
        )

    def commit(self, revision: str) -> str:
        """Return the commit that `revision` names; raise `SchemadiffError` if none."""
        found = self.resolve(revision)
        if found is None:
            raise SchemadiffError(
                f"{revision!r} names no commit in this repository",
                "name a branch, tag or commit that `git rev-parse` knows",
            )
        return found

    def symbolic(self, revision: str) -> str | None:
        """Return the full name of the ref that `revision` stands for, if any."""
        name = self._ask("rev-parse", "--symbolic-full-name", revision)
        return name or None

    def is_shallow(self) -> bool:
        """Tell whether history is cut off here."""
        if self._shallow is None:
            self._shallow = self._ask("rev-parse", "--is-shallow-repository") == "true"
        return self._shallow

    def changed_paths(self, base: str, head: str) -> list[str]:
        """Return every path that differs between two commits."""
        raw = self._run(
            (
                "diff-tree",
                "-r",
                "-z",
                "--name-only",
                "--no-renames",
                "--no-ext-diff",
                "--no-textconv",
                base,
                head,
            )
        )
        return _paths(raw)

    def dirty_paths(self) -> list[str]:
        """Return the tracked paths whose index or work tree differs from HEAD."""
        if self.work_tree is None:
            return []
        flags = ("-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv")
        staged = self._run(("diff-index", "--cached", *flags, "HEAD", "--"))
        unstaged = self._run(("diff-files", *flags, "--ignore-submodules", "--"))
        return sorted({*_paths(staged), *_paths(unstaged)})

    def tree(self, commit: str) -> bytes:
        """Return `ls-tree -r -t -z` of a commit: every path with its object."""
        return self._run(("ls-tree", "-r", "-t", "-z", "--full-tree", commit))

    def index(self) -> bytes:
        """Return `ls-files -s -z`: every path of the index with its object."""
        return self._run(("ls-files", "-s", "-z", "--full-name", ":/"))

    def work_tree_paths(self) -> list[str]:
        """Return the tracked paths and the untracked ones that are not ignored."""
        flags = ("-z", "--cached", "--others", "--exclude-standard", "--full-name")
        return _paths(self._run(("ls-files", *flags, "--", ":/")))

    def blob(self, oid: str) -> bytes | None:
        """Return the content of a blob; None if it is not in this repository."""
        try:
            return self._git.get_object_data(oid)[3]
        except (ValueError, GitCommandError):
            return None

    def remotes(self) -> list[str]:
        """Return the names of the remotes."""
        return (self._ask("remote") or "").split()

    def remote_url(self, name: str) -> str:
        """Return the URL of a remote."""
        return self._ask("config", "--get", f"remote.{name}.url") or ""

    def refs(self, prefix: str) -> dict[str, str]:
        """Return the refs below `prefix` with their commits, tags peeled."""
        answer = self._ask(
            "for-each-ref",
            "--format=%(refname)%00%(objectname)%00%(*objectname)",
            prefix,
        )
        found = {}
        for line in (answer or "").splitlines():
            name, oid, peeled = line.split("\0")
            found[name] = peeled or oid
        return found

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the best common ancestor of two commits, if there is one."""
        answer = self._ask("merge-base", one, other)
        return answer.splitlines()[0] if answer else None

    def fork_point(self, commit: str, known: Sequence[str]) -> str | None:
        """Return the newest ancestor of `commit` that the commits `known` contain."""
        if not known:
            return None
        answer = self._ask(
            "rev-list", "--topo-order", "--boundary", "--max-count=1000000",
            "--parents", commit, "--not", *known,
        )  # fmt: skip
        if answer is None:
            return None
        if not answer:
            return commit
        boundary = [line for line in answer.splitlines() if line.startswith("-")]
        candidates = [line[1:].split()[0] for line in boundary]
        return self._newest(commit, candidates)

    def _newest(self, commit: str, candidates: Sequence[str]) -> str | None:
        """Return the candidate that is nearest to `commit` along first parents."""
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        answer = self._ask("merge-base", "--independent", *candidates)
        heads = (answer or "").split()
        if len(heads) == 1:
            return heads[0]
        trunk = self._ask("rev-list", "--first-parent", commit)
        first = set(heads)
        for each in (trunk or "").split():
            if each in first:
                return each
        return heads[0] if heads else candidates[0]

    def config_values(self, key: str) -> list[tuple[str, str]]:
        """Return every value of a configuration key with its scope."""
        answer = self._ask("config", "--show-scope", "--null", "--get-all", key)
        parts = (answer or "").split("\0")
        return list(zip(parts[::2], parts[1::2], strict=False))

    def subject(self, commit: str) -> str:
        """Return the first line of a commit's message."""
        return self._ask("show", "--no-patch", "--format=%s", commit, "--") or ""

    def log(self, pretty: str, *selection: str) -> list[str]:
        """Return one text per selected commit, newest first; `pretty` is a format."""
        answer = self._ask("log", "-z", f"--format={pretty}", *selection, "--")
        return [each for each in (answer or "").split("\0") if each]

    def close(self) -> None:
        """End the helper process that reads objects."""
        self._git.clear_cache()


def _paths(raw: bytes) -> list[str]:
    return [
        part.decode("utf-8", "surrogateescape") for part in raw.split(b"\0") if part
    ]
