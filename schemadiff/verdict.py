"""What changed in one project, and what its deploy would make of it."""

from collections.abc import Iterator, Sequence

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.deploy.config_changes import (
    ConfigChange,
    ConfigDropped,
    DialectChanged,
    compare_configs,
)
from schemadiff.deploy.way import deploy_of
from schemadiff.diff.changes import (
    BecameUnreadable,
    Change,
    ColumnAdded,
    ColumnDropped,
    EnumChanged,
    IndexChanged,
    SchemaAdded,
    SequenceChanged,
    TableAdded,
    TableDropped,
    ViewChanged,
    WasUnreadable,
)
from schemadiff.diff.compare import compare
from schemadiff.migrations.added import read_plan
from schemadiff.migrations.plan import Plan
from schemadiff.model import Schema
from schemadiff.outcome import Judged, Project
from schemadiff.pairing import is_covered
from schemadiff.project import NO_CONFIG, Declared, Side, common_exports, without_config
from schemadiff.record import replace
from schemadiff.rules.context import Context
from schemadiff.rules.finding import Finding
from schemadiff.rules.judge import judge
from schemadiff.settings import Settings


def verdict(
    base: Declared | None, head: Declared | None, after: Side, settings: Settings
) -> Project:
    """Judge one project; None stands for a side that does not have it."""
    if head is None:
        if base is None:
            raise ValueError("a project is on one side at least")
        return _gone(base, after, settings)
    changes, read = _changes(base, head)
    config = tuple(_config_changes(base, head, settings))
    same_filters = base is None or base.filters == head.filters
    if not (changes or config) and same_filters and _plan(base, head).says_nothing:
        return Project(head.config.path, notes=_notes(base, head, settings))
    project = _project(base, head, changes, read, settings, config)
    return replace(project, notes=_notes(base, head, settings))


def _config_changes(
    base: Declared | None, head: Declared, settings: Settings
) -> Iterator[ConfigChange]:
    """Yield what the config says differently; settings may stand for a config."""
    if base is None:
        return
    if head.config.path == NO_CONFIG != base.config.path:
        if not settings.schema:
            yield ConfigDropped(base.config.path, base.config.span)
        return
    still = (each for each in base.files.paths if each not in head.files.paths)
    identity = head.side.identity
    gone = tuple(each for each in still if identity(each) is not None)
    if base.config.path != NO_CONFIG:
        yield from compare_configs(base.config, head.config, gone)


def _gone(base: Declared, after: Side, settings: Settings) -> Project:
    """Judge a config that head has no counterpart of.

    Nothing of it can be deployed any more, and whether anything had to be is seen by
    what else is left: another config for its files, or not even drizzle-kit.
    """
    path, known = base.config.path, base.schema
    if path == NO_CONFIG:
        nothing = Declared(after, without_config(()))
        changes = compare(known, nothing.schema)
        return _project(base, nothing, changes, (known, nothing.schema), settings)
    if known == Schema():
        return Project(path)
    head = Declared(after, base.config)
    other = after.projects.get(path)
    if other is not None:
        dialect = other.config.dialect
        span = other.config.span
        change: ConfigChange = DialectChanged(path, base.config.dialect, dialect, span)
    elif is_covered(base, after):
        return Project(path)
    elif settings.kit is None and base.kit is not None and head.kit is None:
        return Project(path, notes=(f"{path} is gone, and drizzle-kit with it",))
    else:
        others = any(each.config.is_postgres for each in after.projects.values())
        change = ConfigDropped(path, base.config.span, others)
    return _project(base, head, (), (known, known), settings, (change,))


def _changes(
    base: Declared | None, head: Declared
) -> tuple[tuple[Change, ...], tuple[Schema, Schema]]:
    """Return every change, and the two schemas as far as they had to be read.

    What is the same on both sides by its text is not read, unless something new
    could collide with it.
    """

    def same_version(package: str) -> bool:
        return _same_version(base, head, package)

    if base is None:
        return compare(Schema(), head.schema, same_version), (Schema(), head.schema)
    common = common_exports(base, head, same_version)
    if common is not None:
        read = base.read(common.holds), head.read(common.holds)
        changes = compare(*read, same_version)
        if not any(_reaches_further(each, common.later) for each in changes):
            return changes, read
    read = base.schema, head.schema
    return compare(*read, same_version), read


def _reaches_further(change: Change, later: frozenset[str]) -> bool:
    """Tell whether a change matters to what was not read.

    It brings a name that something else could have too, or takes away what
    something else refers to by one of the keys in `later`.
    """
    match change:
        case ColumnAdded(column=column) | ColumnDropped(column=column):
            return column.key in later
        case TableAdded() | TableDropped() | SchemaAdded():
            return True
        case BecameUnreadable() | WasUnreadable():
            return True
        case (
            IndexChanged(base=None)
            | EnumChanged(base=None)
            | SequenceChanged(base=None)
            | ViewChanged(base=None)
        ):
            return True
        case _:
            return False


def _same_version(base: Declared | None, head: Declared, package: str) -> bool:
    if base is None:
        return True
    before = base.side.version(package, base.folder)
    return before == head.side.version(package, head.folder)


def _project(
    base: Declared | None,
    head: Declared,
    changes: Sequence[Change],
    read: tuple[Schema, Schema],
    settings: Settings,
    config_changes: tuple[ConfigChange, ...] = (),
) -> Project:
    deploy, plan = assumed_deploy(base, head, settings), _plan(base, head)
    if changes and Way.MIGRATIONS in deploy.ways and not plan.files:
        missing = f"{deploy.evidence}; no migration in this push carries the change out"
        deploy = replace(deploy, evidence=missing)
    context = Context(
        base=lambda: base.schema if base is not None else Schema(),
        head=lambda: head.schema,
        deploy=deploy,
        base_filters=base.filters if base is not None else head.filters,
        head_filters=head.filters,
        base_read=read[0],
        head_read=read[1],
        plan=plan,
        config_changes=config_changes,
    )
    findings = _with_severities(judge(changes, context), settings)
    return Project(head.config.path, deploy, tuple(map(Judged, findings)))


def _notes(
    base: Declared | None, head: Declared, settings: Settings
) -> tuple[str, ...]:
    """Return what to know besides the findings: that drizzle-kit itself is replaced."""
    if base is None or settings.kit is not None or base.kit == head.kit:
        return ()
    from schemadiff.deploy.upgrade import upgrade_note  # noqa: PLC0415 - rarely needed

    note = upgrade_note(base.kit, head.kit, assumed_deploy(base, head, settings).ways)
    return (note,) if note else ()


def _plan(base: Declared | None, head: Declared) -> Plan:
    """Return what the migrations that a push adds would run."""
    if head.out is None:
        return Plan()
    if base is None:
        return read_plan(None, head.side.files, head.out)
    return read_plan(base.side.files, head.side.files, head.out, base.out)


def assumed_deploy(base: Declared | None, head: Declared, settings: Settings) -> Deploy:
    """Return how a project is assumed to deploy what head declares."""
    return deploy_of(
        head.side.files,
        kit=settings.kit or head.kit,
        directory=head.folder,
        settled=settings.ways,
        migrations_are_current=lambda: (
            base.migrations_are_current if base is not None else None
        ),
    )


def _with_severities(
    findings: Sequence[Finding], settings: Settings
) -> Iterator[Finding]:
    """Yield the findings with the severities that the project chose."""
    for each in findings:
        severity = settings.severity(each.rule, each.severity)
        if severity is not None:
            yield replace(each, severity=severity)
