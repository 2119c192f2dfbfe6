"""One repository, asked for commits, refs and what differs; never changed."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.commands import Commands
from schemadiff.git.differences import changed_between
from schemadiff.git.objects import Objects, missing
from schemadiff.git.remote import Remote, is_url
from schemadiff.regex import regex

_SHORT = 9
_NEAR = 8  # commits that are looked at before a process is started for it
_PLAIN = regex(r"[\w/.-]+(?:[~^]\d*)*\Z", re.ASCII)
_ABBREVIATED = regex(r"[0-9a-f]{4,64}\Z")
_SHOWN = 3
_REMEMBERED = 500  # entries of a reflog, so that they fit on a command line
_UNKNOWN = (0, 1, 128)  # Git's exit statuses for "no such thing"
_PLACE = ("rev-parse", "--is-shallow-repository", "--absolute-git-dir",
          "--show-toplevel")  # fmt: skip
_CONFIG = ("config", "--show-scope", "--null", "--get-all")


class _Place(NamedTuple):
    shallow: bool
    git_directory: str
    work_tree: Path | None


class Repository:
    """The repository around a directory. Nothing in it is ever changed."""

    def __init__(self, commands: Commands) -> None:
        self.commands = commands
        self.objects = Objects(commands)
        self._place: _Place | None = None
        self._remotes: dict[str, Remote] = {}
        self._submodules: dict[str, Repository | None] = {}

    @classmethod
    def open(cls, directory: str | Path | None = None) -> "Repository":
        """Return the repository around `directory`, by default the present one.

        Raise SchemadiffError where there is none, or Git refuses it.
        """
        found = cls.begin(directory)
        found.opened()
        return found

    @classmethod
    def begin(
        cls,
        directory: str | Path | None = None,
        *,
        config: str | None = None,
        place: bool = False,
    ) -> "Repository":
        """Return what `open` does, without waiting to hear whether it is there.

        That is what `opened` does. Git meanwhile finds out what will be
        asked for: objects, the values of the key `config`, and the work tree's `place`.
        """
        found = cls(Commands(Path(directory) if directory else Path.cwd()))
        found.objects.begin()
        if config is not None:
            found.commands.ahead(*_CONFIG, config)
        if place:
            found.commands.ahead(*_PLACE)
        return found

    def opened(self) -> None:
        """Raise SchemadiffError if there is no repository, or Git refuses it."""
        self.objects.read("HEAD")

    @property
    def directory(self) -> Path:
        """Where Git's commands run."""
        return self.commands.directory

    @property
    def work_tree(self) -> Path | None:
        """The root of the work tree; None in a bare repository."""
        return self._placed().work_tree

    def is_shallow(self) -> bool:
        """Tell whether history is cut off here."""
        return self._placed().shallow

    def at_root(self) -> Commands:
        """Return Git's commands in the root of the work tree."""
        place = self._placed()
        if place.work_tree is None:
            raise SchemadiffError(
                f"{self.directory} has no work tree", "name a commit instead"
            )
        # Both are absolute: an outer Git may have set them relative to elsewhere.
        where = {"GIT_DIR": place.git_directory, "GIT_WORK_TREE": str(place.work_tree)}
        return Commands(place.work_tree, where)

    def _placed(self) -> _Place:
        if self._place is None:
            answer = self.commands.run(*_PLACE, accept=_UNKNOWN)
            shallow, git_directory, *top = answer.text.split("\n")
            root = Path(top[0]) if top and top[0] else None
            self._place = _Place(shallow == "true", git_directory, root)
        return self._place

    def submodule(self, path: str) -> "Repository | None":
        """Return the repository checked out at `path` of the work tree, if any."""
        if path not in self._submodules:
            self._submodules[path] = self._checked_out(path)
        return self._submodules[path]

    def _checked_out(self, path: str) -> "Repository | None":
        root = self.work_tree / path if self.work_tree else None
        if root is None or root.is_symlink() or not root.is_dir():
            return None
        place = root / ".git"
        if place.is_file():  # `gitdir: ../.git/modules/name`
            written = place.read_text(encoding="utf-8", errors="surrogateescape")
            place = root / written.removeprefix("gitdir:").strip()
        if not place.is_dir():
            return None
        # What an outer Git set is about the outer repository.
        inside = {
            "GIT_DIR": str(place.resolve()),
            "GIT_WORK_TREE": str(root),
            "GIT_COMMON_DIR": str(place.resolve()),
            "GIT_OBJECT_DIRECTORY": str(place.resolve() / "objects"),
        }
        return Repository(Commands(root, inside))

    def resolve(self, revision: str) -> str | None:
        """Return the commit that `revision` names, tags peeled; None if none.

        `revision` is anything that `git rev-parse` takes for one commit.
        """
        if not revision or revision[0] in "-^" or "\n" in revision:
            return None
        name = revision
        if not _PLAIN.match(revision):
            answer = self.commands.run(
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                revision,
                accept=_UNKNOWN,
            )
            name = answer.text.strip()
        stored = self.objects.read(f"{name}^{{commit}}") if name else None
        return stored.oid if stored else None

    def commit(self, revision: str) -> str:
        """Return the commit that `revision` names; raise SchemadiffError if none."""
        found = self.resolve(revision)
        if found is not None:
            return found
        near = self._beginning_with(revision)
        if len(near) > 1:
            raise SchemadiffError(
                f"{revision!r} is the beginning of {len(near)} commits' ids",
                f"write more of it: {' or '.join(near[:_SHOWN])}",
            )
        raise SchemadiffError(
            f"{revision!r} names no commit in this repository",
            "name a branch, tag or commit that `git rev-parse` knows",
        )

    def _beginning_with(self, abbreviation: str) -> list[str]:
        """Return the commits, shortened, whose ids begin so; none if it is no id."""
        if not _ABBREVIATED.match(abbreviation):
            return []
        found = self.commands.run(
            "rev-parse", f"--disambiguate={abbreviation}", accept=_UNKNOWN
        ).text.split()
        stored = ((each, self.objects.read(each)) for each in found)
        return [short(oid) for oid, each in stored if each and each.kind == "commit"]

    def head(self) -> str | None:
        """Return the commit that HEAD names; None before the first commit.

        Raise SchemadiffError where the repository has lost it.
        """
        stored = self.objects.read("HEAD^{commit}")
        if stored is not None:
            return stored.oid
        asked = ("rev-parse", "--verify", "--quiet", "HEAD")
        lost = self.commands.run(*asked, accept=_UNKNOWN).text.strip()
        if lost:
            raise missing("the commit of HEAD", lost)
        return None

    def symbolic(self, revision: str) -> str | None:
        """Return the full name of the ref that `revision` stands for, if any."""
        if not revision or revision[0] in "-^":
            return None
        answer = self.commands.run(
            "rev-parse", "--symbolic-full-name", revision, accept=_UNKNOWN
        )
        return answer.text.strip() or None if answer.status == 0 else None

    def tree_of(self, commit: str) -> str:
        """Return the tree of a commit; equal trees hold equal files."""
        stored = self.objects.read(f"{commit}^{{tree}}")
        if stored is None:
            what = f"the root directory of {commit[:_SHORT]}"
            raise missing(what, commit, f"git ls-tree -rd {commit}")
        return stored.oid

    def parents(self, commit: str) -> list[str]:
        """Return what a commit says its parents are; a shallow clone may lack them."""
        stored = self.objects.read(commit)
        if stored is None:
            raise missing("a commit", commit)
        return _parents(stored.data)

    def line_between(self, base: str, head: str) -> list[bytes] | None:
        """Return the commits after `base` up to `head` as Git stores them.

        None unless they are a short line without merges, the usual push, which is
        told without starting a process.
        """
        found: list[bytes] = []
        while head != base:
            stored = self.objects.read(head) if len(found) < _NEAR else None
            parents = _parents(stored.data) if stored else []
            if stored is None or len(parents) != 1:
                return None
            found.append(stored.data)
            head = parents[0]
        return found

    def label(self, commit: str) -> str:
        """Return `HEAD` for HEAD's commit, a short id for any other."""
        return "HEAD" if commit == self.head() else short(commit)

    def remotes(self) -> list[str]:
        """Return the names of the remotes, `origin` first if there is one."""
        names = self.commands.run("remote").text.split("\n")
        return sorted(filter(None, names), key=lambda name: (name != "origin", name))

    def remote(self, name: str) -> Remote:
        """Return what is known here of a remote, at its last fetch or push."""
        found = self._remotes.get(name)
        if found is None:
            prefix = f"refs/remotes/{name}/"
            answer = self.commands.run(
                "for-each-ref",
                "--format=%(refname)%00%(objectname)%00%(symref)",
                prefix,
                accept=_UNKNOWN,
            )
            found = self._remotes[name] = Remote.read(name, answer.text)
        return found

    def remote_called(self, name: str, url: str) -> str:
        """Return the remote that a push names; for a push by URL, the one behind it.

        Git gives a pre-push hook the URL twice when no remote was named, the second
        time as `url.*.insteadOf` rewrites it.
        """
        is_named = name != url and not is_url(name)
        if is_named or self.remote(name).branches:
            return name
        remotes = self.remotes()
        if name in remotes:
            return name
        for each in remotes:
            urls = self.commands.run(
                "remote", "get-url", "--push", "--all", "--", each, accept=(0, 2, 128)
            )
            if self._place_of(url) in map(self._place_of, urls.text.splitlines()):
                return each
        return name

    def _place_of(self, url: str) -> str:
        """Return a URL without what may be left out; a path as an absolute one."""
        plain = url.rstrip("/").removesuffix(".git").rstrip("/")
        if ":" in url.partition("/")[0]:
            return plain.removeprefix("file://")
        root = self.work_tree or self.directory
        return str((root / plain).resolve())

    def refs(self, prefix: str) -> set[str]:
        """Return the full name of every ref that begins with `prefix`, a folder."""
        answer = self.commands.run("for-each-ref", "--format=%(refname)", prefix)
        return set(answer.text.split("\n")) - {""}

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the best common ancestor of two commits; None if there is none.

        Raise SchemadiffError where a shallow history hides whether there is one.
        """
        found = self.common_ancestor(one, other)
        if found is None and self.is_shallow():
            raise self.cut_off(f"{short(one)} and {short(other)} parted")
        return found

    def common_ancestor(self, one: str, other: str) -> str | None:
        """Return the best common ancestor of two commits, as far as history is here."""
        answer = self.commands.run("merge-base", one, other, accept=(0, 1))
        found = answer.text.split()
        return found[0] if found else None

    def left_once(self, ref: str, commit: str) -> str | None:
        """Return the newest ancestor of a commit that a ref ever had (reflog)."""
        tips = set(self._was(ref))
        if not tips:
            return None
        answer = self.commands.run("merge-base", commit, *tips, accept=_UNKNOWN)
        return answer.text.strip() or None

    def cut_off(self, where: str) -> SchemadiffError:
        """Return the error for a shallow history that hides `where` something was."""
        return SchemadiffError(
            f"this clone is shallow, so it does not show where {where}",
            "git fetch --unshallow   (GitHub: actions/checkout with fetch-depth: 0)",
        )

    def is_ancestor(self, one: str, other: str) -> bool:
        """Tell whether `other` contains `one`."""
        if self.line_between(one, other) is not None:
            return True
        answer = self.commands.run(
            "merge-base", "--is-ancestor", one, other, accept=(0, 1)
        )
        return answer.status == 0

    def fork_point(
        self, commit: str, tips: Collection[str], remote: str = ""
    ) -> str | None:
        """Return the newest ancestor of `commit` that one of some commits contains.

        These are `tips` and, if one is named, what a remote is known to have. With
        several such ancestors, none containing another, it is the one on the line of
        first parents, else the first in Git's order. None if the histories are
        unrelated; SchemadiffError if a shallow one hides whether they are.
        """
        known = self.remote(remote).branches.values() if remote else ()
        if commit in known or commit in tips:
            return commit
        excluded = [f"--remotes={remote}"] if known else []
        if not excluded and not tips:
            return None
        lines = self.commands.run(
            "rev-list", "--boundary", commit, "--not", *excluded, *tips
        ).text.split()
        if not lines:
            return commit
        boundary = [line[1:] for line in lines if line.startswith("-")]
        if not boundary and self.is_shallow():
            raise self.cut_off(f"{short(commit)} left {remote or 'what is deployed'}")
        return self._nearest(commit, boundary)

    def _nearest(self, commit: str, boundary: list[str]) -> str | None:
        if len(boundary) > 1:
            answer = self.commands.run("merge-base", "--independent", *boundary)
            boundary = answer.text.split()
        if len(boundary) > 1:
            excluded = (f"^{each}" for each in boundary)
            line = self.commands.run(
                "rev-list", "--first-parent", "--boundary", commit, *excluded
            ).text.split()
            first = [each[1:] for each in line if each[1:] in boundary]
            boundary = first or boundary
        return boundary[0] if boundary else None

    def was_at(self, branch: str, commit: str) -> bool:
        """Tell whether a branch of this repository was once at `commit` (reflog)."""
        return commit in self._was(branch)

    def _was(self, ref: str) -> list[str]:
        """Return where a ref was, newest first, as far as that is remembered."""
        answer = self.commands.run(
            "rev-list", "--walk-reflogs", f"--max-count={_REMEMBERED}", ref, "--",
            accept=_UNKNOWN,
        )  # fmt: skip
        return answer.text.split()

    def changed_paths(self, base: str, head: str) -> list[str]:
        """Return every path that differs between two commits, sorted."""
        return changed_between(self.objects, self.tree_of(base), self.tree_of(head))

    def config_values(self, key: str) -> list[tuple[str, str]]:
        """Return every value of a configuration key, each with its scope first."""
        answer = self.commands.run(*_CONFIG, key, accept=(0, 1))
        parts = answer.fields()
        return list(zip(parts[::2], parts[1::2], strict=True))

    def close(self) -> None:
        """End every process; the next reading starts another."""
        for inside in self._submodules.values():
            if inside is not None:
                inside.close()
        self.objects.close()
        self.commands.close()


def _parents(commit: bytes) -> list[str]:
    header = commit.split(b"\n\n", 1)[0]
    return [
        line[len("parent ") :].decode()
        for line in header.splitlines()
        if line.startswith(b"parent ")
    ]


def short(commit: str) -> str:
    """Return the first nine digits of an object id, as reports show it."""
    return commit[:_SHORT]
