"""From what is compared to what is said, the quickest way first."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison
from schemadiff.git.repository import Repository
from schemadiff.relevance import relevant

if TYPE_CHECKING:
    from schemadiff.outcome import Report
    from schemadiff.overrides.override import Override
    from schemadiff.settings import Settings
    from schemadiff.source import Files

_ALLOW = "schemadiff.allow"
_ALLOW_VARIABLE = "SCHEMADIFF_ALLOW"


class Request:
    """What a person or a hook asked for, besides the revisions."""

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        allow: Sequence[str] = (),
        strict: bool = False,
        renderer: str = "text",
        looks_at_work_tree: bool = False,
    ) -> None:
        self.environ = environ
        self.allow = tuple(allow)
        self.strict = strict
        self.renderer = renderer
        self.looks_at_work_tree = looks_at_work_tree


def judge_all(
    repository: Repository, comparisons: Sequence[Comparison], request: Request
) -> int:
    """Judge every comparison, print what is to be said, and return the exit code."""
    words = _words(repository, request)
    blocked = False
    said: set[tuple[str, str, str, str]] = set()
    for comparison in comparisons:
        if _is_quiet(repository, comparison, request, words):
            _say(_quiet_line(comparison), request)
            continue
        report = _report(repository, comparison, request, words)
        report = _without_repetition(report, comparison, said)
        _print(report, request)
        blocked = blocked or report.blocks
    return 1 if blocked else 0


def _words(repository: Repository, request: Request) -> list[tuple[str, str]]:
    """Return the texts of overrides with where each was said."""
    found = [("--allow", each) for each in request.allow]
    if request.environ.get(_ALLOW_VARIABLE):
        found.append((_ALLOW_VARIABLE, request.environ[_ALLOW_VARIABLE]))
    for scope, value in repository.config_values(_ALLOW):
        if scope != "command":
            raise SchemadiffError(
                f"{_ALLOW} is set in Git's {scope} configuration, where it would"
                " silently allow every later push too",
                f"git config --{scope} --unset-all {_ALLOW}; then say it for one push:"
                f' git -c {_ALLOW}="RULE:SUBJECT" push',
            )
        found.append((f"git -c {_ALLOW}", value))
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
    if words or request.renderer != "text":
        return False
    if comparison.head.commit in (WORK_TREE, INDEX):
        return False
    paths = repository.changed_paths(comparison.base.commit, comparison.head.commit)
    if relevant(paths):
        return False
    return not (request.looks_at_work_tree and _may_be_unjudged(repository))


def _may_be_unjudged(repository: Repository) -> bool:
    from schemadiff.git.uncommitted import maybe_dirty  # noqa: PLC0415 - rarely needed

    return bool(relevant(maybe_dirty(repository)))


def _quiet_line(comparison: Comparison) -> str:
    head, base = comparison.head, comparison.base
    if base is None:
        return f"schemadiff: {comparison.note}"
    return (
        f"schemadiff: {head.label} compared with {base.label}:"
        " no change that would lose data"
    )


def _report(
    repository: Repository,
    comparison: Comparison,
    request: Request,
    words: Sequence[tuple[str, str]],
) -> "Report":
    from dataclasses import replace  # noqa: PLC0415 - not on the quiet path

    from schemadiff.check import check  # noqa: PLC0415
    from schemadiff.git.trees import TreeFiles  # noqa: PLC0415
    from schemadiff.git.unpushed import dirty_paths  # noqa: PLC0415
    from schemadiff.settings import read_settings  # noqa: PLC0415

    base = comparison.base
    if base is None:
        raise ValueError("nothing to compare with")
    before = TreeFiles(repository, base.commit, base.label)
    after = _head_files(repository, comparison)
    settings = _for_ref(read_settings(after), comparison, strict=request.strict)
    report = check(before, after, settings, _overrides(words))
    notes = [comparison.note] if comparison.note else []
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
    from dataclasses import replace  # noqa: PLC0415 - not on the quiet path
    from fnmatch import fnmatchcase  # noqa: PLC0415

    is_protected = True
    if settings.protect is not None and comparison.refs:
        names = [each.removeprefix("refs/heads/") for each in comparison.refs]
        is_protected = any(
            fnmatchcase(name.removeprefix("refs/tags/"), pattern)
            for name in names
            for pattern in settings.protect
        )
    return replace(settings, strict=strict, lenient=not is_protected)


def _without_repetition(
    report: "Report", comparison: Comparison, said: set[tuple[str, str, str, str]]
) -> "Report":
    """Leave out what an earlier comparison of the same push has already found."""
    from dataclasses import replace  # noqa: PLC0415 - not on the quiet path

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


def _say(line: str, request: Request) -> None:
    from schemadiff.report.escape import visible  # noqa: PLC0415 - only to speak

    if request.renderer == "text":
        print(visible(line))  # noqa: T201 - the program's output


def _print(report: "Report", request: Request) -> None:
    from schemadiff.report.text import Style, render  # noqa: PLC0415 - only to speak

    style = Style(_width(), colour=_has_colour(request.environ))
    sys.stdout.write(render(report, style))


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 80
    return max(min(columns, 100), 40) if columns else 80


def _has_colour(environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()
