"""What every format says alike: the outcome in one sentence, a finding in full."""

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    from schemadiff.outcome import Judged, Report
    from schemadiff.overrides.override import Override

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


def described(judged: "Judged") -> str:
    """Return everything about a finding but its places, in lines of plain text.

    These are read where a build ran, so it is a commit that would allow it.
    """
    from schemadiff.overrides.command import allowing_trailers  # noqa: PLC0415 - quiet path

    finding = judged.finding
    parts = [
        ("note", finding.notes),
        ("sql", finding.sql),
        ("safer", finding.safer),
        ("backup", finding.backup),
        ("meant?", allowing_trailers([finding]) if judged.blocks else ()),
    ]
    lines = [f"{label}: {line}" for label, said in parts for line in said]
    return "\n".join([finding.message, *lines])


def allowed_by(override: "Override") -> str:
    """Return who allowed something, and why if they said so."""
    reason = f" \N{EM DASH} {override.reason}" if override.reason else ""
    return f"{override.origin}{reason}"
