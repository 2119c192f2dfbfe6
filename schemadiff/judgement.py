"""From what is compared to what is said, the quickest way first."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.repository import Repository
from schemadiff.relevance import relevant
from schemadiff.report.escape import visible
from schemadiff.report.formats import TEXT, render
from schemadiff.report.summary import NO_LOSS

if TYPE_CHECKING:
    from schemadiff.check import Checks
    from schemadiff.outcome import Report
    from schemadiff.overrides.override import Override
    from schemadiff.settings import Settings
    from schemadiff.source import Files

ALLOW = "schemadiff.allow"
_ALLOW_VARIABLE = "SCHEMADIFF_ALLOW"


class Request:
    """What a person or a hook asked for, besides the revisions."""

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        allow: Sequence[str] = (),
        strict: bool = False,
        renderer: str = TEXT,
        looks_at_work_tree: bool = False,
    ) -> None:
        self.environ = environ
        self.allow = tuple(allow)
        self.strict = strict
        self.renderer = renderer
        self.looks_at_work_tree = looks_at_work_tree


def judge_all(
    repository: Repository, comparisons: Sequence[Comparison], request: Request
) -> tuple[int, str]:
    """Judge every comparison; return the exit code and what is to be printed."""
    words = _words(repository, request)
    quiet = [_is_quiet(repository, each, request, words) for each in comparisons]
    if all(quiet) and request.renderer == TEXT:
        lines = (line for each in comparisons for line in _quiet_lines(each))
        return 0, "".join(f"{visible(line)}\n" for line in lines)
    from schemadiff.check import Checks  # noqa: PLC0415 - not on the quiet path

    checks = Checks()
    said: set[tuple[str, str, str, str]] = set()
    reports = []
    for comparison, is_quiet in zip(comparisons, quiet, strict=True):
        if is_quiet:
            reports.append(_quiet_report(comparison))
            continue
        report = _report(repository, comparison, request, words, checks)
        reports.append(_without_repetition(report, comparison, said))
    reports = _used_anywhere(reports)
    text = render(reports, request.renderer, sys.stdout, request.environ)
    return (1 if any(each.blocks for each in reports) else 0), text


def step_blocks(repository: Repository, base: Revision, head: Revision) -> bool:
    """Tell whether going from `base` to `head` would have been blocked.

    Only what the commits carry themselves allows anything.
    """
    comparison = Comparison(base, head)
    if not relevant(repository.changed_paths(base.commit, head.commit)):
        return False
    from schemadiff.check import Checks  # noqa: PLC0415 - not on the quiet path

    return _report(repository, comparison, Request({}), (), Checks()).blocks


def _words(repository: Repository, request: Request) -> list[tuple[str, str]]:
    """Return the texts of overrides with where each was said."""
    found = [("--allow", each) for each in request.allow]
    if request.environ.get(_ALLOW_VARIABLE):
        found.append((_ALLOW_VARIABLE, request.environ[_ALLOW_VARIABLE]))
    for scope, value in repository.config_values(ALLOW):
        if scope != "command":
            raise SchemadiffError(
                f"{ALLOW} is set in Git's {scope} configuration, where it would"
                " silently allow every later push too",
                f"git config --{scope} --unset-all {ALLOW}; then say it for one push:"
                f' git -c {ALLOW}="RULE:SUBJECT" push',
            )
        found.append((f"git -c {ALLOW}", value))
    return found


def _is_quiet(
    repository: Repository,
    comparison: Comparison,
    request: Request,
    words: Sequence[tuple[str, str]],
) -> bool:
    """Tell, without reading any source, that there is nothing to judge."""
    if comparison.base is None:
        return True
    if words or request.renderer != TEXT:
        return False
    if comparison.head.commit in (WORK_TREE, INDEX):
        return False
    paths = repository.changed_paths(comparison.base.commit, comparison.head.commit)
    if relevant(paths) or _say_something(repository, comparison):
        return False
    return not (request.looks_at_work_tree and _may_be_unjudged(repository))


def _say_something(repository: Repository, comparison: Comparison) -> bool:
    """Tell whether the pushed commits carry an override, if only an unneeded one."""
    from schemadiff.git.history import TRAILER, trailers  # noqa: PLC0415 - not always

    base, head = comparison.base, comparison.head
    return base is not None and bool(
        trailers(repository, base.commit, head.commit, TRAILER)
    )


def _may_be_unjudged(repository: Repository) -> bool:
    from schemadiff.git.uncommitted import maybe_dirty  # noqa: PLC0415 - rarely needed

    return bool(relevant(maybe_dirty(repository)))


def _quiet_lines(comparison: Comparison) -> Iterator[str]:
    head, base = comparison.head, comparison.base
    if base is None:
        yield f"schemadiff: {comparison.note}"
        return
    if comparison.note:
        yield f"note: {comparison.note}"
    yield f"schemadiff: {head.label} compared with {base.label}: {NO_LOSS}"


def _quiet_report(comparison: Comparison) -> "Report":
    from schemadiff.outcome import Report  # noqa: PLC0415 - not on the quiet path

    base, head = comparison.base, comparison.head
    if base is None:
        return Report(None, head.label, nothing=comparison.note)
    notes = (comparison.note,) if comparison.note else ()
    return Report(base.label, head.label, notes=notes)


def _report(
    repository: Repository,
    comparison: Comparison,
    request: Request,
    words: Sequence[tuple[str, str]],
    checks: "Checks",
) -> "Report":
    from schemadiff.commits import (  # noqa: PLC0415
        said_in_commits,
        unseen,
        without_trunks_doing,
    )
    from schemadiff.git.trees import TreeFiles  # noqa: PLC0415
    from schemadiff.git.unpushed import dirty_paths  # noqa: PLC0415
    from schemadiff.record import replace  # noqa: PLC0415 - not on the quiet path
    from schemadiff.settings import read_settings  # noqa: PLC0415

    base = comparison.base
    if base is None:
        raise ValueError("nothing to compare with")
    before = TreeFiles(repository, base.commit, base.label)
    after = _head_files(repository, comparison)
    settings = _for_ref(read_settings(after), comparison, strict=request.strict)
    carried, notes = said_in_commits(repository, comparison)
    report = checks.check(before, after, settings, [*_overrides(words), *carried])
    report = without_trunks_doing(repository, comparison, report, settings, checks)
    notes += unseen(repository, comparison, report)
    if comparison.note:
        notes.append(comparison.note)
    if request.looks_at_work_tree and comparison.head.label == "HEAD":
        unjudged = dirty_paths(repository, report.files)
        if unjudged:
            notes.append(f"uncommitted changes were not judged: {', '.join(unjudged)}")
    return replace(report, notes=(*report.notes, *notes))


def _head_files(repository: Repository, comparison: Comparison) -> "Files":
    from schemadiff.git.trees import TreeFiles  # noqa: PLC0415 - not on the quiet path
    from schemadiff.git.unpushed import IndexFiles, WorktreeFiles  # noqa: PLC0415

    commit, label = comparison.head
    if commit == WORK_TREE:
        return WorktreeFiles(repository)
    if commit == INDEX:
        return IndexFiles(repository)
    return TreeFiles(repository, commit, label)


def _overrides(words: Sequence[tuple[str, str]]) -> "list[Override]":
    if not words:
        return []
    from schemadiff.overrides.parse import parse  # noqa: PLC0415 - rarely needed
    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415

    rules = [rule.id for rule in RULES]
    return [each for origin, text in words for each in parse(text, origin, rules)]


def _for_ref(
    settings: "Settings", comparison: Comparison, *, strict: bool
) -> "Settings":
    """Return the settings as they hold for the branch that is pushed."""
    from schemadiff.record import replace  # noqa: PLC0415 - not on the quiet path

    is_protected = not comparison.refs or settings.protects(comparison.refs)
    return replace(settings, strict=strict, lenient=not is_protected)


def _without_repetition(
    report: "Report", comparison: Comparison, said: set[tuple[str, str, str, str]]
) -> "Report":
    """Leave out what an earlier comparison of the same push has already found."""
    from schemadiff.record import replace  # noqa: PLC0415 - not on the quiet path

    projects = []
    for project in report.projects:
        kept = []
        for each in project.judged:
            finding = each.finding
            key = (
                comparison.head.commit + comparison.ref,
                project.config,
                finding.rule,
                str(finding.subject),
            )
            if key not in said:
                said.add(key)
                kept.append(each)
        projects.append(replace(project, judged=tuple(kept)))
    return replace(report, projects=tuple(projects))


def _used_anywhere(reports: "Sequence[Report]") -> "list[Report]":
    """Report only overrides that no comparison needed, and each of them once.

    What a person said holds for every comparison, a trailer for those with its commit.
    """
    from schemadiff.record import replace  # noqa: PLC0415 - not on the quiet path

    said = dict.fromkeys(each for report in reports for each in report.unused)
    unused = [
        each for each in said if not any(_is_used(each, report) for report in reports)
    ]
    last = next((each for each in reversed(reports) if each.unused), None)
    return [
        replace(each, unused=tuple(unused) if each is last else ()) for each in reports
    ]


def _is_used(override: "Override", report: "Report") -> bool:
    from schemadiff.overrides.apply import covers  # noqa: PLC0415 - not always there

    return override not in report.unused and any(
        each.override is not None and covers(override, each.finding)
        for project in report.projects
        for each in project.judged
    )
