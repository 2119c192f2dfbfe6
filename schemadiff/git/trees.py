"""The files of a commit, read from its trees without checking anything out."""

import posixpath
from collections.abc import Iterable, Sequence

from schemadiff.git.differences import DIRECTORY, below
from schemadiff.git.links import LinkedFiles
from schemadiff.git.objects import Objects, TreeEntry, missing
from schemadiff.git.repository import Repository, short
from schemadiff.source import Entry, Kind

_SUBMODULE = b"160000"
_GREP = (
    "grep", "--name-only", "--null", "--text", "--fixed-strings", "--full-name",
    "--no-color", "--no-recurse-submodules", "-e",
)  # fmt: skip
_KINDS = {
    DIRECTORY: Kind.DIRECTORY,
    b"120000": Kind.SYMLINK,
    _SUBMODULE: Kind.SUBMODULE,
}


class TreeFiles(LinkedFiles):
    """The files of one commit. Each directory and blob is read when asked for.

    A submodule is one entry, and holds its files where its commit is here too;
    `paths` leaves them out.
    """

    def __init__(self, repository: Repository, commit: str, label: str) -> None:
        self.label = label
        self.commit = commit
        self._repository = repository
        self._root = repository.tree_of(commit)
        self._found: dict[str, tuple[Objects, str | None]] = {}

    def plain(self, path: str) -> Entry | None:
        """Return what is at `path`, no link followed."""
        if not path:
            return Entry("", Kind.DIRECTORY, self._root)
        parent, _, name = path.rpartition("/")
        objects, tree = self._tree_at(parent)
        found = objects.tree(tree).get(name) if tree else None
        return _entry(name, found) if found else None

    def listed(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, sorted by name, no link followed."""
        objects, tree = self._tree_at(directory)
        held = objects.tree(tree) if tree else {}
        return [_entry(name, held[name]) for name in sorted(held)]

    def content(self, path: str, entry: Entry) -> bytes | None:
        """Return the bytes of a file, or the target of a link."""
        objects, _ = self._tree_at(path.rpartition("/")[0])
        data = objects.blob(entry.identity)
        if data is None:
            what = f"{path} of {self.label}"
            is_inside = objects is not self._repository.objects  # of a submodule
            fetch = "" if is_inside else self._fetching(path, entry)
            raise missing(what, entry.identity, fetch)
        return data

    def _fetching(self, path: str, entry: Entry) -> str:
        """Return the command that fetches a file of a partial clone.

        All that differs from the present commit is fetched at once when compared.
        """
        repository = self._repository
        head = repository.head()
        here = TreeFiles(repository, head, "HEAD").plain(path) if head else None
        if here is None or here.identity == entry.identity:
            return ""
        return f"git diff --stat HEAD {short(self.commit)}"

    def expect(self, paths: Iterable[str]) -> None:
        """Read the files that lie in this commit itself, all together."""
        found = map(self.plain, paths)
        self._repository.objects.expect(
            each.identity
            for each in found
            if each is not None and each.kind is Kind.FILE
        )

    def paths(self) -> Iterable[str]:
        """Return the path of every file and symlink, sorted."""
        return sorted(
            path
            for path, entry in below(self._repository.objects, self._root, "")
            if _KINDS.get(entry.mode) is not Kind.SUBMODULE
        )

    def containing(self, text: bytes) -> Sequence[str]:
        """Return the path of every file, not link, with `text` in it, sorted."""
        repository = self._repository
        # Below the root of a work tree Git would look no further up.
        git = repository.at_root() if repository.work_tree else repository.commands
        answer = git.run(*_GREP, text.decode(), self._root, accept=(0, 1))
        if answer.err:  # a blob that is not here; the reading says so properly
            return super().containing(text)
        return sorted(each.split(":", 1)[1] for each in answer.fields())

    def _tree_at(self, directory: str) -> tuple[Objects, str | None]:
        """Return the tree at a directory, and the objects that it is one of."""
        found = self._found.get(directory)
        if found is None:
            found = self._found[directory] = self._looked_up(directory)
        return found

    def _looked_up(self, directory: str) -> tuple[Objects, str | None]:
        repository, tree, within = self._repository, self._root, ""
        for part in directory.split("/") if directory else ():
            within = posixpath.join(within, part)
            found = repository.objects.tree(tree).get(part)
            if found is None:
                return repository.objects, None
            if found.mode == _SUBMODULE:
                inside = repository.submodule(within)
                if inside is None or inside.resolve(found.oid) is None:
                    return repository.objects, None
                repository, tree, within = inside, inside.tree_of(found.oid), ""
            elif found.mode == DIRECTORY:
                tree = found.oid
            else:
                return repository.objects, None
        return repository.objects, tree


def _entry(name: str, entry: TreeEntry) -> Entry:
    return Entry(name, _KINDS.get(entry.mode, Kind.FILE), entry.oid)
