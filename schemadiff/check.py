"""Compare the schemas of two revisions and judge what changed."""

from collections.abc import Iterator, Sequence

from schemadiff.deploy.assumption import Deploy
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
from schemadiff.model import Schema
from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.apply import apply
from schemadiff.overrides.override import Override
from schemadiff.project import Declared, Side, common_exports, config_gone, pairs
from schemadiff.record import replace
from schemadiff.rules.context import Context
from schemadiff.rules.finding import Finding
from schemadiff.rules.judge import judge
from schemadiff.settings import Settings
from schemadiff.source import Files
from schemadiff.typescript.syntax import Trees

NOTHING_TO_READ = "no Drizzle config and no file that imports drizzle-orm/pg-core"


def check(
    base: Files, head: Files, settings: Settings, overrides: Sequence[Override]
) -> Report:
    """Compare the schemas of two revisions and judge what changed."""
    trees = Trees()
    before, after = Side(base, trees, settings), Side(head, trees, settings)
    projects = []
    unused = set(overrides)
    for old, new in pairs(before, after):
        project = judge_project(old, new, after, settings)
        judged, used = apply([each.finding for each in project.judged], overrides)
        unused -= used
        projects.append(
            replace(project, judged=tuple(_with_texts(judged, before, after)))
        )
    return Report(
        base.label,
        head.label,
        tuple(projects),
        tuple(_notes(after)),
        tuple(each for each in overrides if each in unused),
        tuple(sorted({p for each in after.projects.values() for p in each.closure})),
        None if projects else NOTHING_TO_READ,
    )


def judge_project(
    base: Declared | None, head: Declared | None, after: Side, settings: Settings
) -> Project:
    """Judge one config; None stands for a side that does not have it."""
    if head is None:
        if base is None:
            raise ValueError("a project is on one side at least")
        gone = BecameUnreadable(config_gone(base, after))
        return _project(base, base, [gone], (base.schema, base.schema), settings)
    if base is not None and head.equals(base) and head.filters == base.filters:
        return Project(head.config.path)
    changes, read = _changes(base, head)
    if not changes and (base is None or base.filters == head.filters):
        return Project(head.config.path)
    return _project(base, head, changes, read, settings)


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
) -> Project:
    deploy = _deploy(base, head, settings)
    context = Context(
        base=lambda: base.schema if base is not None else Schema(),
        head=lambda: head.schema,
        deploy=deploy,
        base_filters=base.filters if base is not None else head.filters,
        head_filters=head.filters,
        base_read=read[0],
        head_read=read[1],
    )
    findings = _with_severities(judge(changes, context), settings)
    return Project(head.config.path, deploy, tuple(map(Judged, findings)))


def _deploy(base: Declared | None, head: Declared, settings: Settings) -> Deploy:
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


def _with_texts(
    judged: Sequence[Judged], before: Side, after: Side
) -> Iterator[Judged]:
    for each in judged:
        yield replace(
            each,
            was_text=before.line_of_text(each.finding.was),
            now_text=after.line_of_text(each.finding.now),
        )


def _notes(after: Side) -> Iterator[str]:
    for path, declared in after.projects.items():
        if not declared.config.is_postgres:
            yield f"{path} is for {declared.config.dialect} and is not judged"
        else:
            yield from declared.files.notes
