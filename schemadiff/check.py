"""Compare the schemas of two revisions and judge what changed."""

from collections.abc import Iterator, Sequence

from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.apply import apply
from schemadiff.overrides.override import Override
from schemadiff.pairing import pairs
from schemadiff.project import Declared, Side
from schemadiff.record import replace
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
        project = _judged(old, new, after, settings)
        judged, used = apply([each.finding for each in project.judged], overrides)
        unused -= used
        projects.append(
            replace(project, judged=tuple(_with_texts(judged, before, after)))
        )
    return Report(
        base.label,
        head.label,
        tuple(projects),
        (*_notes(after), *_notes_of(projects)),
        tuple(each for each in overrides if each in unused),
        tuple(sorted({p for each in after.projects.values() for p in each.closure})),
        None if projects else NOTHING_TO_READ,
    )


class Checks:
    """The checks of one run, each made once: ten refs may lead to equal trees."""

    def __init__(self) -> None:
        self._made: list[tuple[tuple[object, ...], Report]] = []

    def check(
        self,
        base: Files,
        head: Files,
        settings: Settings,
        overrides: Sequence[Override],
    ) -> Report:
        """Return what `check` does."""
        key = (base.entry(""), head.entry(""), settings, tuple(overrides))
        for known, report in self._made:
            if known == key:
                return replace(report, base=base.label, head=head.label)
        report = check(base, head, settings, overrides)
        self._made.append((key, report))
        return report


def _judged(
    base: Declared | None, head: Declared | None, after: Side, settings: Settings
) -> Project:
    """Judge one project; what is the same by its files alone needs no reading."""
    if base and head and head.equals(base) and head.filters == base.filters:
        return Project(head.config.path)
    from schemadiff.verdict import verdict  # noqa: PLC0415 - the rules take time

    return verdict(base, head, after, settings)


def _with_texts(
    judged: Sequence[Judged], before: Side, after: Side
) -> Iterator[Judged]:
    for each in judged:
        yield replace(
            each,
            was_text=before.line_of_text(each.finding.was),
            now_text=after.line_of_text(each.finding.now),
        )


def _notes_of(projects: Sequence[Project]) -> Iterator[str]:
    for project in projects:
        which = f"{project.config}: " if len(projects) > 1 else ""
        yield from (f"{which}{each}" for each in project.notes)


def _notes(after: Side) -> Iterator[str]:
    for path, declared in after.projects.items():
        if not declared.config.is_postgres:
            yield f"{path} is for {declared.config.dialect} and is not judged"
        else:
            yield from (*declared.config.notes, *declared.files.notes)
