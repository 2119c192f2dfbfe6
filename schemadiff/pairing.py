"""Which config of head is which one of base."""

from collections.abc import Hashable, Iterator, Sequence

from schemadiff.project import NO_CONFIG, Declared, Side

Pair = tuple[Declared | None, Declared | None]


def pairs(base: Side, head: Side) -> Iterator[Pair]:
    """Yield each Postgres config of base with the same one of head.

    A config is the same at the same path; one that moved is known by the schema files
    that it leads to, else by its own text, else by being the only one left.
    """
    before = {p: d for p, d in base.projects.items() if d.config.is_postgres}
    after = {p: d for p, d in head.projects.items() if d.config.is_postgres}
    gone = [each for path, each in before.items() if path not in after]
    new = [each for path, each in after.items() if path not in before]
    moved = dict(_moved(gone, new))
    for path, declared in after.items():
        yield before.get(path) or moved.get(path), declared
    found = {each.config.path for each in moved.values()}
    yield from ((each, None) for each in gone if each.config.path not in found)


def _moved(
    gone: Sequence[Declared], new: Sequence[Declared]
) -> Iterator[tuple[str, Declared]]:
    """Yield the new path of each config that seems to have moved, and what it was."""
    olds, news = list(gone), list(new)
    for trait in (_files, _text):
        for old in list(olds):
            twins = [each for each in news if trait(each) == trait(old)]
            alike = [each for each in olds if trait(each) == trait(old)]
            if trait(old) and len(twins) == len(alike) == 1:
                olds.remove(old)
                news.remove(twins[0])
                yield twins[0].config.path, old
    if len(olds) == len(news) == 1:
        yield news[0].config.path, olds[0]


def _files(declared: Declared) -> Hashable:
    identity = declared.side.identity
    return tuple(sorted(str(identity(each)) for each in declared.files.paths))


def _text(declared: Declared) -> Hashable:
    path = declared.config.path
    return None if path == NO_CONFIG else declared.side.identity(path)


def is_covered(gone: Declared, head: Side) -> bool:
    """Tell whether another config of head leads to every schema file of one gone."""
    still = {each for each in gone.files.paths if head.identity(each) is not None}
    return any(
        each.config.is_postgres and still and still <= set(each.files.paths)
        for each in head.projects.values()
    )
