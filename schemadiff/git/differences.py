"""Which paths differ between two trees."""

from collections.abc import Iterator

from schemadiff.git.objects import Objects, TreeEntry

DIRECTORY = b"40000"


def changed_between(objects: Objects, base: str, head: str) -> list[str]:
    """Return every path whose content or kind differs between two trees, sorted.

    Only directories that differ are read. A submodule is one path.
    """
    return sorted(set(_changed(objects, base, head, "")))


def below(objects: Objects, tree: str, prefix: str) -> Iterator[tuple[str, TreeEntry]]:
    """Yield every path in a tree that is no directory, after `prefix`."""
    for name, entry in objects.tree(tree).items():
        if entry.mode == DIRECTORY:
            yield from below(objects, entry.oid, f"{prefix}{name}/")
        else:
            yield prefix + name, entry


def _changed(objects: Objects, base: str, head: str, prefix: str) -> Iterator[str]:
    if base == head:
        return
    was, now = objects.tree(base), objects.tree(head)
    for name in was.keys() | now.keys():
        one, other = was.get(name), now.get(name)
        if one and other and one.oid == other.oid and _kind(one) == _kind(other):
            continue
        path = prefix + name
        if one and other and one.mode == other.mode == DIRECTORY:
            yield from _changed(objects, one.oid, other.oid, f"{path}/")
            continue
        for side in (one, other):
            if side and side.mode == DIRECTORY:
                yield from (
                    inside for inside, _ in below(objects, side.oid, f"{path}/")
                )
            elif side:
                yield path


def _kind(entry: TreeEntry) -> bytes:
    """Return the kind of an entry: whether a file may be executed is no difference."""
    return entry.mode[:2] if entry.mode.startswith(b"10") else entry.mode
