"""The migration files that a push adds.

drizzle-kit 0.x writes `<out>/0001_name.sql` and lists it in `<out>/meta/_journal.json`,
1.0 writes `<out>/<timestamp>_name/migration.sql`. A migration that was already there is
what the database has; of one that was edited the new statements are judged, because
nobody can know which text was run.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from schemadiff.migrations.actions import (
    Calls,
    ChangesType,
    Defines,
    Opaque,
    Statement,
    UnreadableSqlError,
)
from schemadiff.migrations.journal import Journal, is_numbered, read_journal
from schemadiff.migrations.plan import Plan
from schemadiff.model import Column, Hides, Name, Unreadable
from schemadiff.record import replace
from schemadiff.source import Entry, Files, Kind, Span
from schemadiff.subject import Subject

Columns: TypeAlias = Mapping[tuple[Name, str], Column]

_MIGRATION = "migration.sql"


def read_plan(
    base: Files | None, head: Files, out: str, base_out: str | None = None
) -> Plan:
    """Return the plan of the migration files that head has and base has not.

    `out` is the config's migrations folder, from the repository's root; `base_out`
    is what it was at base, if that is another. A migration that only moved along, or
    got another name, is no new one.
    """
    before = base_out if base_out is not None else out
    known = _known(base, before, out) if base is not None else {}
    had = read_journal(base, before) if base is not None else None
    has = read_journal(head, out)
    found = _migrations(head, out)
    if has is not None and not has.trouble:
        listed = [path for path in has.paths if path in found]
        folders = [path for path in sorted(found) if path.endswith(f"/{_MIGRATION}")]
        order = [*dict.fromkeys(listed), *folders]
    else:
        order = sorted(found)
    if had is not None and not had.trouble:
        run = {_moved(path, before, out) for path in had.paths}
        known = {p: e for p, e in known.items() if p in run or _MIGRATION in p}
    gone = {each.identity for path, each in known.items() if path not in found}
    new = [
        path
        for path in order
        if (path not in known or known[path].identity != found[path].identity)
        and (path in known or found[path].identity not in gone)
    ]
    plan = _read(head, new, out, base, {_moved(p, before, out): p for p in known})
    return replace(
        plan,
        failures=tuple(_failures(had, has, head, found)),
        skipped=tuple(_skipped(had, has, new, found, known)),
        columns=_columns(plan, base, before),
    )


def _columns(plan: Plan, base: Files | None, out: str) -> Columns:
    """Return what the columns were whose types the plan changes."""
    if base is None or not any(isinstance(e, ChangesType) for e in plan.actions()):
        return {}
    from schemadiff.migrations.snapshots import recorded_columns  # noqa: PLC0415

    return recorded_columns(base, out)


def _known(base: Files, before: str, out: str) -> dict[str, Entry]:
    found = _migrations(base, before)
    return {_moved(path, before, out): entry for path, entry in found.items()}


def _moved(path: str, before: str, out: str) -> str:
    """Return where a file of the folder `before` is when the folder is `out`."""
    inside = path[len(before) + 1 :] if before else path
    return f"{out}/{inside}" if out else inside


def _failures(
    had: Journal | None,
    has: Journal | None,
    head: Files,
    found: Mapping[str, Entry],
) -> Iterator[tuple[str, str]]:
    """Yield where the migrator stops that did not stop before.

    Where the files are laid out as by 1.0 (`drizzle-kit up`), no journal is needed.
    """
    if has is None:
        if had is not None and not any(_MIGRATION in each for each in found):
            yield had.path, "is gone"
        return
    if has.trouble:
        if had is None or not had.trouble:
            yield has.path, has.trouble
        return
    for path in has.paths:
        if head.entry(path) is None and (had is None or path not in had.paths):
            yield path, f"is not there, and {has.path} names it"


def _skipped(
    had: Journal | None,
    has: Journal | None,
    new: Sequence[str],
    found: Mapping[str, Entry],
    known: Mapping[str, Entry],
) -> Iterator[tuple[str, str]]:
    """Yield the migrations that are new and would not be run."""
    if has is None or has.trouble:
        return
    for path in sorted(found):
        if is_numbered(path) and path not in has.paths and path not in known:
            yield path, f"{has.path} does not name it"
    last = max((when for _, when in had.entries), default=None) if had else None
    for path, when in has.entries:
        if path in new and path not in known and last is not None and when <= last:
            yield path, "its time in the journal is not after that of earlier ones"


def _read(
    head: Files,
    paths: Sequence[str],
    out: str,
    base: Files | None,
    earlier: Mapping[str, str],
) -> Plan:
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        # The grammar takes a moment to load, and few pushes add a migration.
        from schemadiff.migrations.statements import statements  # noqa: PLC0415

        try:
            added = statements(path, _text(head, path))
        except UnreadableSqlError as error:
            unreadable.append(_unreadable(path, error.reason, error.span))
            continue
        if base is not None and path in earlier:
            added = _without(added, base, earlier[path])
        found.extend(added)
    called = tuple(_called(found, head, out))
    return Plan(tuple(paths), called, tuple(unreadable))


def _without(
    found: tuple[Statement, ...], base: Files, path: str
) -> tuple[Statement, ...]:
    """Return the statements that a file did not have before it was edited."""
    from schemadiff.migrations.statements import statements  # noqa: PLC0415

    try:
        before = Counter(_normal(e) for e in statements(path, _text(base, path)))
    except UnreadableSqlError:
        return found
    left = []
    for each in found:
        if before[_normal(each)] > 0:
            before[_normal(each)] -= 1
        else:
            left.append(each)
    return tuple(left)


def _normal(statement: Statement) -> str:
    return f"{type(statement.action).__name__} {' '.join(statement.sql.split())}"


def _called(found: Sequence[Statement], head: Files, out: str) -> Iterator[Statement]:
    """Yield the statements, those inside functions where they are called."""
    defined: dict[Name, Defines] = {}
    for each in found:
        match each.action:
            case Defines(function=function):
                defined[function] = each.action
            case Calls(function=function, alone=alone):
                known = defined.get(function) or _defined(function, head, out)
                if known is not None:
                    yield from (replace(each, action=inner) for inner in known.actions)
                elif alone:
                    yield replace(each, action=Opaque(destructive=True))
                continue
            case _:
                pass
        yield each


def _defined(function: Name, head: Files, out: str) -> Defines | None:
    """Return the last definition of a function in any migration of the project."""
    from schemadiff.migrations.statements import statements  # noqa: PLC0415

    last = None
    for path in sorted(_migrations(head, out)):
        if function.name.encode() not in (head.read(path) or b""):
            continue
        try:
            found = statements(path, _text(head, path))
        except UnreadableSqlError:
            continue
        for each in found:
            if isinstance(each.action, Defines) and each.action.function == function:
                last = each.action
    return last


def _migrations(files: Files, out: str) -> dict[str, Entry]:
    found = {}
    for entry in files.entries(out):
        path = f"{out}/{entry.name}" if out else entry.name
        if entry.kind is Kind.DIRECTORY:
            inside = files.entry(f"{path}/{_MIGRATION}")
            if inside is not None:
                found[f"{path}/{_MIGRATION}"] = inside
        elif entry.name.endswith(".sql"):
            found[path] = entry
    return found


def _text(files: Files, path: str) -> str:
    start = Span(path, 1, 1, 0, 0)
    raw = files.read(path)
    if raw is None:
        raise UnreadableSqlError("is not a file", start)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSqlError("is not UTF-8 text", start) from error


def _unreadable(path: str, reason: str, span: Span) -> Unreadable:
    return Unreadable(Subject(place=path), Hides.DETAIL, reason, span)
