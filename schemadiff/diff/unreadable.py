"""What could not be read: whether it cancels, and what may stand behind it."""

from collections.abc import Callable, Iterable, Iterator

from schemadiff.diff.changes import BecameUnreadable, WasUnreadable
from schemadiff.model import Hides, Name, Schema, Table, Unreadable
from schemadiff.subject import Subject

SameVersion = Callable[[str], bool]


def unreadable_changes(
    base: Schema, head: Schema, same_version: SameVersion
) -> Iterator[BecameUnreadable | WasUnreadable]:
    """Yield what cannot be read on one side, or not in the same way on both.

    Equal tokens with equal surroundings cancel, unless a package that they refer
    to has another version: then only that is said.
    """
    before: dict[tuple[Subject, Hides], list[Unreadable]] = {}
    for each in base.unreadable:
        before.setdefault((each.subject, each.hides), []).append(each)
    for each in head.unreadable:
        candidates = before.get((each.subject, each.hides), [])
        same = next((b for b in candidates if _is_same(b, each)), None)
        counterpart = same or (candidates[0] if candidates else None)
        if counterpart is not None:
            candidates.remove(counterpart)
        if same is None:
            yield BecameUnreadable(each, counterpart)
        elif not _same_packages(each, same_version):
            yield BecameUnreadable(each, same, package_only=True)
    for rest in before.values():
        yield from (WasUnreadable(each) for each in rest)


def _is_same(base: Unreadable, head: Unreadable) -> bool:
    return (
        base.fingerprint is not None
        and head.fingerprint is not None
        and base.fingerprint.project == head.fingerprint.project
    )


def _same_packages(unreadable: Unreadable, same_version: SameVersion) -> bool:
    fingerprint = unreadable.fingerprint
    return fingerprint is None or all(map(same_version, fingerprint.packages))


class Hidden:
    """What the parts of one side that could not be read may hide from comparison.

    What is hidden is not reported as dropped or added: the unreadable part speaks
    for it.
    """

    def __init__(self, unreadable: Iterable[Unreadable]) -> None:
        self._by_reach: dict[Hides, list[Unreadable]] = {}
        for each in unreadable:
            self._by_reach.setdefault(each.hides, []).append(each)

    def _names(self, hides: Hides, subject: Subject) -> bool:
        return any(each.subject == subject for each in self._by_reach.get(hides, ()))

    def table(self, name: Name) -> bool:
        """Tell whether everything about one table is unknown."""
        return self._names(Hides.TABLE, name.subject())

    def columns(self, name: Name) -> bool:
        """Tell whether a table may have further columns."""
        return self._names(Hides.COLUMNS, name.subject())

    def column(self, name: Name, column: str) -> bool:
        """Tell whether the definition of one column is unknown."""
        return self._names(Hides.COLUMN, name.subject(column))

    def constraints(self, name: Name) -> bool:
        """Tell whether a table may have further constraints, indexes or policies."""
        return self._names(Hides.CONSTRAINTS, name.subject()) or self.columns(name)

    def detail(self, subject: Subject) -> bool:
        """Tell whether the text of one thing is unknown."""
        return self._names(Hides.DETAIL, subject)

    def tables(self, missing: Iterable[Table]) -> set[Name]:
        """Return those of the missing tables that unreadable parts may hold.

        A file or config hides every table that was declared there, or every one
        where that is not known; an export hides one table of its file, the one
        whose name is most like it.
        """
        missing = list(missing)
        found = {each.name for each in missing if self.table(each.name)}
        for each in self._by_reach.get(Hides.TABLES, ()):
            path, _, export = each.subject.place.partition("#")
            here = [t for t in missing if t.span and t.span.path == path]
            if export and here:
                rest = [t for t in here if t.name not in found] or here
                found.add(max(rest, key=lambda t: _likeness(t, export)).name)
            elif not export:
                found.update(t.name for t in here or missing)
        return found


def _likeness(table: Table, export: str) -> float:
    import difflib  # noqa: PLC0415 - rarely asked for

    names = (table.name.name, table.declared_name)
    plain = export.replace("_", "").lower()
    return max(
        difflib.SequenceMatcher(None, name.replace("_", "").lower(), plain).ratio()
        for name in names
    )
