"""The files of a commit, read from its trees without checking anything out."""

from collections.abc import Iterable, Sequence

from schemadiff.git.differences import DIRECTORY, below
from schemadiff.git.links import LinkedFiles
from schemadiff.git.objects import TreeEntry, missing
from schemadiff.git.repository import Repository
from schemadiff.source import Entry, Kind

_KINDS = {
    DIRECTORY: Kind.DIRECTORY,
    b"120000": Kind.SYMLINK,
    b"160000": Kind.SUBMODULE,
}


class TreeFiles(LinkedFiles):
    """The files of one commit. Each directory and blob is read when asked for."""

    def __init__(self, repository: Repository, commit: str, label: str) -> None:
        self.label = label
        self.commit = commit
        self._objects = repository.objects
        self._root = repository.tree_of(commit)

    def plain(self, path: str) -> Entry | None:
        """Return what is at `path`, no link followed."""
        if not path:
            return Entry("", Kind.DIRECTORY, self._root)
        parent, _, name = path.rpartition("/")
        directory = self._tree_at(parent)
        found = self._objects.tree(directory).get(name) if directory else None
        return _entry(name, found) if found else None

    def listed(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, sorted by name, no link followed."""
        tree = self._tree_at(directory)
        held = self._objects.tree(tree) if tree else {}
        return [_entry(name, held[name]) for name in sorted(held)]

    def content(self, path: str, entry: Entry) -> bytes | None:
        """Return the bytes of a file, or the target of a link."""
        stored = self._objects.read(entry.identity)
        if stored is None:
            raise missing(f"{path} of {self.label}", entry.identity)
        return stored.data

    def paths(self) -> Iterable[str]:
        """Return the path of every file and symlink, sorted."""
        return sorted(
            path
            for path, entry in below(self._objects, self._root, "")
            if _KINDS.get(entry.mode) is not Kind.SUBMODULE
        )

    def _tree_at(self, directory: str) -> str | None:
        tree = self._root
        for part in directory.split("/") if directory else ():
            found = self._objects.tree(tree).get(part)
            if found is None or found.mode != DIRECTORY:
                return None
            tree = found.oid
        return tree


def _entry(name: str, entry: TreeEntry) -> Entry:
    return Entry(name, _KINDS.get(entry.mode, Kind.FILE), entry.oid)
