"""The outcome of one comparison in one sentence, the same in every format."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemadiff.outcome import Report

NO_LOSS = "no change that would lose data"


def summary(report: "Report") -> str:
    """Return what was compared with what, and how it went, without a full stop.

    Where nothing was compared it says why, and no more.
    """
    if report.nothing is not None:
        return report.nothing
    if report.base is None:
        return f"{report.head} was compared with nothing"
    return f"{report.head} compared with {report.base}: {_outcome(report)}"


def _outcome(report: "Report") -> str:
    found = [each for project in report.projects for each in project.judged]
    if not found:
        return NO_LOSS
    own = [each for each in found if each.override is None and each.excused is None]
    errors = sum(each.blocks for each in own)
    parts = [_count(errors, "error"), _count(len(own) - errors, "warning")]
    allowed = sum(each.override is not None for each in found)
    if allowed:
        parts.append(f"{allowed} allowed")
    excused = [each.excused for each in found if each.excused]
    parts += [f"{excused.count(each)} {each}" for each in dict.fromkeys(excused)]
    text = ", ".join(parts)
    return f"{text}; blocked" if report.blocks else text


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
