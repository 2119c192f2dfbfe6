"""What the pushed commits say themselves, and what is not their doing."""

from collections.abc import Callable
from contextlib import suppress

from schemadiff.check import Checks
from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.history import TRAILER, is_cut_off, trailers
from schemadiff.git.repository import Repository, short
from schemadiff.git.trees import TreeFiles
from schemadiff.git.trunk import (
    done_on_trunk,
    parting_is_hidden,
    steps_of_trunk,
    trunk_beside,
)
from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.override import Override
from schemadiff.record import replace
from schemadiff.relevance import relevant
from schemadiff.settings import Settings

Same = tuple[str, str, str, str]
"""What two findings have alike that object to the same change."""
Known = Callable[[Revision, Revision], set[Same]]
_CUT_OFF = (
    f"this clone is shallow: a {TRAILER} in a commit that is not here was not seen"
    " (git fetch --unshallow brings them)"
)


def said_in_commits(
    repository: Repository, comparison: Comparison
) -> tuple[list[Override], list[str]]:
    """Return the overrides that the pushed commits carry, and sentences about others.

    `Schemadiff-Allow: RULE SUBJECT — reason` holds for the changes of the range that
    it is in, and needs its reason. One that is not understood allows nothing, but
    does not keep everything after it from being judged either.
    """
    base, tip = comparison.base, _tip(repository, comparison)
    found: list[Override] = []
    notes: list[str] = []
    if base is None or tip is None:
        return found, notes
    trailed = list(trailers(repository, base.commit, tip, TRAILER))
    if not trailed:
        return found, notes
    from schemadiff.overrides.parse import parse_trailer  # noqa: PLC0415 - rarely said
    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415 - the rules take time

    rules = [rule.id for rule in RULES]
    for said in trailed:
        origin = f"{TRAILER} in {short(said.commit)} by {said.author}"
        try:
            found.extend(parse_trailer(said.text, origin, rules))
        except SchemadiffError as error:
            notes.append(f"{error.message}; it allows nothing; {error.remedy}")
    return found, notes


def unseen(repository: Repository, comparison: Comparison, report: Report) -> list[str]:
    """Say so where a blocked push may carry overrides in commits that are not here."""
    base, tip = comparison.base, _tip(repository, comparison)
    if base is None or tip is None or not report.blocks:
        return []
    return [_CUT_OFF] if is_cut_off(repository, base.commit, tip) else []


def _tip(repository: Repository, comparison: Comparison) -> str | None:
    """Return the last commit of a comparison: HEAD, for what is not committed yet."""
    commit = comparison.head.commit
    return repository.head() if commit in (INDEX, WORK_TREE) else commit


def without_trunks_doing(
    repository: Repository,
    comparison: Comparison,
    report: Report,
    settings: Settings,
    checks: Checks,
) -> Report:
    """Excuse what the remote's trunk has already done since the branch left it.

    Nothing is excused on the trunk itself, nor on a branch that the settings
    protect: what arrives there is what is deployed.
    """
    is_protected = settings.protect is not None and not settings.lenient
    if is_protected or not any(each.judged for each in report.projects):
        return report
    trunk = trunk_beside(repository, comparison)
    if trunk is None:
        return report
    excuse = f"already on {trunk.label}"

    def known(start: Revision, end: Revision) -> set[Same]:
        before = TreeFiles(repository, start.commit, start.label)
        after = TreeFiles(repository, end.commit, end.label)
        there = checks.check(before, after, settings, ())
        return {
            _same(project, each)
            for project in there.projects
            for each in project.judged
        }

    for start, end in done_on_trunk(repository, comparison, trunk):
        report = _excused(report, known(start, end), excuse)
        if _is_excused(report):
            return report
    # What a step needs may not be here; nothing is excused for it then.
    with suppress(SchemadiffError):
        report = _excused_by_steps(repository, comparison, report, trunk, known)
    if parting_is_hidden(repository, comparison, trunk):
        note = (
            f"this clone is shallow, so nothing is left out for being {excuse}"
            " (git fetch --unshallow)"
        )
        return replace(report, notes=(*report.notes, note))
    return report


def _excused_by_steps(
    repository: Repository,
    comparison: Comparison,
    report: Report,
    trunk: Revision,
    known: Known,
) -> Report:
    """Excuse what one step of the trunk did and no later one has undone."""
    steps = list(steps_of_trunk(repository, comparison, trunk))
    if comparison.base is None or not steps or _is_excused(report):
        return report
    lacking = known(comparison.base, trunk)
    for start, end in steps:
        if relevant(repository.changed_paths(start.commit, end.commit)):
            excuse = f"already on {trunk.label}"
            report = _excused(report, known(start, end) & lacking, excuse)
        if _is_excused(report):
            break
    return report


def _is_excused(report: Report) -> bool:
    return all(each.excused for project in report.projects for each in project.judged)


def _excused(report: Report, known: set[Same], excuse: str) -> Report:
    projects = (
        replace(
            project,
            judged=tuple(
                replace(each, excused=excuse) if _same(project, each) in known else each
                for each in project.judged
            ),
        )
        for project in report.projects
    )
    return replace(report, projects=tuple(projects))


def _same(project: Project, judged: Judged) -> Same:
    """Return what two findings have alike that object to the same change.

    What is gone is gone, dropped or renamed. Anything else may go further on one side:
    what becomes of the values is then said in other words.
    """
    finding = judged.finding
    verb, _, noun = finding.rule.partition("-")
    is_gone = verb in ("drop", "rename")
    rule, message = (noun, "") if is_gone else (finding.rule, finding.message)
    return project.config, rule, str(finding.subject), message
